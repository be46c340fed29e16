"""Who may do what in a season. `host` is the path of the season's host unit."""

from __future__ import annotations

from leitai.bank.rules import is_own_contest
from leitai.base.actor import Actor
from leitai.people.enums import Role
from leitai.seasons.enums import DrawRole
from leitai.units.rules import is_house

FOUNDERS = (Role.OFFICE, Role.LOCAL_OFFICE, Role.UNIT_MANAGER)  # of a contest of their own unit
PRACTICE_EXAM = "practice-exam-"  # how the code begins of what an exam of practice stands on


def can_create_season(actor: Actor) -> bool:
    return is_house(actor) or actor.has(Role.OPERATOR)


def can_begin_season(actor: Actor, host: str) -> bool:
    """On the web: an operator, or the office of all seasons over the host to be."""
    return can_create_season(actor) or any(
        held.role == Role.OFFICE and held.season == "" and host.startswith(held.unit_path)
        for held in actor.appointments
    )


def can_give_first_office(actor: Actor) -> bool:
    """Name who runs a season that has no office yet; then offices appoint one another."""
    return actor.has(Role.OPERATOR, Role.SECURITY_ADMIN)


def can_approve_first_office(actor: Actor) -> bool:
    return actor.has(Role.OPERATOR, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


def can_reopen_season(actor: Actor, season: str, host: str) -> bool:
    """Propose or approve that a closed season goes on."""
    return actor.has(Role.OFFICE, Role.LEADER, season=season, unit_path=host)


def can_see_office(actor: Actor, season: str, host: str) -> bool:
    return actor.has(Role.OFFICE, Role.LEADER, Role.SUPERVISOR, season=season, unit_path=host)


def can_run_office(actor: Actor, season: str, host: str) -> bool:
    """The committee's office: assumptions, calendar, opening, confirmations, draws."""
    return actor.has(Role.OFFICE, season=season, unit_path=host)


def can_see_season(actor: Actor, season: str, host: str, *, opened: bool) -> bool:
    """Everybody once it was opened; while it is being prepared, those who prepare it."""
    return opened or can_see_office(actor, season, host)


def can_hold_local(actor: Actor, season: str, host: str, unit: str) -> bool:
    """A delegation's own stage: its committee or manager, or the office for it."""
    return can_run_office(actor, season, host) or actor.has(
        Role.LOCAL_OFFICE, Role.UNIT_MANAGER, season=season, unit_path=unit
    )


def can_found_contest(actor: Actor, unit: str) -> bool:
    """A contest of one's own unit: whoever looks after it, in whatever season."""
    return is_house(actor) or any(
        held.role in FOUNDERS and unit.startswith(held.unit_path) for held in actor.appointments
    )


def can_follow_local(actor: Actor, season: str, host: str) -> bool:
    """Whether any row of the board is this person's to see."""
    return can_see_office(actor, season, host) or actor.has(
        Role.LOCAL_OFFICE, Role.UNIT_MANAGER, season=season
    )


def can_import_facts(actor: Actor) -> bool:
    """Facts of everybody come from platforms; an office brings them in, but not that of a contest
    which somebody holds for the own unit.
    """
    return is_house(actor) or any(
        held.role == Role.OFFICE and not is_own_contest(held.season) for held in actor.appointments
    )


def can_nominate(actor: Actor, season: str, host: str, unit: str) -> bool:
    """A delegation's own manager, or the office for it. `unit` is the delegation's path."""
    return can_run_office(actor, season, host) or actor.has(
        Role.UNIT_MANAGER, season=season, unit_path=unit
    )


def can_record_scores(actor: Actor, season: str, host: str) -> bool:
    """Marking runs in the house; the office records what was marked by hand."""
    return is_house(actor) or can_run_office(actor, season, host)


def can_resolve(actor: Actor, season: str, host: str) -> bool:
    """Record what the committee decided of a tie, a list or an award: its office or its lead."""
    return actor.has(Role.OFFICE, Role.LEADER, season=season, unit_path=host)


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
