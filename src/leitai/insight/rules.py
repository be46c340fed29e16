"""Who sees statistics: the committee the whole season's, a unit its own subtree, by name."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.people.enums import Role

_WHOLE = (Role.OFFICE, Role.LEADER, Role.SUPERVISOR)
_LOCAL = (Role.LOCAL_OFFICE, Role.UNIT_MANAGER)


def can_see_figures(actor: Actor, season: str, unit_path: str) -> bool:
    """Figures of the unit and all below it, and who took part there."""
    return actor.has(*_WHOLE, *_LOCAL, season=season, unit_path=unit_path)


def figure_paths(actor: Actor, season: str) -> tuple[str, ...]:
    """The outermost subtrees whose figures the actor sees."""
    held = {*actor.unit_paths(*_WHOLE, *_LOCAL, season=season)}
    return tuple(sorted(p for p in held if not any(p != q and p.startswith(q) for q in held)))


def can_see_reports(actor: Actor, season: str, host: str) -> bool:
    return actor.has(*_WHOLE, season=season, unit_path=host)


def can_write_reports(actor: Actor, season: str, host: str) -> bool:
    return actor.has(Role.OFFICE, season=season, unit_path=host)
