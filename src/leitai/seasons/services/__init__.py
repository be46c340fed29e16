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
from leitai.seasons.services.closing import close_season, propose_reopening
from leitai.seasons.services.common import demand_unclosed
from leitai.seasons.services.contesting import (
    drop_contest,
    follow_exam,
    found_contest,
    open_contest,
    set_paper,
    set_people,
    set_time,
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
from leitai.seasons.services.examining import enter_exam, found_exam
from leitai.seasons.services.facts import FactReport, NewFact, import_facts, record_facts
from leitai.seasons.services.feeding import drop_feed, make_feed
from leitai.seasons.services.founding import offices_of, propose_first_office
from leitai.seasons.services.localising import plan_local, read_results, report_local
from leitai.seasons.services.nominating import (
    NominationReport,
    RefusedPerson,
    confirm_entries,
    nominate,
    take_seat,
)
from leitai.seasons.services.opening import (
    confirm_assumption,
    create_season,
    open_season,
)
from leitai.seasons.services.preparing import begin_season, make_bodies, make_teams
from leitai.seasons.services.reminding import holders_of, remind_due
from leitai.seasons.services.restating import restate_facts
from leitai.seasons.services.scheduling import set_reminders, set_window
from leitai.seasons.services.scoring import (
    NewScore,
    OtherMark,
    confirm_scores,
    correct_score,
    correct_scores,
    record_reported,
    record_score,
    record_scores,
    wrong_scores,
)
from leitai.seasons.services.teaming import NewTeam, change_team, enter_team
from leitai.seasons.services.withdrawing import refuse_entry, replace_entry, withdraw_entry

__all__ = [
    "DrawPlan",
    "FactReport",
    "NewFact",
    "NewScore",
    "NewTeam",
    "NominationReport",
    "OtherMark",
    "RefusedPerson",
    "Witness",
    "add_item",
    "adopt_draft",
    "answer_abort",
    "ask_abort",
    "begin_draft",
    "begin_season",
    "change_team",
    "close_hand_draw",
    "close_season",
    "commit_secret",
    "compute_draw",
    "confirm_assumption",
    "confirm_entries",
    "confirm_scores",
    "correct_call",
    "correct_score",
    "correct_scores",
    "create_season",
    "demand_unclosed",
    "drop_contest",
    "drop_draft",
    "drop_feed",
    "enter_advanced",
    "enter_exam",
    "enter_public",
    "enter_team",
    "follow_exam",
    "found_contest",
    "found_exam",
    "found_season",
    "freeze_draw",
    "holders_of",
    "import_facts",
    "key_call",
    "make_bodies",
    "make_feed",
    "make_teams",
    "move_item",
    "nominate",
    "offices_of",
    "open_contest",
    "open_hand_draw",
    "open_season",
    "plan_draw",
    "plan_local",
    "propose_first_office",
    "propose_reopening",
    "publish_draw",
    "read_results",
    "rebase_draft",
    "record_draw",
    "record_facts",
    "record_reported",
    "record_resolution",
    "record_score",
    "record_scores",
    "redo_draft",
    "refuse_entry",
    "remind_due",
    "remove_item",
    "replace_entry",
    "report_local",
    "restate_facts",
    "restore_draft",
    "reveal_secret",
    "revise_draft",
    "save_sheet",
    "set_paper",
    "set_people",
    "set_reminders",
    "set_time",
    "set_window",
    "take_seat",
    "tell_later",
    "undo_draft",
    "withdraw_entry",
    "write_draft",
    "wrong_scores",
]
