"""Writes of this room: lectures, their check questions, and what learners watched."""

from leitai.lectures.services.asking import add_question, remove_question
from leitai.lectures.services.editing import (
    Words,
    create_lecture,
    drop_lecture,
    edit_lecture,
    move_lecture,
)
from leitai.lectures.services.publishing import publish_lecture, withdraw_lecture
from leitai.lectures.services.watching import Report, answer_question, report_progress

__all__ = [
    "Report",
    "Words",
    "add_question",
    "answer_question",
    "create_lecture",
    "drop_lecture",
    "edit_lecture",
    "move_lecture",
    "publish_lecture",
    "remove_question",
    "report_progress",
    "withdraw_lecture",
]
