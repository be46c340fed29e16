"""What the pages of the office, the stage, the clock and the tally show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.base.actor import Actor
from leitai.judging import rules
from leitai.judging.enums import EventState, SlotState
from leitai.judging.models import (
    Change,
    Count,
    JudgedEvent,
    Move,
    Recusal,
    Seat,
    Sheet,
    Slot,
    Timing,
)
from leitai.judging.selectors.events import relation_word
from leitai.judging.selectors.laws import countables, judging_of, named_judges, rule_of
from leitai.judging.selectors.panels import relations_of, seats_of, turns_of
from leitai.judging.selectors.rubrics import rule_panels
from leitai.judging.selectors.tallying import (
    Recorded,
    Tally,
    recorded_of,
    shown_score,
    sums_of,
    tally_of,
)
from leitai.rulebook import numbers
from leitai.rulebook.judging import Worked
from leitai.rulebook.judging.combining import trims
from leitai.rulebook.model.judging import TimeRule
from leitai.rulebook.reasons import render
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import DrawState
from leitai.seasons.models import Draw

TONES = {
    SlotState.WAITING: "todo",
    SlotState.ISOLATED: "held",
    SlotState.ON_STAGE: "live",
    SlotState.RELEASED: "ok",
    SlotState.LATE: "late",
    SlotState.ABSENT: "out",
    SlotState.FORFEIT: "out",
}
LAST = "last"  # beside the states of a turn: to the end of the order
STEPS = {  # what somebody does who leads contestants to the stage
    SlotState.WAITING: gettext_lazy("改回未到"),
    SlotState.ISOLATED: gettext_lazy("进入候赛"),
    SlotState.ON_STAGE: gettext_lazy("上场"),
    SlotState.RELEASED: gettext_lazy("退场"),
    SlotState.LATE: gettext_lazy("登记迟到"),
    SlotState.ABSENT: gettext_lazy("登记缺席"),
    SlotState.FORFEIT: gettext_lazy("登记弃权"),
}


@dataclass(frozen=True, slots=True)
class May:
    """What the viewer may do here."""

    plan: bool
    stage: bool
    time: bool
    tally: bool
    supervise: bool
    marks: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A turn on the desk: how many sheets are in, and its score once all are."""

    recorded: Recorded
    score: str
    tone: str

    @property
    def slot(self) -> Slot:
        return self.recorded.slot

    @property
    def sheets(self) -> int:
        return len(self.recorded.sheets)

    @property
    def panel(self) -> int:
        return len(self.recorded.panel.seats)


@dataclass(frozen=True, slots=True)
class Desk:
    event: JudgedEvent
    rows: tuple[Row, ...]
    tally: Tally
    may: May
    draws: tuple[Draw, ...]
    changed: bool  # sheets were corrected since the scores were handed on

    @property
    def sheets(self) -> int:
        return sum(row.sheets for row in self.rows)

    @property
    def asked(self) -> int:
        return sum(row.panel for row in self.rows)

    @property
    def over(self) -> int:
        return sum(row.recorded.over for row in self.rows)

    @property
    def by_hand(self) -> bool:
        """In an order of no draw, and not the codes' own with which an event begins."""
        codes = [row.slot.code for row in self.rows]
        return self.event.draw_id is None and codes != sorted(codes)


def may_of(actor: Actor, event: JudgedEvent) -> May:
    season = event.stage.season
    at = (actor, season.code, seasons.host_path(season))
    return May(
        plan=rules.can_plan(*at),
        stage=rules.can_stage(*at),
        time=rules.can_time(*at),
        tally=rules.can_tally(*at),
        supervise=rules.can_supervise(*at),
        marks=rules.can_see_marks(*at),
    )


def desk_of(actor: Actor, event: JudgedEvent) -> Desk:
    """Scores are shown to whom they are for, and only once a contestant's sheets are all in."""
    recorded, may = recorded_of(event), may_of(actor, event)
    done = [one for one in recorded if one.complete]
    tally = tally_of(event, done)
    scores = scores_of(event, tally) if may.marks else {}
    draws: Sequence[Draw] = ()
    if may.plan and event.state == EventState.PLANNED:
        draws = list(seasons.list_draws(event.stage.season).filter(state=DrawState.DRAWN)[:20])
    return Desk(
        event=event,
        rows=tuple(
            Row(one, scores.get(one.slot.code, ""), TONES[SlotState(one.slot.state)])
            for one in recorded
        ),
        tally=tally,
        may=may,
        draws=tuple(draws),
        changed=event.state == EventState.CLOSED and _changed(event),
    )


def _changed(event: JudgedEvent) -> bool:
    return Sheet.objects.filter(
        slot__event=event, standing=True, submitted_at__gt=event.closed_at
    ).exists()


def scores_of(event: JudgedEvent, tally: Tally) -> dict[str, str]:
    """Each contestant's score as people read it, or the word for none."""
    words = {"absent": _("弃权"), "void": _("取消成绩")}
    return {one.entry: words.get(one.status) or shown_score(event, one) for one in tally.scores}


# ---- the tally, line by line


@dataclass(frozen=True, slots=True)
class TallyRow:
    """One contestant of the 统分表: sums by judge, which of them were dropped, what came of it."""

    slot: Slot
    sums: tuple[tuple[str, bool], ...]  # "" for a judge of no sheet; whether it counts
    figure: str
    off: str  # what is added or taken off in all
    changes: tuple[str, ...]
    score: str
    seconds: str


@dataclass(frozen=True, slots=True)
class TallyPage:
    event: JudgedEvent
    seats: tuple[Seat, ...]
    rows: tuple[TallyRow, ...]
    tally: Tally
    counts: tuple[Count, ...]
    countable: tuple[tuple[str, str], ...]


def tally_page(event: JudgedEvent) -> TallyPage:
    """Everything by contestant, as the sheet that is signed shows it; complete turns only."""
    recorded = recorded_of(event)
    tally = tally_of(event, [one for one in recorded if one.complete])
    seats = tuple(seats_of(event))
    worked = {one.entry: one for one in tally.worked}
    scores = scores_of(event, tally)
    places = rule_of(event).decimals
    rows = []
    for one in recorded:
        done = worked.get(one.slot.code) if one.complete else None
        sums = sums_of(one) if one.complete else {}
        counted = counted_in(event, done) if done else frozenset()
        rows.append(
            TallyRow(
                slot=one.slot,
                sums=tuple(
                    (
                        numbers.show(sums[seat.judge]) if seat.judge in sums else "",
                        seat.judge in counted,
                    )
                    for seat in seats
                ),
                figure=numbers.show(done.total, places) if done and done.status == "ok" else "",
                off=_off(done),
                changes=tuple(render(change.reason(rule_of(event)), "zh") for change in done.taken)
                if done
                else (),
                score=scores.get(one.slot.code, ""),
                seconds=one.seconds,
            )
        )
    return TallyPage(
        event,
        seats,
        tuple(rows),
        tally,
        tuple(
            Count.objects.filter(slot__event=event, standing=True)
            .select_related("slot")
            .order_by("slot__order", "line")
        ),
        tuple((line, title) for line, (title, _places) in countables(event)),
    )


def counted_in(event: JudgedEvent, done: Worked) -> frozenset[str]:
    """The judges whose sheets count: not those that are dropped as highest or lowest.

    Of equal ones the later judge's is dropped; where each line is trimmed apart, none is.
    """
    judging = judging_of(event)
    found: set[str] = set()
    for name, panel in rule_panels(judging).items():
        sums = done.works[name].sheets if name in done.works else {}
        ordered = sorted(sums, key=lambda judge: (sums[judge], judge))
        if judging.per == "sheet" and trims(panel.combine, len(ordered)):
            ordered = ordered[panel.combine.low : len(ordered) - panel.combine.high]
        found.update(ordered)
    return frozenset(found)


def _off(done: Worked | None) -> str:
    points = sum((one.points for one in done.taken), Fraction(0)) if done else Fraction(0)
    return "" if not points else numbers.show(points)


# ---- the panel


@dataclass(frozen=True, slots=True)
class PanelPage:
    event: JudgedEvent
    seats: tuple[Seat, ...]
    recusals: tuple[tuple[Recusal, str], ...]
    hints: tuple[tuple[Seat, Slot, str], ...]  # shared, but no rule makes the judge withdraw
    changes: tuple[Change, ...]
    kinds: tuple[tuple[str, str], ...]
    named: tuple[str, ...]
    relations: tuple[tuple[str, str], ...]


def panel_page(event: JudgedEvent) -> PanelPage:
    judging = judging_of(event)
    rows = Recusal.objects.filter(slot__event=event).select_related("seat__person", "slot")
    held = {(one.seat_id, one.slot_id) for one in rows}
    hints = [
        (one.seat, one.slot, relation_word(event, one.kind))
        for one in relations_of(event)
        if not one.hard and (one.seat.pk, one.slot.pk) not in held
    ]
    changes = Change.objects.filter(out__event=event)
    return PanelPage(
        event,
        tuple(seats_of(event)),
        tuple(
            (one, relation_word(event, one.relation))
            for one in rows.order_by("seat__pk", "slot__order")
        ),
        tuple(hints),
        tuple(changes.select_related("out__person", "into__person", "slot")),
        tuple((name, kind.title) for name, kind in judging.kinds.items()),
        named_judges(judging),
        relations(event),
    )


def relations(event: JudgedEvent) -> tuple[tuple[str, str], ...]:
    """What may be declared: the relations that the rules name, and those that go without saying."""
    rule = judging_of(event).recuse
    names = dict.fromkeys([*(rule.relations if rule else ()), "kinship", "coach", "interest"])
    return tuple((name, relation_word(event, name)) for name in names)


# ---- stage and clock


@dataclass(frozen=True, slots=True)
class StageRow:
    slot: Slot
    tone: str
    moves: tuple[Move, ...]
    ways: tuple[tuple[str, str], ...]

    @property
    def first(self) -> str:
        """The step that comes next where nothing is amiss."""
        usual = (SlotState.RELEASED, SlotState.ISOLATED, SlotState.ON_STAGE)
        open_ = {way for way, _word in self.ways}
        if self.slot.state == SlotState.ISOLATED:
            return SlotState.ON_STAGE.value
        if self.slot.state == SlotState.RELEASED:
            return ""
        return next((step.value for step in usual if step in open_), "")

    @property
    def may_wait(self) -> bool:
        return any(way == SlotState.ISOLATED for way, _word in self.ways)

    @property
    def may_be_late(self) -> bool:
        return any(way == SlotState.LATE for way, _word in self.ways)


@dataclass(frozen=True, slots=True)
class ClockPage:
    """`slot` is who is on stage, or who was last; `timing` what stands of the time."""

    event: JudgedEvent
    slot: Slot | None
    timing: Timing | None
    rule: TimeRule | None
    rows: tuple[tuple[Slot, Timing | None], ...]
    now: datetime


def stage_rows(event: JudgedEvent, ways: dict[str, tuple[SlotState, ...]]) -> list[StageRow]:
    """The call list; `ways` are the steps from each state."""
    slots = list(turns_of(event).select_related("scenario").prefetch_related("moves"))
    live = event.state in (EventState.CALLED, EventState.RUNNING)
    return [
        StageRow(
            slot,
            TONES[SlotState(slot.state)],
            tuple(slot.moves.all()),
            _steps(slot, ways) if live else (),
        )
        for slot in slots
    ]


def _steps(slot: Slot, ways: dict[str, tuple[SlotState, ...]]) -> tuple[tuple[str, str], ...]:
    """What can be done with somebody now; to the end goes whoever has not shown anything."""
    found = [(way.value, str(STEPS[way])) for way in ways[slot.state]]
    if slot.state in (SlotState.WAITING, SlotState.ISOLATED, SlotState.ON_STAGE):
        found.append((LAST, str(gettext_lazy("移到最后"))))
    return tuple(found)


def clock_page(event: JudgedEvent, now: datetime) -> ClockPage:
    slots = list(event.slots.all())
    timed = {one.slot_id: one for one in Timing.objects.filter(slot__event=event, standing=True)}
    on = next((slot for slot in slots if slot.state == SlotState.ON_STAGE), None)
    gone = [slot for slot in slots if slot.state == SlotState.RELEASED]
    slot = on or (gone[-1] if gone else None)
    return ClockPage(
        event,
        slot,
        timed.get(slot.pk) if slot else None,
        judging_of(event).time,
        tuple((one, timed.get(one.pk)) for one in slots),
        now,
    )
