"""The scores of one event in one stage and track as columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import lcm
from typing import Final

import numpy as np

from leitai.rulebook.columns import Array, Column, column
from leitai.rulebook.data import ScoreIn

OK: Final = 0
ABSENT: Final = 1
VOID: Final = 2
MISSING: Final = 3
STATUS: Final = {"ok": OK, "absent": ABSENT, "void": VOID}


@dataclass(slots=True)
class Scores:
    """Figures of an event: one position an entry, in any order."""

    entries: Sequence[str]
    figures: Column
    status: Array
    keys: Mapping[str, Column] = field(default_factory=dict)

    def aligned(self, ids: Sequence[str]) -> "Scores":
        """Put the figures into the order of these entries; who has none is ``MISSING``."""
        if self.entries == ids:
            return replace(self, status=self.status.copy())
        where = {name: at for at, name in enumerate(self.entries)}
        at = np.fromiter((where.get(name, -1) for name in ids), np.int64, len(ids))
        gone = at < 0
        return Scores(
            ids,
            _taken(self.figures, at, gone),
            np.where(gone, MISSING, self.status[at] if len(self.entries) else MISSING),
            {name: _taken(figures, at, gone) for name, figures in self.keys.items()},
        )


def scores(rows: Sequence[ScoreIn], overs: Mapping[str, int]) -> Scores:
    """Write an event's scores as columns; ``overs`` has each key's units a point."""
    over = lcm(*{10**row.decimals * row.over for row in rows}) if rows else 1
    units = [
        row.value * (over // (10**row.decimals * row.over)) if row.status == "ok" else 0
        for row in rows
    ]
    return Scores(
        [row.entry for row in rows],
        column(units, over),
        np.array([STATUS[row.status] for row in rows], dtype=np.int8),
        {name: column([row.keys.get(name, 0) for row in rows], per) for name, per in overs.items()},
    )


def _taken(one: Column, at: Array, gone: Array) -> Column:
    if not len(one):
        return column([0] * len(at), one.over)
    return Column(np.where(gone, 0, one.units[at]), one.over)
