"""What people may read of duels."""

from __future__ import annotations

from leitai.duels.selectors.laws import Rules, duel_rules, played_on
from leitai.duels.selectors.lobbies import Invitation, Lobby, invitation_for, lobby_for
from leitai.duels.selectors.tables import Table, get_side_for, table_for

__all__ = [
    "Invitation",
    "Lobby",
    "Rules",
    "Table",
    "duel_rules",
    "get_side_for",
    "invitation_for",
    "lobby_for",
    "played_on",
    "table_for",
]
