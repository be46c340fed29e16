"""Who may read and handle complaints. Roles are named by the people's room."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.people.enums import Role


def can_see_complaints(actor: Actor) -> bool:
    """Whether any complaint could be this person's to read."""
    return actor.has(Role.AUDIT_ADMIN) or any(
        held.role == Role.SUPERVISOR for held in actor.appointments
    )


def can_handle(actor: Actor, season: str, host: str) -> bool:
    """The season's supervisors, over its host unit; of no season, the audit administrator."""
    if not season:
        return actor.has(Role.AUDIT_ADMIN)
    return actor.has(Role.SUPERVISOR, season=season, unit_path=host)
