"""Who may do what in a season. `host` is the path of the season's host unit."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.people.enums import Role
from leitai.seasons.enums import DrawRole
from leitai.units.rules import is_house


def can_create_season(actor: Actor) -> bool:
    return is_house(actor) or actor.has(Role.OPERATOR)


def can_see_office(actor: Actor, season: str, host: str) -> bool:
    return actor.has(Role.OFFICE, Role.LEADER, Role.SUPERVISOR, season=season, unit_path=host)


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


def can_speak_for(actor: Actor, party: str, account: str, season: str, host: str) -> bool:
    """Commit and reveal for a party of a draw; a named account speaks alone for its party."""
    if account:
        return actor.account == account
    if party == DrawRole.ORGANISER:
        return can_run_office(actor, season, host)
    if party == DrawRole.SUPERVISOR:
        return actor.has(Role.SUPERVISOR, season=season, unit_path=host)
    # the contestants are those of every delegation: any team leader under the host
    return any(path.startswith(host) for path in actor.unit_paths(Role.TEAM_LEADER, season=season))


def can_see_draw_desk(actor: Actor, season: str, host: str) -> bool:
    """The steps of draws: the office, supervisors, and whoever may speak for the contestants."""
    return can_see_office(actor, season, host) or can_speak_for(
        actor, DrawRole.CONTESTANTS, "", season, host
    )
