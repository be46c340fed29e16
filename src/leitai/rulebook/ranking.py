"""Ranking, and cutting a ranking at a line. Exact integers, O(n log n), no tie is ever guessed.

Ties share their rank, 1-2-2-4. A group is torn when a line runs through it: some of its eligible
members would be inside and some outside. A resolution turns the group into ranks of their own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from leitai.rulebook.data import ResolutionIn


@dataclass(frozen=True, slots=True)
class Competitor:
    """An entry or a delegation on a board; ``key`` compares, the greater is the better."""

    id: str
    delegation: str
    total: Fraction
    key: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Those who share a rank, by id; ``drawn`` is what gave a single member its own rank."""

    rank: int
    members: tuple[Competitor, ...]
    drawn: ResolutionIn | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Name the members."""
        return tuple(member.id for member in self.members)


Groups = tuple[Group, ...]
Chooser = Callable[[Competitor], bool]


@dataclass(frozen=True, slots=True)
class Taken:
    """Someone inside the line: the rank on the board, and the place among the eligible."""

    competitor: Competitor
    rank: int
    place: int


@dataclass(frozen=True, slots=True)
class Torn:
    """A tie with a line through it, after the eligible place ``border``."""

    group: Group
    border: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Who is inside for sure, best first, and the ties through which a line runs."""

    taken: tuple[Taken, ...]
    torn: tuple[Torn, ...]


def rank(competitors: Iterable[Competitor]) -> Groups:
    """Rank by key, the greatest first; equal keys share a rank."""
    ordered = sorted(competitors, key=lambda one: one.id)
    ordered.sort(key=lambda one: one.key, reverse=True)
    return number(tuple(group) for _, group in groupby(ordered, key=lambda one: one.key))


def number(ties: Iterable[tuple[Competitor, ...]]) -> Groups:
    """Give ranks to ties that stand in order, best first."""
    groups = []
    position = 1
    for members in ties:
        groups.append(Group(position, members))
        position += len(members)
    return tuple(groups)


def split(groups: Groups, torn: Group, resolution: ResolutionIn) -> Groups:
    """Give each member of ``torn`` a rank of its own, in the order of the resolution."""
    by_id = {member.id: member for member in torn.members}
    singles = [
        Group(torn.rank + offset, (by_id[name],), drawn=resolution)
        for offset, name in enumerate(resolution.order)
    ]
    at = groups.index(torn)
    return (*groups[:at], *singles, *groups[at + 1 :])


def cut(groups: Groups, first: int, last: int, eligible: Chooser) -> Cut:
    """Take the places ``first`` to ``last`` among the eligible; the others are passed over."""
    taken: list[Taken] = []
    torn: list[Torn] = []
    before = 0
    for group in groups:
        if before >= last:
            break
        inside = [member for member in group.members if eligible(member)]
        after = before + len(inside)
        borders = [border for border in (first - 1, last) if before < border < after]
        torn += [Torn(group, border) for border in borders]
        if not borders and before >= first - 1:
            taken += [Taken(member, group.rank, before + 1) for member in inside]
        before = after
    return Cut(tuple(taken), tuple(torn))
