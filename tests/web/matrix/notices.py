"""A published notice with one case against it, which the supervisor took up."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from leitai.base.actor import NOBODY
from leitai.notices import services
from leitai.notices.services import Claim, Draft
from tests.factories import people as make
from tests.world import World

NONCE = "7d0d0f1c-9f5e-4a53-8f5e-0f6b6f9d7a22"
FORMS = {
    "notices:file": {
        "remedy": "~recheck",
        "occasion": "stage:heat",
        "party": "person",
        "text": "请复核得分。",
        "name": "苏观复",
        "phone": "19900000321",
        "nonce": NONCE,
    },
    "notices:track": {"code": "0000-0000-0000-0000"},
    "notices:further-by-code": {
        "further-code": "0000-0000-0000-0000",
        "further-text": "不服。",
        "further-nonce": NONCE,
    },
    "notices:further": {"further-text": "不服。", "further-nonce": NONCE},
    "notices:new": {
        "kind": "plain",
        "title": "关于赛点的公告",
        "text": "赛点调整。",
        "unit": "days",
        "first_day": "counts",
    },
    "notices:edit": {
        "kind": "plain",
        "title": "关于赛点的公告",
        "text": "赛点调整。",
        "unit": "days",
        "first_day": "counts",
    },
    "notices:down": {"reason": "内容有误"},
    "notices:refuse": {"refuse-text": "不属于公示内容。"},
    "notices:note": {"note-text": "已调阅原卷。"},
    "notices:merge": {"merge-into": "9"},
    "notices:reveal": {"reveal-reason": "需当面核实"},
    "notices:rule": {"outcome": "rejected", "reason": "登分无误。"},
}
QUERIES = {"notices:file": {"remedy": "~recheck", "occasion": "stage:heat"}}
NO_PAGE = {"/office/<slug:season>/notices/<int:notice>/print/"}


def things(world: World, place: str) -> dict[str, Any]:
    held = world.home if place == "own" else world.away
    draft = Draft("period", "晋级赛成绩公示", "现予公示。", subject="stage-result:heat", within=5)
    made = services.draft_notice(actor=held.office, season=held.season, draft=draft, at=world.now)
    notice = services.publish_notice(actor=held.office, notice=made, at=world.now)
    claim = Claim(
        remedy="~objection",
        occasion=f"notice:{notice.number}",
        text="登分有误。",
        nonce=uuid4(),
        name="苏观复",
        phone="19900000321",
    )
    filed = services.file_objection(
        actor=NOBODY, season=held.season, claim=claim, at=world.now
    ).objection
    handler = make.actor("supervisor", season=held.season.code, account="908")
    services.accept_objection(actor=handler, objection=filed, at=world.now)
    return {"notice": notice.number, "objection": filed.number}
