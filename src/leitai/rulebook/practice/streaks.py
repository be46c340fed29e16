"""Streaks: days in a row with an act, and right answers in a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from leitai.rulebook.model.practice import Streak
from leitai.rulebook.practice.values import Value


@dataclass(slots=True)
class Run:
    """How far somebody's run has come, and on which day it was last carried on."""

    length: int = 0
    last: date | None = None


def carried_on(streak: Streak, run: Run, day: date, value: Value) -> Iterator[int]:
    """Carry a run on by one counted act; gives the length each time that it is full."""
    if streak.days is not None:
        yield from _days(streak, run, day, streak.days)
    elif streak.right is not None:
        yield from _answers(streak, run, day, value, streak.right)


def _days(streak: Streak, run: Run, day: date, full: int) -> Iterator[int]:
    if run.last == day:
        return  # a day counts once
    run.length = run.length + 1 if run.last == day - timedelta(days=1) else 1
    run.last = day
    if run.length == full or (streak.again and run.length % full == 0):
        yield run.length


def _answers(streak: Streak, run: Run, day: date, value: Value, full: int) -> Iterator[int]:
    """Follow the answers in their order; an act without them neither carries on nor breaks."""
    if streak.within == "act" or (streak.within == "day" and run.last != day):
        run.length = 0
    run.last = day
    for right in value.answers:
        run.length = run.length + 1 if right else 0
        if run.length == full or (streak.again and run.length and run.length % full == 0):
            yield run.length
