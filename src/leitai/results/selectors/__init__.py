"""Reads of results: what each viewer may see, the tables, one's own, and why."""

from leitai.results.selectors.access import (
    Sight,
    get_result_for,
    get_version,
    list_versions,
    newest_result,
    published_stages,
    sight_of,
    standing_result,
)
from leitai.results.selectors.boards import (
    Line,
    Mark,
    Table,
    advancement_groups,
    award_groups,
    person_table,
    team_table,
    tracks_of,
)
from leitai.results.selectors.own import OwnResult, get_own_result_for, list_own_results_for
from leitai.results.selectors.pages import (
    OfficePage,
    PublicPage,
    WaitingPage,
    office_page,
    public_page,
    waiting_page,
)
from leitai.results.selectors.reasons import Why, why
from leitai.results.selectors.ties import Tie, open_ties

__all__ = [
    "Line",
    "Mark",
    "OfficePage",
    "OwnResult",
    "PublicPage",
    "Sight",
    "Table",
    "Tie",
    "WaitingPage",
    "Why",
    "advancement_groups",
    "award_groups",
    "get_own_result_for",
    "get_result_for",
    "get_version",
    "list_own_results_for",
    "list_versions",
    "newest_result",
    "office_page",
    "open_ties",
    "person_table",
    "public_page",
    "published_stages",
    "sight_of",
    "standing_result",
    "team_table",
    "tracks_of",
    "waiting_page",
    "why",
]
