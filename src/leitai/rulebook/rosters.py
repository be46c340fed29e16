"""Lists against the roster that a stage asks for: how many, who sits where, who must be covered.

A wrong list is noted and not refused: who has to leave it is not ours to choose.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from leitai.rulebook.data import NoteRow, Reason, ReasonValue
from leitai.rulebook.eligibility import Facts, holds
from leitai.rulebook.inputs import Arena
from leitai.rulebook.model import Condition, Roster
from leitai.rulebook.roll import Roll
from leitai.rulebook.state import State

SLOT: Final = "slot"


def check_rosters(state: State, arena: Arena, entries: Roll) -> None:
    """Note every list of a stage that is not as its roster says.

    In a track of teams a list is a team's members, otherwise what a delegation sends.
    """
    roster = state.rules.stages[arena[0]].roster
    if roster is None:
        return
    for name, people in _lists(state, arena, entries):
        for code, data in _faults(state, roster, people):
            state.notes.append(NoteRow(*arena, name, Reason(code, {"of": name, **data})))


def _lists(state: State, arena: Arena, entries: Roll) -> Iterator[tuple[str, Sequence[str]]]:
    if state.rules.tracks[arena[1]].kind == "team":
        for at, name in enumerate(entries.ids):
            if entries.members[at]:
                yield name, entries.members[at]
        return
    sent: dict[str, list[str]] = {}
    for at, delegation in enumerate(entries.delegations):
        sent.setdefault(delegation, []).append(entries.persons[at])
    yield from sorted(sent.items())


def _faults(
    state: State, roster: Roster, people: Sequence[str]
) -> Iterator[tuple[str, dict[str, ReasonValue]]]:
    most = roster.players + roster.substitutes + roster.coaches + (roster.leader == "extra")
    least = roster.players if roster.least is None else roster.least
    if len(people) > most:
        yield "roster_over", {"count": len(people), "limit": most}
    if len(people) < least:
        yield "roster_short", {"count": len(people), "limit": least}
    for cover in roster.cover:
        count = sum(_is(state, person, cover.where) for person in people)
        if count < cover.fewest:
            yield "roster_few", {"title": cover.title, "count": count, "limit": cover.fewest}
        elif cover.most is not None and count > cover.most:
            yield "roster_many", {"title": cover.title, "count": count, "limit": cover.most}
    yield from _seats(state, roster, people)


def _seats(
    state: State, roster: Roster, people: Sequence[str]
) -> Iterator[tuple[str, dict[str, ReasonValue]]]:
    seated: dict[str, list[str]] = {}
    for person in people:
        for fact in state.facts(person):
            if fact.kind == SLOT:
                seated.setdefault(fact.value, []).append(person)
    for number, slot in enumerate(roster.slots, start=1):
        sitting = seated.get(str(number), [])
        if seated and len(sitting) != 1:
            yield "roster_seat", {"title": slot.title, "count": len(sitting)}
        for person in sitting:
            if slot.require is not None and not _is(state, person, slot.require):
                yield "roster_unfit", {"title": slot.title, "person": person}


def _is(state: State, person: str, condition: Condition) -> bool:
    """Where nothing is given about what a condition asks, nobody is counted against a list."""
    return holds(condition, Facts(state.facts(person), state.given.known)) is not False
