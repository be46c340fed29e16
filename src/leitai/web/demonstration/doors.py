"""What a visitor of the demonstration can try at once: accounts, and an exam that is open now."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.db import transaction

from leitai.bank.models import Paper
from leitai.base.actor import Actor
from leitai.people import privacy
from leitai.people import selectors as people_reads
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.people.models import Person
from leitai.rulebook import packaged
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as season_reads
from leitai.seasons import services as seasons
from leitai.seasons.models import Season
from leitai.sittings import services as sittings
from leitai.units import selectors as unit_reads
from leitai.units.models import Delegation
from leitai.web.demonstration import cast as casting
from leitai.web.demonstration import (
    drilling,
    entering,
    judged,
    light,
    northern,
    press,
    quizzed,
    semifinal,
    staging,
    trust,
)
from leitai.web.demonstration.cast import Nominee
from leitai.web.demonstration.staging import HOUSE, STAFF, VISITOR, Staged

SEASON = "open-now"
MANAGER = "manager"
TEAMS, PEOPLE = 3, 12
WINDOW = timedelta(hours=3)
WARNING_SECONDS = 20  # from seating to T0: the waiting room can be seen


def open_doors(password: str, finished: str) -> None:
    """Make sure that the visitor's accounts exist and that an exam is open; safe to repeat.

    `finished` is the code of the season that was run, whose rulebook and people serve again.
    """
    at = datetime.now(UTC)
    rulebook = season_reads.rulebook_of(Season.objects.get(code=finished))
    host = rulebook.host.unit if rulebook.host else ""
    staff = staging.appoint_staff(host, password, at)
    season = Season.objects.filter(code=SEASON).first()
    if season is None:
        season = prepare_season(staff, rulebook, password, at)
    trust.stage_trust(
        season, finished, host, staff=staff, manager=MANAGER, password=password, at=at
    )
    light.stage_light(next(iter(unit_reads.list_delegations(SEASON))).unit, password, at)
    _stage_rooms(Season.objects.get(code=finished), host, staff, password, at)
    _stage_final(password, at)
    drilling.stage_drilling(season, office=staff[Role.OFFICE], at=at)
    open_exam(season, rulebook, staff[Role.EXAM_OFFICER], at)


@transaction.atomic
def _stage_rooms(
    finished: Season, host: str, staff: dict[Role, Actor], password: str, at: datetime
) -> None:
    """What the season office does: news and a notice here, the first seed's contest there."""
    editor = staging.appoint((press.EDITOR,), host, password, at)[Role.PUBLICITY]
    manager = people_reads.actor_of(people_reads.get_account(MANAGER), at=at)
    press.stage_press(finished, manager=manager, editor=editor, staff=staff, at=at)
    officers = northern.plant(password, at)
    semifinal.stage_semifinal(officers, at)
    entering.stage_entering(officers, at)


def _stage_final(password: str, at: datetime) -> None:
    """The first seed's final: judges and buzzers, as they stand in the middle of the day."""
    crew = judged.appoint_crew(northern.plant(password, at), password, at)
    judged.stage_judging(crew, at)
    quizzed.stage_quizzes(crew, at)


def welcome(address: str, password: str) -> str:
    """The address, and one account per role."""
    lines = [f"擂台演示：{address}", f"各角色账号，密码均为 {password}"]
    staff = (*STAFF, *trust.OFFICERS, trust.CITY_OFFICER)
    lines += [f"  {one.username:<12}{one.role.label}" for one in (*staff, press.EDITOR)]
    north = (*northern.OFFICERS, northern.MANAGER, judged.JUDGE, *judged.CREW)
    lines += [f"  {one.username:<12}{one.role.label}（内蒙古）" for one in north]
    lines += [f"  {judged.CHIEF.username:<12}评委组长（内蒙古）"]
    lines += [f"  {light.HOLDER:<12}县级单位管理员，一个人办比赛"]
    lines += [f"  {MANAGER:<12}{Role.UNIT_MANAGER.label}", f"  {VISITOR.account:<12}参赛选手"]
    return "\n".join(lines)


def prepare_season(
    staff: dict[Role, Actor], rulebook: Rulebook, password: str, at: datetime
) -> Season:
    """A second season of the same rules, with the visitor and some of the same people in it."""
    office = staff[Role.OFFICE]
    season = seasons.create_season(actor=HOUSE, rulebook=packaged(rulebook.id), code=SEASON, at=at)
    staging.open_for_business(season, rulebook, office, days=60, at=at)
    teams = list(unit_reads.list_delegations(SEASON))[:TEAMS]
    _visitors(teams[0], rulebook, office, password, at)
    first = rulebook.stage_order[0]
    for delegation in teams:
        known = Person.objects.filter(unit=delegation.unit, facts__kind="title")
        eligible = known.exclude(facts__kind="contest").distinct().order_by("-code")[:PEOPLE]
        seasons.nominate(
            actor=office,
            season=season,
            stage=first,
            delegation=delegation.unit.code,
            people=[person.code for person in eligible],
            at=at,
        )
    staged = Staged(season, rulebook, office, staff[Role.EXAM_OFFICER], {}, 0)
    staging.pass_nominations(staged, say=lambda _: None)
    return season


def _visitors(
    team: Delegation, rulebook: Rulebook, office: Actor, password: str, at: datetime
) -> None:
    """A unit manager of the first delegation, and one of its contestants."""
    manager = people.create_account(
        actor=HOUSE,
        username=MANAGER,
        password=password,
        display_name="贺知秋",
        consent=privacy.VERSION,
        at=at,
    )
    people.appoint(
        actor=HOUSE, account=manager, role=Role.UNIT_MANAGER, unit=team.unit, since=at, at=at
    )
    staging.invite_visitor(password, at)
    if Person.objects.filter(code=VISITOR.code).exists():
        return
    visitor = replace(VISITOR, unit=team.unit.code)
    people.create_people(actor=HOUSE, people=[visitor], at=at)
    nominee = Nominee(visitor.code, visitor.name, visitor.unit, 0, "")
    facts = casting.facts_csv(rulebook, rulebook.stage_order[0], [nominee])
    seasons.import_facts(actor=office, source=io.BytesIO(facts), at=at)


def open_exam(
    season: Season,
    rulebook: Rulebook,
    officer: Actor,
    at: datetime,
    *,
    wait_seconds: int = WARNING_SECONDS,
) -> None:
    """An exam that is open now, or a new one if the last has ended."""
    stage = next(s for s in season.stages.all() if rulebook.stages[s.code].events)
    if stage.exams.filter(closes_at__gt=at + timedelta(minutes=10)).exists():
        return
    exam = sittings.create_exam(
        actor=officer,
        stage=stage,
        event=rulebook.stages[stage.code].events[0],
        paper=Paper.objects.order_by("pk")[0],
        opens_at=at + timedelta(seconds=wait_seconds),
        closes_at=at + WINDOW,
        at=at,
    )
    sittings.seat_entries(actor=officer, exam=exam, at=at)
