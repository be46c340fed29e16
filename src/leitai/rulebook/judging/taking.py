"""What is taken off a judged score or added to it, and what leaves an entry without one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from leitai.rulebook import numbers
from leitai.rulebook.data import Reason, ReasonValue, ScoreStatus
from leitai.rulebook.judging.panels import NOUGHT
from leitai.rulebook.judging.sheets import Record
from leitai.rulebook.model import Event
from leitai.rulebook.model.judging import Judging, TimeRule, TimeStep


@dataclass(frozen=True, slots=True)
class Taken:
    """Points that are added (below nought: taken off), or a status, and why."""

    code: str
    data: Mapping[str, ReasonValue]
    points: Fraction = NOUGHT
    status: ScoreStatus = "ok"

    def reason(self, event: Event) -> Reason:
        """Say why."""
        shown = numbers.show(abs(self.points))
        more = {"title": event.title, "points": shown, "status": self.status}
        return Reason(self.code, {**more, **self.data})


def taken(judging: Judging, record: Record) -> tuple[Taken, ...]:
    """Give everything that changes a score after it is made, in the order of the rules."""
    return (
        *_time(judging.time, record),
        *_late(judging, record),
        *_penalties(judging, record),
        *_bonuses(judging, record),
    )


def needs_time(judging: Judging) -> bool:
    """Say whether a score cannot be made without the time used."""
    rule = judging.time
    return rule is not None and bool(rule.over or rule.under or rule.early)


def used(rule: TimeRule | None, record: Record) -> Fraction | None:
    """Give the time that counts: no more than that at which an entry is stopped."""
    if rule is None or record.time is None or rule.stop is None:
        return record.time
    return min(record.time, Fraction(rule.stop))


def _time(rule: TimeRule | None, record: Record) -> Iterable[Taken]:
    time = used(rule, record)
    if rule is None or time is None or record.time is None:
        return
    if time != record.time:
        figures = {"seconds": numbers.show(record.time), "stop": numbers.show(time)}
        yield Taken("judged_stopped", figures)
    if rule.max is not None and time > rule.max:
        yield from _step("judged_over", rule.over, time - rule.max)
    if rule.min is not None and time < rule.min:
        yield from _step("judged_under", rule.under, rule.min - time)
    if rule.early is not None and rule.max is not None and time < rule.max:
        left = (rule.max - time) // rule.early.every
        points = min(left * rule.early.add, rule.early.most)
        if points:
            seconds = numbers.show(rule.max - time)
            yield Taken("judged_early", {"seconds": seconds}, points)


def _step(code: str, steps: Iterable[TimeStep], off: Fraction) -> Iterable[Taken]:
    """Apply the first step that reaches as far as the deviation, and no other."""
    data = {"seconds": numbers.show(off)}
    for step in steps:
        if step.within is not None and off > step.within:
            continue
        if step.then is not None:
            yield Taken(f"{code}_out", data, status=step.then)
        elif cost := _cost(step, off):
            yield Taken(code, data, -cost)
        return


def _cost(step: TimeStep, off: Fraction) -> Fraction:
    cost = step.deduct or NOUGHT
    if step.every is not None:
        full, rest = divmod(off, step.every)
        cost *= full + (step.count == "begun" and rest > 0)
    return cost if step.most is None else min(cost, step.most)


def _late(judging: Judging, record: Record) -> Iterable[Taken]:
    rule = judging.late
    if rule is None or record.late is None or record.late < rule.minutes:
        return
    data = {"minutes": numbers.show(record.late)}
    if rule.then == "deduct":
        yield Taken("judged_late", data, -(rule.deduct or NOUGHT))
    else:
        yield Taken("judged_late_out", data, status=rule.then)


def _penalties(judging: Judging, record: Record) -> Iterable[Taken]:
    for name, rule in judging.penalties.items():
        count = record.penalties.get(name, 0)
        data: dict[str, ReasonValue] = {"what": rule.title, "count": count}
        if rule.void_at is not None and count >= rule.void_at:
            yield Taken("judged_penalty_out", data, status="void")
        elif count and rule.each:
            yield Taken("judged_penalty", data, -_times(rule.each, count, rule.most))


def _bonuses(judging: Judging, record: Record) -> Iterable[Taken]:
    for name, rule in judging.bonuses.items():
        count = record.bonuses.get(name, 0)
        if count:
            points = _times(rule.each, count, rule.most)
            yield Taken("judged_bonus", {"what": rule.title, "count": count}, points)


def _times(each: Fraction, count: int, most: Fraction | None) -> Fraction:
    return each * count if most is None else min(each * count, most)


def status_of(changes: Iterable[Taken]) -> Literal["ok", "absent", "void"]:
    """Give the gravest status: no result before absence."""
    found = {change.status for change in changes}
    return "void" if "void" in found else "absent" if "absent" in found else "ok"
