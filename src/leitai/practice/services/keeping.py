"""Before sets are forgotten their acts are written down: points and titles rest on them.

An act says which answers were right and how long each took, and never what was answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from leitai.kernel.errors import DomainError
from leitai.practice import rows
from leitai.practice.models import Unread
from leitai.practice.rows import JournalRow
from leitai.practice.selectors.acts import acts_in
from leitai.practice.selectors.laws import law_of

PORTION: Final = 5_000
CLOCK: Final = timedelta(hours=8)  # the house's, where a season has no rules of practice any more


def keep_acts(*, season: str, first: date, end: date) -> int:
    """Write the acts of a season's folded sets of these days (not `end`); gives how many sets.

    What stands already stays as it is, so that this may be stopped and repeated.
    """
    offset = _offset(season)
    kept = 0
    for portion in _portions(season, first, end):
        unread = _unread(portion)
        rows.add_acts(
            list(acts_in([row for row in portion if (row.day, row.set) not in unread], offset))
        )
        kept += len(portion)
    return kept


def _portions(season: str, first: date, end: date) -> Iterator[list[JournalRow]]:
    after = (first, b"")  # no set's id is as short
    while portion := rows.sets_in(first, end, season, after=after, limit=PORTION):
        yield portion
        after = (portion[-1].day, portion[-1].set)


def _unread(portion: list[JournalRow]) -> set[rows.Place]:
    found = Unread.objects.filter(day__gte=portion[0].day, day__lte=portion[-1].day)
    return {(day, bytes(set_)) for day, set_ in found.values_list("day", "set")}


def _offset(season: str) -> timedelta:
    try:
        return law_of(season).offset
    except DomainError:
        return CLOCK
