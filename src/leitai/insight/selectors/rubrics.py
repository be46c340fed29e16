"""The rubric of an award: all units with their lines, and one unit's lines with their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.translation import get_language

from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.insight import rules
from leitai.insight.models import FrozenRubric, HandPoints
from leitai.insight.periods import Span
from leitai.insight.selectors import organising
from leitai.insight.selectors.pages import began_of
from leitai.kernel.errors import DomainError
from leitai.rulebook import numbers
from leitai.rulebook.model import Award, Rulebook
from leitai.rulebook.model.rubric import Rubric, RubricLine
from leitai.rulebook.practice.rules import ledger_of
from leitai.rulebook.rubric import Figures, LineScore, UnitScore, assess, said
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season
from leitai.units import selectors as units
from leitai.units.models import Delegation


@dataclass(frozen=True, slots=True)
class WhyLine:
    """A line of one unit: points as shown, what they rest on, and who gave them by hand."""

    name: str
    title: str
    most: str
    shown: str
    sentence: str
    history: tuple[HandPoints, ...]
    by_hand: bool


@dataclass(frozen=True, slots=True)
class RubricRow:
    delegation: Delegation
    score: UnitScore
    decimals: int

    @property
    def total(self) -> str:
        return numbers.show(self.score.total, self.decimals)

    @property
    def cells(self) -> list[str]:
        return [_shown(one, self.decimals) for one in self.score.lines.values()]


@dataclass(frozen=True, slots=True)
class RubricPage:
    """Delegations that are guests are compared only where the award includes them."""

    season: Season
    law: Rulebook
    award: Award
    rubric: Rubric
    span: Span
    rows: tuple[RubricRow, ...]
    writes: bool
    decided: FrozenRubric | None = None  # the newest table of a decision, if there is one
    frozen: bool = False  # whether this page is that table

    @property
    def titles(self) -> list[tuple[str, str]]:
        lines = self.rubric.lines.values()
        return [(line.title, numbers.show(line.max)) for line in lines]

    @property
    def full(self) -> str:
        return numbers.show(sum((one.max for one in self.rubric.lines.values()), Fraction(0)))

    @property
    def open(self) -> int:
        """How many units have lines without points."""
        return sum(bool(row.score.open) for row in self.rows)


@dataclass(frozen=True, slots=True)
class WhyPage:
    page: RubricPage
    row: RubricRow
    lines: tuple[WhyLine, ...]

    @property
    def hands(self) -> list[tuple[str, str]]:
        return [(one.name, one.title) for one in self.lines if one.by_hand]


def rubrics_of(season: Season) -> tuple[Award, ...]:
    """The awards of the rules that have a rubric."""
    return tuple(one for one in seasons.rulebook_of(season).awards if one.rubric is not None)


def get_rubric(season: Season, award: str) -> tuple[Award, Rubric]:
    """Raises DomainError("not_found") where the rules have no such rubric."""
    for one in rubrics_of(season):
        if one.id == award and one.rubric is not None:
            return one, one.rubric
    raise DomainError("not_found")


def rubric_page(
    actor: Actor, code: str, award: str, *, at: datetime, now: bool = False
) -> RubricPage:
    """As it was when the body decided; before that, or for `now`, as it is.

    Raises DomainError: season_unknown, forbidden, not_found.
    """
    season = seasons.get_season(code)
    host = seasons.host_path(season)
    if not rules.can_see_reports(actor, code, host):
        raise DomainError("forbidden")
    writes = rules.can_write_reports(actor, code, host)
    decided = frozen_of(season, award)
    if decided is not None and not now:
        return _as_decided(season, decided, writes=writes)
    rule, rubric = get_rubric(season, award)
    law = seasons.rulebook_of(season)
    span, teams, scores = reckon(season, rule, rubric, at=at)
    rows = tuple(RubricRow(teams[one.unit], one, rubric.decimals) for one in scores)
    return RubricPage(season, law, rule, rubric, span, rows, writes, decided)


def frozen_of(season: Season, award: str) -> FrozenRubric | None:
    held = FrozenRubric.objects.filter(season=season, award=award).select_related("rulebook")
    return held.order_by("-at", "-pk").first()


def _as_decided(season: Season, held: FrozenRubric, *, writes: bool) -> RubricPage:
    """Of the figures of that moment, by the rules of that moment."""
    law = seasons.parse(held.rulebook.hash, held.rulebook.text)
    rule = next(one for one in law.awards if one.id == held.award)
    rubric = rule.rubric
    if rubric is None:
        raise DomainError("not_found")
    teams = {one.unit.code: one for one in units.list_delegations(season.code)}
    figures = {
        code: {name: None if one is None else Fraction(one) for name, one in lines.items()}
        for code, lines in held.figures.items()
    }
    rows = tuple(
        RubricRow(teams[one.unit], one, rubric.decimals)
        for one in assess(rubric, figures)
        if one.unit in teams
    )
    span = Span(held.first, held.last)
    return RubricPage(season, law, rule, rubric, span, rows, writes, held, frozen=True)


def reckon(
    season: Season, award: Award, rubric: Rubric, *, at: datetime
) -> tuple[Span, dict[str, Delegation], tuple[UnitScore, ...]]:
    """The days of practice, the units compared by their codes, and what each of them has."""
    law, today = seasons.rulebook_of(season), at.astimezone(SHANGHAI).date()
    span = Span(min(began_of(season, law), today), today)
    teams = {one.unit.code: one for one in delegations_of(season, award)}
    return span, teams, assess(rubric, figures_of_units(season, award, rubric, span, at))


def delegations_of(season: Season, award: Award) -> list[Delegation]:
    guests = award.guests == "include"
    return [one for one in units.list_delegations(season.code) if guests or not one.guest]


def why_page(
    actor: Actor, code: str, award: str, unit: str, *, at: datetime, now: bool = False
) -> WhyPage:
    """Raises DomainError: as `rubric_page`; not_found for a unit that is not compared."""
    page = rubric_page(actor, code, award, at=at, now=now)
    row = next((one for one in page.rows if one.delegation.unit.code == unit), None)
    if row is None:
        raise DomainError("not_found")
    given = HandPoints.objects.filter(
        season=page.season, award=award, unit=row.delegation.unit
    ).order_by("-at", "-pk")
    if page.frozen and page.decided is not None:
        given = given.filter(at__lte=page.decided.at)
    history: dict[str, list[HandPoints]] = {}
    for one in given:
        history.setdefault(one.line, []).append(one)
    lang, places = get_language() or "zh", page.rubric.decimals
    lines = tuple(
        WhyLine(
            name,
            one.line.title,
            numbers.show(one.line.max),
            _shown(one, places),
            said(one, places, lang),
            tuple(history.get(name, ())),
            one.line.of == "hand",
        )
        for name, one in row.score.lines.items()
    )
    return WhyPage(page, row, lines)


def _shown(one: LineScore, decimals: int) -> str:
    return "—" if one.points is None else numbers.show(one.points, decimals)


def figures_of_units(
    season: Season, award: Award, rubric: Rubric, span: Span, at: datetime
) -> Figures:
    """By unit's code the figure of each line, exactly."""
    law, teams = seasons.rulebook_of(season), delegations_of(season, award)
    practice = law.practice
    titles = tuple(practice.titles) if practice is not None else ()
    wanted = any(organising.is_practised(one) for one in rubric.lines.values())
    studied = (
        organising.practice_figures(season, teams, span, titles) if wanted and practice else {}
    )
    by_hand = _by_hand(season, award)
    codes = {one.pk: one.unit.code for one in teams}
    found: dict[str, dict[str, Fraction | None]] = {code: {} for code in codes.values()}
    for name, line in rubric.lines.items():
        values: Mapping[int, Fraction | None]
        if line.of == "hand":
            values = {one.pk: by_hand.get((name, one.unit_id)) for one in teams}
        elif practice is not None and organising.is_practised(line):
            ledger = _ledger(law, line)
            values = {pk: organising.practised(line, one, ledger) for pk, one in studied.items()}
        else:
            values = organising.organised(line, season, teams, at=at)
        for pk, figure in values.items():
            found[codes[pk]][name] = figure
    return found


def _ledger(law: Rulebook, line: RubricLine) -> str:
    return ledger_of(law.practice, line.ledger) if law.practice and line.of == "mean" else ""


def _by_hand(season: Season, award: Award) -> dict[tuple[str, int], Fraction]:
    """The newest points of each line and unit."""
    rows = HandPoints.objects.filter(season=season, award=award.id).order_by("at", "pk")
    return {(one.line, one.unit_id): Fraction(one.points) for one in rows}
