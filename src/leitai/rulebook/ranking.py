"""Ranking, and cutting a ranking at a line. Exact integers, O(n log n), no tie is ever guessed.

A *sheet* holds contenders and their keys; a *board* is an order of them in which ties share their
rank, 1-2-2-4. A tie is torn when a line runs through it: some of its members would be inside and
some outside. An answer to a tie gives its members ranks of their own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from leitai.rulebook.chain import Key
from leitai.rulebook.columns import Array, Column
from leitai.rulebook.data import ResolutionIn


@dataclass(frozen=True, slots=True)
class Sheet:
    """Contenders in the order of their ids, their totals, and the keys of the chain.

    ``keys`` are figures as they read; ``further`` are keys that count only where a line runs.
    """

    ids: Sequence[str]
    delegations: Sequence[str]
    total: Column
    chain: tuple[Key, ...]
    keys: tuple[Column, ...]
    further: tuple[tuple[Key, Column], ...] = ()

    def values(self, at: int) -> tuple[Fraction, ...]:
        """Give one contender's figures, in the order of the chain."""
        return tuple(key.value(at) for key in self.keys)


@dataclass(slots=True)
class Board:
    """An order of a sheet's contenders, best first; changed only by answering ties.

    ``order[p]`` is the contender at position ``p`` (from 0), ``first[p]`` the position at which its
    tie begins.
    """

    sheet: Sheet
    order: Array
    first: Array
    dense: bool = False
    drawn: dict[int, ResolutionIn] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.order)

    def tie(self, position: int) -> "Tie":
        """Give the tie in which a position stands."""
        start = int(self.first[position])
        end = int(np.searchsorted(self.first, start, side="right"))
        return Tie(self, start, end, self.order[start:end].tolist())

    def ties(self) -> Iterator["Tie"]:
        """Give all ties in order; most have one member."""
        for start, members in _groups(self):
            yield Tie(self, start, start + len(members), members)

    def rank(self, start: int) -> int:
        """Give the rank of the tie that begins at a position."""
        if not self.dense:
            return start + 1
        return int(np.count_nonzero(np.diff(self.first[: start + 1]))) + 1

    def name(self, position: int) -> str:
        """Name the contender at a position."""
        return self.sheet.ids[int(self.order[position])]

    def names(self) -> tuple[str, ...]:
        """Name everyone, best first."""
        ids = self.sheet.ids
        return tuple(ids[at] for at in self.order.tolist())

    def split(self, tie: "Tie", resolution: ResolutionIn) -> None:
        """Give each member of a tie a rank of its own, in the order of the resolution."""
        by_name = {self.sheet.ids[at]: at for at in tie.members}
        self.order[tie.start : tie.end] = [by_name[name] for name in resolution.order]
        self.first[tie.start : tie.end] = range(tie.start, tie.end)
        self.drawn |= dict.fromkeys(range(tie.start, tie.end), resolution)

    def refinable(self, tie: "Tie") -> bool:
        """Say whether a key that counts only where a line runs tells the members apart."""
        return any(
            len({int(figures.units[at]) for at in tie.members}) > 1
            for _, figures in self.sheet.further
        )

    def refine(self, tie: "Tie") -> bool:
        """Break a tie by the keys that count only where a line runs; False if they are equal."""
        keys = [(key, figures.units) for key, figures in self.sheet.further]
        ranked = sorted(
            tie.members,
            key=lambda at: tuple(key.sortable(int(units[at])) for key, units in keys),
            reverse=True,
        )
        starts, start = [], tie.start
        for place, at in enumerate(ranked):
            before = ranked[place - 1]
            if any(units[at] != units[before] for _, units in keys):
                start = tie.start + place
            starts.append(start)
        self.order[tie.start : tie.end] = ranked
        self.first[tie.start : tie.end] = starts
        return starts[-1] != tie.start


@dataclass(slots=True)
class Tie:
    """Positions ``start`` to ``end`` (not included) of a board: those who share a rank.

    ``members`` are rows of the sheet, in the order of the board.
    """

    board: Board
    start: int
    end: int
    members: list[int]

    @property
    def ids(self) -> tuple[str, ...]:
        """Name the members in the order of their ids."""
        return tuple(self.board.sheet.ids[at] for at in sorted(self.members))

    @property
    def rank(self) -> int:
        """Give the rank that they share."""
        return self.board.rank(self.start)

    @property
    def total(self) -> Fraction:
        """Give the total that they share."""
        return self.board.sheet.total.value(int(self.board.order[self.start]))


def _groups(board: Board) -> Iterator[tuple[int, list[int]]]:
    """Give where each tie begins and its members: a million of them pass here."""
    order: list[int] = board.order.tolist()
    first: list[int] = board.first.tolist()
    count, start = len(first), 0
    while start < count:
        end = start + 1
        while end < count and first[end] == start:
            end += 1
        yield start, order[start:end]
        start = end


Admit = Callable[[Sequence[int]], "Admitted"]


@dataclass(slots=True)
class Admitted:
    """Of a tie's members: who may take a place, and how many take one without getting it.

    ``torn``: those of them for whom a limit makes the order of the tie matter.
    """

    inside: Sequence[int]
    wasted: int = 0
    torn: frozenset[int] = frozenset()


@dataclass(slots=True)
class Taken:
    """Someone inside the line: the row, the rank on the board, the place among the eligible."""

    row: int
    rank: int
    place: int


@dataclass(frozen=True, slots=True)
class Torn:
    """A tie with a line through it, after the eligible place ``border``, and who may have one.

    ``limited``: the line is a cap that not all of them can pass.
    """

    tie: Tie
    border: int
    inside: tuple[int, ...] = ()
    limited: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """Who is inside for sure, best first, and the ties through which a line runs."""

    taken: tuple[Taken, ...]
    torn: tuple[Torn, ...]


def rank(sheet: Sheet, rows: Array | None = None, *, dense: bool = False) -> Board:
    """Rank the contenders (or some rows) by the chain of keys; equal keys share a rank."""
    rows = np.arange(len(sheet.ids)) if rows is None else rows
    keys = [_sortable(key, figures.units[rows]) for key, figures in zip(
        sheet.chain, sheet.keys, strict=True
    )]  # fmt: skip
    order, same = _sorted(keys, len(rows))
    first = np.where(same, 0, np.arange(len(rows)))
    return Board(sheet, rows[order], np.maximum.accumulate(first), dense)


def inside(board: Board, codes: Sequence[str]) -> dict[str, Board]:
    """Rank inside each group, from a board of all; ``codes`` name each row's group, "" for none."""
    names = sorted(set(codes))
    number = {name: at for at, name in enumerate(names)}
    of = np.fromiter((number[code] for code in codes), np.int64, len(codes))[board.order]
    position = np.argsort(of, kind="stable")
    of, first = of[position], board.first[position]
    begins = np.ones(len(position), dtype=bool)
    begins[1:] = (of[1:] != of[:-1]) | (first[1:] != first[:-1])
    starts = np.maximum.accumulate(np.where(begins, np.arange(len(position)), 0))
    bounds = np.searchsorted(of, np.arange(len(names) + 1))
    boards = {}
    for at, name in enumerate(names):
        low, high = int(bounds[at]), int(bounds[at + 1])
        if name and low < high:
            rows = board.order[position[low:high]]
            boards[name] = Board(board.sheet, rows, starts[low:high] - low, board.dense)
    return boards


def cut(
    board: Board,
    first: int,
    last: int,
    admit: Admit,
    treat: Callable[[Tie, int], str] = lambda _tie, _border: "",
    upper: Sequence[int] = (),
) -> Cut:
    """Take the places ``first`` to ``last`` among those who are admitted; others are passed over.

    ``treat`` says of a tie with a line through it, after the place ``border``: ``share`` (all of it
    is above the line), ``out`` (all of it below) or "" (it needs an answer). ``upper`` are the
    lines further up: a tie that one of them shares out is taken there and nowhere else.
    """
    taken: list[Taken] = []
    torn: list[Torn] = []
    before = 0
    for start, members in _groups(board):
        if before >= last:
            break
        found = admit(members)
        inside, limited = found.inside, bool(found.torn)
        after = before + len(inside) + found.wasted
        if not limited and (after - before <= 1 or not inside):  # no line matters inside it
            if inside and before >= first - 1:
                taken.append(Taken(inside[0], board.rank(start), after))
            before = after
            continue
        tie = Tie(board, start, start + len(members), members)
        if limited and (answer := treat(tie, last)):  # a limit is a line as well
            inside = [row for row in inside if answer == "share" or row not in found.torn]
            after = before + len(inside) + found.wasted
            limited = False
        if any(before < one < after and treat(tie, one) == "share" for one in upper):
            before = after
            continue
        borders = [border for border in (first - 1, last) if before < border < after]
        answers = {border: treat(tie, border) for border in borders}
        open_borders = [border for border in borders if not answers[border]]
        if answers.get(first - 1) == "share":
            open_borders = []  # whoever holds the places above takes all of it
        by_limit = limited and not open_borders
        if by_limit and answers.get(first - 1) != "share":
            open_borders = [min(after, last)]
        torn += [Torn(tie, border, tuple(inside), by_limit) for border in open_borders]
        if not open_borders and _within(before, first, last, answers):
            taken += [Taken(row, tie.rank, before + 1) for row in sorted(inside)]
        before = after
    return Cut(tuple(taken), tuple(torn))


def _within(before: int, first: int, last: int, treated: dict[int, str]) -> bool:
    """Say whether a tie that begins after so many places lies between the two lines."""
    if treated.get(first - 1) == "share":
        return False  # whoever holds the places above takes all of it
    if treated.get(last) == "out":
        return False
    return before >= first - 1 or treated.get(first - 1) == "out"


def _sortable(key: Key, units: Array) -> Array:
    """Turn figures so that the greater one is the better one, in 64 bits whatever their size."""
    signed = units if key.better == "higher" else -units
    if signed.dtype == object:
        signed = np.unique(signed, return_inverse=True)[1]
    return signed


def _sorted(keys: list[Array], count: int) -> tuple[Array, Array]:
    """Order rows by keys, greatest first, equal ones as they stand; and who equals the one before.

    Keys are packed into one integer where they fit: a single sort instead of one a key.
    """
    same = np.ones(count, dtype=bool)
    same[:1] = False
    packed = _packed(keys, count)
    if packed is not None:
        order = np.argsort(packed, kind="stable")
        ranked = packed[order]
        same[1:] = ranked[1:] == ranked[:-1]
        return order, same
    order = np.lexsort([-key for key in reversed(keys)])
    for key in keys:
        ranked = key[order]
        same[1:] &= ranked[1:] == ranked[:-1]
    return order, same


def _packed(keys: list[Array], count: int) -> Array | None:
    """Write all keys as one integer, smaller is better; None where that takes over 62 bits."""
    packed: Array = np.zeros(count, dtype=np.int64)
    width = 1
    for key in keys:
        if not count:
            break
        least, most = int(key.min()), int(key.max())
        span = most - least + 1
        width *= span
        if width >= 2**62:
            return None
        packed = packed * span + (most - key)
    return packed


def differences(board: Board) -> tuple[Array, Array]:
    """For each position whose tie has a neighbour of the same total: which, and by which key.

    Gives the neighbour's position (-1: none) and the index into ``chain + further``. A neighbour
    below is told rather than one above.
    """
    sheet, count = board.sheet, len(board)
    totals = sheet.total.units[board.order]
    new_tie = np.ones(count, dtype=bool)
    new_tie[1:] = board.first[1:] != board.first[:-1]
    starts = np.flatnonzero(new_tie)
    tie_of = np.cumsum(new_tie) - 1
    alike = np.zeros(len(starts), dtype=bool)  # is this tie's total that of the tie before?
    if len(starts) > 1:
        alike[1:] = totals[starts[1:]] == totals[starts[:-1]]
    keys: list[Any] = [*sheet.keys, *(figures for _, figures in sheet.further)]
    at_key = np.full(len(starts), -1)  # the first key in which a tie differs from the one before
    for index in range(len(keys) - 1, -1, -1):
        units = keys[index].units[board.order[starts]]
        differs = np.zeros(len(starts), dtype=bool)
        differs[1:] = units[1:] != units[:-1]
        at_key[differs] = index
    below = np.zeros(len(starts), dtype=bool)
    below[:-1] = alike[1:]
    neighbour = np.full(len(starts), -1)
    key = np.full(len(starts), -1)
    neighbour[alike] = starts[np.flatnonzero(alike) - 1]
    key[alike] = at_key[alike]
    neighbour[below] = starts[np.flatnonzero(below) + 1]
    key[below] = at_key[np.flatnonzero(below) + 1]
    return neighbour[tie_of], key[tie_of]
