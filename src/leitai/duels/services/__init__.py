"""What people do with duels."""

from __future__ import annotations

from leitai.duels.services.ending import end_left, expire_open
from leitai.duels.services.meeting import invite, join_invited, meet, stand_in
from leitai.duels.services.playing import answer_question, ask_next

__all__ = [
    "answer_question",
    "ask_next",
    "end_left",
    "expire_open",
    "invite",
    "join_invited",
    "meet",
    "stand_in",
]
