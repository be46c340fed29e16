"""Figures of outside platforms: read, matched to people, looked at, taken in as facts."""

from leitai.practice.services.outside.drafting import start_outside
from leitai.practice.services.outside.taking import (
    confirm_outside,
    decide_outside,
    drop_expired,
    forget_outside,
)

__all__ = ["confirm_outside", "decide_outside", "drop_expired", "forget_outside", "start_outside"]
