"""Three contests that one person of a county holds: over, before its certificates, prepared."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from openpyxl import Workbook

from leitai.bank import services as bank
from leitai.base.actor import Actor
from leitai.people import privacy
from leitai.people import selectors as people_reads
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.people.models import Account
from leitai.results.models import StageResult
from leitai.rulebook.data import MAIN
from leitai.seasons import services as seasons
from leitai.seasons.models import LightContest
from leitai.units import selectors as unit_reads
from leitai.units.enums import UnitKind
from leitai.units.models import Unit
from leitai.web.demonstration.cast import invent_name
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.staging import HOUSE
from leitai.web.light import questions, rosters, steps

HOLDER = "county"
PEOPLE, QUESTIONS = 18, 60
PRIZES = (1, 2, 3)
RARE = "周𠮷安"  # of no font in the package
SCORES = (7200, 2800)  # hundredths: the least, and how far above it somebody can come


@dataclass(frozen=True, slots=True)
class Held:
    """What the contest that is over ended with."""

    season: str
    ranked: int
    certificates: int


def stage_light(city: Unit, password: str, at: datetime) -> Held | None:
    """Make sure of all, in the first county of the city; None where they stand already."""
    if LightContest.objects.exists():
        return None
    county = unit_reads.subtree(city).filter(kind=UnitKind.PLACE).exclude(pk=city.pk).first()
    if county is None:
        return None
    _holder(county, password, at)
    with transaction.atomic():
        over = _hold(county, Chance("light/over"), at)
        _wait(county, Chance("light/waiting"), at)
        _prepare(county, Chance("light/ahead"), at)
    return over


def _hold(county: Unit, chance: Chance, at: datetime) -> Held:
    """From the template to the certificates, as the wizard's steps go."""
    contest, result = _rank(county, "窗口服务技能比赛", _names(chance), chance, at)
    issued = steps.certify(actor=_actor(at), contest=contest, at=at)
    ranked = result.standings.filter(board=MAIN).count()
    return Held(contest.season.code, ranked, len(issued))


def _wait(county: Unit, chance: Chance, at: datetime) -> None:
    """Ranked; the check before printing finds a name that no font can set."""
    _rank(county, "服务礼仪比赛", [RARE, *_names(chance)[: PRIZES[-1]]], chance, at)


def _rank(
    county: Unit, title: str, names: Sequence[str], chance: Chance, at: datetime
) -> tuple[LightContest, StageResult]:
    contest = seasons.found_contest(
        actor=_actor(at),
        unit=county,
        template="reported",
        title=f"{county.name}{title}",
        prizes=PRIZES,
        issuer=f"{county.name}人力资源和社会保障局",
        at=at,
    )
    told: dict[str, Any] = {"contest": contest, "at": at}
    source = _sheet([("姓名",), *((name,) for name in names)])
    rosters.take_roster(actor=_actor(at), source=source, name="名单.xlsx", **told)
    contest.refresh_from_db()
    opens = at + timedelta(minutes=5)
    seasons.set_time(actor=_actor(at), opens_at=opens, closes_at=opens + timedelta(hours=2), **told)
    steps.go(actor=_actor(at), **told)
    contest.season.refresh_from_db()
    marks = [(SCORES[0] + chance.below(SCORES[1])) for _name in names]
    shown = [f"{mark // 100}.{mark % 100:02d}" for mark in marks]
    source = _sheet([("姓名", "成绩"), *zip(names, shown, strict=True)])
    steps.take_scores(actor=_actor(at), source=source, name="成绩.xlsx", **told)
    return contest, steps.rank(actor=_actor(at), **told)


def _prepare(county: Unit, chance: Chance, at: datetime) -> None:
    """People and questions are there; the time is the visitor's to set."""
    contest = seasons.found_contest(
        actor=_actor(at),
        unit=county,
        template="written",
        title=f"{county.name}业务知识竞赛",
        prizes=PRIZES,
        issuer=f"{county.name}人力资源和社会保障局",
        at=at,
    )
    told: dict[str, Any] = {"contest": contest, "at": at}
    source = _sheet([("姓名",), *((name,) for name in _names(chance))])
    rosters.take_roster(actor=_actor(at), source=source, name="名单.xlsx", **told)
    with bank.data_path("bank-rsfw.csv").open("rb") as file:
        lines = b"".join(file.readline() for _line in range(QUESTIONS + 1))
    questions.take_questions(actor=_actor(at), source=io.BytesIO(lines), name="题库.csv", **told)


def _holder(county: Unit, password: str, at: datetime) -> None:
    if Account.objects.filter(username=HOLDER).exists():
        return
    account = people.create_account(
        actor=HOUSE,
        username=HOLDER,
        password=password,
        display_name="卫长安",
        consent=privacy.VERSION,
        at=at,
    )
    people.appoint(
        actor=HOUSE, account=account, role=Role.UNIT_MANAGER, unit=county, since=at, at=at
    )


def _actor(at: datetime) -> Actor:
    """With what they hold now: founding a contest makes them its office."""
    return people_reads.actor_of(people_reads.get_account(HOLDER), at=at)


def _names(chance: Chance) -> list[str]:
    """So many different ones: a list of scores goes by name."""
    return list(dict.fromkeys(invent_name(chance.child(number)) for number in range(PEOPLE)))


def _sheet(rows: Iterable[Sequence[str]]) -> io.BytesIO:
    book = Workbook(write_only=True)
    page = book.create_sheet()
    for row in rows:
        page.append(list(row))
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file
