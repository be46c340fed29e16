"""Figures of outside platforms: read, matched to people, looked at, taken in as facts."""

from leitai.practice.services.outside.drafting import start_outside
from leitai.practice.services.outside.taking import (
    confirm_outside,
    decide_outside,
    drop_expired,
    forget_outside,
)
from leitai.practice.services.outside.working import read_draft, resume_drafts, take_draft

__all__ = [
    "confirm_outside",
    "decide_outside",
    "drop_expired",
    "forget_outside",
    "read_draft",
    "resume_drafts",
    "start_outside",
    "take_draft",
]
