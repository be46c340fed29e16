"""Reads of seasons: the season and its rules, its entries and facts, what the engine needs."""

from leitai.seasons.selectors.drawing import draw_holds, list_draws, list_resolutions
from leitai.seasons.selectors.entering import (
    entries_of,
    get_entry,
    list_entries,
    list_entries_of_person,
)
from leitai.seasons.selectors.inputs import DecisionInputs, decision_inputs, facts_of
from leitai.seasons.selectors.overview import OfficePage, PublicPage, office_page, public_page
from leitai.seasons.selectors.pages import (
    calendar_page,
    get_season_for,
    get_season_of_office,
    may_run,
    rules_page,
)
from leitai.seasons.selectors.progress import NextUp, next_up
from leitai.seasons.selectors.seasons import (
    current_windows,
    get_season,
    get_stage,
    host_path,
    list_assumptions,
    list_seasons,
    open_assumptions,
    parse,
    rulebook_of,
    window_of,
)

__all__ = [
    "DecisionInputs",
    "NextUp",
    "OfficePage",
    "PublicPage",
    "calendar_page",
    "current_windows",
    "decision_inputs",
    "draw_holds",
    "entries_of",
    "facts_of",
    "get_entry",
    "get_season",
    "get_season_for",
    "get_season_of_office",
    "get_stage",
    "host_path",
    "list_assumptions",
    "list_draws",
    "list_entries",
    "list_entries_of_person",
    "list_resolutions",
    "list_seasons",
    "may_run",
    "next_up",
    "office_page",
    "open_assumptions",
    "parse",
    "public_page",
    "rulebook_of",
    "rules_page",
    "window_of",
]
