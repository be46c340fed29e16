"""When a press counts: clocks of seats, the two modes, the hold, the photo finish. Pure.

Instants are microseconds of the match's clock; a seat's own clock is in milliseconds.
"""

import math
import re
import statistics
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from leitai.rulebook.live import Press

Mode = Literal["arrival", "compensated", "manual"]
SAMPLES: Final = 16
LEAST_SAMPLES: Final = 8  # before them a seat's clock is not believed
MILLISECOND: Final = 1_000
MOST_CAP_MS: Final = 120
SLACK_US: Final = 20_000  # a hold lasts so much longer than the cap
REACTION_US: Final = 100_000  # nobody presses sooner after the opening than this
COARSE_US: Final = 100  # what a browser's clock is rounded to
_DRIFT: Final = 50  # µs a second by which two quartzes may part
_DEVIATIONS: Final = 3
_LEAST_DEVIATION_US: Final = 1_000  # a quiet network has none at all
_SAID: Final = re.compile(
    r"mode=(?P<mode>arrival|compensated|manual) cap=(?P<cap>\d+) band=(?P<band>\d+)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Timing:
    """What was declared before the match: the mode, the cap of the room, the band."""

    mode: Mode
    cap_us: int = 0
    band_us: int = 0

    @property
    def hold_us(self) -> int:
        """How long after the first press an earlier one may still come, or one that is level."""
        if self.mode == "compensated":
            return self.cap_us + max(SLACK_US, self.band_us)
        return self.band_us if self.mode == "arrival" else 0


def said(timing: Timing) -> str:
    """Say what was declared, as a note of the log has it."""
    return f"mode={timing.mode} cap={timing.cap_us} band={timing.band_us}"


def heard(note: str) -> Timing | None:
    """Read what ``said`` has written; None where it is another note."""
    found = _SAID.fullmatch(note)
    if found is None:
        return None
    mode: Mode = found["mode"]  # type: ignore[assignment]  # one of the three
    return Timing(mode, int(found["cap"]), int(found["band"]))


def declared(mode: Mode, *, cap_ms: int, band_us: int, correction_ms: int) -> Timing:
    """Bound what the office declared by what the rules allow."""
    if mode != "compensated":
        return Timing(mode, 0, band_us if mode == "arrival" else 0)
    return Timing(mode, min(cap_ms, MOST_CAP_MS, correction_ms) * MILLISECOND, band_us)


@dataclass(frozen=True, slots=True)
class Sample:
    """One exchange, by the server's clock: its round trip, the seat clock's offset, its instant."""

    trip: int
    offset: int
    at: int


@dataclass(frozen=True, slots=True)
class Synced:
    """What a seat's clock is known to be: offset, bound of its error, the best round trip."""

    offset: int
    doubt: int
    trip: int


class Link:
    """The last exchanges with one screen. The server sends first, so no round trip can be forged
    to be shorter than it is.
    """

    def __init__(self) -> None:
        self.samples: deque[Sample] = deque(maxlen=SAMPLES)

    def learn(self, *, sent: int, received: int, local_ms: float) -> None:
        """Take one exchange: the seat's clock said ``local_ms`` between the two instants."""
        trip = received - sent
        if trip < 0 or not math.isfinite(local_ms):
            return
        offset = (sent + received) // 2 - round(local_ms * MILLISECOND)
        self.samples.append(Sample(trip, offset, received))

    def synced(self, now: int) -> Synced | None:
        """Give what the exchange with the smallest round trip says; an older one is worth less."""
        if not self.samples:
            return None

        def doubt(sample: Sample) -> int:
            return sample.trip // 2 + COARSE_US + _DRIFT * max(0, now - sample.at) // 1_000_000

        best = min(self.samples, key=doubt)
        return Synced(best.offset, doubt(best), best.trip)

    @property
    def trips(self) -> tuple[int, ...]:
        """Give the round trips that are remembered."""
        return tuple(sample.trip for sample in self.samples)


Flag = Literal["", "unmeasured", "ahead", "too-soon", "unlike", "capped", "early"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """When a press is taken to have happened, and why. ``flag`` is empty for the plain case."""

    instant: int
    flag: Flag = ""
    claimed: int = 0
    synced: Synced | None = None


def estimate(  # noqa: PLR0911  (one return a reason)
    timing: Timing, link: Link, *, arrival: int, local_ms: float, opened: int, go: int
) -> Estimate:
    """Estimate the instant of a press; only mode ``compensated`` believes the seat's clock.

    ``opened``: since when presses count (0: they do not yet), ``go``: the host's word (0: none
    yet, or none is needed). Whatever a seat claims, it gains ``cap_us`` at most, and a claim that
    no person can have made, or that is unlike what this seat's network does, gains nothing. A claim
    of before the host's word stands against the seat that makes it.
    """
    if timing.mode != "compensated":
        return Estimate(arrival)
    synced = link.synced(arrival)
    if synced is None or len(link.samples) < LEAST_SAMPLES or not math.isfinite(local_ms):
        return Estimate(arrival, "unmeasured", 0, synced)
    claimed = round(local_ms * MILLISECOND) + synced.offset
    bounded = min(arrival, max(arrival - timing.cap_us, claimed))
    if claimed > arrival + synced.doubt:
        return Estimate(arrival, "ahead", claimed, synced)
    if go and claimed < go - synced.doubt and bounded < go:
        return Estimate(bounded, "early", claimed, synced)
    if opened and claimed < opened + REACTION_US:
        return Estimate(arrival, "too-soon", claimed, synced)
    if arrival - claimed > _likely(link.trips):
        return Estimate(arrival, "unlike", claimed, synced)
    flag: Flag = "capped" if claimed < bounded else ""
    return Estimate(bounded, flag, claimed, synced)


def _likely(trips: Sequence[int]) -> int:
    """Give the longest way to the server that a seat's history makes likely: 3 MAD."""
    ways = [trip // 2 for trip in trips]
    middle = statistics.median(ways)
    deviation = statistics.median(abs(way - middle) for way in ways)
    return int(middle + _DEVIATIONS * max(deviation, _LEAST_DEVIATION_US))


def level(presses: Sequence[Press], band_us: int) -> tuple[str, ...]:
    """Name the seats whose presses cannot be told from the first; none where it stands alone."""
    if len(presses) < 2 or any(press.instant == 0 for press in presses):
        return ()
    instants = sorted(presses, key=lambda press: press.instant)
    first = instants[0].instant
    near = tuple(press.seat for press in instants if press.instant - first < band_us)
    return near if len(near) > 1 else ()


@dataclass(frozen=True, slots=True)
class Measured:
    """A seat's round trips in µs, and the bound of its clock's error."""

    count: int
    least: int
    median: int
    p95: int
    p99: int
    doubt: int


def measured(trips: Sequence[int], doubt: int) -> Measured:
    """Sum up a network test; percentiles are by the nearest rank."""
    if not trips:
        return Measured(0, 0, 0, 0, 0, doubt)
    ranked = sorted(trips)

    def at(share: int) -> int:
        return ranked[max(0, math.ceil(len(ranked) * share / 100) - 1)]

    return Measured(len(ranked), ranked[0], at(50), at(95), at(99), doubt)
