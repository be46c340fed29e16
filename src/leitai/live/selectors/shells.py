"""What a screen's page hands to its island: the ticket, the stage's address, and a first state."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.lane import tickets
from leitai.lane.live.seeing import Scene, Views
from leitai.live.enums import MatchState, Screen
from leitai.live.models import Device, Match
from leitai.live.selectors.cards import newest_cards
from leitai.live.selectors.entries import units_of
from leitai.live.selectors.frozen import event_of, lines_of, live_of
from leitai.live.selectors.stage import playing_of

ON_STAGE: Final = (MatchState.READY, MatchState.RUNNING, MatchState.CLOSED)
TOGETHER: Final = 12  # seats at one computer: as many as a match has at most
HOURS: Final = 14  # a day of contests, with the evening's clearing up


@dataclass(frozen=True, slots=True)
class Shell:
    """`url` is the stage's, or the spectators' server; `view` is None before a match is ready."""

    match: Match
    screen: Screen
    url: str
    ticket: str
    seat: str = ""
    name: str = ""
    view: dict[str, Any] | None = field(default=None)

    @property
    def event(self) -> str:
        """The event's title, for the hall's head."""
        return event_of(self.match).title if self.match.rules else ""

    @property
    def units(self) -> str:
        """Where each seat's people come from, for the hall's lower third, as JSON."""
        return json.dumps(units_of(self.match), ensure_ascii=False)

    @property
    def titles(self) -> str:
        """What the host's buttons call segments and rules of conduct, as JSON."""
        live = live_of(self.match) if self.match.rules else None
        segments = {one.id: one.title for one in live.segments} if live else {}
        conduct = {name: rule.title for name, rule in live.conduct.items()} if live else {}
        return json.dumps({"segments": segments, "conduct": conduct}, ensure_ascii=False)

    @property
    def most(self) -> int:
        """After how many failures a seat is out, 0 where no rule says so."""
        live = live_of(self.match) if self.match.rules else None
        stops = [one.stop.after for one in live.segments if one.stop] if live else []
        return max(stops, default=0)


def shell_for(match: Match, screen: Screen, actor: Actor, *, at: datetime) -> Shell:
    """For the host, the hall and spectators; without a ticket while the match is not ready."""
    ticket = ""
    if match.state in ON_STAGE:
        ticket = _ticket(match, screen, at, account="" if screen == Screen.WATCH else actor.account)
    return Shell(match, screen, _address(screen), ticket, view=first_view(match, screen))


def seat_shell(device: Device, *, at: datetime) -> Shell:
    """For the device at a seat, with the epoch that it came in with."""
    match, seat = device.match, device.seat
    ticket = _ticket(match, Screen.SEAT, at, seat=seat, epoch=device.epoch, account=str(device.pk))
    view = first_view(match, Screen.SEAT, seat)
    name = str(match.names.get(seat, ""))
    return Shell(match, Screen.SEAT, _address(Screen.SEAT), ticket, seat, name, view)


def get_seated(known: str) -> Device | None:
    """The device that a cookie names, "id:epoch", while nobody has taken its seat over."""
    key, _, epoch = known.partition(":")
    if not key.isdecimal() or not epoch.isdecimal():
        return None
    device = Device.objects.select_related("match").filter(pk=int(key), epoch=int(epoch)).first()
    if device is None or device.match.state not in ON_STAGE:
        return None
    return device if newest_cards(device.match)[device.seat].pk == device.pk else None


def list_seated(known: str) -> list[Device]:
    """The devices that a computer with several seats still holds, "id:epoch,id:epoch"."""
    found = (get_seated(one) for one in known.split(",")[:TOGETHER])
    return [device for device in found if device is not None]


def seated_text(devices: Iterable[Device]) -> str:
    """As `list_seated` reads it; of a seat that was entered twice the newer device."""
    newest = {device.pk: f"{device.pk}:{device.epoch}" for device in devices}
    return ",".join(newest.values())


def together_shells(devices: Iterable[Device], *, at: datetime) -> list[Shell]:
    """For the seats at one computer, in the order of their numbers."""
    shells = [seat_shell(device, at=at) for device in devices]
    return sorted(shells, key=lambda shell: (len(shell.seat), shell.seat))


def first_view(match: Match, screen: Screen, seat: str = "") -> dict[str, Any] | None:
    """What the screen would show now, by the function that the stage itself uses."""
    if not match.rules:
        return None
    try:
        playing = playing_of(match, lines_of(match))
    except DomainError:
        return None  # a line that the referee does not take: the stage says so itself
    return Views(Scene(playing, playing.match.at)).of(screen.value, seat)  # type: ignore[arg-type]  # a role's word


def _address(screen: Screen) -> str:
    watch = screen == Screen.WATCH
    return str(settings.LEITAI_WATCH_URL if watch else settings.LEITAI_STAGE_URL)


def _ticket(match: Match, screen: Screen, at: datetime, **told: Any) -> str:
    expires = int((at + timedelta(hours=HOURS)).timestamp() * 1000)
    return tickets.issue_stage(
        sealing.keyring(),
        match=match.pk,
        role=screen.value,  # type: ignore[arg-type]  # one of the roles
        expires_ms=expires,
        **told,
    )
