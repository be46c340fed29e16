"""Who may do what with a match. `host` is the path of the season's host unit."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.people.enums import Role
from leitai.units.rules import is_house


def can_plan_matches(actor: Actor, season: str, host: str) -> bool:
    """The committee's office: matches, seats, questions, cards, mode, rehearsals."""
    return is_house(actor) or actor.has(Role.OFFICE, season=season, unit_path=host)


def can_host_matches(actor: Actor, season: str, host: str) -> bool:
    """Lead a match from the console: the host, or the office in his place."""
    return actor.has(Role.HOST, Role.OFFICE, season=season, unit_path=host)


def can_record_paddles(actor: Actor, season: str, host: str) -> bool:
    """Key the order of paddles; the two records of a question come from two accounts."""
    return actor.has(Role.HOST, Role.TIMEKEEPER, Role.OFFICE, season=season, unit_path=host)


def can_see_matches(actor: Actor, season: str, host: str) -> bool:
    """Matches, the hall's screen, protocols: who runs them, who watches over them."""
    return (
        is_house(actor)
        or can_record_paddles(actor, season, host)
        or actor.has(Role.LEADER, Role.SUPERVISOR, season=season, unit_path=host)
    )


def can_take_protocol(actor: Actor, season: str, host: str) -> bool:
    """The record with every press, and the tables that anybody can decide by again."""
    return actor.has(Role.OFFICE, Role.LEADER, Role.SUPERVISOR, season=season, unit_path=host)
