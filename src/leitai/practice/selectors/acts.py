"""What somebody did: one list of acts, of which the journal holds the sets as long as it stands.

A set's act is its row of the journal, marked again by the rule that marked it when it was folded:
questions never change. `Act` holds all other acts, those of sets whose journal was forgotten, and
of a set that stands whether it was taken out of account.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from leitai.kernel.errors import DomainError
from leitai.practice import rows
from leitai.practice.marking import MarkedSet, counts_at, mark_set
from leitai.practice.rows import ActRow, JournalRow, key_of
from leitai.practice.selectors.keys import keys_of
from leitai.practice.selectors.laws import Law

SET: Final = "set:"


def acts_of(
    law: Law, learners: Collection[int], days: Collection[date] | None = None
) -> list[ActRow]:
    """All acts of the season's learners, void ones too, in the order in which the rules take them.

    A set that could not be read is none, nor one that cannot be read any more: what such a one
    brought stands, and a rebuild puts it on the list of the unread.
    """
    found = {key_of(row): row for row in rows.kept_acts(learners, days)}
    for act in acts_in(rows.sets_of(learners, days, read=True), law.offset):
        kept = found.get(key_of(act))
        found[key_of(act)] = act if kept is None else act._replace(void=kept.void)
    # Not the database's order: it sorts text by another rule than the rules of practice do.
    return sorted(found.values(), key=_order)


def acts_in(sets: Sequence[JournalRow], offset: timedelta) -> Iterator[ActRow]:
    """Mark sets; those that cannot be read are left out."""
    keys = keys_of(asked_in(sets))
    for row in sets:
        try:
            yield act_of(row, mark_set(row.items, row.body, keys), offset)
        except DomainError:
            continue


def act_of(row: JournalRow, marked: MarkedSet, offset: timedelta) -> ActRow:
    """A set as an act; `offset` is the rules' clock."""
    at = counts_at(row.day, row.at, row.set, offset)
    return ActRow(row.day, f"{SET}{row.set.hex()}", row.learner, row.act, at, marked.value)


def asked_in(sets: Iterable[JournalRow]) -> set[int]:
    """The versions of all questions of these sets."""
    return {item for row in sets for item in row.items if isinstance(item, int)}


def _order(row: ActRow) -> tuple[int, datetime, str, str, str]:
    return row.learner, row.at, row.act, row.value, row.source
