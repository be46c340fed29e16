"""The snapshots of one match on their way to its spectators: made once, written in slices.

While a snapshot goes out newer ones wait, and only the newest of them goes next: a machine that is
too slow shows fewer snapshots, and none of them late.
"""

import asyncio
import time
from collections import deque
from typing import Any, Final, Protocol

from leitai.lane.live import wire

SLICE: Final = 200  # writes before the loop may do something else: about 2 ms
ROOM: Final = 14  # before the message: picows writes the frame's head there
_PING_SECONDS: Final = 30.0
_MOST_PINGS: Final = 500  # at once; a crowd that came together is not asked together


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What of a view has changed; of seats only those, of the same question only its keys.

    A part's question that has its number stands for the whole.
    """
    found = {key: value for key, value in after.items() if before.get(key) != value}
    if "seats" in found:
        known = before["seats"]
        found["seats"] = [seat for seat in found["seats"] if seat not in known]
    one, other = before.get("question"), found.get("question")
    if one and other and one["number"] == other["number"] and set(one) <= set(other):
        found["question"] = {key: other[key] for key in other if one.get(key) != other[key]}
    return found


class Looker(Protocol):
    """A spectator, as a board knows it."""

    def show(self, frame: bytearray) -> None:
        """Send a message that stands behind ``ROOM`` bytes, or pass it over."""

    def end(self) -> None:
        """Say why, and close."""


class Fans:
    """What the fan-outs of a process came to."""

    def __init__(self) -> None:
        self.snapshots = self.skipped = self.frames = self.cpu_ns = self.longest_ns = 0

    def counters(self) -> dict[str, object]:
        """CPU time of writing, in all and of the longest slice."""
        return {
            "snapshots": self.snapshots,
            "skipped": self.skipped,
            "frames": self.frames,
            "fan_us": self.cpu_ns // 1000,
            "longest_slice_us": self.longest_ns // 1000,
        }


class Board:
    """The last snapshot of one match, and who looks at it.

    Whoever is not in ``_crowd`` has ``view``; the crowd is being brought to it.
    """

    def __init__(self, fans: Fans) -> None:
        self.view: dict[str, Any] | None = None
        self.spectators: dict[Looker, None] = {}
        self.wanted_at = 0.0
        self._fans = fans
        self._whole = b""
        self._next: dict[str, Any] | None = None
        self._crowd: list[Looker] = []
        self._part = bytearray()

    @property
    def whole(self) -> bytes:
        """The state as a new spectator gets it; empty where none is known."""
        if not self._whole and self.view is not None:
            said = {"t": "hello", "role": "watch", "seat": "", "view": self.view}
            self._whole = wire.encode(said)
        return self._whole

    def take(self, view: dict[str, Any]) -> None:
        """Show a snapshot: now, or as the next one."""
        self._fans.snapshots += 1
        if self._crowd:
            self._fans.skipped += self._next is not None
            self._next = view
        else:
            self._begin(view)

    def _begin(self, view: dict[str, Any]) -> None:
        before, self.view, self._whole = self.view, view, b""
        self._crowd = list(self.spectators)
        if before is None:
            self._part = bytearray(ROOM) + self.whole
        else:
            said = wire.encode({"t": "part", "view": changes(before, view)})
            self._part = bytearray(ROOM) + said
        self._slice(0)

    def _slice(self, start: int) -> None:
        began, part = time.thread_time_ns(), self._part
        found = self._crowd[start : start + SLICE]
        for spectator in found:
            spectator.show(part)
        took = time.thread_time_ns() - began
        self._fans.frames += len(found)
        self._fans.cpu_ns += took
        self._fans.longest_ns = max(self._fans.longest_ns, took)
        if start + SLICE < len(self._crowd):
            asyncio.get_running_loop().call_soon(self._slice, start + SLICE)
            return
        self._crowd = []
        view, self._next = self._next, None
        if view is not None:
            self._begin(view)


class Pulsing(Protocol):
    """A spectator, as the pulse knows it."""

    silent: bool

    def ping(self) -> bool:
        """Ask whether it is there; False where it is known to be gone."""

    def drop(self) -> None:
        """Let it go without a word."""


class Pulse:
    """Finds out who has gone: one round for all, where a task for each would cost more than the
    snapshots do.
    """

    def __init__(self) -> None:
        self._due: deque[tuple[float, Pulsing]] = deque()

    def follow(self, one: Pulsing, now: float) -> None:
        """Ask it from time to time from now on."""
        self._due.append((now + _PING_SECONDS, one))

    def beat(self, now: float) -> None:
        """Ask those whose time has come; who has not answered the last time is dropped."""
        for _ in range(_MOST_PINGS):
            if not self._due or self._due[0][0] > now:
                return
            _, one = self._due.popleft()
            if one.silent:
                one.drop()
            elif one.ping():
                one.silent = True
                self.follow(one, now)
