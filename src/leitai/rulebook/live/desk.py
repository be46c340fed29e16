"""Entries beside the questions: seats, segments, conduct, pauses, the end."""

import re
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from leitai.rulebook import numbers
from leitai.rulebook.data import LogIn
from leitai.rulebook.live.match import (
    Line,
    Play,
    Question,
    Run,
    Seat,
    What,
    refuse,
    segment_of,
)
from leitai.rulebook.live.order import in_order, ties
from leitai.rulebook.live.segments import kind_of, machine_of
from leitai.rulebook.live.segments.machine import Machine, strike
from leitai.rulebook.model.live import Live, Playoff, Segment

EARLY: Final = "early"
STRUCK: Final = frozenset({"must", "joint", "buzzer", "risk", "designation"})
_SEAT: Final = re.compile(r"[^\s>=,;@/]{1,40}")
_MEMBER: Final = re.compile(r"(?P<number>[1-9][0-9]{0,2})=(?P<person>.{1,80})", re.ASCII)
_ADJUST: Final = re.compile(r"(?P<points>[^ ]+)( (?P<why>.*))?", re.DOTALL)
_STRUCK: Final = re.compile(r"((?P<segment>[a-z0-9_-]+)#)?(?P<number>[1-9][0-9]{0,3})", re.ASCII)
Act = Callable[[Live, Play, LogIn], Play]


def seated(live: Live, play: Play, entry: LogIn) -> Play:
    """Give a seat to an entry: ``ENTRY``, or ``ENTRY=SCORE`` where a figure is brought along."""
    if play.started:
        refuse("live_started", kind=entry.kind)
    return play.with_seat(_new_seat(live, play, entry.seat, entry.value))


def _new_seat(live: Live, play: Play, name: str, value: str) -> Seat:
    if not _SEAT.fullmatch(name) or name in play.seats:
        refuse("live_seat_name", seat=name)
    known, _, figure = value.rpartition("=") if live.carried else (value, "", "0")
    if not known or not numbers.is_decimal(figure):
        refuse("live_seat_entry", seat=name, value=value)
    if any(seat.entry == known for seat in play.seats.values()):
        refuse("live_entry_seated", entry=known)
    if len(play.seats) >= 100:
        refuse("live_seats", count=len(play.seats) + 1, least=1, most=100)
    return Seat(name, known, numbers.parse(figure))


def _member(live: Live, play: Play, entry: LogIn) -> Play:
    seat, number, person = _person(live, play, entry)
    if number in seat.members:
        refuse("live_member_known", member=number)
    members = MappingProxyType({**seat.members, number: person})
    return play.with_seat(replace(seat, members=members))


def _person(live: Live, play: Play, entry: LogIn) -> tuple[Seat, int, str]:
    seat, found = play.seat(entry.seat), _MEMBER.fullmatch(entry.value)
    if found is None or int(found["number"]) > live.members:
        return refuse("live_no_member", value=entry.value, most=live.members)
    return seat, int(found["number"]), found["person"]


def _present(_live: Live, play: Play, entry: LogIn) -> Play:
    seat = play.seat(entry.seat)
    if not entry.value or len(seat.present) >= 20:
        refuse("live_no_role", value=entry.value)
    return play.with_seat(replace(seat, present=tuple(sorted({*seat.present, entry.value}))))


def _substitute(live: Live, play: Play, entry: LogIn) -> Play:
    seat, number, person = _person(live, play, entry)
    question = play.run.question if play.run is not None else None
    if question is not None and seat.name in question.turn:
        refuse("live_question_open", number=question.number)
    if seat.substituted >= live.substitutions:
        most = live.substitutions
        refuse("live_used_up", kind=entry.kind, seat=seat.name, most=most)
    members = MappingProxyType({**seat.members, number: person})
    return play.with_seat(replace(seat, members=members, substituted=seat.substituted + 1))


# ---- segments


def opened(live: Live, play: Play, entry: LogIn) -> Play:
    """Open a segment: ``ID``, or ``ID=1>3>2`` with the order of seats as it was decided."""
    name, given, text = entry.value.partition("=")
    segment = segment_of(live, name)
    play = settled(live, play, entry)
    _check_sequence(live, play, segment)
    if not play.started and live.seats is not None:
        least, most = live.seats
        if not least <= len(play.seats) <= most:
            refuse("live_seats", count=len(play.seats), least=least, most=most)
    machine = machine_of(live, segment)
    blank = replace(play, run=Run(name, tuple(play.seats)), started=True)
    there = [seat for seat in play.seats if machine.eligible(blank, seat)]
    chosen = tuple(text.split(">")) if given else None
    if segment.playoff is not None:
        order = _group(live, play, segment.playoff, chosen)
    elif chosen is not None and sorted(chosen) != sorted(there):
        return refuse("live_order_wrong", value=text, seats=", ".join(there))
    else:
        order = chosen or in_order(live, play, segment.order, there)
    if not order:
        refuse("live_nobody_plays", segment=segment.title)
    if chosen is not None and segment.playoff is None and segment.order.by == "score":
        play = _other_order(live, play, segment, entry, chosen)
    run = machine.enter(play, Run(name, order, entry.seq))
    play = replace(play, run=run, started=True, played=(*play.played, name))
    return machine.entered(play)


def _other_order(
    live: Live, play: Play, segment: Segment, entry: LogIn, chosen: tuple[str, ...]
) -> Play:
    """Note an order that the scores, as they are known now, do not bear out."""
    free = replace(segment.order, level="seat")
    rank = {name: live.base + seat.carried + seat.points() for name, seat in play.seats.items()}
    due = in_order(live, play, free, chosen)
    if [rank[name] for name in due] == [rank[name] for name in chosen]:
        return play
    return play.with_remark(
        entry.seq, "live_order_differs", segment=segment.title, order=chosen, due=due
    )


def _check_sequence(live: Live, play: Play, segment: Segment) -> None:
    if segment.playoff is not None:
        return
    if segment.id in play.played:
        refuse("live_played", segment=segment.title)
    for before in live.segments:
        if before.id == segment.id:
            return
        if before.id not in play.played and not before.optional and before.playoff is None:
            refuse("live_before", segment=segment.title, before=before.title)


def _group(
    live: Live, play: Play, rules: Playoff, chosen: tuple[str, ...] | None
) -> tuple[str, ...]:
    """Find the level seats for which a playoff is held."""
    there = [name for name, seat in play.seats.items() if not seat.out]
    found = tied(live, play, rules, there)
    if not found:
        refuse("live_no_tie")
    if chosen is None and len(found) == 1:
        return found[0]
    for group in found:
        if chosen is not None and sorted(group) == sorted(chosen):
            return group
    return refuse("live_which_tie", groups="; ".join(">".join(group) for group in found))


def tied(live: Live, play: Play, rules: Playoff, seats: list[str]) -> tuple[tuple[str, ...], ...]:
    """Give the groups of level seats that call for a playoff."""
    found = []
    for first, group in ties(live, play, seats):
        last = first + len(group) - 1
        if rules.trigger == "places" and not any(first <= at < last for at in rules.places):
            continue
        if rules.trigger == "top" and first > (rules.top or 1):
            continue
        found.append(group)
    return tuple(found)


def settled(live: Live, play: Play, entry: LogIn) -> Play:
    """Leave a segment that is complete; refuses while it runs."""
    run = play.run
    if run is None or run.ended:
        return play
    machine = machine_of(live, segment_of(live, run.segment))
    play = _left(machine, play, entry)
    if not machine.complete(play):
        refuse("live_segment_runs", segment=machine.segment.title)
    return play


def _left(machine: Machine, play: Play, entry: LogIn) -> Play:
    question = machine.run(play).question
    if question is not None and question.phase == "answering":
        refuse("live_question_open", number=question.number)
    if question is not None and question.phase != "over":
        return machine.over(play, entry, "left")
    return play


def _ended(live: Live, play: Play, entry: LogIn) -> Play:
    run = play.run
    if run is None or run.ended:
        return refuse("live_no_run")
    machine = machine_of(live, segment_of(live, run.segment))
    play = _left(machine, play, entry)
    if not machine.complete(play):
        if entry.value != EARLY:
            refuse("live_segment_runs", segment=machine.segment.title)
        title, asked = machine.segment.title, machine.run(play).asked
        play = play.with_remark(entry.seq, "live_ended_early", segment=title, asked=asked)
    return replace(play, run=replace(machine.run(play), ended=True))


def _closed(live: Live, play: Play, entry: LogIn) -> Play:
    if not play.seats:
        refuse("live_seats", count=0, least=1, most=100)
    early = entry.value == EARLY
    if not early:
        play = settled(live, play, entry)
        for segment in live.segments:
            if segment.id not in play.played and not segment.optional and not segment.playoff:
                refuse("live_before", segment="close", before=segment.title)
    elif play.run is not None and not play.run.ended:
        machine = machine_of(live, segment_of(live, play.run.segment))
        play = _left(machine, play, entry)
    if early:
        play = play.with_remark(entry.seq, "live_closed_early", played=play.played)
    return replace(play, closed=True)


# ---- conduct, corrections of points, who is out


def _conduct(live: Live, play: Play, entry: LogIn) -> Play:
    seat, rule = play.seat(entry.seat), live.conduct.get(entry.value)
    if rule is None:
        return refuse("live_no_conduct", value=entry.value, allowed=", ".join(live.conduct))
    if (rule.points > 0) != (entry.kind == "bonus") and rule.points:
        refuse("live_conduct_sign", kind=entry.kind, value=entry.value)
    count = sum(
        line.detail == entry.value for line in seat.lines if line.what in ("penalty", "bonus")
    )
    if rule.most is not None and count >= rule.most:
        refuse("live_used_up", kind=entry.value, seat=seat.name, most=rule.most)
    what: What = "bonus" if entry.kind == "bonus" else "penalty"
    line = Line(entry.seq, "", 0, what, rule.points, entry.value)
    play = play.with_line(seat.name, line)
    if rule.out_after is not None and count + 1 >= rule.out_after:
        return _out(live, play, replace(entry, value="void"))
    return play


def _adjust(_live: Live, play: Play, entry: LogIn) -> Play:
    seat, found = play.seat(entry.seat), _ADJUST.fullmatch(entry.value)
    if found is None or not numbers.is_decimal(found["points"]):
        return refuse("live_adjust_unread", value=entry.value)
    points, why = numbers.parse(found["points"]), found["why"] or ""
    play = play.with_line(seat.name, Line(entry.seq, "", 0, "adjust", points, why))
    return play.with_remark(
        entry.seq, "live_adjusted", seat=seat.name, points=numbers.show(points), why=why
    )


def _out(live: Live, play: Play, entry: LogIn) -> Play:
    seat = play.seat(entry.seat)
    if seat.out:
        refuse("live_out_already", seat=seat.name)
    if entry.value == "absent":
        seat = replace(seat, out="absent")
    elif entry.value == "left":
        seat = replace(seat, out="left")
    elif entry.value == "void":
        seat = replace(seat, out="void")
    else:
        refuse("live_no_out", value=entry.value)
    play = play.with_seat(seat)
    play = play.with_remark(entry.seq, f"live_out_{seat.out}", seat=seat.name)
    if play.run is None or play.run.ended or play.closed:
        return play
    return machine_of(live, segment_of(live, play.run.segment)).gone(play, entry, seat.name)


def _drop(live: Live, play: Play, entry: LogIn) -> Play:
    """Void a question of before: its answers count no more."""
    found = _STRUCK.fullmatch(entry.value)
    if found is None:
        return refuse("live_no_such_question", value=entry.value)
    run = play.run
    name, number = found["segment"] or (run.segment if run else ""), int(found["number"])
    segment = segment_of(live, name)
    if kind_of(segment) not in STRUCK:
        refuse("live_not_here", kind=entry.kind, segment=segment.title)
    if name not in play.played or _is_current(run, name, number):
        refuse("live_no_such_question", value=entry.value)
    play = strike(play, name, number)
    return play.with_remark(entry.seq, "live_dropped", segment=segment.title, question=number)


def _is_current(run: Run | None, name: str, number: int) -> bool:
    if run is None or run.segment != name:
        return False
    question = run.question
    open_ = question is not None and question.phase != "over" and question.number == number
    return number > run.begun or open_


# ---- the clock


def _paused(_live: Live, play: Play, entry: LogIn) -> Play:
    if play.paused is not None:
        refuse("live_paused", kind=entry.kind)
    return replace(play, paused=entry.at)


def _resumed(_live: Live, play: Play, entry: LogIn) -> Play:
    if play.paused is None:
        return refuse("live_not_paused")
    gap, run = entry.at - play.paused, play.run
    play = replace(play, paused=None)
    if gap <= 0 or run is None or run.question is None:
        return play
    question = _shifted(run.question, gap)
    return replace(play, run=replace(run, question=question))


def _shifted(question: Question, gap: int) -> Question:
    def later(at: int) -> int:
        return at + gap if at > 1 else at  # 0 and 1 are no instants

    return replace(
        question,
        open_at=later(question.open_at),
        answer_at=later(question.answer_at),
        began=later(question.began),
    )


def _noted(_live: Live, play: Play, _entry: LogIn) -> Play:
    return play


ACTS: Final[dict[str, Act]] = {
    "seat": seated,
    "member": _member,
    "present": _present,
    "substitute": _substitute,
    "open": opened,
    "end": _ended,
    "close": _closed,
    "penalty": _conduct,
    "bonus": _conduct,
    "adjust": _adjust,
    "out": _out,
    "pause": _paused,
    "resume": _resumed,
    "note": _noted,
}
WHILE_PAUSED: Final = frozenset({"resume", "penalty", "bonus", "adjust", "out", "note"})
AFTER_CLOSE: Final = frozenset({"penalty", "bonus", "adjust", "out", "note", "drop"})


def act(live: Live, play: Play, entry: LogIn) -> Play:
    """Take one entry of a log, be it of the desk or of the segment that is played."""
    if play.closed and entry.kind not in AFTER_CLOSE:
        refuse("live_closed", kind=entry.kind)
    if play.paused is not None and entry.kind not in WHILE_PAUSED:
        refuse("live_paused", kind=entry.kind)
    if entry.kind in ACTS:
        return ACTS[entry.kind](live, play, entry)
    if entry.kind == "drop" and entry.value:
        return _drop(live, play, entry)
    run = play.run
    if entry.kind not in KINDS:
        return refuse("live_no_kind", kind=entry.kind)
    if run is None or run.ended or play.closed:
        return refuse("live_no_run")
    return machine_of(live, segment_of(live, run.segment)).act(play, entry)


KINDS: Final = frozenset(
    {"question", "read", "go", "press", "begin", "done", "verdict", "timeout", "choose", "give"}
    | {"pass", "lifeline", "foul", "replace", "drop", "audience", "first"}
)
