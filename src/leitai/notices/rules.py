"""Who may publish notices, handle objections and approve rulings. `path` is the unit concerned."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.people.enums import Role

HANDLERS = (Role.SUPERVISOR, Role.LEADER, Role.OFFICE)


def can_publish(actor: Actor, season: str, path: str) -> bool:
    """The committee's office; a city's own committee within its city."""
    return actor.has(Role.OFFICE, Role.LOCAL_OFFICE, season=season, unit_path=path)


def publishing_path(actor: Actor, season: str, host: str) -> str | None:
    """For which unit somebody publishes: the season's host, or the own city; None for nobody."""
    if can_publish(actor, season, host):
        return host
    paths = actor.unit_paths(Role.OFFICE, Role.LOCAL_OFFICE, season=season)
    inside = [path for path in paths if path.startswith(host)]
    return min(inside, default=None)


def can_see_drafts(actor: Actor, season: str, path: str) -> bool:
    return can_publish(actor, season, path) or actor.has(
        Role.LEADER, Role.SUPERVISOR, season=season, unit_path=path
    )


def can_see_notices(actor: Actor, season: str, host: str) -> bool:
    """The office's list of notices, for whoever finds any of them there."""
    return can_see_drafts(actor, season, host) or publishing_path(actor, season, host) is not None


def can_handle(actor: Actor, season: str, path: str) -> bool:
    """By appointment. Who decided the case is kept out besides: `selectors.bar_of`."""
    return actor.has(*HANDLERS, season=season, unit_path=path)


def can_rule(actor: Actor, season: str, path: str) -> bool:
    """Propose or approve a ruling; the two are never one person."""
    return can_handle(actor, season, path)
