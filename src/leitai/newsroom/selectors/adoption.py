"""采用情况: how many pieces each unit handed in, how many were adopted and published, by month.

Months are the committee's (Asia/Shanghai). A piece counts once in each column, in the month in
which it first came so far; returned and handed in again it is still one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from leitai.design.moments import SHANGHAI
from leitai.newsroom.models import Item
from leitai.seasons.models import Season

Month = tuple[int, int]  # year, month


@dataclass(frozen=True, slots=True)
class Counts:
    handed_in: int = 0
    adopted: int = 0
    published: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.handed_in + other.handed_in,
            self.adopted + other.adopted,
            self.published + other.published,
        )


@dataclass(frozen=True, slots=True)
class UnitCounts:
    code: str
    name: str
    path: str
    months: dict[Month, Counts] = field(default_factory=dict)

    @property
    def total(self) -> Counts:
        return sum(self.months.values(), Counts())

    def of(self, month: Month) -> Counts:
        return self.months.get(month, Counts())


@dataclass(frozen=True, slots=True)
class UnitRow:
    name: str
    cells: tuple[Counts, ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    """Units with at least one piece, those with most adopted first; months without gaps."""

    rows: tuple[UnitCounts, ...]
    months: tuple[Month, ...]

    @property
    def shown(self) -> tuple[UnitRow, ...]:
        """Rows as a table shows them: each month, then the sum."""
        return tuple(
            UnitRow(row.name, (*(row.of(month) for month in self.months), row.total))
            for row in self.rows
        )

    @property
    def totals(self) -> tuple[Counts, ...]:
        return tuple(sum((row.of(month) for row in self.rows), Counts()) for month in self.months)

    @property
    def total(self) -> Counts:
        return sum((row.total for row in self.rows), Counts())


def adoption_of(
    season: Season, *, since: date | None = None, until: date | None = None
) -> Adoption:
    """The table, of the days from `since` to `until` (both counted) where they are given."""
    found: dict[str, UnitCounts] = {}
    rows = Item.objects.filter(season=season, handed_in_at__isnull=False)
    moments = rows.values_list(
        "unit__code", "unit_name", "unit__path", "handed_in_at", "adopted_at", "published_at"
    )
    for code, name, path, *steps in moments.order_by("pk"):
        unit = found.setdefault(code, UnitCounts(code, name, path))
        for column, at in zip(("handed_in", "adopted", "published"), steps, strict=True):
            month = _month(at, since, until)
            if month is not None:
                unit.months[month] = unit.of(month) + Counts(**{column: 1})
    kept = [one for one in found.values() if one.months]
    kept.sort(key=lambda one: (-one.total.adopted, -one.total.handed_in, one.path))
    return Adoption(tuple(kept), _span({month for one in kept for month in one.months}))


def adoption_under(
    season: Season,
    paths: Sequence[str],
    *,
    since: date | None = None,
    until: date | None = None,
) -> dict[str, Counts]:
    """By path the sum of all units under it: the figures for 优秀组织奖.

    A unit under two of the paths counts for the longest alone, as a carved-out delegation does.
    """
    sums: dict[str, Counts] = defaultdict(Counts, {path: Counts() for path in paths})
    for row in adoption_of(season, since=since, until=until).rows:
        over = [path for path in paths if row.path.startswith(path)]
        if over:
            sums[max(over, key=len)] += row.total
    return dict(sums)


def _month(at: datetime | None, since: date | None, until: date | None) -> Month | None:
    if at is None:
        return None
    day = at.astimezone(SHANGHAI).date()
    if (since is not None and day < since) or (until is not None and day > until):
        return None
    return day.year, day.month


def _span(months: set[Month]) -> tuple[Month, ...]:
    if not months:
        return ()
    (year, month), last = min(months), max(months)
    found = []
    while (year, month) <= last:
        found.append((year, month))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(found)
