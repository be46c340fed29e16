"""Everything that was recorded as rows of marks, and what the rules make of them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from leitai.judging.enums import OUT, OVER, SlotState
from leitai.judging.models import Count, JudgedEvent, Mark, Seat, Sheet, Slot, Timing
from leitai.judging.selectors.laws import judging_of, law_of, rule_of
from leitai.judging.selectors.panels import Panel, facts_of, panels_of, turns_of
from leitai.judging.selectors.rubrics import total_of
from leitai.kernel import canonical
from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import numbers
from leitai.rulebook.data import EntryIn, MarkIn, ScoreIn
from leitai.rulebook.judging import Worked, fold_marks, work_out
from leitai.rulebook.judging.taking import needs_time
from leitai.rulebook.reasons import render

DESK = "desk"  # who is named for what no judge gave: time, lateness, penalties


@dataclass(slots=True)
class Recorded:
    """What stands of one turn: sheets by judge, time, counts."""

    slot: Slot
    panel: Panel
    sheets: dict[str, Sheet] = field(default_factory=dict)
    marks: dict[str, dict[str, str]] = field(default_factory=dict)  # judge → line → value
    seconds: str = ""
    counts: dict[str, str] = field(default_factory=dict)

    @property
    def awaited(self) -> tuple[Seat, ...]:
        """Judges whose sheet is still to come."""
        return tuple(seat for seat in self.panel.seats if seat.judge not in self.sheets)

    @property
    def complete(self) -> bool:
        """All sheets are in, or none is asked for."""
        return self.slot.state in OUT or not self.awaited

    @property
    def over(self) -> bool:
        return self.slot.state in OVER and self.complete


@dataclass(frozen=True, slots=True)
class Tally:
    """The event worked out: rows as tables have them, what each came to, what is wrong."""

    rows: tuple[MarkIn, ...]
    worked: tuple[Worked, ...] = ()
    scores: tuple[ScoreIn, ...] = ()
    problems: tuple[Problem, ...] = ()
    waits: tuple[str, ...] = ()  # why somebody has no score yet

    @property
    def done(self) -> bool:
        return bool(self.scores) and not self.problems and not self.waits

    @property
    def digest(self) -> str:
        """SHA-256 of the rows: what was signed is what is announced."""
        plain = sorted([one.entry, one.judge, one.line, one.mark] for one in self.rows)
        return hashlib.sha256(canonical.encode(plain)).hexdigest()


def recorded_of(event: JudgedEvent, slots: Sequence[Slot] | None = None) -> list[Recorded]:
    """What stands of each turn, in their order."""
    turns = list(turns_of(event).select_related("scenario")) if slots is None else list(slots)
    panels = panels_of(event, turns)
    found = {slot.pk: Recorded(slot, panels[slot.pk]) for slot in turns}
    sheets = Sheet.objects.filter(slot__in=turns, standing=True).select_related("seat__person")
    for sheet in sheets:
        found[sheet.slot_id].sheets[sheet.seat.judge] = sheet
    rows = Mark.objects.filter(sheet__slot__in=turns, sheet__standing=True)
    lines: dict[int, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    columns = ("sheet__slot_id", "sheet__seat__judge", "line", "value")
    for slot, judge, line, value in rows.values_list(*columns):
        lines[slot][judge][line] = value
    for pk, judges in lines.items():
        found[pk].marks = dict(judges)
    for timing in Timing.objects.filter(slot__in=turns, standing=True):
        found[timing.slot_id].seconds = timing.seconds
    for count in Count.objects.filter(slot__in=turns, standing=True):
        found[count.slot_id].counts[count.line] = count.value
    return list(found.values())


def rows_of(event: JudgedEvent, recorded: Iterable[Recorded]) -> tuple[MarkIn, ...]:
    """The rows of marks.csv, ordered by contestant, judge and line."""
    judging = judging_of(event)
    rows = []
    for one in recorded:
        where = (event.stage.code, event.track, event.event, one.slot.code)
        if one.slot.state in OUT:
            rows.append(MarkIn(*where, DESK, "absent", "1"))
            continue
        rows += [
            MarkIn(*where, judge, line, value)
            for judge, marks in one.marks.items()
            for line, value in marks.items()
        ]
        if judging.time is not None and one.seconds:
            rows.append(MarkIn(*where, DESK, "time", one.seconds))
        if judging.late is not None and one.slot.late:
            rows.append(MarkIn(*where, DESK, "late", one.slot.late))
        rows += [MarkIn(*where, DESK, line, value) for line, value in one.counts.items()]
    return tuple(sorted(rows, key=lambda row: (row.entry, row.judge, row.line)))


def entries_in(event: JudgedEvent, slots: Iterable[Slot] | None = None) -> tuple[EntryIn, ...]:
    """The event's contestants as the engine knows them; false ones of a rehearsal too."""
    turns = slots or turns_of(event).select_related("entry__person", "entry__delegation__unit")
    return tuple(
        EntryIn(
            slot.code,
            event.stage.code,
            event.track,
            slot.name,
            slot.entry.delegation.unit.code if slot.entry else "",
            slot.entry.person.code if slot.entry else slot.code,
        )
        for slot in turns
    )


def tally_of(event: JudgedEvent, recorded: Sequence[Recorded] | None = None) -> Tally:
    """Fold what stands, by the rules it is marked by; what is wrong is said, never raised."""
    held = recorded_of(event) if recorded is None else recorded
    rows, law = rows_of(event, held), law_of(event)
    entries, facts = entries_in(event, [one.slot for one in held]), facts_of(event)
    if not rows:
        return Tally(rows)
    try:
        worked = work_out(law, rows, facts, entries)
        folded = fold_marks(law, rows, facts, entries)
    except Problems as error:
        return Tally(rows, problems=error.problems)
    ones = tuple(one for found in worked.values() for one in found)
    waits = tuple(render(row.detail, "zh") for row in folded.blocked)
    return Tally(rows, ones, folded.scores, (), waits)


def result_of(recorded: Recorded) -> Tally:
    """One contestant's figures alone, as they are announced on stage."""
    return tally_of(recorded.slot.event, [recorded])


def alone(event: JudgedEvent) -> bool:
    """Whether a contestant's score hangs on nobody else's, so that it can be told at once."""
    return all(kind.normalise != "best" for kind in judging_of(event).kinds.values())


def lacks_of(event: JudgedEvent, recorded: Sequence[Recorded]) -> list[str]:
    """Numbers of turns that are not over: nobody came, sheets or the time are missing."""
    timed = needs_time(judging_of(event))
    return [
        one.slot.number
        for one in recorded
        if not one.over or (timed and one.slot.state == SlotState.RELEASED and not one.seconds)
    ]


def sums_of(recorded: Recorded) -> dict[str, Fraction]:
    """What each judge's sheet adds up to."""
    seats = {seat.judge: seat for seat in (sheet.seat for sheet in recorded.sheets.values())}
    event = recorded.slot.event
    return {judge: total_of(event, seats[judge], recorded.marks.get(judge, {})) for judge in seats}


def shown_score(event: JudgedEvent, score: ScoreIn) -> str:
    """88.50, or as a ratio where no decimal can write it."""
    places = rule_of(event).decimals
    return numbers.show(Fraction(score.value, score.over * 10**score.decimals), places)


def near(text: str) -> str:
    """Of a ratio what a person reads beside it, to four places; what counts is the ratio itself."""
    if "/" not in text:
        return ""
    units = round(Fraction(text) * 10_000)
    sign, units = ("-" if units < 0 else ""), abs(units)
    return f"≈{sign}{units // 10_000}.{units % 10_000:04}"
