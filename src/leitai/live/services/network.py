"""The network test: what the stage measured of each seat, and the mode that follows from it.

`Device.measured` has the count, and in µs least, median, p95 and p99 of the round trips, and doubt,
the bound of the error of the seat's clock (`lane.live.timing.measured`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.live.enums import MatchState, Mode
from leitai.live.models import Match
from leitai.live.selectors.frozen import lines_of, state_of
from leitai.live.services.cards import SHARED_BAND_US
from leitai.live.services.common import (
    demand_planner,
    demand_state,
    locked,
    reason_of,
    record,
    wake,
)

ARRIVAL_US: Final = 5_000  # the p99 round trip up to which arrival alone decides
CAP_MS: Final = 120  # no press is ever moved by more
BAND_US: Final = 1_000  # presses nearer than this are level in the best of rooms


@transaction.atomic
def choose_mode(*, actor: Actor, match: Match, at: datetime) -> Match:
    """Arrival where every seat's p99 is 5 ms or less, else compensation with one cap for all.

    While the match runs it counts from the next question on. Raises match_network_missing where a
    seat has not measured, match_state once it is closed.
    """
    demand_planner(actor, match)
    held = locked(match)
    demand_state(held, MatchState.PLANNED, MatchState.READY, MatchState.RUNNING)
    gone = _gone(held)
    measured = {seat: found for seat, found in seats_measured(held).items() if seat not in gone}
    missing = [seat for seat, found in measured.items() if not found]
    if missing or not measured:
        raise DomainError("match_network_missing", seats="、".join(missing) or "—")
    figures = {seat: int(found["p99_us"]) for seat, found in measured.items()}
    worst = max(figures.values())
    if worst <= ARRIVAL_US:
        held.mode, held.cap_ms = Mode.ARRIVAL, 0
        unsure = [(int(one["p99_us"]) - int(one["least_us"])) // 2 for one in measured.values()]
    else:
        held.mode, held.cap_ms = Mode.COMPENSATED, min(CAP_MS, -(-worst // 1000))
        unsure = [int(one["doubt_us"]) for one in measured.values()]
    least = SHARED_BAND_US if _shared(held) else BAND_US
    held.band_us = max(least, sum(sorted(unsure)[-2:]))  # of the two that are known least well
    return _decided(actor, held, {"by": "test", "p99_us": figures}, at)


@transaction.atomic
def choose_manual(*, actor: Actor, match: Match, reason: str, at: datetime) -> Match:
    """No buzzers: paddles go up, and two people key the order apart. Also while a match runs."""
    demand_planner(actor, match)
    held = locked(match)
    demand_state(held, MatchState.PLANNED, MatchState.READY, MatchState.RUNNING)
    held.mode, held.cap_ms, held.band_us = Mode.MANUAL, 0, 0
    return _decided(actor, held, {"by": "office", "reason": reason_of(reason)}, at)


def seats_measured(match: Match) -> dict[str, dict[str, Any]]:
    """By seat what the device of its newest card measured; empty where it has not."""
    found: dict[str, dict[str, Any]] = {seat: {} for seat in match.seats}
    for device in match.devices.order_by("pk"):
        if device.seat in found:
            found[device.seat] = device.figures
    return found


def _gone(match: Match) -> frozenset[str]:
    """The seats that the log says are absent or out: nobody waits for their devices."""
    if not match.rules:
        return frozenset()
    seats = state_of(match, lines_of(match)).play.seats
    return frozenset(seat.name for seat in seats.values() if seat.out)


def _shared(match: Match) -> bool:
    """Whether seats sit at one computer."""
    newest = {device.seat: device for device in match.devices.order_by("pk")}
    return sum(device.shared for device in newest.values()) > 1


def _decided(actor: Actor, match: Match, network: dict[str, Any], at: datetime) -> Match:
    match.network = {**network, "at": ledger.instant(at)}
    match.version += 1
    match.save(update_fields=["mode", "cap_ms", "band_us", "network", "version"])
    wake(match)
    told = {
        "mode": str(match.get_mode_display()),
        "cap": match.cap_ms,
        "band_us": match.band_us,
        "network": match.network,
    }
    record(actor, match, "match.mode", at, told)
    return match
