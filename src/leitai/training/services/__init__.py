"""Writes of this room: groups, members, the plan, attendance, leave, mock papers."""

from leitai.training.services.attending import mark_attendance, mark_rest
from leitai.training.services.grouping import (
    Frame,
    add_leader,
    close_group,
    create_group,
    edit_group,
    open_group,
    remove_leader,
)
from leitai.training.services.joining import add_members, remove_member
from leitai.training.services.leaving import ask_leave, decide_leave, withdraw_leave
from leitai.training.services.planning import (
    Part,
    add_practice,
    create_session,
    drop_session,
    edit_session,
    remove_mock,
)

__all__ = [
    "Frame",
    "Part",
    "add_leader",
    "add_members",
    "add_practice",
    "ask_leave",
    "close_group",
    "create_group",
    "create_session",
    "decide_leave",
    "drop_session",
    "edit_group",
    "edit_session",
    "mark_attendance",
    "mark_rest",
    "open_group",
    "remove_leader",
    "remove_member",
    "remove_mock",
    "withdraw_leave",
]
