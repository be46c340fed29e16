"""Writes of this room, one file a use case."""

from leitai.sittings.services.arranging import (
    Admission,
    admission_code_of,
    admission_codes,
    create_exam,
    seat_entries,
)
from leitai.sittings.services.opening import propose_early_opening, record_openings
from leitai.sittings.services.running import (
    EXTENSION_MINUTES,
    close_overdue,
    close_sittings,
    end_sittings,
    extend,
)
from leitai.sittings.services.telling import tell_seated

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
    "propose_early_opening",
    "record_openings",
    "seat_entries",
    "tell_seated",
]
