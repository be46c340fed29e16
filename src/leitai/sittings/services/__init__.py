"""Writes of this room, one file a use case."""

from leitai.sittings.services.arranging import (
    Admission,
    admission_code_of,
    admission_codes,
    create_exam,
    seat_entries,
)
from leitai.sittings.services.running import (
    EXTENSION_MINUTES,
    close_overdue,
    close_sittings,
    end_sittings,
    extend,
)

__all__ = [
    "EXTENSION_MINUTES",
    "Admission",
    "admission_code_of",
    "admission_codes",
    "close_overdue",
    "close_sittings",
    "create_exam",
    "end_sittings",
    "extend",
    "seat_entries",
]
