"""Who hands in for a unit, who works at the publicity desk, who only looks on.

Paths are of units: the season's host's, or the one that hands in.
"""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.people.enums import Role

LOCAL = (Role.LOCAL_OFFICE, Role.UNIT_MANAGER)  # whoever acts for a unit
DESK = (Role.PUBLICITY, Role.OFFICE)
_READING = (*DESK, Role.LEADER, Role.SUPERVISOR)


def can_hand_in(actor: Actor, season: str, unit: str) -> bool:
    """Write, hand in, and speak for those shown, for the unit of that path."""
    return actor.has(*LOCAL, season=season, unit_path=unit)


def hands_in_somewhere(actor: Actor, season: str) -> bool:
    return actor.has(*LOCAL, season=season)


def handing_paths(actor: Actor, season: str) -> tuple[str, ...]:
    """The units themselves for which somebody is appointed, not those below them."""
    return tuple(dict.fromkeys(actor.unit_paths(*LOCAL, season=season)))


def can_run_desk(actor: Actor, season: str, host: str) -> bool:
    """Return, adopt, edit, publish; bulletins and the season's face."""
    return actor.has(*DESK, season=season, unit_path=host)


def can_see_newsroom(actor: Actor, season: str, host: str) -> bool:
    return actor.has(*_READING, season=season, unit_path=host)


def can_read_item(actor: Actor, season: str, host: str, unit: str) -> bool:
    return can_hand_in(actor, season, unit) or can_see_newsroom(actor, season, host)


def can_upload_somewhere(actor: Actor) -> bool:
    """Before it is known for what: those who may hand in or publish in any season."""
    return any(held.role in {*LOCAL, *DESK} for held in actor.appointments)
