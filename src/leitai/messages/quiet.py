"""Quiet hours: what may wait, waits until they are over. Pure; hours are of Asia/Shanghai."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from leitai.design.moments import SHANGHAI

_FORM = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_LEAPS = 8  # from the end of one span into the next; spans that never end stop here


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `start` up to `end` of each day; over midnight where `end` is the earlier one."""

    start: time
    end: time

    @property
    def overnight(self) -> bool:
        return self.end < self.start

    def covers(self, moment: time) -> bool:
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


def parse(text: str) -> Quiet | None:
    """Of "22:00-08:00"; "" is no quiet at all. Raises ValueError for anything else."""
    if not text:
        return None
    found = _FORM.fullmatch(text)
    if not found:
        raise ValueError(text)
    hours = [int(part) for part in found.groups()]
    return Quiet(time(hours[0], hours[1]), time(hours[2], hours[3]))


def first_loud(at: datetime, quiets: Iterable[Quiet]) -> datetime:
    """The first moment from `at` on that none of the spans covers."""
    spans, local = tuple(quiets), at.astimezone(SHANGHAI)
    for _leap in range(_LEAPS):
        span = next((one for one in spans if one.covers(local.time())), None)
        if span is None:
            break
        ends = datetime.combine(local.date(), span.end, SHANGHAI)
        local = ends if ends > local else ends + timedelta(days=1)
    return local.astimezone(UTC)


def leave_time(quiets: Iterable[Quiet]) -> bool:
    """Whether any minute of the day is left to deliver in."""
    spans = tuple(quiets)
    minutes = (time(minute // 60, minute % 60) for minute in range(24 * 60))
    return any(not any(span.covers(minute) for span in spans) for minute in minutes)
