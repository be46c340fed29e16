"""What documents are made of, read once: places, awards, delegations, staff, dates in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import QuerySet
from django.utils import timezone

from leitai.certificates.models import Certificate
from leitai.certificates.selectors import identity_of
from leitai.kernel.errors import DomainError
from leitai.people.enums import Role
from leitai.people.models import Appointment
from leitai.results.models import Award, StageResult
from leitai.results.selectors import awarding_stage, standing_result, tracks_of
from leitai.results.selectors.boards import decimals_of, person_marks
from leitai.rulebook import numbers, reasons
from leitai.rulebook.data import MAIN, Reason
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import ScoreState, ScoreStatus
from leitai.seasons.models import Entry, Score, Season, Stage
from leitai.units.models import Delegation, Unit

STAFF = (
    Role.OFFICE, Role.LEADER, Role.EXAM_OFFICER, Role.SUPERVISOR, Role.EXPERT, Role.JUDGE,
    Role.CHIEF_INVIGILATOR, Role.INVIGILATOR, Role.PATROL, Role.HOST, Role.TIMEKEEPER,
    Role.VISITOR, Role.TALLY_CLERK, Role.PUBLICITY, Role.TEAM_LEADER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """One person's place in a stage; `marks` is what came of it."""

    track: str
    rank: int
    entry: str
    name: str
    unit: str
    delegation: str
    events: tuple[str, ...]
    total: str
    marks: str


@dataclass(frozen=True, slots=True)
class TeamPlace:
    rank: int
    name: str
    total: str
    guest: bool
    advanced: bool


@dataclass(frozen=True, slots=True)
class Won:
    """An award with its holder; a team's has no person and no unit of one."""

    award: str
    title: str
    holder: str
    person: str
    unit: str
    delegation: str
    reason: str
    serial: str
    row: Award


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody with a duty in the season."""

    name: str
    role: str
    duty: str
    unit: str
    account: int
    appointment: Appointment
    person: int | None = None


def result_of(season: Season, stage: str, *, title: str) -> StageResult:
    """The stage's result that holds; raises DomainError("paperwork_no_result")."""
    found = standing_result(season.code, stage)
    if found is None:
        raise DomainError(
            "paperwork_no_result", stage=seasons.get_stage(season, stage).title, title=title
        )
    return found


def last_result(season: Season, *, title: str) -> StageResult:
    """The result that the season's awards hang on; raises DomainError("paperwork_no_awards")."""
    law = seasons.rulebook_of(season)
    found = awarding_result(season, law)
    if found is None:
        stage = law.stages[awarding_stage(law)].title
        raise DomainError("paperwork_no_awards", stage=stage, title=title)
    return found


def awarding_result(season: Season, law: Rulebook) -> StageResult | None:
    return standing_result(season.code, awarding_stage(law))


def law_of(result: StageResult) -> Rulebook:
    """The rules that the result was decided by."""
    return seasons.parse(result.rulebook.hash, result.rulebook.text)


def places_of(result: StageResult, law: Rulebook) -> list[Place]:
    """Everybody ranked in the stage, track by track, best first."""
    rows = list(
        result.standings.filter(board=MAIN)
        .select_related("entry__person__unit", "entry__delegation")
        .order_by("position")
    )
    stage = result.stage.code
    decimals = decimals_of(law, stage)
    marks = person_marks(result, [row.entry.code for row in rows])
    scores = scores_of(result.stage)
    order = {track: at for at, track in enumerate(tracks_of(result, law))}
    rows.sort(key=lambda row: (order.get(row.track, len(order)), row.position))
    return [
        Place(
            track=row.track,
            rank=row.rank,
            entry=row.entry.code,
            name=row.entry.person.name,
            unit=row.entry.person.unit.name,
            delegation=row.entry.delegation.name,
            events=tuple(
                scores.get((row.entry_id, event), "") for event in law.stages[stage].events
            ),
            total=numbers.show(Fraction(row.total), decimals),
            marks="、".join(mark.word for mark in marks[row.entry.code]),
        )
        for row in rows
    ]


def scores_of(stage: Stage) -> dict[tuple[int, str], str]:
    """Each entry's score in each event as people write it."""
    words = {ScoreStatus.ABSENT: "缺考", ScoreStatus.VOID: "取消成绩"}
    found = Score.objects.filter(entry__stage=stage).exclude(state=ScoreState.SUPERSEDED)
    return {
        (score.entry_id, score.event): words.get(
            ScoreStatus(score.status),
            numbers.show(score.exact, score.decimals),
        )
        for score in found
    }


def teams_of(result: StageResult, law: Rulebook) -> dict[str, list[TeamPlace]]:
    """The delegations' places by track, best first."""
    decimals = decimals_of(law, result.stage.code)
    teams: defaultdict[str, list[TeamPlace]] = defaultdict(list)
    for row in result.teams.select_related("delegation").order_by("position"):
        total = numbers.show(Fraction(row.total), decimals)
        guest, advanced = row.delegation.guest, row.advanced
        teams[row.track].append(TeamPlace(row.rank, row.delegation.name, total, guest, advanced))
    return dict(teams)


def awards_of(result: StageResult, law: Rulebook) -> dict[str, list[Won]]:
    """By the award's title its holders, in the order of the rulebook and of the ranks."""
    rows = list(
        result.awards.select_related(
            "entry__person__unit", "entry__person__personal", "delegation__unit"
        ).order_by("position")
    )
    held = Certificate.objects.filter(award__season=result.stage.season_id, revoked_at=None)
    serials = {  # of whatever version it was issued from
        identity_of(one.award): one.serial
        for one in held.select_related("award__entry", "award__delegation")
    }
    order = {award.id: at for at, award in enumerate(law.awards)}
    rows.sort(key=lambda row: (order.get(row.award, len(order)), _inside(row), row.position))
    groups: dict[str, list[Won]] = {}
    for row in rows:
        groups.setdefault(row.title, []).append(_won(row, serials.get(identity_of(row), ""), law))
    return groups


def _inside(row: Award) -> int:
    """Awards inside delegations stand in the order of the delegations."""
    return row.delegation.position if "/team:" in row.basis else 0


def _won(row: Award, serial: str, law: Rulebook) -> Won:
    person = row.entry.person if row.entry else None
    kind = law.tracks[row.entry.track].kind if row.entry else "team"
    return Won(
        award=row.award,
        title=row.title,
        holder=row.entry.name if row.entry else row.delegation.name,
        person=person.name if person else "",
        unit=person.unit.name if person else row.delegation.unit.name,
        delegation=row.delegation.name,
        reason=reasons.render(Reason.from_plain(row.reason), "zh", of=kind),
        serial=serial,
        row=row,
    )


def entries_of(stage: Stage) -> list[Entry]:
    """Who stands in the stage, by delegation and code, with unit and numbers at hand."""
    rows = seasons.list_entries(stage).select_related("person__unit", "person__personal")
    return list(rows.select_related("person__unit", "person__personal", "delegation__unit"))


def by_delegation(entries: list[Entry]) -> dict[Delegation, list[Entry]]:
    groups: dict[Delegation, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.delegation, []).append(entry)
    return groups


def staff_of(season: Season, roles: tuple[str, ...] = STAFF) -> list[Staff]:
    """Who has a duty in the season now, by duty and name, each person once a duty."""
    now, host = timezone.now(), seasons.host_path(season)
    order = {str(role): at for at, role in enumerate(STAFF)}
    held: QuerySet[Appointment] = Appointment.objects.filter(
        scope__in=(season.code, ""), role__in=roles, since__lte=now
    ).select_related("account__person__unit", "unit")
    found: dict[tuple[int, str], Staff] = {}
    for one in held:
        if one.until is not None and one.until <= now:
            continue
        if not one.scope and not host.startswith(one.unit.path):  # every season, of another host
            continue
        found.setdefault((one.account_id, one.role), _staff(one))
    return sorted(found.values(), key=lambda one: (order.get(one.role, 99), one.name, one.account))


def _staff(one: Appointment) -> Staff:
    person = getattr(one.account, "person", None)
    unit: Unit = person.unit if person is not None else one.unit
    return Staff(
        name=one.account.display_name or one.account.get_username(),
        role=one.role,
        duty=str(Role(one.role).label),
        unit=one.third_party or unit.name,
        account=one.account_id,
        appointment=one,
        person=person.pk if person is not None else None,
    )


def day_words(day: date | datetime) -> str:
    """2022年8月20日."""
    local = timezone.localtime(day) if isinstance(day, datetime) else day
    return f"{local.year}年{local.month}月{local.day}日"


def moment_words(moment: datetime) -> str:
    """8月20日9:30."""
    local = timezone.localtime(moment)
    return f"{local.month}月{local.day}日{local.hour}:{local.minute:02d}"


def span_words(opens: datetime, closes: datetime) -> str:
    """From one moment to another, the day said once where it is one."""
    first, last = timezone.localtime(opens), timezone.localtime(closes)
    if first.date() == last.date():
        return f"{moment_words(opens)}至{last.hour}:{last.minute:02d}"
    return f"{moment_words(opens)}至{moment_words(closes)}"


def chinese_number(number: int) -> str:
    """一 to 九十九, for headings."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return head + (digits[ones] if ones or not tens else "")


def counted(groups: Mapping[str, list[Won]]) -> int:
    return sum(len(group) for group in groups.values())
