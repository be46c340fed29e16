"""Who may do what in practice. `host` is the path of the season's host unit."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.people.enums import Role
from leitai.units.rules import is_house


def can_learn(actor: Actor) -> bool:
    """Everybody with an account, staff or public."""
    return actor.known and not is_house(actor)


def can_see_learner(actor: Actor, account: str, season: str, host: str, unit: str) -> bool:
    """One's own; of others the office and supervisors, a unit's manager of the own subtree.

    `unit` is where the learner serves, "" for the public.
    """
    return (
        (actor.known and actor.account == account)
        or can_see_practice(actor, season, host)
        or (unit != "" and can_see_unit(actor, season, unit))
    )


def can_see_unit(actor: Actor, season: str, unit: str) -> bool:
    """A unit's learners and figures by name: who manages it, or a city's own office."""
    return actor.has(Role.UNIT_MANAGER, Role.LOCAL_OFFICE, season=season, unit_path=unit)


def can_see_practice(actor: Actor, season: str, host: str) -> bool:
    """The whole season's practice: the office, who leads it, and supervisors."""
    return actor.has(Role.OFFICE, Role.LEADER, Role.SUPERVISOR, season=season, unit_path=host)


def can_run_practice(actor: Actor, season: str, host: str) -> bool:
    """Shelves, points taken back, what stands in doubt: the office."""
    return is_house(actor) or actor.has(Role.OFFICE, season=season, unit_path=host)
