"""Deadlines, soft dates, draws and forms: what follows from the rules of procedure.

Pure: the clock is an argument, and whoever has answers to a form hands them in.
"""

from leitai.rulebook.procedure.answers import FileIn, check_answers
from leitai.rulebook.procedure.asking import When, when
from leitai.rulebook.procedure.counting import count_words
from leitai.rulebook.procedure.days import is_working_day
from leitai.rulebook.procedure.deadlines import deadline
from leitai.rulebook.procedure.groups import group_sizes
from leitai.rulebook.procedure.layers import names_open
from leitai.rulebook.procedure.soft import Span, read_soft
from leitai.rulebook.procedure.windows import (
    Waiting,
    binding_day,
    closing,
    opening,
    soft_span,
    waiting,
)
from leitai.rulebook.procedure.wording import show_day, show_end, show_start, show_term

__all__ = [
    "FileIn",
    "Span",
    "Waiting",
    "When",
    "binding_day",
    "check_answers",
    "closing",
    "count_words",
    "deadline",
    "group_sizes",
    "is_working_day",
    "names_open",
    "opening",
    "read_soft",
    "show_day",
    "show_end",
    "show_start",
    "show_term",
    "soft_span",
    "waiting",
    "when",
]
