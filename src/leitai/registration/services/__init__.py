"""Writes of registrations, one file a use case."""

from leitai.registration.services.changing import (
    approve_change,
    ask_change,
    ask_withdrawal,
    decline_change,
)
from leitai.registration.services.filling_in import (
    Begun,
    Wanted,
    begin_registration,
    drop_registration,
    save_registration,
    submit_registration,
)
from leitai.registration.services.history import (
    bring_history,
    confirm_history,
    decide_doubt,
    drop_history,
)
from leitai.registration.services.listing import Listed, WantedMany, register_list
from leitai.registration.services.opening import open_scans, print_form
from leitai.registration.services.reviewing import (
    PassedMany,
    pass_many,
    pass_registration,
    refuse_registration,
    return_registration,
)
from leitai.registration.services.taking_back import recall_registration, remove_scan
from leitai.registration.services.teaming import TeamLines, save_team

__all__ = [
    "Begun",
    "Listed",
    "PassedMany",
    "TeamLines",
    "Wanted",
    "WantedMany",
    "approve_change",
    "ask_change",
    "ask_withdrawal",
    "begin_registration",
    "bring_history",
    "confirm_history",
    "decide_doubt",
    "decline_change",
    "drop_history",
    "drop_registration",
    "open_scans",
    "pass_many",
    "pass_registration",
    "print_form",
    "recall_registration",
    "refuse_registration",
    "register_list",
    "remove_scan",
    "return_registration",
    "save_registration",
    "save_team",
    "submit_registration",
]
