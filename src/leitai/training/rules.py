"""Who runs a training group, who leads it, who trains in it. `person` is a person's code."""

from __future__ import annotations

from collections.abc import Collection

from leitai.base.actor import Actor
from leitai.people.enums import Role

_READING = (Role.OFFICE, Role.LEADER, Role.SUPERVISOR)


def can_run(actor: Actor, season: str, host: str) -> bool:
    """Make groups, choose members and leaders, write the plan."""
    return actor.has(Role.OFFICE, season=season, unit_path=host)


def can_see_desk(actor: Actor, season: str, host: str) -> bool:
    return actor.has(*_READING, season=season, unit_path=host)


def can_lead(actor: Actor, season: str, host: str, leaders: Collection[str]) -> bool:
    """Mark attendance, decide leave, read the reports: those named, and the office."""
    return can_run(actor, season, host) or (actor.person != "" and actor.person in leaders)
