"""Who may read the record. Roles are named as text: they live above this room."""

from __future__ import annotations

from leitai.base.actor import Actor


def can_read_chain(actor: Actor, chain: str) -> bool:
    return actor.has("supervisor", "office", season=chain)
