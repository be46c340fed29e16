"""Writes of seasons, one file a use case."""

from leitai.seasons.services.advancing import enter_advanced
from leitai.seasons.services.drawing import record_draw, record_resolution
from leitai.seasons.services.facts import FactReport, import_facts
from leitai.seasons.services.nominating import (
    NominationReport,
    RefusedPerson,
    confirm_entries,
    nominate,
)
from leitai.seasons.services.opening import (
    confirm_assumption,
    create_season,
    open_season,
    set_window,
)
from leitai.seasons.services.scoring import NewScore, confirm_scores, record_score, record_scores

__all__ = [
    "FactReport",
    "NewScore",
    "NominationReport",
    "RefusedPerson",
    "confirm_assumption",
    "confirm_entries",
    "confirm_scores",
    "create_season",
    "enter_advanced",
    "import_facts",
    "nominate",
    "open_season",
    "record_draw",
    "record_resolution",
    "record_score",
    "record_scores",
    "set_window",
]
