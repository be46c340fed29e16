"""What people do with matches, and the job that scores them."""

from __future__ import annotations

from leitai.live.services.cards import enter_seat, enter_together, replace_card
from leitai.live.services.folding import fold_match, score_left, score_match
from leitai.live.services.network import choose_manual, choose_mode
from leitai.live.services.paddles import key_paddles
from leitai.live.services.planning import cancel_match, plan_match
from leitai.live.services.questions import choose_questions
from leitai.live.services.readying import make_ready, make_unready
from leitai.live.services.rehearsing import drop_rehearsal, rehearse
from leitai.live.services.seating import SeatPlan, seat_match, seats_from_draw

__all__ = [
    "SeatPlan",
    "cancel_match",
    "choose_manual",
    "choose_mode",
    "choose_questions",
    "drop_rehearsal",
    "enter_seat",
    "enter_together",
    "fold_match",
    "key_paddles",
    "make_ready",
    "make_unready",
    "plan_match",
    "rehearse",
    "replace_card",
    "score_left",
    "score_match",
    "seat_match",
    "seats_from_draw",
]
