"""Writes of this room, one file a use case."""

from leitai.sittings.services.arranging import (
    Admission,
    admission_code_of,
    admission_codes,
    create_exam,
    seat_entries,
    seat_now,
)
from leitai.sittings.services.composing import MOST_PAPERS, preview_papers, propose_papers
from leitai.sittings.services.moving import cancel_exam, move_exam, prolong_exam
from leitai.sittings.services.opening import propose_early_opening, record_openings
from leitai.sittings.services.planning import arrange_exam, check_exam, minutes_of
from leitai.sittings.services.running import (
    EXTENSION_MINUTES,
    close_overdue,
    close_sittings,
    end_sittings,
    extend,
)
from leitai.sittings.services.telling import tell_changed, tell_seated

__all__ = [
    "EXTENSION_MINUTES",
    "MOST_PAPERS",
    "Admission",
    "admission_code_of",
    "admission_codes",
    "arrange_exam",
    "cancel_exam",
    "check_exam",
    "close_overdue",
    "close_sittings",
    "create_exam",
    "end_sittings",
    "extend",
    "minutes_of",
    "move_exam",
    "preview_papers",
    "prolong_exam",
    "propose_early_opening",
    "propose_papers",
    "record_openings",
    "seat_entries",
    "seat_now",
    "tell_changed",
    "tell_seated",
]
