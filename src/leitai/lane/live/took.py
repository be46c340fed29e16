"""How long the steps of a press take, for the line that a process writes at its end."""

from collections import deque
from typing import Final

_KEPT: Final = 20_000


class Took:
    """The last durations of one step, in µs."""

    def __init__(self) -> None:
        self._kept: deque[int] = deque(maxlen=_KEPT)

    def add(self, nanoseconds: int) -> None:
        """Remember one."""
        self._kept.append(nanoseconds // 1000)

    def counters(self) -> dict[str, int]:
        """How many, the middle, the 99th of a hundred (nearest rank), the longest."""
        ranked = sorted(self._kept) or [0]
        last = len(ranked) - 1

        def at(share: int) -> int:
            return ranked[min(last, max(0, -(-len(ranked) * share // 100) - 1))]

        return {"count": len(self._kept), "p50": at(50), "p99": at(99), "max": ranked[last]}


class Steps:
    """What lies between a press and the seats that know of it."""

    def __init__(self) -> None:
        self.commit = Took()  # until PostgreSQL has the lines on its disk, by the clock
        self.told = Took()  # answers and the seats' views, CPU time of this process

    def counters(self) -> dict[str, object]:
        """Both, in µs."""
        return {"commit_us": self.commit.counters(), "told_us": self.told.counters()}
