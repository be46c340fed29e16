"""The pages of figures: what all of them stand on, and the table of a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.insight import periods, rules
from leitai.insight.asking import COUNTIES, Asked
from leitai.insight.counting import Figures, summed
from leitai.insight.cutting import Cut
from leitai.insight.selectors import groups as grouping
from leitai.insight.selectors.figures import figures_of
from leitai.insight.selectors.groups import Groups
from leitai.kernel.errors import DomainError
from leitai.people.enums import Staffing, Window
from leitai.rulebook.model import Rulebook
from leitai.rulebook.model.practice import Practice
from leitai.rulebook.practice.periods import Moments
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season
from leitai.units.enums import Level
from leitai.units.models import Unit

ROWS: Final = 50
STAFFING: Final = Staffing.choices
DESKS: Final = Window.choices
_LOWEST: Final = Decimal(-1)  # before every figure, for units that have none


@dataclass
class Ground:
    """A season's statistics as seen from one unit: what every page of them stands on."""

    season: Season
    law: Rulebook
    practice: Practice
    unit: Unit
    actor: Actor
    asked: Asked
    at: datetime

    @cached_property
    def today(self) -> date:
        return self.at.astimezone(SHANGHAI).date()

    @cached_property
    def began(self) -> date:
        """The first day of practice, as rules and calendar say; else of the season's year."""
        return began_of(self.season, self.law)

    @cached_property
    def period(self) -> periods.Period:
        return periods.period_of(
            self.asked.period,
            today=self.today,
            began=self.began,
            week=self.practice.week,
            first=self.asked.first,
            last=self.asked.last,
        )

    @cached_property
    def titles(self) -> dict[str, str]:
        return {name: title.title for name, title in self.practice.titles.items()}

    @cached_property
    def ledgers(self) -> dict[str, str]:
        return {name: ledger.title for name, ledger in self.practice.ledgers.items()}

    @cached_property
    def crumbs(self) -> tuple[Unit, ...]:
        """The units above it whose figures the reader sees."""
        codes = self.unit.path.split("/")[:-2]
        above = Unit.objects.filter(code__in=codes).order_by("path")
        code = self.season.code
        return tuple(one for one in above if rules.can_see_figures(self.actor, code, one.path))

    @cached_property
    def cuts(self) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
        """编制, 岗位类别, 条线: the field, its title, what is asked for, the choices."""
        lines = grouping.lines_of(self.unit, self.season.code)
        cut = Cut.read(self.asked.cut)
        return [
            ("staffing", _("编制"), cut.staffing, [(one, str(said)) for one, said in STAFFING]),
            ("desk", _("岗位类别"), cut.desk, [(one, str(said)) for one, said in DESKS]),
            ("line", _("条线"), cut.line, [(line, line) for line in lines]),
        ]

    @property
    def query(self) -> str:
        """What other pages of the same unit are asked for too."""
        return self.asked.query(sort="", each="", who="", module="")

    @property
    def ways(self) -> list[tuple[str, str, bool]]:
        """The named periods: title, the address's question, whether it is shown."""
        here = self.asked
        return [
            (periods.title_of(code), self._way(code), here.period == code) for code in periods.NAMED
        ]

    def _way(self, code: str) -> str:
        usual = "" if code == periods.WEEK else code
        return self.asked.query(period=usual, first="", last="")

    @property
    def by_counties(self) -> bool:
        """Whether all counties may be listed at once."""
        return self.unit.level in {Level.PROVINCE, Level.PREFECTURE} and grouping.is_summed(
            self.unit
        )

    @property
    def listed_by(self) -> tuple[str, str]:
        """The address's questions for children and for all counties."""
        return self.asked.query(each=""), self.asked.query(each=COUNTIES)

    @property
    def names_here(self) -> bool:
        """Names are read below the city: a page of a province's people is of no use."""
        return not self.by_counties

    @property
    def reads_reports(self) -> bool:
        return rules.can_see_reports(self.actor, self.season.code, seasons.host_path(self.season))


def began_of(season: Season, law: Rulebook) -> date:
    windows = seasons.current_windows(season)
    opened = {name: window.opens_at for name, window in windows.items()}
    found = Moments(law, opened).start(law.practice.from_) if law.practice else None
    if found is not None:
        return found.astimezone(SHANGHAI).date()
    return date(law.year or season.created_at.year, 1, 1)


def practice_of(season: Season) -> tuple[Rulebook, Practice]:
    """Raises DomainError("insight_off") where the rules have no practice."""
    law = seasons.rulebook_of(season)
    if law.practice is None:
        raise DomainError("insight_off", season=law.short_title or law.title)
    return law, law.practice


def get_ground(actor: Actor, season: str, unit: str, asked: Asked, *, at: datetime) -> Ground:
    """Raises DomainError: season_unknown, forbidden, insight_off."""
    held = seasons.get_season(season)
    there = Unit.objects.select_related("parent").filter(code=unit).first()
    if there is None or not rules.can_see_figures(actor, held.code, there.path):
        raise DomainError("forbidden")
    law, practice = practice_of(held)
    return Ground(held, law, practice, there, actor, asked, at)


def first_unit(actor: Actor, season: str) -> Unit:
    """Where a reader's figures begin; raises DomainError("forbidden") for those who have none."""
    paths = rules.figure_paths(actor, seasons.get_season(season).code)
    found = Unit.objects.filter(path__in=paths).order_by("path").first()
    if found is None:
        raise DomainError("forbidden")
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: a unit (None: the people of the unit itself), now and before."""

    unit: Unit | None
    now: Figures
    before: Figures | None

    @property
    def change(self) -> int | None:
        return None if self.before is None else self.now.persons - self.before.persons


@dataclass(frozen=True, slots=True)
class Head:
    """A column that can be sorted by: the address's question for it, and how it is sorted now."""

    column: str
    label: str
    query: str
    sorted: str  # "ascending", "descending" or ""


@dataclass(frozen=True, slots=True)
class Table:
    ground: Ground
    total: Line
    lines: tuple[Line, ...]  # all of them, in order
    page: Page[Line]

    @property
    def heads(self) -> list[Head]:
        asked, before = self.ground.asked, self.ground.period.before_title
        labels = {
            "unit": _("单位"),
            "due": _("应参学"),
            "registered": _("已注册"),
            "persons": _("已参学"),
            "ratio": _("参学率"),
            "change": before,
            "times": _("人次"),
            "days": _("人天"),
            "accuracy": _("正确率"),
        }
        return [_head(asked, column, label) for column, label in labels.items() if label]


def table_of(ground: Ground) -> Table:
    """Each unit below with its figures, sorted as asked; the total of all of them."""
    groups = _groups(ground)
    spans = ground.period.span, ground.period.before
    now, before = (_figures(ground, groups, span) if span else None for span in spans)
    named: dict[str, Unit | None] = {one.code: one for one in groups.units}
    named[grouping.OWN] = None
    assert now is not None  # noqa: S101  # every period has days
    lines = [
        Line(named[key], now[key], before[key] if before else None)
        for key in groups.keys
        if _shown(named[key], now[key])
    ]
    total = Line(ground.unit, summed(now.values()), summed(before.values()) if before else None)
    _sort(lines, ground.asked.sort)
    pages = Paginator(lines, ROWS)
    return Table(ground, total, tuple(lines), pages.get_page(ground.asked.page))


def _head(asked: Asked, column: str, label: str) -> Head:
    """Figures are sorted from high to low first, names by the tree."""
    now = {column: "ascending", f"-{column}": "descending"}.get(asked.sort, "")
    usual = "" if column == "unit" else f"-{column}"
    other = column if now == "descending" else f"-{column}"
    return Head(column, label, asked.query(sort=other if now else usual), now)


def _groups(ground: Ground) -> Groups:
    if ground.asked.each == COUNTIES and ground.by_counties:
        return grouping.counties_of(ground.unit)
    return grouping.children_of(ground.unit)


def _figures(ground: Ground, groups: Groups, span: periods.Span) -> dict[str, Figures]:
    return figures_of(
        groups,
        season=ground.season.code,
        span=span,
        cut=ground.asked.cut,
        titles=ground.practice.titles,
    )


def _shown(unit: Unit | None, figures: Figures) -> bool:
    """Open units always; closed ones and a unit's own people where there is something to say."""
    return figures.some or (unit is not None and unit.is_open)


def _sort(lines: list[Line], asked: str) -> None:
    """By a column; units that have no such figure come last either way, equals by the tree."""
    name = asked.removeprefix("-")
    if name == "unit":
        if asked.startswith("-"):
            lines.reverse()
        return
    sign = -1 if asked.startswith("-") else 1

    def value(line: Line) -> tuple[bool, Decimal]:
        found = line.change if name == "change" else getattr(line.now, name)
        return found is None, _LOWEST if found is None else sign * Decimal(found)

    lines.sort(key=value)


def last_weeks(ground: Ground, count: int) -> list[date]:
    """The first days of the weeks up to the period's end, none before practice began."""
    week = ground.practice.week
    last = periods.week_of(min(ground.period.span.last, ground.today), week)
    first = periods.week_of(ground.began, week)
    found = [last - timedelta(days=7 * back) for back in reversed(range(count))]
    return [one for one in found if one >= first] or [last]
