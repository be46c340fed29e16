"""Who may take a place: guests, conditions, bars, withdrawals and caps, tie by tie."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from leitai.rulebook.admitting import SEASON, WITHDRAWN
from leitai.rulebook.contest import fact_of, is_true
from leitai.rulebook.eligibility import refusals
from leitai.rulebook.inputs import Arena
from leitai.rulebook.model import Condition, Quota
from leitai.rulebook.ranking import Admitted
from leitai.rulebook.state import State

Passes = Callable[[int], bool]
Cap = tuple[Callable[[int], str], Callable[[str], int]]  # a row's value, a value's limit


def always(_row: int) -> bool:
    """Pass nobody over."""
    return True


@dataclass(slots=True)
class Chooser:
    """Admits a tie's members in the order of the board, so that caps count right.

    Who does not pass is passed over, and the next one follows; who passes but does not ``get`` the
    place takes it without having it. A chooser counts while it is used: take a ``fresh`` one for
    each walk down a board.
    """

    passes: Passes = always
    gets: Passes = always
    caps: tuple[Cap, ...] = ()
    _used: list[Counter[str]] = field(default_factory=list)

    def fresh(self) -> "Chooser":
        """Give the same chooser before it has counted anybody."""
        return Chooser(self.passes, self.gets, self.caps)

    def admit(self, rows: Sequence[int]) -> Admitted:
        """Choose among the members of a tie."""
        if self.passes is always and self.gets is always and not self.caps:
            return Admitted(rows)
        if len(rows) == 1 and not self.caps:  # nearly every tie: a million of them pass here
            if not self.passes(rows[0]):
                return Admitted(())
            return Admitted(rows) if self.gets(rows[0]) else Admitted((), 1)
        passing = [row for row in rows if self.passes(row)]
        good = [row for row in passing if self.gets(row)]
        lost = len(passing) - len(good)
        if not self.caps:
            return Admitted(good, lost)
        if not self._used:
            self._used = [Counter() for _ in self.caps]
        for (value, limit), used in zip(self.caps, self._used, strict=True):
            good = [row for row in good if not value(row) or used[value(row)] < limit(value(row))]
        torn: set[int] = set()
        for (value, limit), used in zip(self.caps, self._used, strict=True):
            used.update(value(row) for row in good)
            torn |= {row for row in good if value(row) and used[value(row)] > limit(value(row))}
        return Admitted(good, lost, frozenset(torn))


def caps_of(state: State, arena: Arena, caps: Sequence[Quota]) -> tuple[Cap, ...]:
    """Turn the caps of a rule into what a chooser counts."""

    def value_of(kind: str) -> Callable[[int], str]:
        return lambda row: fact_of(state, arena, row, kind)

    def limit_of(cap: Quota) -> Callable[[str], int]:
        return lambda value: cap.counts.get(value, cap.count)

    return tuple(
        (value_of(cap.per), limit_of(cap))
        for cap in caps
        if not cap.tracks or arena[1] in cap.tracks
    )


def no_guest(state: State, arena: Arena) -> Passes:
    """Pass over guests."""
    guests = state.rules.guests
    delegations = state.rolls[arena].delegations
    return lambda row: delegations[row] not in guests


def where(state: State, arena: Arena, condition: Condition) -> Passes:
    """Pass over those of whom a condition is false."""
    return lambda row: is_true(state, arena, row, condition)


def may_enter(state: State, arena: Arena, target: str) -> Passes:
    """Pass over those whom the next stage bars, and those who have withdrawn from it."""
    roll = state.rolls[arena]
    bars = state.rules.stages[target].bars if target in state.rules.stages else ()
    known = state.given.known

    def passes(row: int) -> bool:
        gone = any(
            fact.kind == WITHDRAWN and fact.value in (target, SEASON)
            for fact in state.facts(roll.persons[row])
        )
        if gone or not bars or known is None:
            return not gone
        return not any(
            refusals(state.rules, target, facts, track=arena[1], known=known)
            for facts in state.known_of(arena, row)
        )

    return passes


def together(passes: Sequence[Passes]) -> Passes:
    """Demand everything at once."""
    passes = [one for one in passes if one is not always]
    if len(passes) <= 1:
        return passes[0] if passes else always
    return lambda row: all(one(row) for one in passes)
