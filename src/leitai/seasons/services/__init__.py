"""Writes of seasons, one file a use case."""

from leitai.seasons.services.adopting import adopt_draft, found_season
from leitai.seasons.services.advancing import enter_advanced
from leitai.seasons.services.changing import (
    add_item,
    move_item,
    remove_item,
    save_sheet,
    tell_later,
)
from leitai.seasons.services.drafting import (
    begin_draft,
    drop_draft,
    rebase_draft,
    redo_draft,
    restore_draft,
    revise_draft,
    undo_draft,
    write_draft,
)
from leitai.seasons.services.draw_by_hand import (
    close_hand_draw,
    correct_call,
    key_call,
    open_hand_draw,
)
from leitai.seasons.services.draw_common import Witness
from leitai.seasons.services.draw_deciding import (
    answer_abort,
    ask_abort,
    compute_draw,
    enter_public,
    reveal_secret,
)
from leitai.seasons.services.draw_planning import (
    DrawPlan,
    commit_secret,
    freeze_draw,
    plan_draw,
    publish_draw,
)
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
    "DrawPlan",
    "FactReport",
    "NewScore",
    "NominationReport",
    "RefusedPerson",
    "Witness",
    "add_item",
    "adopt_draft",
    "answer_abort",
    "ask_abort",
    "begin_draft",
    "close_hand_draw",
    "commit_secret",
    "compute_draw",
    "confirm_assumption",
    "confirm_entries",
    "confirm_scores",
    "correct_call",
    "create_season",
    "drop_draft",
    "enter_advanced",
    "enter_public",
    "found_season",
    "freeze_draw",
    "import_facts",
    "key_call",
    "move_item",
    "nominate",
    "open_hand_draw",
    "open_season",
    "plan_draw",
    "publish_draw",
    "rebase_draft",
    "record_draw",
    "record_resolution",
    "record_score",
    "record_scores",
    "redo_draft",
    "remove_item",
    "restore_draft",
    "reveal_secret",
    "revise_draft",
    "save_sheet",
    "set_window",
    "tell_later",
    "undo_draft",
    "write_draft",
]
