"""Who may give people accounts and appointments."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.people.enums import ADMINISTRATORS, LOCAL_ROLES, Role
from leitai.units.rules import is_house

OWN_CONTEST = "local-"  # how the code begins of a contest that somebody holds for the own unit


def is_own_contest(season: str) -> bool:
    """Its office has the own unit's people and questions there, and nothing else of the house."""
    return season.startswith(OWN_CONTEST)


def can_create_accounts(actor: Actor) -> bool:
    return is_house(actor) or actor.has(Role.OPERATOR)


def can_register_people(actor: Actor, unit_path: str) -> bool:
    """A unit manager registers the people of the own subtree; the office anybody below it."""
    return can_keep_roster(actor, unit_path)


def can_appoint(actor: Actor, role: str, unit_path: str, season: str) -> bool:
    """Administrators are appointed by two officers only (the deed "admin.appoint")."""
    if role in ADMINISTRATORS:
        return is_house(actor)
    if is_house(actor) or actor.has(Role.SECURITY_ADMIN):
        return True
    if actor.has(Role.OFFICE, season=season, unit_path=unit_path):
        return True
    if role in LOCAL_ROLES and actor.has(Role.LOCAL_OFFICE, season=season, unit_path=unit_path):
        return True
    return role == Role.UNIT_MANAGER and any(
        held.role == Role.UNIT_MANAGER
        and held.season in ("", season)
        and unit_path != held.unit_path
        and unit_path.startswith(held.unit_path)
        for held in actor.appointments
    )


def can_run_committees(actor: Actor, season: str, unit_path: str) -> bool:
    """The season's office; a city's own committee below it is kept by that committee too."""
    return is_house(actor) or actor.has(
        Role.OFFICE, Role.LOCAL_OFFICE, season=season, unit_path=unit_path
    )


def can_see_committees(actor: Actor, season: str) -> bool:
    return (
        is_house(actor)
        or actor.has(Role.OFFICE, Role.LEADER, Role.SUPERVISOR, Role.LOCAL_OFFICE, season=season)
        or actor.has(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
    )


def can_see_appointments(actor: Actor) -> bool:
    """Who holds what in the whole house."""
    return actor.has(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


def can_propose_administrators(actor: Actor) -> bool:
    return actor.has(Role.SECURITY_ADMIN, Role.OPERATOR)


def can_approve_administrators(actor: Actor) -> bool:
    return actor.has(Role.AUDIT_ADMIN, Role.LEADER)


KEEPERS = (Role.UNIT_MANAGER, Role.LOCAL_OFFICE, Role.OFFICE)  # of rosters
READERS = (*KEEPERS, Role.SUPERVISOR)


def keeper_paths(actor: Actor) -> tuple[str, ...]:
    """The subtrees whose rosters the actor keeps, of any season: people belong to none."""
    return ("",) if is_house(actor) else _paths(actor, KEEPERS)


def reader_paths(actor: Actor) -> tuple[str, ...]:
    """The subtrees whose people the actor may look at."""
    return ("",) if is_house(actor) else _paths(actor, READERS)


def can_keep_roster(actor: Actor, unit_path: str) -> bool:
    return unit_path.startswith(keeper_paths(actor))


def can_see_people(actor: Actor, unit_path: str) -> bool:
    return unit_path.startswith(reader_paths(actor))


def can_reveal(actor: Actor, unit_path: str) -> bool:
    """Who keeps a roster may read one number of one person, with a reason; supervisors may not."""
    return unit_path.startswith(keeper_paths(actor))


def _paths(actor: Actor, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Without those that stand below another."""
    held = {one.unit_path for one in actor.appointments if one.role in roles}
    return tuple(sorted(path for path in held if not path.startswith(tuple(held - {path}))))


SLIPS_MOST = 400  # printed at once: fifty sheets


def can_issue_slips(actor: Actor, unit_path: str) -> bool:
    return can_keep_roster(actor, unit_path) or can_reset_anybody(actor)


def can_reset(actor: Actor, unit_path: str) -> bool:
    """Whose duties reach how far is judged by the service, with the account at hand."""
    return can_issue_slips(actor, unit_path)


def can_reset_anybody(actor: Actor) -> bool:
    """Also who holds bulk data; an administrator only the house itself, at the machine."""
    return is_house(actor) or actor.has(Role.SECURITY_ADMIN)


PASS_ROLES = (Role.OFFICE, Role.EXAM_OFFICER, Role.LOCAL_OFFICE)


def can_issue_passes(actor: Actor, unit_path: str, season: str) -> bool:
    """Who runs the day: the office and exam officers, or the city's committee in its city."""
    return is_house(actor) or actor.has(*PASS_ROLES, season=season, unit_path=unit_path)


def pass_paths(actor: Actor, season: str) -> tuple[str, ...]:
    return actor.unit_paths(*PASS_ROLES, season=season)


DUTY_GIVERS = (Role.OFFICE, Role.LOCAL_OFFICE, Role.UNIT_MANAGER, Role.SECURITY_ADMIN)


def duty_paths(actor: Actor) -> tuple[str, ...]:
    """Where somebody gives duties to those who look after units, in whatever season."""
    return tuple(
        dict.fromkeys(held.unit_path for held in actor.appointments if held.role in DUTY_GIVERS)
    )
