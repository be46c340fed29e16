"""The season before its first exam: tree, rulebook, calendar, people, nominations."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from leitai.base.actor import Actor, AppointmentRef, system
from leitai.design.moments import SHANGHAI
from leitai.people import privacy
from leitai.people import selectors as people_reads
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.people.models import Account
from leitai.people.services import NewPerson
from leitai.results import services as results
from leitai.rulebook import packaged
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as season_reads
from leitai.seasons import services as seasons
from leitai.seasons.models import Season, Stage
from leitai.units import selectors as unit_reads
from leitai.units import services as units
from leitai.web.demonstration import cast as casting
from leitai.web.demonstration.cast import Nominee
from leitai.web.demonstration.chance import Chance

HOUSE = system("demonstration")
VISITOR = NewPerson("V001", "申时雨", unit="", account="contestant")  # of the first delegation
DEVIATION = "演示：赛程移至今天，考试时长缩短。"


@dataclass(frozen=True, slots=True)
class Staff:
    """Login name and role of the demonstration's officials."""

    username: str
    name: str
    role: Role


STAFF = (
    Staff("office", "蒲清越", Role.OFFICE),
    Staff("exam", "岳望舒", Role.EXAM_OFFICER),
    Staff("supervisor", "尤见山", Role.SUPERVISOR),
    Staff("writer", "邰知微", Role.ITEM_WRITER),
    Staff("operator", "闻守一", Role.OPERATOR),
)


@dataclass(frozen=True, slots=True)
class Staged:
    """What the season's beginning left behind."""

    season: Season
    rulebook: Rulebook
    office: Actor
    officer: Actor
    cast: dict[str, Nominee]  # by person code
    refused: int


def at_desk(at: datetime, days: int, hour: int = 9) -> datetime:
    """So many days from now, at an hour of the office's."""
    day = at.astimezone(SHANGHAI).date() + timedelta(days=days)
    return datetime.combine(day, time(hour), tzinfo=SHANGHAI)


def manager_of(code: str, season: str, chance: Chance) -> Actor:
    """Who acts for a unit that no visitor plays."""
    held = AppointmentRef(Role.UNIT_MANAGER, unit_reads.get_unit(code).path, season)
    return Actor(f"demonstration:{code}", casting.invent_name(chance.child(code)), "", (held,))


def invite_visitor(password: str, at: datetime) -> None:
    """The account by which a visitor of the demonstration is one of its contestants."""
    if not Account.objects.filter(username=VISITOR.account).exists():
        people.create_account(
            actor=HOUSE,
            username=VISITOR.account,
            password=password,
            display_name=VISITOR.name,
            consent=privacy.VERSION,
            at=at,
        )


def plant_units(file: Path | None, at: datetime) -> int:
    """The package's tree, or a real file with the package's bodies under it; returns how many."""
    sources = [file or units.data_path("places.csv"), units.data_path("bodies.csv")]
    reports = [units.import_units(actor=HOUSE, source=path, at=at) for path in sources]
    return sum(report.added + report.changed + report.unchanged for report in reports)


def appoint_staff(host: str, password: str, at: datetime) -> dict[Role, Actor]:
    """Accounts for every role of a season, over the host's whole subtree."""
    return appoint(STAFF, host, password, at)


def appoint(
    staff: Sequence[Staff], unit_code: str, password: str, at: datetime, *, season: str = ""
) -> dict[Role, Actor]:
    """Make sure of these accounts, each with its role over the subtree, in one season or all."""
    unit, actors = unit_reads.get_unit(unit_code), {}
    for one in staff:
        account = Account.objects.filter(username=one.username).first()
        if account is None:
            account = people.create_account(
                actor=HOUSE,
                username=one.username,
                password=password,
                display_name=one.name,
                consent=privacy.VERSION,
                at=at,
            )
            people.appoint(
                actor=HOUSE,
                account=account,
                role=one.role,
                unit=unit,
                season=season,
                since=at,
                at=at,
            )
        actors[one.role] = people_reads.actor_of(account, at=at)
    return actors


def stage_season(
    *, rulebook_id: str, code: str, staff: dict[Role, Actor], chance: Chance, at: datetime
) -> Staged:
    """A season from its rulebook, opened by the committee, with reviewed nominations."""
    office = staff[Role.OFFICE]
    season = seasons.create_season(actor=HOUSE, rulebook=packaged(rulebook_id), code=code, at=at)
    rulebook = season_reads.rulebook_of(season)
    open_for_business(season, rulebook, office, days=1, at=at)
    cast, refused = _nominate(season, rulebook, office, chance, at)
    return Staged(season, rulebook, office, staff[Role.EXAM_OFFICER], cast, refused)


def open_for_business(
    season: Season, rulebook: Rulebook, office: Actor, *, days: int, at: datetime
) -> None:
    """Delegations, confirmed assumptions, windows from now on as recorded deviations; then open."""
    units.make_delegations(actor=office, season_code=season.code, rulebook=rulebook, at=at)
    for key in rulebook.assumptions:
        seasons.confirm_assumption(actor=office, season=season, key=key, at=at)
    for stage in rulebook.stages.values():
        if stage.window:
            seasons.set_window(
                actor=office,
                season=season,
                name=stage.window,
                opens_at=at,
                closes_at=at + timedelta(days=days),
                reason=DEVIATION,
                at=at,
            )
    seasons.open_season(actor=office, season=season, at=at)


def _nominate(
    season: Season, rulebook: Rulebook, office: Actor, chance: Chance, at: datetime
) -> tuple[dict[str, Nominee], int]:
    """Each delegation hands in its list; the barred ones are refused with the notice's words."""
    first = rulebook.stage_order[0]
    quota = rulebook.stages[first].quota
    delegations = list(unit_reads.list_delegations(season.code))
    codes = [delegation.unit.code for delegation in delegations]
    cast = casting.invent(rulebook, first, codes, quota.count if quota else 1, chance)
    cast[0] = replace(cast[0], code=VISITOR.code, name=VISITOR.name)
    known = {VISITOR.code: VISITOR.account}
    people.create_people(
        actor=HOUSE,
        people=[NewPerson(one.code, one.name, one.unit, known.get(one.code, "")) for one in cast],
        at=at,
    )
    facts = casting.facts_csv(rulebook, first, cast)
    seasons.import_facts(actor=office, source=io.BytesIO(facts), at=at)
    refused = 0
    for delegation in delegations:
        theirs = [one for one in cast if one.unit == delegation.unit.code]
        barred = [one.code for one in theirs if one.barred_by]
        for group in (barred, [one.code for one in theirs if not one.barred_by]):
            report = seasons.nominate(
                actor=office,
                season=season,
                stage=first,
                delegation=delegation.unit.code,
                people=group,
                at=at,
            )
            refused += len(report.refused)
    return {one.code: one for one in cast}, refused


def pass_nominations(staged: Staged, *, say: Callable[[str], None]) -> list[Stage]:
    """Confirm what was nominated and let it go on; returns the stages that hold a contest."""
    contests = []
    for stage in staged.season.stages.order_by("position"):
        if staged.rulebook.stages[stage.code].method == "contest":
            contests.append(stage)
            continue
        at = datetime.now(UTC)
        seasons.confirm_entries(actor=staged.office, season=staged.season, stage=stage.code, at=at)
        result = results.compute_stage(
            actor=staged.office, season=staged.season, stage=stage.code, at=at
        )
        results.confirm_result(actor=staged.office, result=result, at=at)
        results.publish_result(actor=staged.office, result=result, at=at)
        say(f"{stage.title}：{stage.entries.count()}名选手确认，进入下一阶段")
    return contests
