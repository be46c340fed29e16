"""The referee of live quizzes: one function folds the log of a match into its state.

The board in the hall, the host's screen and the official result all come from ``step``; ``fold`` is
the same function over a whole log. A match is a frozen value; a refused entry changes nothing.
"""

from leitai.rulebook.live.allowed import Move, allowed
from leitai.rulebook.live.folding import fold
from leitai.rulebook.live.keys import live_keys
from leitai.rulebook.live.match import Due, Line, Match, Play, Press, Question, Run, Seat
from leitai.rulebook.live.order import by_score
from leitai.rulebook.live.referee import complete, due, may_press, next_seat, start, step
from leitai.rulebook.live.showing import early, even, kind, lengths, planned, read_event, stopped

__all__ = [
    "Due",
    "Line",
    "Match",
    "Move",
    "Play",
    "Press",
    "Question",
    "Run",
    "Seat",
    "allowed",
    "by_score",
    "complete",
    "due",
    "early",
    "even",
    "fold",
    "kind",
    "lengths",
    "live_keys",
    "may_press",
    "next_seat",
    "planned",
    "read_event",
    "start",
    "step",
    "stopped",
]
