"""What a learner is shown next: what is due, new questions mixed in, in the time they have.

Pure and the same for the same seed (learner, day, number of the set), so that a page that is opened
twice shows the same set. Towards an exam nothing is put off beyond it, and new questions come early
enough that all were seen once when two thirds of the time are gone. Who was away does not pay for
it: of a backlog what is still half known comes first, and new questions go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from leitai.practice.cards import Card, retrievability

SECONDS_EACH: Final = 30  # what an answer takes with a look at its explanation
_STRETCH: Final = 14  # days before an exam over which the last reviews are spread
_BACKLOG: Final = 3  # due for more than so many days' budgets
_UNPRESSED: Final = 3, 5  # new questions of a set while no exam is near


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be shown, as it is now (`version`)."""

    item: int
    version: int
    type: str
    module: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a set is to be: how many, of which module or type, or in which shape by type."""

    count: int
    module: str = ""
    type: str = ""
    topic: str = ""
    shape: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """Whose turn it is (`seed`), on which day, how many answers a day, until which exam.

    `done` are the items that were answered today already, folded or not.
    """

    seed: str
    today: int
    budget: int
    exam: int | None = None
    done: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A set: `fresh` of its questions were never seen, `behind` says that there is a backlog."""

    candidates: tuple[Candidate, ...]
    fresh: int
    behind: bool

    @property
    def known(self) -> int:
        return len(self.candidates) - self.fresh


def budget_of(minutes: int) -> int:
    """Answers a day."""
    return max(1, minutes * 60 // SECONDS_EACH)


def due_day(card: Card, plan: Plan) -> int:
    """When a card is due: before the exam at the latest, spread over the last days before it."""
    if plan.exam is None or card.due < plan.exam or card.last >= plan.exam:
        return card.due
    stretch = max(1, min(_STRETCH, (plan.exam - card.last) // 2))
    back = plan.exam - 1 - card.item % stretch
    return back if back > card.last else card.due


def choose(pool: Sequence[Candidate], cards: Mapping[int, Card], wish: Wish, plan: Plan) -> Chosen:
    """The next set. Shorter than wished only where the pool is."""
    fitting = [one for one in pool if _fits(one, wish)]
    due = [one for one in fitting if _is_due(cards.get(one.item), one, plan)]
    behind = len(due) > _BACKLOG * plan.budget
    taken: dict[int, Candidate] = {}
    for type_, count in wish.shape.items():
        part = [one for one in fitting if one.type == type_]
        taken |= {one.item: one for one in _pick(part, cards, count, plan, behind=behind)}
    missing = wish.count - len(taken)
    if missing > 0:
        rest = [one for one in fitting if one.item not in taken]
        picked = _pick(rest, cards, missing, plan, behind=behind)
        if not wish.shape:
            picked.sort(key=lambda one: _lot(plan.seed, "place", one.item))
        taken |= {one.item: one for one in picked}
    found = tuple(taken.values())
    return Chosen(found, sum(one.item not in cards for one in found), behind)


def new_of(count: int, unseen: int, plan: Plan) -> int:
    """How many of a set's questions should be new."""
    if plan.exam is None or plan.exam <= plan.today:
        part, whole = _UNPRESSED
        return -(-count * part // whole)
    days = max(1, (plan.exam - plan.today) * 2 // 3)
    a_day = -(-unseen // days)
    return min(count, -(-count * a_day // plan.budget))


def _pick(
    pool: Sequence[Candidate],
    cards: Mapping[int, Card],
    count: int,
    plan: Plan,
    *,
    behind: bool,
) -> list[Candidate]:
    open_ = [one for one in pool if one.item not in plan.done]
    due = _by_need(
        [one for one in open_ if _is_due(cards.get(one.item), one, plan)],
        cards,
        plan,
        best_first=behind,
    )
    unseen = [one for one in open_ if one.item not in cards]
    new = _first_new(count, unseen, pool, cards, plan)
    wanted = min(new_of(count, len(unseen), plan), len(new))
    if behind:
        wanted = min(wanted, -(-count // 5))
    if due and count > 1:
        wanted = min(wanted, count - 1)
    picked = [*due[: count - wanted], *new[:wanted]]
    picked += [*new[wanted:], *due[count - wanted :]][: count - len(picked)]
    if len(picked) < count:
        chosen = {one.item for one in picked}
        seen = [one for one in pool if one.item not in chosen]
        seen = _by_need(seen, cards, plan, best_first=False)
        seen.sort(key=lambda one: _answered(cards.get(one.item), one, plan))
        picked += seen[: count - len(picked)]
    return picked


def _is_due(card: Card | None, one: Candidate, plan: Plan) -> bool:
    return card is not None and not _answered(card, one, plan) and due_day(card, plan) <= plan.today


def _answered(card: Card | None, one: Candidate, plan: Plan) -> bool:
    """Today already."""
    return one.item in plan.done or (card is not None and card.last >= plan.today)


def _by_need(
    found: Iterable[Candidate], cards: Mapping[int, Card], plan: Plan, *, best_first: bool
) -> list[Candidate]:
    """By how likely each is still known, least first unless `best_first`."""

    def need(one: Candidate) -> tuple[float, int]:
        card = cards.get(one.item)
        known = 0.0 if card is None else retrievability(card, plan.today)
        return (-known if best_first else known), one.item

    return sorted(found, key=need)


def _first_new(
    count: int,
    unseen: Iterable[Candidate],
    pool: Iterable[Candidate],
    cards: Mapping[int, Card],
    plan: Plan,
) -> list[Candidate]:
    """New questions, module after module: that of which the smallest share was seen comes first.

    Lots are drawn for no more modules than are needed.
    """
    all_: dict[str, int] = {}
    seen: dict[str, int] = {}
    for one in pool:
        all_[one.module] = all_.get(one.module, 0) + 1
        seen[one.module] = seen.get(one.module, 0) + (one.item in cards or one.item in plan.done)
    by_module: dict[str, list[Candidate]] = {}
    for one in unseen:
        by_module.setdefault(one.module, []).append(one)

    def turn(module: str) -> tuple[float, int]:
        return seen[module] / all_[module], _lot(plan.seed, "module", module)

    found: list[Candidate] = []
    for module in sorted(by_module, key=turn):
        if len(found) >= count:
            break
        found += sorted(by_module[module], key=lambda one: _lot(plan.seed, "item", one.item))
    return found[:count]


def _fits(one: Candidate, wish: Wish) -> bool:
    return (
        wish.module in ("", one.module)
        and wish.type in ("", one.type)
        and wish.topic in ("", one.topic)
    )


def _lot(seed: str, what: str, name: object) -> int:
    """A place in an order that nobody chose and that is the same on every machine."""
    found = hashlib.blake2b(f"{seed}/{what}/{name}".encode(), digest_size=8).digest()
    return int.from_bytes(found)
