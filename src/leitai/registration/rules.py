"""Who may register, review, decide. `host` is the path of the season's host unit."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from leitai.base.actor import Actor
from leitai.people.enums import Role
from leitai.registration.enums import Step
from leitai.registration.models import Registration
from leitai.rulebook.model import Rulebook
from leitai.seasons import rules as seasons
from leitai.seasons import selectors

OPENED: Final = timedelta(hours=1)  # how long a sealed paper stays open to who said why


def can_register(actor: Actor, season: str, host: str, unit: str) -> bool:
    """A delegation's own manager, or the office for it. `unit` is the delegation's path."""
    return seasons.can_nominate(actor, season, host, unit)


def takes_registrations(law: Rulebook) -> bool:
    """Whether any stage has names handed in for a track of persons."""
    tracks = {name for name, track in law.tracks.items() if track.kind == "person"}
    return any(
        stage.method == "nomination" and tracks & set(stage.tracks or law.tracks)
        for stage in law.stages.values()
    )


def takes_teams(law: Rulebook) -> bool:
    """Whether teams are entered for any stage."""
    return bool(selectors.team_places(law))


def registers_somewhere(actor: Actor, season: str) -> bool:
    return actor.has(Role.UNIT_MANAGER, season=season)


def can_review(actor: Actor, season: str, host: str) -> bool:
    return seasons.can_run_office(actor, season, host)


def can_see_review(actor: Actor, season: str, host: str) -> bool:
    return seasons.can_see_office(actor, season, host)


def can_see(actor: Actor, registration: Registration) -> bool:
    """Its unit, the office, and whoever watches the office."""
    code, host = registration.season.code, selectors.host_path(registration.season)
    path = registration.delegation.unit.path
    return can_register(actor, code, host, path) or can_see_review(actor, code, host)


def can_write(actor: Actor, registration: Registration) -> bool:
    code, host = registration.season.code, selectors.host_path(registration.season)
    return can_register(actor, code, host, registration.delegation.unit.path)


def reads_numbers(actor: Actor, registration: Registration, at: datetime) -> bool:
    """The unit and the office; whoever watches them, for an hour after saying why."""
    if can_write(actor, registration):
        return True
    steps = registration.steps.filter(step=Step.OPENED, by=actor.account, at__gt=at - OPENED)
    return can_see(actor, registration) and steps.exists()


def can_see_own(actor: Actor, registration: Registration) -> bool:
    """The person who is registered."""
    return bool(actor.person) and actor.person == registration.person.code
