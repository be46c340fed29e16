"""The order as it would be published now: nothing is stored, nothing becomes known."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from leitai.results import evidence as evidences
from leitai.rulebook.data import MAIN
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Entry, Season


@dataclass(frozen=True, slots=True)
class Ahead:
    """A place that somebody would have, and the award that would come with it."""

    rank: int
    entry: Entry
    total: Fraction
    award: str


def order_ahead(season: Season, stage: str) -> tuple[Ahead, ...]:
    """The main ranking of persons, decided from what is recorded now."""
    found = evidences.gather(season, stage)
    outcome = evidences.rows_of_stage(evidences.decide(found), found)
    awards = {row.holder: row.title for row in outcome.awards if row.holder_kind == "person"}
    entries = seasons.list_entries(seasons.get_stage(season, stage)).select_related("person__unit")
    by_code = {entry.code: entry for entry in entries}
    return tuple(
        Ahead(row.rank, by_code[row.entry], row.total, awards.get(row.entry, ""))
        for row in outcome.standings
        if row.board == MAIN
    )
