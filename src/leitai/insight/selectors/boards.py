"""Public boards of units: only those that the rulebook has, with small cells protected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.design.moments import SHANGHAI
from leitai.insight.counting import Figures, Held
from leitai.insight.periods import Span
from leitai.insight.protecting import hidden
from leitai.insight.selectors.figures import figures_of
from leitai.insight.selectors.groups import children_of
from leitai.insight.selectors.pages import began_of, practice_of
from leitai.kernel.errors import DomainError
from leitai.rulebook.model.practice import Practice, PracticeBoard
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season
from leitai.units.models import Unit

UNITS: Final = "unit"
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A unit's place; without a figure where it is protected or there is none."""

    rank: int | None
    unit: Unit
    value: Decimal | None
    protected: bool


@dataclass(frozen=True, slots=True)
class Board:
    title: str
    unit: str  # %, 人, 人次, 分
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class BoardsPage:
    season: Season
    span: Span
    boards: tuple[Board, ...]


def unit_boards(practice: Practice | None) -> dict[str, PracticeBoard]:
    """The boards of units that the rules switch on; sums since a day, of points only, are not."""
    if practice is None:
        return {}
    return {
        name: board
        for name, board in practice.boards.items()
        if board.of == UNITS and not (board.from_ or board.to or board.over)
    }


def boards_page(actor: Actor, code: str, *, at: datetime) -> BoardsPage:
    """Of an opened season; raises DomainError("not_found") where the rules have no board."""
    season = seasons.get_season_for(actor, code)
    law, practice = practice_of(season)
    boards = unit_boards(practice)
    if not boards or season.host is None:
        raise DomainError("not_found")
    today = at.astimezone(SHANGHAI).date()
    span = Span(min(began_of(season, law), today), today)
    groups = children_of(season.host)
    figures = figures_of(groups, season=season.code, span=span, titles=practice.titles)
    units = {unit.code: unit for unit in groups.units if figures[unit.code].due or unit.is_open}
    told = tuple(board_of(board, units, figures) for board in boards.values())
    return BoardsPage(season, span, told)


def board_of(
    board: PracticeBoard, units: Mapping[str, Unit], figures: Mapping[str, Figures]
) -> Board:
    """Ranked from the highest; protected rows and rows without a figure stand below, unranked.

    Units without anybody on a roster or registered are left out.
    """
    shown = {key: figures[key] for key in units if figures[key].some}
    closed = hidden({key: one.persons for key, one in shown.items()})
    closed |= hidden({key: one.counted for key, one in shown.items()})
    closed |= hidden({key: one.due or one.registered for key, one in shown.items()})
    values = {key: None if key in closed else value_of(board, one) for key, one in shown.items()}
    ranked = sorted(
        ((key, value) for key, value in values.items() if value is not None),
        key=lambda pair: -pair[1],
    )
    rows: list[BoardRow] = []
    for place, (key, value) in enumerate(ranked, start=1):
        rank: int | None = place
        if rows and rows[-1].value == value:
            rank = rows[-1].rank
        elif board.style == "dense":
            rank = (rows[-1].rank or 0) + 1 if rows else 1
        rows.append(BoardRow(rank, units[key], value, protected=False))
    if board.top is not None:
        rows = [row for row in rows if row.rank is not None and row.rank <= board.top]
    else:
        rows += [
            BoardRow(None, units[key], None, protected=key in closed)
            for key, value in values.items()
            if value is None
        ]
    return Board(board.title, unit_of(board), tuple(rows))


def value_of(board: PracticeBoard, one: Figures) -> Decimal | None:
    """The board's figure of a unit; None where it cannot be said."""
    points = one.points.get(board.ledger or "", Decimal())
    held = one.titles.get(board.award or "", Held())
    if board.figure == "ratio":
        return one.ratio
    if board.figure == "mean":
        if not one.persons:
            return None
        return (points / one.persons).quantize(_CENT, ROUND_HALF_UP)
    counts: dict[str, Decimal | int] = {
        "points": points,
        "times": one.times,
        "titles": sum(each.times for each in one.titles.values()),
        "registered": one.registered,
        "active": one.persons,
        "holders": held.persons,
    }
    return Decimal(counts[board.figure])


def unit_of(board: PracticeBoard) -> str:
    points = _("分")
    units = {"ratio": "%", "mean": points, "points": points, "times": _("人次"), "titles": _("个")}
    return units.get(board.figure, _("人"))
