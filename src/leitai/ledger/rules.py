"""Who may read the record and decide. Roles are named as text: they live above this room."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.ledger.models import Proposal

HOUSE = "house"  # the chain of what belongs to no season
_READERS = ("supervisor", "office", "leader")


def can_read_chain(actor: Actor, chain: str, host: str | None) -> bool:
    """`host` is the path of the season's host unit, None for a chain that has none.

    Who audits reads every chain; nobody else the house's own.
    """
    if chain == HOUSE or host is None:
        return can_audit(actor)
    return can_audit(actor) or actor.has(*_READERS, season=chain, unit_path=host)


def can_audit(actor: Actor) -> bool:
    """The audit administrator of the whole tree and of all seasons."""
    return any(
        held.role == "audit_admin" and held.season == "" and held.unit_path.count("/") == 1
        for held in actor.appointments
    )


def can_make_checkpoint(actor: Actor, chain: str, host: str | None) -> bool:
    """On demand: those who watch over the season, and who audits."""
    if can_audit(actor):
        return True
    held = chain != HOUSE and host is not None
    return held and actor.has("supervisor", season=chain, unit_path=host)


def can_withdraw(actor: Actor, proposal: Proposal) -> bool:
    return actor.known and actor.account == proposal.proposed_by


def is_machine(actor: Actor) -> bool:
    """The house itself is no officer."""
    return not actor.known or actor.account.startswith("system:")
