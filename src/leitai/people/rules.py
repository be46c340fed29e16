"""Who may give people accounts and appointments. Issue-wide first form: committee and operator."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.people.enums import Role
from leitai.units.rules import is_house


def can_create_accounts(actor: Actor) -> bool:
    return is_house(actor) or actor.has(Role.OPERATOR)


def can_register_people(actor: Actor, unit_path: str) -> bool:
    """A unit manager registers the people of the own subtree; the office anybody below it."""
    return is_house(actor) or any(
        held.role in (Role.UNIT_MANAGER, Role.OFFICE) and unit_path.startswith(held.unit_path)
        for held in actor.appointments  # of any season: people belong to none
    )


def can_appoint(actor: Actor, unit_path: str, season: str) -> bool:
    return is_house(actor) or actor.has(Role.OFFICE, season=season, unit_path=unit_path)
