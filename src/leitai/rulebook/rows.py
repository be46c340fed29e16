"""The rows of the outcome, written when somebody reads them: a board may have a million."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Generic, TypeVar, overload

from leitai.rulebook import numbers
from leitai.rulebook.chain import TOTAL, Key
from leitai.rulebook.columns import Array, Column
from leitai.rulebook.data import (
    TEAMS,
    Reason,
    ReasonValue,
    ResolutionIn,
    StandingRow,
    TeamRow,
)
from leitai.rulebook.ranking import Board, differences
from leitai.rulebook.state import BoardId, State
from leitai.rulebook.teams import MEMBERS, counted_names

Row = TypeVar("Row", StandingRow, TeamRow)


class Rows(Sequence[Row], Generic[Row]):
    """Rows of boards, one after the other, each made when it is asked for."""

    def __init__(self, writers: "Sequence[tuple[Board, Callable[[int], Row]]]") -> None:
        self._boards: list[tuple[int, Callable[[int], Row]]] = [
            (len(board), row) for board, row in writers
        ]
        self.boards = tuple(board for board, _ in writers)

    def __len__(self) -> int:
        return sum(count for count, _ in self._boards)

    def __iter__(self) -> Iterator[Row]:
        for count, row in self._boards:
            for position in range(count):
                yield row(position)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return tuple(islice(iter(self), *at.indices(len(self))))
        position = at if at >= 0 else len(self) + at
        for count, row in self._boards:
            if position < count:
                return row(position)
            position -= count
        raise IndexError(at)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def standing_rows(state: State) -> Rows[StandingRow]:
    """Give every board of people, in the order in which stages were decided."""
    return Rows(
        [
            (board, _Writer(state, name, board).standing)
            for name, board in state.boards.items()
            if name[2] != TEAMS
        ]
    )


def team_rows(state: State) -> Rows[TeamRow]:
    """Give every board of teams."""
    return Rows(
        [
            (board, _Writer(state, name, board).team)
            for name, board in state.boards.items()
            if name[2] == TEAMS
        ]
    )


class _Writer:
    """Writes the rows of one board."""

    def __init__(self, state: State, name: BoardId, board: Board) -> None:
        self._state = state
        self._name = name
        self._board = board
        self._places = state.places(name[:2])

    @cached_property
    def _differences(self) -> tuple[Array, Array]:
        return differences(self._board)

    def standing(self, position: int) -> StandingRow:
        """Write an entry's place."""
        tie = self._board.tie(position)
        row = int(self._board.order[position])
        sheet = self._board.sheet
        return StandingRow(
            *self._name,
            tie.rank,
            sheet.ids[row],
            sheet.delegations[row],
            sheet.total.value(row),
            tie.end - tie.start - 1,
            self._reason(position),
            sheet.values(row),
        )

    def team(self, position: int) -> TeamRow:
        """Write a delegation's place."""
        tie = self._board.tie(position)
        row = int(self._board.order[position])
        sheet, arena = self._board.sheet, self._name[:2]
        name = sheet.ids[row]
        return TeamRow(
            *arena,
            tie.rank,
            name,
            name in self._state.rules.guests,
            sheet.total.value(row),
            counted_names(self._state, arena, name),
            name in self._state.teams_gone[arena],
            tie.end - tie.start - 1,
            self._reason(position),
        )

    def _reason(self, position: int) -> Reason | None:
        """Say what put an entry above or below a neighbour of the same total."""
        board = self._board
        if position in board.drawn:
            return self._drawn(position, board.drawn[position])
        neighbours, keys = self._differences
        other, at = int(neighbours[position]), int(keys[position])
        if other < 0 or at < 0:
            return None
        side = "above" if other > position else "below"
        mine, theirs = int(board.order[position]), int(board.order[other])
        figures = self._keys
        key, column = figures[at]
        if self._name[2] == TEAMS and key.name.startswith(f"{MEMBERS}:"):
            return self._member(key, column, mine, theirs, side)
        data: dict[str, ReasonValue] = {
            "total": self._total(position),
            "same": tuple(before.title for before, _ in figures[:at] if before.name != TOTAL),
            "title": key.title,
            "unit": key.unit,
            "better": key.better,
            "mine": numbers.show(column.value(mine), key.decimals),
            "other": numbers.show(column.value(theirs), key.decimals),
        }
        return Reason(f"key_{side}", data)

    @property
    def _keys(self) -> list[tuple[Key, Column]]:
        sheet = self._board.sheet
        return [*zip(sheet.chain, sheet.keys, strict=True), *sheet.further]

    def _drawn(self, position: int, resolution: ResolutionIn) -> Reason:
        data: dict[str, ReasonValue] = {
            "total": self._total(position),
            "how": resolution.how,
            "position": resolution.order.index(self._board.name(position)) + 1,
            "count": len(resolution.order),
            "note": resolution.note,
        }
        return Reason("resolved", data)

    def _member(self, key: Key, column: Column, mine: int, theirs: int, side: str) -> Reason:
        nth = int(key.name.partition(":")[2])
        counted = self._state.counted[self._name[:2]]
        ids = self._board.sheet.ids
        figures = [
            numbers.show(column.value(row), self._places) if nth <= counted[ids[row]] else ""
            for row in (mine, theirs)
        ]
        data: dict[str, ReasonValue] = {
            "total": numbers.show(self._board.sheet.total.value(mine), self._places),
            "nth": nth,
            "mine": figures[0],
            "other": figures[1],
        }
        return Reason(f"member_{side}", data)

    def _total(self, position: int) -> str:
        return self._board.sheet.total.show(int(self._board.order[position]), self._places)
