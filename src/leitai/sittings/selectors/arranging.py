"""What the office arranges: papers, exams of each stage, and whom a seating would seat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext

from leitai.bank import selectors as bank
from leitai.bank.enums import ItemType
from leitai.bank.models import Paper
from leitai.kernel.errors import DomainError
from leitai.rulebook import numbers
from leitai.rulebook.model import Event
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import EntryState
from leitai.seasons.models import CalendarWindow, Entry, Season, Stage
from leitai.sittings.enums import SittingState
from leitai.sittings.models import Exam, Sitting
from leitai.sittings.services.arranging import LIVE, confirmed_entries, seated_elsewhere

NAMED = 12  # people named of one reason


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A sealed paper, the exam that it is for, and whether somebody can have read it."""

    paper: Paper
    exam: Exam | None
    opened: bool

    @property
    def free(self) -> bool:
        return self.exam is None and not self.opened


@dataclass(frozen=True, slots=True)
class Slot:
    """An event by paper in a stage: how far it is, and what is next (`step`)."""

    stage: Stage
    code: str
    event: Event
    window: CalendarWindow | None
    dated: bool  # the calendar says when, or the rules name no window
    papers: tuple[PaperRow, ...]  # built for this event, and free
    exams: tuple[Exam, ...]
    confirmed: int
    unseated: int
    again: int  # of whom so many are to sit once more, by a ruling
    begun: bool  # the last of the exams

    @property
    def of(self) -> str:
        return f"{self.stage.code}:{self.code}"

    @property
    def parts(self) -> list[dict[str, object]]:
        """What the rules put on a paper, in words."""
        return [
            {
                "type": ItemType(part.type).label if part.type in ItemType.values else part.type,
                "count": part.count,
                "points": numbers.show(part.points),
            }
            for part in self.event.paper
        ]

    @property
    def step(self) -> str:
        """The first that is missing: "window", "paper", "exam", "entries", "seats", or ""."""
        if self.exams and not self.unseated:
            return "" if self.confirmed else "entries"
        if self.exams and not self.begun:
            return "seats"
        if not self.dated:
            return "window"
        return "exam" if self.papers else "paper"

    @property
    def exam(self) -> Exam | None:
        """The one that is to be seated next."""
        return self.exams[-1] if self.exams else None


@dataclass(frozen=True, slots=True)
class TeamSeats:
    """A delegation in a seating: where it sits or would sit, who has a seat, who would get one."""

    code: str
    name: str
    site: str
    fixed: bool
    seated: int
    fresh: int


@dataclass(frozen=True, slots=True)
class Left:
    """Some who get no seat, for one reason; the first are named."""

    why: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seating:
    """What seating now would do."""

    exam: Exam
    teams: tuple[TeamSeats, ...]
    left: tuple[Left, ...]
    released: tuple[Sitting, ...]

    @property
    def fresh(self) -> int:
        return sum(team.fresh for team in self.teams)

    @property
    def seated(self) -> int:
        return sum(team.seated for team in self.teams)

    @property
    def open_teams(self) -> tuple[TeamSeats, ...]:
        """Those whose site can still be chosen."""
        return tuple(team for team in self.teams if not team.fixed)


def papers_of(season: str) -> tuple[PaperRow, ...]:
    """Every paper of the season with the exam that stands on it."""
    exams = Exam.objects.filter(stage__season__code=season, cancelled_at=None)
    held = {exam.paper_id: exam for exam in exams}
    return tuple(
        PaperRow(paper, held.get(paper.pk), bool(paper.openings.all()))
        for paper in bank.list_papers(season)
    )


def slots_of(season: Season, *, at: datetime) -> tuple[Slot, ...]:
    """Each event by paper of the season's contests, in the order of its stages."""
    law = seasons.rulebook_of(season)
    windows, papers = seasons.current_windows(season), papers_of(season.code)
    have: defaultdict[tuple[str, str], list[Exam]] = defaultdict(list)
    exams = Exam.objects.filter(stage__season=season, cancelled_at=None).select_related("stage")
    for exam in exams.order_by("opens_at", "pk"):
        have[exam.stage.code, exam.event].append(exam)
    counts = _counts(season)
    return tuple(
        Slot(
            stage=stage,
            code=name,
            event=law.events[name],
            window=windows.get(law.stages[stage.code].window or ""),
            dated=not law.stages[stage.code].window or law.stages[stage.code].window in windows,
            papers=tuple(
                row for row in papers if row.free and bank.suits(row.paper, law.events[name])
            ),
            exams=tuple(have[stage.code, name]),
            confirmed=counts.get(stage.pk, 0),
            unseated=_unseated(stage, name) if have[stage.code, name] else 0,
            again=_again(stage, name).count() if have[stage.code, name] else 0,
            begun=any(exam.opens_at <= at for exam in have[stage.code, name][-1:]),
        )
        for stage in season.stages.select_related("season__rulebook").order_by("position")
        for name in _by_paper(season, stage)
    )


def get_slot(season: Season, of: str, *, at: datetime) -> Slot:
    """The slot named "stage:event"; raises DomainError("not_found")."""
    for slot in slots_of(season, at=at):
        if slot.of == of:
            return slot
    raise DomainError("not_found")


def seating_of(exam: Exam) -> Seating:
    """What seating the exam now would do: who gets a seat where, who none and why.

    The exam may be one that is not set yet.
    """
    seats = Sitting.objects.filter(exam=exam.pk).select_related(
        "site", "entry__delegation__unit", "entry__person"
    )
    sitting = {one.entry_id: one for one in seats.order_by("site__pk", "seat")}
    released = tuple(
        one
        for one in sitting.values()
        if one.state in LIVE and one.entry.state != EntryState.CONFIRMED
    )
    teams: dict[str, list[Entry]] = {}
    for entry in confirmed_entries(exam):
        teams.setdefault(entry.delegation.unit.code, []).append(entry)
    sites = {one.entry.delegation.unit.code: one.site.name for one in sitting.values()}
    return Seating(
        exam=exam,
        teams=tuple(_team(code, members, sites, sitting) for code, members in teams.items()),
        left=tuple(_left(exam)),
        released=released,
    )


def seats_of(exam: Exam, site: str) -> QuerySet[Sitting]:
    """Who sits at a site, by seat, for the list on its door."""
    found = exam.sittings.filter(site__code=site).exclude(state=SittingState.CANCELLED)
    return found.select_related("site", "entry__person", "entry__delegation").order_by("seat")


def _by_paper(season: Season, stage: Stage) -> list[str]:
    law = seasons.rulebook_of(season)
    rule = law.stages[stage.code]
    if rule.method != "contest":
        return []
    return [name for name in rule.events if law.events[name].kind == "exam"]


def _counts(season: Season) -> dict[int, int]:
    rows = Entry.objects.filter(stage__season=season, state=EntryState.CONFIRMED)
    return dict(rows.values("stage").annotate(n=Count("pk")).values_list("stage", "n"))


def _unseated(stage: Stage, event: str) -> int:
    """Who stands in the stage and has a seat in none of its exams of the event, or a second."""
    seats = _seats(stage, event).exclude(state=SittingState.CANCELLED)
    found = Entry.objects.filter(stage=stage, state=EntryState.CONFIRMED)
    return found.filter(~Exists(seats)).count() + _again(stage, event).count()


def _again(stage: Stage, event: str) -> QuerySet[Entry]:
    """Who sat, is to sit once more by a ruling, and has no seat for that yet."""
    waiting = seasons.replays_awaited(stage, event).values("entry")
    found = Entry.objects.filter(stage=stage, state=EntryState.CONFIRMED, pk__in=waiting)
    seats = _seats(stage, event).exclude(state=SittingState.CANCELLED)
    return found.filter(Exists(seats), ~Exists(seats.filter(state__in=LIVE)))


def _seats(stage: Stage, event: str) -> QuerySet[Sitting]:
    """An entry's, in the exams of an event."""
    return Sitting.objects.filter(
        entry=OuterRef("pk"), exam__event=event, exam__stage=stage, exam__cancelled_at=None
    )


def _team(
    code: str, members: Sequence[Entry], sites: dict[str, str], sitting: dict[int, Sitting]
) -> TeamSeats:
    held = {entry for entry, one in sitting.items() if one.state != SittingState.CANCELLED}
    seated = sum(entry.pk in held for entry in members)
    return TeamSeats(
        code=code,
        name=members[0].delegation.name,
        site=sites.get(code, members[0].delegation.name),
        fixed=code in sites,
        seated=seated,
        fresh=len(members) - seated,
    )


def _left(exam: Exam) -> list[Left]:
    rows = Entry.objects.filter(stage=exam.stage).exclude(state=EntryState.CONFIRMED)
    seats = Sitting.objects.filter(exam=exam.pk).exclude(state=SittingState.CANCELLED)
    rows = rows.exclude(pk__in=seats.values("entry"))
    names: defaultdict[str, list[str]] = defaultdict(list)
    for state, name in rows.order_by("code").values_list("state", "person__name"):
        names[state].append(name)
    left = [
        Left(str(EntryState(state).label), len(found), tuple(found[:NAMED]))
        for state, found in sorted(names.items())
    ]
    held = seated_elsewhere(exam).filter(entry__state=EntryState.CONFIRMED).order_by("entry__code")
    sat = list(dict.fromkeys(held.values_list("entry__person__name", flat=True)))
    if sat:
        left.append(Left(gettext("在本科目的另一场考试中已有座位"), len(sat), tuple(sat[:NAMED])))
    return left
