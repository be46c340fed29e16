"""Who judges whom: seats, withdrawals, reserves who have stepped in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from leitai.judging.models import Change, JudgedEvent, Recusal, Seat, Sheet, Slot
from leitai.judging.selectors.laws import is_arbiter, judging_of
from leitai.people.models import Posting
from leitai.rulebook.data import FactIn
from leitai.seasons.enums import EntryState
from leitai.seasons.models import Entry, Fact
from leitai.units import selectors as units

GONE = (EntryState.WITHDRAWN, EntryState.REPLACED, EntryState.REFUSED)
UNIT, FORMER, DELEGATION = "unit", "former-unit", "delegation"
RECUSE = "recuse"  # the kind of fact by which the rules know a declared relation


@dataclass(frozen=True, slots=True)
class Panel:
    """Who marks a contestant; `arbiters` only where the others lie too far apart."""

    seats: tuple[Seat, ...]
    arbiters: tuple[Seat, ...] = ()

    def has(self, seat: Seat) -> bool:
        return seat.pk in {one.pk for one in (*self.seats, *self.arbiters)}


@dataclass(frozen=True, slots=True)
class Relation:
    """What a judge and a contestant share; `hard` where the rules make the judge withdraw."""

    seat: Seat
    slot: Slot
    kind: str
    hard: bool


def turns_of(event: JudgedEvent) -> QuerySet[Slot]:
    """The turns of those who still compete; whoever was put to the end stands there."""
    return event.slots.exclude(entry__state__in=GONE).order_by("deferred", "order")


def seats_of(event: JudgedEvent) -> list[Seat]:
    return list(event.seats.select_related("person__unit", "person__account"))


def panels_of(event: JudgedEvent, slots: Sequence[Slot] | None = None) -> dict[int, Panel]:
    """The panel of each turn, by the turn's id, in four queries however many there are."""
    judging = judging_of(event)
    seats = {seat.pk: seat for seat in seats_of(event)}
    recused = set(Recusal.objects.filter(slot__event=event).values_list("seat_id", "slot_id"))
    agreed = list(Change.objects.filter(out__event=event, agreed=True).order_by("pk"))
    marked = set(
        Sheet.objects.filter(slot__event=event, standing=True).values_list("seat_id", "slot_id")
    )
    turns = list(turns_of(event)) if slots is None else slots
    found = {}
    for slot in turns:
        own = _places(seats.values(), agreed, slot)
        held = [
            seats[pk]
            for pk in own
            if (pk, slot.pk) in marked
            or (seats[pk].left_at is None and (pk, slot.pk) not in recused)
        ]
        found[slot.pk] = Panel(
            tuple(one for one in held if not is_arbiter(judging, one.judge)),
            tuple(one for one in held if is_arbiter(judging, one.judge)),
        )
    return found


def panel_of(slot: Slot) -> Panel:
    return panels_of(slot.event, [slot])[slot.pk]


def _places(seats: Iterable[Seat], agreed: Iterable[Change], slot: Slot) -> list[int]:
    """The seats' ids in their order, each reserve in the place of whom it stands in for."""
    own = [seat.pk for seat in seats if not seat.reserve]
    for change in agreed:
        here = change.slot_id == slot.pk or (change.slot_id is None and change.since <= slot.order)
        if here and change.out_id in own:
            own[own.index(change.out_id)] = change.into_id
    return own


def relations_of(event: JudgedEvent) -> list[Relation]:
    """What judges and contestants share, from where they serve and served, and from facts."""
    rule = judging_of(event).recuse
    kinds = set(rule.same) if rule else set()
    slots = list(
        event.slots.filter(entry__isnull=False).select_related(
            "entry__person__unit", "entry__delegation__unit"
        )
    )
    seats = seats_of(event)
    known = _Known(event, seats, slots, kinds)
    found = []
    for seat in seats:
        for slot in slots:
            shared = known.shared(seat, slot)
            if shared:
                named = UNIT if shared == FORMER else shared
                found.append(Relation(seat, slot, shared, hard=named in kinds))
    return found


class _Known:
    """Units, former units, delegations and facts of everybody, read once."""

    def __init__(
        self, event: JudgedEvent, seats: Sequence[Seat], slots: Sequence[Slot], kinds: set[str]
    ) -> None:
        entries = [slot.entry for slot in slots if slot.entry is not None]
        people = {one.person_id for one in seats} | {one.person_id for one in entries}
        self._former: dict[int, set[int]] = defaultdict(set)
        for person, unit in Posting.objects.filter(person__in=people).values_list(
            "person_id", "unit_id"
        ):
            self._former[person].add(unit)
        self._teams = _teams(event, seats) if DELEGATION in kinds else {}
        self._facts: dict[tuple[int, str], set[str]] = defaultdict(set)
        further = kinds - {UNIT, DELEGATION}
        rows = Fact.objects.filter(person__in=people, kind__in=further)
        for person, kind, value in rows.values_list("person_id", "kind", "value"):
            self._facts[person, kind].add(value)
        self._further = sorted(further)

    def shared(self, seat: Seat, slot: Slot) -> str:
        entry = slot.entry
        if entry is None:
            return ""
        judge, other = seat.person, entry.person
        if judge.pk == other.pk or judge.unit_id == other.unit_id:
            return UNIT
        if other.unit_id in self._former[judge.pk] or judge.unit_id in self._former[other.pk]:
            return FORMER
        if self._teams.get(seat.pk) == entry.delegation_id:
            return DELEGATION
        return next(
            (
                kind
                for kind in self._further
                if self._facts[judge.pk, kind] & self._facts[other.pk, kind]
            ),
            "",
        )


def _teams(event: JudgedEvent, seats: Iterable[Seat]) -> dict[int, int]:
    """The delegation of each judge's unit: the longest subtree that one took, if not carved out."""
    parts = sorted(units.list_parts(event.stage.season.code), key=lambda one: len(one.unit.path))
    found = {}
    for seat in seats:
        held = [part for part in parts if seat.person.unit.path.startswith(part.unit.path)]
        taken = [part for part in held if part.unit.path == held[-1].unit.path] if held else []
        for part in taken:
            if not part.carved_out:
                found[seat.pk] = part.delegation_id
    return found


def facts_of(event: JudgedEvent) -> tuple[FactIn, ...]:
    """What `decide` needs to see the same withdrawals: facts of judges and of contestants.

    A withdrawal that the rules' own relations name is a fact `recuse:RELATION`.
    """
    rule = judging_of(event).recuse
    if rule is None or event.rehearsal:
        return ()
    rows = Recusal.objects.filter(slot__event=event).select_related("seat", "slot")
    given = [
        FactIn(one.seat.judge, RECUSE, one.relation, one.slot.code)
        for one in rows.order_by("seat__judge", "slot__code")
        if one.relation in rule.relations
    ]
    if UNIT not in rule.same:
        return tuple(given)
    slots = event.slots.filter(entry__isnull=False).select_related("entry__person__unit")
    entries = [slot.entry for slot in slots.order_by("code") if slot.entry is not None]
    return (*given, *_units(seats_of(event), entries))


def _units(seats: Sequence[Seat], entries: Sequence[Entry]) -> Iterable[FactIn]:
    """Where judges serve or served that a contestant serves, and where contestants serve."""
    homes = {one.person.unit_id: one.person.unit.code for one in entries}
    former: Mapping[int, set[int]] = defaultdict(set)
    people = [seat.person_id for seat in seats]
    for person, unit in Posting.objects.filter(person__in=people).values_list(
        "person_id", "unit_id"
    ):
        former[person].add(unit)
    for seat in seats:
        mine = former[seat.person_id] | {seat.person.unit_id}
        for unit in sorted(mine & homes.keys()):
            yield FactIn(seat.judge, UNIT, homes[unit], homes[unit])
    for entry in entries:
        code = entry.person.unit.code
        yield FactIn(entry.person.code, UNIT, code, code)
