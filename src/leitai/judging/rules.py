"""Who may plan, stage, time, mark, tally and watch. `host` is the path of the season's host unit.

Whoever holds a one-day pass has its duty alone; a judge is let in by the own seat besides.
"""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.judging.models import Seat
from leitai.people.enums import Role
from leitai.units.rules import is_house

STAFF = (Role.OFFICE, Role.EXAM_OFFICER, Role.HOST)  # who leads contestants to the stage
WATCHING = (
    Role.OFFICE,
    Role.EXAM_OFFICER,
    Role.LEADER,
    Role.SUPERVISOR,
    Role.HOST,
    Role.TIMEKEEPER,
    Role.TALLY_CLERK,
)


def can_plan(actor: Actor, season: str, host: str) -> bool:
    """Make events, fix the order, appoint panels, close: the committee's office."""
    return is_house(actor) or actor.has(Role.OFFICE, season=season, unit_path=host)


def can_stage(actor: Actor, season: str, host: str) -> bool:
    """The call list, materials and scenario cards: whoever runs the stage."""
    return is_house(actor) or actor.has(*STAFF, season=season, unit_path=host)


def can_read_scripts(actor: Actor, season: str, host: str) -> bool:
    """What the visitor of a scenario says and may tell: who plays one, and who runs the stage."""
    return can_stage(actor, season, host) or actor.has(Role.VISITOR, season=season, unit_path=host)


def plays_visitor(actor: Actor) -> bool:
    """In some season: the own list of events has a place for scripts."""
    return any(held.role == Role.VISITOR for held in actor.appointments)


def can_time(actor: Actor, season: str, host: str) -> bool:
    return is_house(actor) or actor.has(
        Role.TIMEKEEPER, Role.OFFICE, Role.EXAM_OFFICER, season=season, unit_path=host
    )


def can_tally(actor: Actor, season: str, host: str) -> bool:
    """Key paper sheets, count penalties, sign the tally."""
    return is_house(actor) or actor.has(
        Role.TALLY_CLERK, Role.OFFICE, Role.EXAM_OFFICER, season=season, unit_path=host
    )


def can_supervise(actor: Actor, season: str, host: str) -> bool:
    """Decide who steps in for a judge, and look at what judges' marks have in common."""
    return actor.has(Role.SUPERVISOR, season=season, unit_path=host)


def can_watch(actor: Actor, season: str, host: str) -> bool:
    """The desk: who is where and which sheets are in. Marks are for `can_see_marks`."""
    return is_house(actor) or actor.has(*WATCHING, season=season, unit_path=host)


def can_see_marks(actor: Actor, season: str, host: str) -> bool:
    """The tally: once everything is in, and for supervisors."""
    return (
        can_tally(actor, season, host)
        or can_supervise(actor, season, host)
        or actor.has(Role.LEADER, season=season, unit_path=host)
    )


def can_enter(actor: Actor, season: str, host: str) -> bool:
    """Come to the judges' pages at all; which events there are depends on the own seats."""
    return actor.person != "" and actor.has(Role.JUDGE, season=season, unit_path=host)


def can_judge(actor: Actor, seat: Seat, season: str, host: str) -> bool:
    """The seat's own person, while it is held."""
    return (
        can_enter(actor, season, host) and seat.left_at is None and actor.person == seat.person.code
    )
