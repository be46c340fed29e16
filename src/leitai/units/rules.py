"""Who may change the organisation tree. Roles are named as text: they live above this room."""

from __future__ import annotations

from leitai.base.actor import Actor


def is_house(actor: Actor) -> bool:
    """The house itself: a job, or an operator at the command line of the machine."""
    return actor.account.startswith("system:")


def can_import_units(actor: Actor) -> bool:
    return is_house(actor) or actor.has("operator")


def can_make_delegations(actor: Actor, season: str) -> bool:
    return is_house(actor) or actor.has("office", season=season)
