"""Boards of persons, where the rules have any; those of units are a matter of statistics above.

Nobody is on a board who left it, and nobody sees a board but learners of the season.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from django.db.models import Count, DecimalField, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from leitai.kernel.errors import DomainError
from leitai.practice.models import Learner
from leitai.practice.selectors.grounds import Ground
from leitai.rulebook import numbers
from leitai.rulebook.model.practice import PracticeBoard
from leitai.rulebook.practice.periods import stretch
from leitai.rulebook.practice.rules import ledger_of

MOST: Final = 100
KEPT_SECONDS: Final = 600  # a board is counted anew every ten minutes
_FIGURES: Final = ("points", "titles")


@dataclass(frozen=True, slots=True)
class BoardRow:
    rank: int
    learner: Learner
    value: str
    own: bool


@dataclass(frozen=True, slots=True)
class Board:
    title: str
    unit: str
    period: str
    rows: tuple[BoardRow, ...]


def shown_boards(ground: Ground) -> dict[str, PracticeBoard]:
    """Those of persons, by a sum that stands beside the learner."""
    return {
        name: board
        for name, board in ground.practice.boards.items()
        if board.of == "person" and board.figure in _FIGURES and not (board.from_ or board.to)
    }


def boards_page(ground: Ground, learner: Learner) -> tuple[Board, ...]:
    """Raises DomainError("not_found") where the rules have none."""
    boards = shown_boards(ground)
    if not boards:
        raise DomainError("not_found")
    return tuple(_board(ground, board, learner) for board in boards.values())


def _board(ground: Ground, board: PracticeBoard, learner: Learner) -> Board:
    name = ledger_of(ground.practice, board.ledger)
    ledger = ground.practice.ledgers[name]
    period = stretch(ledger.period, ground.day, ground.practice.week).name
    points = board.figure == "points"
    found = _values(
        ground.season.code,
        (name, period) if points else ("", board.award or ""),
        min(board.top or MOST, MOST),
        _slot(ground.at),
    )
    people = Learner.objects.select_related("person", "unit").filter(hidden=False)
    held = people.in_bulk([pk for pk, _value in found])
    rows: list[BoardRow] = []
    before: Decimal | None = None
    for pk, value in found:
        if pk not in held:
            continue
        dense = board.style == "dense"
        last = rows[-1].rank if rows else 0
        rank = last if value == before else last + 1 if dense else len(rows) + 1
        shown = numbers.show(Fraction(value))
        rows.append(BoardRow(rank, held[pk], shown, own=pk == learner.pk))
        before = value
    unit = ledger.unit if points else ""
    return Board(board.title, unit, period if points else "", tuple(rows))


def _slot(at: datetime) -> int:
    return int(at.timestamp()) // KEPT_SECONDS


@lru_cache(maxsize=64)
def _values(
    season: str, what: tuple[str, str], most: int, _slot: int
) -> tuple[tuple[int, Decimal], ...]:
    """The highest first; who left meanwhile is taken away by the reader of this."""
    learners = Learner.objects.filter(season=season, hidden=False)
    ledger, key = what
    figure = _points(ledger, key) if ledger else _titles(key)
    rows = learners.annotate(value=figure).filter(value__gt=0)
    return tuple(rows.order_by("-value", "joined_at", "pk").values_list("pk", "value")[:most])


def _points(ledger: str, period: str) -> Cast:
    text = KeyTextTransform(period, KeyTextTransform(ledger, "totals"))
    return Cast(text, DecimalField(max_digits=24, decimal_places=6))


def _titles(title: str) -> Count:
    held = Q(titles__lost_on=None)
    if title:
        held &= Q(titles__title=title)
    return Count("titles", filter=held)
