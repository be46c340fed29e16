"""Seat cards: a code as letters and QR; whoever enters with it takes the seat over."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F, Max

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel import ids
from leitai.kernel.errors import DomainError
from leitai.live.enums import MatchState, Mode
from leitai.live.models import Device, Match
from leitai.live.selectors.keys import CARD
from leitai.live.services.common import demand_planner, locked, reason_of, record, wake

OVER = (MatchState.CLOSED, MatchState.CANCELLED)
# A keyboard reports its keys every 8 ms and says nothing of their order within: presses that come
# through one computer cannot be told apart nearer than that.
SHARED_BAND_US: Final = 8_000


def give_cards(match: Match) -> None:
    """A card for every seat that has none; those of seats that are gone are taken back."""
    there = set(match.devices.values_list("seat", flat=True))
    match.devices.exclude(seat__in=match.seats).delete()
    for seat in match.seats:
        if seat not in there:
            new_card(match, seat, epoch=1)


def new_card(match: Match, seat: str, *, epoch: int) -> Device:
    code = ids.admission_code(os.urandom(ids.CODE_BYTES))
    digest = sealing.code_digest(code)
    return Device.objects.create(
        match=match,
        seat=seat,
        epoch=epoch,
        code_digest=digest,
        sealed_code=sealing.seal(code, place=CARD.format(digest.hex())),
    )


@transaction.atomic
def replace_card(*, actor: Actor, match: Match, seat: str, reason: str, at: datetime) -> Device:
    """The card is lost or was seen: a new one; the old one, and whoever came in with it, is out."""
    demand_planner(actor, match)
    held = locked(match)
    _demand_on(held)
    if seat not in held.seats:
        raise DomainError("match_seat_unknown", seat=seat)
    device = new_card(held, seat, epoch=_next_epoch(held, seat))
    _changed(held)
    record(actor, held, "match.cards", at, {"seat": seat, "reason": reason_of(reason)})
    return device


@transaction.atomic
def enter_seat(*, code: str, at: datetime) -> Device:
    """Take the seat over with its card: the device that was there is out from now on.

    Raises match_card, match_card_replaced, match_over.
    """
    return _entered(*_carded(code), at)


@transaction.atomic
def enter_together(*, code: str, beside: Match | None, at: datetime) -> Device:
    """Take a seat at a computer that holds others of the same match, each with a key of its own.

    From the next question on the band is no narrower than what one keyboard can tell apart.
    Raises match_card_other where the computer holds seats of another match.
    """
    match, device = _carded(code)
    if beside is not None and beside.pk != match.pk:
        raise DomainError("match_card_other", title=beside.title)
    if beside is not None and match.mode != Mode.MANUAL and match.band_us < SHARED_BAND_US:
        match.band_us = SHARED_BAND_US
        match.save(update_fields=["band_us"])
    return _entered(match, device, at, {"shared": True})


def _carded(code: str) -> tuple[Match, Device]:
    """The match, locked, and the row of a card that is good for it."""
    digest = sealing.code_digest(ids.normalise_code(code))
    known = Device.objects.filter(code_digest=digest).values_list("match_id", flat=True).first()
    if known is None:
        raise DomainError("match_card")
    match = locked(known)
    device = match.devices.get(code_digest=digest)
    _demand_on(match)
    if newest_card(match, device.seat).pk != device.pk:
        raise DomainError("match_card_replaced")
    return match, device


def _entered(
    match: Match, device: Device, at: datetime, known: dict[str, bool] | None = None
) -> Device:
    if device.bound_at is not None:
        device.epoch = _next_epoch(match, device.seat)
    device.bound_at, device.measured = at, known or {}
    device.save(update_fields=["epoch", "bound_at", "measured"])
    _changed(match)
    return device


def newest_card(match: Match, seat: str) -> Device:
    return match.devices.filter(seat=seat).latest("pk")


def _demand_on(match: Match) -> None:
    if match.state in OVER:
        raise DomainError("match_over", title=match.title)


def _next_epoch(match: Match, seat: str) -> int:
    top = match.devices.filter(seat=seat).aggregate(top=Max("epoch"))["top"]
    return int(top or 0) + 1


def _changed(match: Match) -> None:
    Match.objects.filter(pk=match.pk).update(version=F("version") + 1)
    wake(match)
