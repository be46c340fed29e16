"""Who may do what in a season. `host` is the path of the season's host unit."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.people.enums import Role
from leitai.units.rules import is_house


def can_create_season(actor: Actor) -> bool:
    return is_house(actor) or actor.has(Role.OPERATOR)


def can_see_office(actor: Actor, season: str, host: str) -> bool:
    return actor.has(Role.OFFICE, Role.SUPERVISOR, season=season, unit_path=host)


def can_run_office(actor: Actor, season: str, host: str) -> bool:
    """The committee's office: assumptions, calendar, opening, confirmations, draws."""
    return actor.has(Role.OFFICE, season=season, unit_path=host)


def can_see_season(actor: Actor, season: str, host: str, *, opened: bool) -> bool:
    """Everybody once it was opened; while it is being prepared, those who prepare it."""
    return opened or can_see_office(actor, season, host)


def can_import_facts(actor: Actor) -> bool:
    """Facts of everybody come from platforms; the office of any season brings them in."""
    return is_house(actor) or any(held.role == Role.OFFICE for held in actor.appointments)


def can_nominate(actor: Actor, season: str, host: str, unit: str) -> bool:
    """A delegation's own manager, or the office for it. `unit` is the delegation's path."""
    return can_run_office(actor, season, host) or actor.has(
        Role.UNIT_MANAGER, season=season, unit_path=unit
    )


def can_record_scores(actor: Actor, season: str, host: str) -> bool:
    """Marking runs in the house; the office records what was marked by hand."""
    return is_house(actor) or can_run_office(actor, season, host)


def can_advance(actor: Actor, season: str, host: str) -> bool:
    """What results decided: by the house in a job, or in the office's own act."""
    return is_house(actor) or can_run_office(actor, season, host)
