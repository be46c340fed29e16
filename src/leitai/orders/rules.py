"""Who may issue orders, sign for them, hand in, and decide on what was handed in.

An order's issuer is a unit: the season's host, or a unit below it that passes an order on to its
own units. The host's orders are the office's; a lower unit's are its local office's and manager's.
A lower unit's appointment never acts for the host.
"""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.people.enums import Role

LOCAL = (Role.LOCAL_OFFICE, Role.UNIT_MANAGER)  # whoever acts for a unit below the host
_READING = (Role.OFFICE, Role.LEADER, Role.SUPERVISOR)


def can_issue(actor: Actor, season: str, host: str, issuer: str) -> bool:
    """Draft, send, remind, supplement, accept and return. Paths: of the host, of the issuer."""
    if issuer == host:
        return actor.has(Role.OFFICE, season=season, unit_path=host)
    return issuer.startswith(host) and actor.has(*LOCAL, season=season, unit_path=issuer)


def can_read_orders(actor: Actor, season: str, issuer: str) -> bool:
    """The committee over the issuer, and whoever acts for the issuing unit."""
    return actor.has(*_READING, *LOCAL, season=season, unit_path=issuer)


def can_see_desk(actor: Actor, season: str) -> bool:
    """Who has orders to issue or to look at: the committee, and those who may pass one on."""
    return actor.has(*_READING, *LOCAL, season=season)


def can_act_for(actor: Actor, season: str, unit: str) -> bool:
    """Sign for the unit of that path, and hand in for it."""
    return actor.has(*LOCAL, season=season, unit_path=unit)


def acting_paths(actor: Actor, season: str) -> tuple[str, ...]:
    """The subtrees for which somebody signs and hands in; the outermost only."""
    held = set(actor.unit_paths(*LOCAL, season=season))
    return tuple(sorted(p for p in held if not any(p != q and p.startswith(q) for q in held)))


def reading_paths(actor: Actor, season: str) -> tuple[str, ...]:
    """The subtrees whose issued orders somebody may look at."""
    return tuple(dict.fromkeys(actor.unit_paths(*_READING, *LOCAL, season=season)))


def can_read_hand_in(actor: Actor, season: str, issuers: tuple[str, ...], unit: str) -> bool:
    """The unit itself, and the committee or office over any issuer up the way it takes."""
    return can_act_for(actor, season, unit) or any(
        can_read_orders(actor, season, issuer) for issuer in issuers
    )
