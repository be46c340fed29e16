"""The database's clock, as this process knows it.

Deadlines and T0 are moments of the database's clock, so that the lane, the pages and the worker
agree. The lane measures how far its own monotonic clock is from it and never asks during a save.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import Final

_SAMPLES: Final = 8
_STEP_NS: Final = 50_000_000  # a difference that no round trip explains: the clock was set


class DatabaseClock:
    """Milliseconds since the epoch by the database's clock."""

    def __init__(self, monotonic_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self._monotonic_ns = monotonic_ns
        self._samples: deque[tuple[int, int]] = deque(maxlen=_SAMPLES)  # (round trip, offset)
        self._offset_ns = time.time_ns() - monotonic_ns()  # until the first sample

    def learn(self, *, sent_ns: int, received_ns: int, database_us: int) -> None:
        """Take one sample: the database said ``database_us`` between two monotonic readings.

        The sample with the shortest round trip of the last eight counts; when the newest cannot
        be explained by round trips, the database's clock was set, and only the newest counts.
        """
        trip = received_ns - sent_ns
        offset = database_us * 1000 - (sent_ns + received_ns) // 2
        if self._samples and abs(offset - self._offset_ns) > trip + _STEP_NS:
            self._samples.clear()
        self._samples.append((trip, offset))
        self._offset_ns = min(self._samples)[1]

    @property
    def measured(self) -> bool:
        """Whether the database has been asked at all."""
        return bool(self._samples)

    def now_ms(self) -> int:
        """Now, by the database's clock."""
        return (self._monotonic_ns() + self._offset_ns) // 1_000_000
