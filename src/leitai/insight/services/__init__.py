"""Writes of statistics: the sums follow what practice did; reports."""

from leitai.insight.services.judging import give_points
from leitai.insight.services.reporting import (
    Draft,
    draft_report,
    drop_report,
    issue_report,
    make_report,
    resume_reports,
    save_report,
)
from leitai.insight.services.rolling import rebuild, roll_up, true_up

__all__ = [
    "Draft",
    "draft_report",
    "drop_report",
    "give_points",
    "issue_report",
    "make_report",
    "rebuild",
    "resume_reports",
    "roll_up",
    "save_report",
    "true_up",
]
