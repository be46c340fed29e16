"""The match's clock: microseconds since 1970 that never step back, whatever the system's clock."""

import time
from collections.abc import Callable


class MatchClock:
    """The system's time when it was made, and the monotonic clock from then on."""

    def __init__(
        self,
        wall_ns: Callable[[], int] = time.time_ns,
        monotonic_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._monotonic_ns = monotonic_ns
        self._base_ns = wall_ns() - monotonic_ns()

    def now_us(self) -> int:
        """Now."""
        return (self._monotonic_ns() + self._base_ns) // 1000

    def not_before(self, instant: int) -> None:
        """Go on after an instant that the log has: the system's clock may have been set back."""
        behind = instant - self.now_us()
        if behind >= 0:
            self._base_ns += (behind + 1) * 1000
