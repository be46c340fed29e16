"""Reads of results: what each viewer may see, the tables, one's own, and why."""

from leitai.results.evidence import awarding_stage
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
from leitai.results.selectors.correcting import MarkPage, find_page, mark_page
from leitai.results.selectors.deciding import AwardPage, TiePage, award_page, awards_page, tie_page
from leitai.results.selectors.desk import desk_page
from leitai.results.selectors.frozen import frozen, frozen_for, visible_version
from leitai.results.selectors.halls import HallStanding, hall_standing
from leitai.results.selectors.honours import honours_of
from leitai.results.selectors.interventions import (
    Intervention,
    interventions,
    interventions_for,
)
from leitai.results.selectors.lists import (
    ListsPage,
    UpwardPage,
    answer_page,
    answer_row,
    competitor,
    entries_named,
    get_answer_for,
    get_list_for,
    get_upward_for,
    list_page,
    lists_page,
    person_meant,
    upward_page,
    upwards_page,
)
from leitai.results.selectors.moving import MovingPage, moving_page, places_given_up
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
    "AwardPage",
    "HallStanding",
    "Intervention",
    "Line",
    "ListsPage",
    "Mark",
    "MarkPage",
    "MovingPage",
    "OfficePage",
    "OwnResult",
    "PublicPage",
    "Sight",
    "Table",
    "Tie",
    "TiePage",
    "UpwardPage",
    "WaitingPage",
    "Why",
    "advancement_groups",
    "answer_page",
    "answer_row",
    "award_groups",
    "award_page",
    "awarding_stage",
    "awards_page",
    "competitor",
    "desk_page",
    "entries_named",
    "find_page",
    "frozen",
    "frozen_for",
    "get_answer_for",
    "get_list_for",
    "get_own_result_for",
    "get_result_for",
    "get_upward_for",
    "get_version",
    "hall_standing",
    "honours_of",
    "interventions",
    "interventions_for",
    "list_own_results_for",
    "list_page",
    "list_versions",
    "lists_page",
    "mark_page",
    "moving_page",
    "newest_result",
    "office_page",
    "open_ties",
    "person_meant",
    "person_table",
    "places_given_up",
    "public_page",
    "published_stages",
    "sight_of",
    "standing_result",
    "team_table",
    "tie_page",
    "tracks_of",
    "upward_page",
    "upwards_page",
    "visible_version",
    "waiting_page",
    "why",
]
