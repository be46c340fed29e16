"""The small contest with a holiday table, a public notice and two levels of objection."""

from __future__ import annotations

from copy import deepcopy
from uuid import uuid4

import pytest

from leitai.base.actor import NOBODY
from leitai.notices import services
from leitai.notices.services import Claim, Decision, Draft
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE
from tests.planting import planting
from tests.web.conftest import built_world, sign_in, world

__all__ = ["built_world", "sign_in", "world"]

# The arrangement of a year as it was given: National Day with its two worked weekend days.
RULES = """
holidays:
  years: [2022]
  days_off:
    - {title: 中秋节, from: 2022-09-10, to: 2022-09-12}
    - {title: 国庆节, from: 2022-10-01, to: 2022-10-07}
  days_on: [2022-10-08, 2022-10-09]
publicity:
  heat:
    title: 晋级名单公示
    stage: heat
    channel: 门户网站通知公告栏
    contact: 监督仲裁组，办公室302室
    term: {within: 5, unit: working-days, from: publication}
    objection:
      person: [writing, real-name, phone]
      unit: [writing, seal]
      otherwise: refused
      confidential: true
appeals:
  heat:
    title: 对晋级名单的异议
    kind: objection
    by: [anyone]
    during: heat
    merge: true
    levels:
      - {body: 监督仲裁组, answer: {within: 3, unit: working-days, from: filing}}
      - {body: 活动领导小组, term: {within: 3, unit: days, from: decision}, last: true}
"""
SUPERVISOR = make.actor("supervisor", season=CODE, account="8")
LEADER = make.actor("leader", season=CODE, account="12")
OBJECTOR, PHONE = "苏观复", "19900000321"
TEXT = "第三名的多项选择题得分与答卷不符，请复核。"


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    with planting(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(small, "TEXT", small.TEXT + RULES)
        season = small.at_heat()
        small.held(season, "heat", publish=True)
        patch.undo()
        yield season


@pytest.fixture
def season(planted, db, monkeypatch):
    """The heat published by the office, account 7, which thereby decided it."""
    monkeypatch.setattr(small, "TEXT", small.TEXT + RULES)
    return deepcopy(planted)


@pytest.fixture
def notice(season):
    return opened(season)


def draft(**changes):
    told = {
        "kind": "period",
        "title": "晋级总决赛选手名单公示",
        "text": "现将晋级总决赛的选手名单予以公示。",
        "subject": "stage-result:heat",
        "basis": "heat",
    }
    return Draft(**{**told, **changes})


def opened(season, *, at=AT, **changes):
    made = services.draft_notice(actor=OFFICE, season=season, draft=draft(**changes), at=at)
    return services.publish_notice(actor=OFFICE, notice=made, at=at)


def claim(notice, **changes):
    told = {
        "remedy": "heat",
        "occasion": f"notice:{notice.number}",
        "text": TEXT,
        "nonce": uuid4(),
        "entry": "2022-5104-1",
        "name": OBJECTOR,
        "phone": PHONE,
    }
    return Claim(**{**told, **changes})


def filed(notice, *, actor=NOBODY, at=AT, **changes):
    return services.file_objection(
        actor=actor, season=notice.season, claim=claim(notice, **changes), at=at
    )


def accepted(notice, *, actor=SUPERVISOR, at=AT):
    made = filed(notice, at=at).objection
    return services.accept_objection(actor=actor, objection=made, at=at)


def decision(*effects, outcome="upheld", reason="经调阅答卷，登分有误，应予更正。", **named):
    return Decision(outcome=outcome, reason=reason, effects=effects, **named)
