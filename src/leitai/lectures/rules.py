"""Who makes lectures, who looks at the desk, who watches."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.people.enums import Role

_READING = (Role.OFFICE, Role.LEADER, Role.SUPERVISOR)


def can_run(actor: Actor, season: str, host: str) -> bool:
    """Upload, edit, publish, withdraw."""
    return actor.has(Role.OFFICE, season=season, unit_path=host)


def can_see_desk(actor: Actor, season: str, host: str) -> bool:
    return actor.has(*_READING, season=season, unit_path=host)


def can_upload_somewhere(actor: Actor) -> bool:
    """Before it is known for which lecture: an office of any season."""
    return any(held.role == Role.OFFICE for held in actor.appointments)
