"""Which items make which paper: a pure, repeatable choice. No clock, no chance but the seed.

Every part takes its items as evenly from the modules as they allow: equal shares, a module with
fewer gives all it has, and what the division leaves goes one each to the modules that have given
the least to the paper so far (equal shares have equal remainders, so the largest remainder says
nothing; the seed decides among equals). Inside a module the order is that of SHA-256 over the seed
and the item's name, so that the same seed and bank give the same papers on every machine.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leitai.bank.enums import ItemType
from leitai.kernel.errors import Problem, Problems


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be chosen. `name` is stable across databases: "<bank>/<number>"."""

    name: str
    version_id: int
    type: str
    module: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """So many items of a type."""

    type: str
    count: int


Chosen = tuple[tuple[Candidate, ...], ...]  # by part, in the paper's order


def compose(
    pool: Iterable[Candidate], parts: Sequence[Part], *, papers: int, seed: str
) -> tuple[Chosen, ...]:
    """Choose the items of every paper; no question stands in two, nor twice in one.

    Raises Problems(paper_items_short) that names every type of which there are too few.
    """
    stock = _Stock(pool, seed)
    _demand_enough(stock, parts, papers)
    chosen = []
    for left in range(papers, 0, -1):
        given: Counter[str] = Counter()
        chosen.append(tuple(stock.take(part, left, given) for part in parts))
    return tuple(chosen)


def spread(count: int, room: Mapping[str, int], order: Sequence[str]) -> dict[str, int]:
    """Share `count` evenly among modules that hold at most `room`; the rest goes by `order`.

    The rooms must hold `count` together.
    """
    shares = dict.fromkeys(order, 0)
    left, open_ = count, [module for module in order if room[module]]
    while open_:
        full = [module for module in open_ if room[module] <= left // len(open_)]
        if not full:
            break
        for module in full:
            shares[module] = room[module]
            left -= room[module]
        open_ = [module for module in open_ if module not in full]
    for at, module in enumerate(open_):
        share, rest = divmod(left, len(open_))
        shares[module] = share + (at < rest)
    return shares


class _Stock:
    """What is left to choose from, each module of a type in the seed's order."""

    def __init__(self, pool: Iterable[Candidate], seed: str) -> None:
        self._seed = seed
        self._left: dict[str, dict[str, list[Candidate]]] = {}
        seen: set[bytes] = set()
        for candidate in sorted(pool, key=lambda it: _rank(seed, it.name), reverse=True):
            if candidate.digest not in seen:  # two banks may hold the same question
                seen.add(candidate.digest)
                modules = self._left.setdefault(candidate.type, {})
                modules.setdefault(candidate.module, []).append(candidate)

    def count(self, type_: str) -> int:
        return sum(map(len, self._left.get(type_, {}).values()))

    def take(self, part: Part, papers_left: int, given: Counter[str]) -> tuple[Candidate, ...]:
        """Take a part's items, leaving the papers that follow their share of each module."""
        modules = self._left.get(part.type, {})
        room = {name: -(-len(items) // papers_left) for name, items in modules.items()}
        order = sorted(
            modules, key=lambda name: (given[name], _rank(self._seed, f"{part.type}:{name}"))
        )
        taken = []
        for name, share in spread(part.count, room, order).items():
            given[name] += share
            taken += [modules[name].pop() for _ in range(share)]
        return tuple(sorted(taken, key=lambda it: _rank(self._seed, it.name)))


def _demand_enough(stock: _Stock, parts: Sequence[Part], papers: int) -> None:
    needed: Counter[str] = Counter()
    for part in parts:
        needed[part.type] += part.count * papers
    short = [
        Problem(
            "",
            "paper_items_short",
            {
                "type": str(ItemType(type_).label),
                "needed": count,
                "papers": papers,
                "available": stock.count(type_),
            },
        )
        for type_, count in needed.items()
        if stock.count(type_) < count
    ]
    if short:
        raise Problems(short)


def _rank(seed: str, name: str) -> bytes:
    return hashlib.sha256(f"{seed}\x00{name}".encode()).digest()
