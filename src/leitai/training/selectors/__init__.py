"""Reads of training groups."""

from leitai.training.selectors.access import (
    Sight,
    get_group_of_desk,
    get_season_of_desk,
    get_session_of_desk,
    sight_of,
    sight_of_leader,
)
from leitai.training.selectors.attendance import (
    Roll,
    Sheet,
    get_session,
    page_of_leaves,
    roll_of,
    sheet_of,
)
from leitai.training.selectors.desk import Desk, GroupPage, desk_of, group_page
from leitai.training.selectors.marks import MarksPage, board_of, marks_page
from leitai.training.selectors.own import Mine, OwnPage, mine, own_page
from leitai.training.selectors.plan import PlanDay, plan_of
from leitai.training.selectors.rosters import RosterPage, roster_page, source_words
from leitai.training.selectors.weakness import WeakPage, weak_page

__all__ = [
    "Desk",
    "GroupPage",
    "MarksPage",
    "Mine",
    "OwnPage",
    "PlanDay",
    "Roll",
    "RosterPage",
    "Sheet",
    "Sight",
    "WeakPage",
    "board_of",
    "desk_of",
    "get_group_of_desk",
    "get_season_of_desk",
    "get_session",
    "get_session_of_desk",
    "group_page",
    "marks_page",
    "mine",
    "own_page",
    "page_of_leaves",
    "plan_of",
    "roll_of",
    "roster_page",
    "sheet_of",
    "sight_of",
    "sight_of_leader",
    "source_words",
    "weak_page",
]
