"""How far a contest of one's own is, read from what the rooms hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext as _

from leitai.bank.enums import ItemType
from leitai.certificates.models import Certificate
from leitai.results.models import StageResult
from leitai.rulebook import numbers
from leitai.rulebook.data import MAIN
from leitai.rulebook.model import Rulebook
from leitai.rulebook.model.events import Event
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import LightContest, Score
from leitai.seasons.services.composing import CONTEST, event_of
from leitai.sittings.models import Exam
from leitai.sittings.selectors import count_live, list_exams
from leitai.web.light import steps

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One type of question: how many there are, and how many stand on the paper."""

    type: str
    label: str
    have: int
    count: int
    points: str


@dataclass(frozen=True, slots=True)
class Ranked:
    rank: int | None
    name: str
    unit: str
    total: str


@dataclass(frozen=True, slots=True)
class Page:
    contest: LightContest
    law: Rulebook
    event: Event
    people: int
    parts: tuple[Part, ...]
    exam: Exam | None
    entries: int
    live: int
    scored: int
    result: StageResult | None
    standings: tuple[Ranked, ...]
    certificates: int
    now: datetime

    @property
    def by_paper(self) -> bool:
        return self.event.kind == "exam"

    @property
    def opened(self) -> bool:
        return self.contest.season.state != SeasonState.DRAFT

    @property
    def ready(self) -> bool:
        """Everything that opening needs is there."""
        paper = bool(self.contest.bank) or not self.by_paper
        return bool(self.people) and paper and self.contest.opens_at is not None and not self.opened

    @property
    def over(self) -> bool:
        """Everybody has handed in or ran out of time, and is marked; the end need not have come."""
        if not self.opened:
            return False
        if self.exam is None:  # of a paper: cancelled, and another is to be set
            return self.scored > 0 and not self.by_paper
        return self.exam.opens_at <= self.now and not self.live and self.scored >= self.entries

    @property
    def steps(self) -> list[dict[str, str]]:
        """For the stepper, each with what is done and the one that is next."""
        done = [
            (_("参赛名单"), bool(self.people)),
            *([(_("题库和试卷"), bool(self.contest.bank))] if self.by_paper else []),
            (_("时间"), self.contest.opens_at is not None),
            (_("开赛"), self.opened),
            (_("排名"), self.result is not None),
            (_("证书"), self.certificates > 0),
        ]
        upcoming = next((place for place, (_title, ok) in enumerate(done) if not ok), len(done))
        return [
            {"label": title, "state": "done" if ok else "now" if place == upcoming else "todo"}
            for place, (title, ok) in enumerate(done)
        ]


def page_of(contest: LightContest, *, now: datetime) -> Page:
    """Everything that the wizard shows."""
    season = contest.season
    law = seasons.rulebook_of(season)
    code, event = event_of(law)
    stage = seasons.get_stage(season, CONTEST)
    exam = list_exams(season.code).filter(cancelled_at=None).first()
    result = steps.published(contest)
    return Page(
        contest=contest,
        law=law,
        event=event,
        people=len(contest.people),
        parts=tuple(_parts(contest.bank, event)) if event.kind == "exam" else (),
        exam=exam,
        entries=seasons.list_entries(stage).count(),
        live=count_live(exam) if exam else 0,
        scored=Score.objects.filter(entry__stage=stage, event=code)
        .exclude(state="superseded")
        .count(),
        result=result,
        standings=_standings(result, event.decimals) if result else (),
        certificates=Certificate.objects.filter(award__season=season, revoked_at=None).count(),
        now=now,
    )


def _standings(result: StageResult, decimals: int) -> tuple[Ranked, ...]:
    rows = result.standings.filter(board=MAIN).select_related("entry__person__unit")
    return tuple(
        Ranked(
            row.rank,
            row.entry.person.name,
            row.entry.person.unit.name,
            numbers.show(Fraction(row.total), decimals),
        )
        for row in rows.order_by("position")[:SHOWN]
    )


def _parts(bank: str, event: Event) -> list[Part]:
    have = steps.stock_of(bank)
    on_paper = {part.type: part for part in event.paper}
    types = list(dict.fromkeys([*on_paper, *have]))
    return [
        Part(
            type_,
            str(ItemType(type_).label),
            have[type_],
            on_paper[type_].count if type_ in on_paper else 0,
            numbers.show(on_paper[type_].points) if type_ in on_paper else "1",
        )
        for type_ in types
    ]
