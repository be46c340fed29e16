"""Section 6.4 of docs/formats/bundle.md: boards, lines, and who is taken."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

from verifying.records import Record

Test = Callable[[str], bool]
Cap = tuple[Callable[[str], str], Callable[[str], int]]
Figures = dict[str, list[Fraction]]
TREATED = ("share", "out")


@dataclass
class Board:
    """Groups of those who share a rank, best first; a key is described by a record (6.3)."""

    groups: list[list[str]]
    totals: dict[str, Fraction]
    chain: list[Record]
    figures: Figures
    at_lines: list[Record]
    further: Figures
    dense: bool = False
    drawn: dict[str, Record] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(map(len, self.groups))

    def ranked(self) -> Iterator[tuple[int, list[str]]]:
        """Give every group with its rank."""
        before = 0
        for at, group in enumerate(self.groups):
            yield (at if self.dense else before) + 1, group
            before += len(group)

    def names(self) -> list[str]:
        return [name for group in self.groups for name in group]

    def refinable(self, group: list[str]) -> bool:
        return len({tuple(self.further[name]) for name in group}) > 1

    def refine(self, group: list[str]) -> bool:
        """Break a group by the keys that count only at lines."""
        if not self.refinable(group):
            return False
        at = self.groups.index(group)
        self.groups[at : at + 1] = grouped(group, self.at_lines, self.further)
        return True

    def split(self, group: list[str], answer: Record) -> None:
        at = self.groups.index(group)
        self.groups[at : at + 1] = [[name] for name in answer["order"]]
        self.drawn |= dict.fromkeys(answer["order"], answer)

    def inside(self, value_of: Callable[[str], str]) -> dict[str, "Board"]:
        """Rank inside each value; who has none stands on no such board."""
        found: dict[str, list[list[str]]] = defaultdict(list)
        for group in self.groups:
            parts = defaultdict(list)
            for name in group:
                parts[value_of(name)].append(name)
            for value, names in parts.items():
                found[value].append(names)
        return {
            value: replace(self, groups=groups, drawn={})
            for value, groups in found.items()
            if value
        }


def grouped(names: Iterable[str], keys: list[Record], figures: Figures) -> list[list[str]]:
    """Put names into groups of equal figures, best first, each in the order given."""
    groups = defaultdict(list)
    signs = [1 if key["better"] == "higher" else -1 for key in keys]
    for name in names:
        signed = [f * sign for f, sign in zip(figures[name], signs, strict=True)]
        groups[tuple(signed)].append(name)
    return [groups[key] for key in sorted(groups, reverse=True)]


class Taken(NamedTuple):
    """Who is inside a line."""

    name: str
    rank: int
    place: int


@dataclass
class Chooser:
    """Says who may take a place (passes), who has it then (gets), and how many of a value.

    A cap gives a name's value and how many of a value there may be.
    """

    passes: Test = lambda _: True
    gets: Test = lambda _: True
    caps: list[Cap] = field(default_factory=list)

    def walk(self) -> Callable[[Iterable[str]], tuple[list[str], int, set[str]]]:
        """Give what admits group after group: who is inside, places lost, who is over a cap."""
        used = [Counter[str]() for _ in self.caps]

        def admit(group: Iterable[str]) -> tuple[list[str], int, set[str]]:
            passing = [name for name in group if self.passes(name)]
            good = [name for name in passing if self.gets(name)]
            lost, over = len(passing) - len(good), set[str]()
            for (value_of, most), count in zip(self.caps, used, strict=True):
                values = {name: value_of(name) for name in good}
                good = [n for n, value in values.items() if not value or count[value] < most(value)]
            for (value_of, most), count in zip(self.caps, used, strict=True):
                values = {name: value_of(name) for name in good}
                count.update(values.values())
                over |= {n for n, value in values.items() if value and count[value] > most(value)}
            return good, lost, over

        return admit


class Torn(NamedTuple):
    """A group with a line through it: who of it may have a place, and how the line is answered."""

    group: list[str]
    inside: list[str]
    how: str


class Cut(NamedTuple):
    """Who is taken, and the groups that are torn."""

    taken: list[Taken]
    torn: list[Torn]


def cut(
    board: Board, places: tuple[int, int], chooser: Chooser, unbroken: str, above: dict[int, str]
) -> Cut:
    """Take places, as far as no group is torn."""
    first, last = places
    how = above | {last: unbroken}
    shared = [line for line in how if line < first and how[line] == "share"]
    admit, before = chooser.walk(), 0
    found = Cut([], [])
    for rank, group in board.ranked():
        if before >= last:
            break
        inside, lost, over = admit(group)
        told_apart = board.refinable(group)
        if over and unbroken in TREATED and not told_apart:  # a cap is a line as well
            inside = [name for name in inside if unbroken == "share" or name not in over]
            over = set()
        after = before + len(inside) + lost
        if inside and not told_apart and any(before < line < after for line in shared):
            before = after  # whoever holds the places above takes all of it
            continue
        lines = [line for line in (first - 1, last) if inside and before < line < after]
        treated = {
            line: how.get(line, unbroken)
            for line in ([] if told_apart else lines)
            if how.get(line, unbroken) in TREATED
        }
        open_lines = [line for line in lines if line not in treated]
        if treated.get(first - 1) == "share":
            open_lines = []
        elif over and not open_lines:
            open_lines = [min(after, last)]
        found.torn.extend(Torn(group, inside, how.get(line, unbroken)) for line in open_lines)
        if not open_lines and _is_inside(before, first, last, treated):
            found.taken.extend(Taken(name, rank, before + 1) for name in inside)
        before = after
    return found


def _is_inside(before: int, first: int, last: int, treated: dict[int, str]) -> bool:
    if treated.get(first - 1) == "share" or treated.get(last) == "out":
        return False
    return before >= first - 1 or treated.get(first - 1) == "out"
