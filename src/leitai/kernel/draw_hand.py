"""A draw by hand (人工抽签): balls out of a bag, keyed as they come. It cannot be recomputed.

Nothing is overwritten: a mistake is mended by a further call that names the one it corrects.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from leitai.kernel.errors import DomainError

ABSENT_RULES: Final = ("leader", "supervisor", "remaining", "last", "forfeit")
DRAWN_FOR: Final = ("leader", "supervisor")  # somebody else puts the hand into the bag
LEAST_WITNESSES: Final = 2


@dataclass(frozen=True, slots=True)
class Call:
    """What was keyed: the member's number; None where the absent get theirs at the end.

    With `corrects` it takes the place of an earlier call; `void` leaves nothing in its place.
    """

    seq: int
    member: str
    number: int | None
    absent: bool = False
    corrects: int | None = None
    void: bool = False


def standing(calls: Sequence[Call]) -> list[Call]:
    """The calls that count, in the order in which they were keyed."""
    mended = {call.corrects for call in calls if call.corrects is not None}
    return [call for call in calls if call.seq not in mended and not call.void]


def check_call(pool: Sequence[str], calls: Sequence[Call], new: Call, rule: str) -> None:
    """Raise DomainError where `new` cannot follow the calls so far."""
    held = standing([*calls, new])
    old = next((call for call in calls if call.seq == new.corrects), None)
    if new.corrects is not None and (old is None or old not in standing(calls)):
        raise DomainError("draw_call_mended")
    if new.void:
        return
    if new.member not in pool:
        raise DomainError("draw_call_stranger", member=new.member)
    if sum(call.member == new.member for call in held) > 1:
        raise DomainError("draw_call_twice", member=new.member)
    waits = new.absent and rule not in DRAWN_FOR
    if (new.number is None) != waits:
        raise DomainError("draw_call_number", count=len(pool))
    if new.number is None:
        return
    if not 1 <= new.number <= len(pool):
        raise DomainError("draw_call_number", count=len(pool))
    if sum(call.number == new.number for call in held) > 1:
        raise DomainError("draw_call_taken", number=new.number)


def numbers(pool: Sequence[str], calls: Sequence[Call], rule: str) -> dict[str, int | None]:
    """Member → number once all are called; the absent take what remains, or None for the last."""
    held = {call.member: call for call in standing(calls)}
    missing = [member for member in pool if member not in held]
    if missing:
        raise DomainError("draw_call_missing", member=missing[0], count=len(missing))
    taken = {call.number for call in held.values()}
    left = iter(number for number in range(1, len(pool) + 1) if number not in taken)
    return {
        member: next(left)
        if held[member].number is None and rule == "remaining"
        else held[member].number
        for member in pool
    }


def order(pool: Sequence[str], calls: Sequence[Call], rule: str) -> list[str]:
    """The pool by number; the absent without one stand last, in the order of the list."""
    given = numbers(pool, calls, rule)
    place = {member: at for at, member in enumerate(pool)}

    def rank(member: str) -> tuple[bool, int]:
        number = given[member]
        return (number is None, place[member] if number is None else number)

    return sorted(pool, key=rank)


def check_witnesses(names: Sequence[str], keyed_by: Sequence[str]) -> None:
    """Two different people, neither of whom keyed."""
    if len(names) < LEAST_WITNESSES or len(set(names)) != len(names) or not all(names):
        raise DomainError("draw_witnesses", least=LEAST_WITNESSES)
    both = sorted(set(names) & set(keyed_by))
    if both:
        raise DomainError("draw_witness_keyed", name=both[0])
