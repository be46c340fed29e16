"""How far a contest of one's own is, read from what the rooms hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext as _

from leitai.bank import selectors as bank_reads
from leitai.bank.enums import ItemType
from leitai.bank.models import Bank
from leitai.base.words import listed as listed_words
from leitai.certificates.models import Certificate
from leitai.results.enums import ResultState
from leitai.results.models import StageResult
from leitai.results.selectors.ahead import order_ahead
from leitai.rulebook import numbers
from leitai.rulebook.data import MAIN
from leitai.rulebook.model import Rulebook
from leitai.rulebook.model.events import Event
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import ScoreState, ScoreStatus, SeasonState
from leitai.seasons.models import LightContest, Score
from leitai.seasons.services.composing import CONTEST, event_of
from leitai.sittings.models import Exam
from leitai.sittings.selectors import count_live, list_exams
from leitai.units import selectors as units
from leitai.web.light import questions, steps

SHOWN = 100
MOST_UNITS = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    """One type of question: how many there are, and how many stand on the paper."""

    type: str
    label: str
    have: int
    count: int
    points: str


@dataclass(frozen=True, slots=True)
class Stock:
    """A bank that a paper can be drawn from, and what it has in words."""

    code: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Ranked:
    rank: int | None
    name: str
    unit: str
    total: str
    prize: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A contest among one's own: how far it is, and what its button says."""

    contest: LightContest
    shape: str
    words: str
    verb: str


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
    absent: tuple[str, ...]
    result: StageResult | None
    standings: tuple[Ranked, ...]
    ahead: tuple[Ranked, ...]
    units: tuple[str, ...]
    more_units: int
    stock: Stock | None
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
        """Everything that opening needs is there but a time: it may begin at once."""
        paper = bool(self.contest.bank) or not self.by_paper
        return bool(self.people) and paper and not self.opened

    @property
    def present(self) -> int:
        """Those who have a mark that counts."""
        return self.scored - len(self.absent)

    @property
    def choosing(self) -> bool:
        """Whether questions can still be chosen."""
        return self.by_paper and not self.opened

    @property
    def on_paper(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.count)

    @property
    def own_bank(self) -> bool:
        return questions.is_own_bank(self.contest)

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
            (_("比赛"), self.over or self.result is not None),
            (_("排名"), self.result is not None),
            *([(_("证书"), self.certificates > 0)] if self.law.awards else []),
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
    scores = Score.objects.filter(entry__stage=stage, event=code).exclude(
        state=ScoreState.SUPERSEDED
    )
    absent = scores.filter(status=ScoreStatus.ABSENT).order_by("entry__code")
    allowed = _units(contest)
    page = Page(
        contest=contest,
        law=law,
        event=event,
        people=len(contest.people),
        parts=tuple(_parts(contest.bank, event)) if event.kind == "exam" else (),
        exam=exam,
        entries=seasons.list_entries(stage).count(),
        live=count_live(exam) if exam else 0,
        scored=scores.count(),
        absent=tuple(absent.values_list("entry__person__name", flat=True)),
        result=result,
        standings=_standings(result, event.decimals) if result else (),
        ahead=(),
        units=tuple(allowed[:SHOWN]),
        more_units=max(0, len(allowed) - SHOWN),
        stock=_stock_named(contest.bank),
        certificates=Certificate.objects.filter(award__season=season, revoked_at=None).count(),
        now=now,
    )
    if page.over and result is None:
        return replace(page, ahead=_ahead(contest, event.decimals))
    return page


def stocks() -> tuple[Stock, ...]:
    """The practice banks of the house, each with what it has of every type."""
    return tuple(_stock(one.code, one.title) for one in bank_reads.public_banks())


def listed(contests: Iterable[LightContest], *, now: datetime) -> list[Listed]:
    """One's own contests, each with how far it is."""
    found = list(contests)
    codes = [one.season.code for one in found]
    ranked = set(
        StageResult.objects.filter(stage__season__code__in=codes, stage__code=CONTEST)
        .filter(state__in=[ResultState.PUBLISHED, ResultState.FINAL])
        .values_list("stage__season__code", flat=True)
    )
    return [_listed(one, ranked, now) for one in found]


def _listed(contest: LightContest, ranked: set[str], now: datetime) -> Listed:
    if contest.season.code in ranked:
        return Listed(contest, "ok", _("已排名"), _("查看"))
    if contest.season.state == SeasonState.DRAFT or contest.opens_at is None:
        return Listed(contest, "todo", _("准备中"), _("接着准备"))
    if now < contest.opens_at:
        return Listed(contest, "half", _("待开赛"), _("打开"))
    if contest.closes_at is not None and now < contest.closes_at:
        return Listed(contest, "live", _("比赛中"), _("打开"))
    return Listed(contest, "half", _("待排名"), _("去排名"))


def _stock_named(code: str) -> Stock | None:
    found = Bank.objects.filter(code=code).first() if code else None
    return _stock(found.code, found.title) if found else None


def _stock(code: str, title: str) -> Stock:
    have = questions.stock_of(code)
    parts = listed_words(
        _("%(type)s%(count)s题") % {"type": ItemType(kind).label, "count": have[kind]}
        for kind in ItemType.values
        if have[kind]
    )
    return Stock(code, title, _("%(title)s（%(parts)s）") % {"title": title, "parts": parts})


def _units(contest: LightContest) -> list[str]:
    """Names that a row of the roster may give as its unit; none once it is open."""
    host = contest.season.host
    if host is None or contest.season.state != SeasonState.DRAFT:
        return []
    found = units.subtree(host).filter(closed_on=None).order_by("path")
    return list(found.values_list("name", flat=True)[: MOST_UNITS + 1])


def _ahead(contest: LightContest, decimals: int) -> tuple[Ranked, ...]:
    """The order before it is published; nothing where nobody has a mark yet."""
    rows = order_ahead(contest.season, CONTEST)
    return tuple(
        Ranked(
            row.rank,
            row.entry.name,
            row.entry.person.unit.name,
            numbers.show(row.total, decimals),
            row.award,
        )
        for row in rows[:SHOWN]
    )


def _standings(result: StageResult, decimals: int) -> tuple[Ranked, ...]:
    rows = result.standings.filter(board=MAIN).select_related("entry__person__unit")
    prizes = dict(result.awards.exclude(entry=None).values_list("entry_id", "title"))
    return tuple(
        Ranked(
            row.rank,
            row.entry.name,
            row.entry.person.unit.name,
            numbers.show(Fraction(row.total), decimals),
            prizes.get(row.entry_id, ""),
        )
        for row in rows.order_by("position")[:SHOWN]
    )


def _parts(bank: str, event: Event) -> list[Part]:
    have = questions.stock_of(bank)
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
