"""Seat cards with their codes: for printing, by whoever plans matches."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.base import sealing
from leitai.kernel.ids import show_code
from leitai.live.models import Device, Match
from leitai.live.selectors.keys import CARD


@dataclass(frozen=True, slots=True)
class SeatCard:
    """The newest card of a seat; `device` says whether somebody came in with it, and when."""

    seat: str
    name: str
    code: str
    device: Device

    @property
    def shown(self) -> str:
        return show_code(self.code)


def cards_of(match: Match) -> list[SeatCard]:
    """A card for each seat, in the order of the seats."""
    newest = newest_cards(match)
    return [
        SeatCard(seat, match.names.get(seat, ""), _code(newest[seat]), newest[seat])
        for seat in match.seats
        if seat in newest
    ]


def newest_cards(match: Match) -> dict[str, Device]:
    return {device.seat: device for device in match.devices.order_by("pk")}


def _code(device: Device) -> str:
    return sealing.open_sealed(
        device.sealed_code, place=CARD.format(bytes(device.code_digest).hex())
    )
