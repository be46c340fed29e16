"""Writes of accounts, people and appointments."""

from leitai.people.services.accounts import (
    create_account,
    end_other_sessions,
    set_password,
    sync_login_names,
)
from leitai.people.services.activating import Choice, activate, name_oneself, open_slip
from leitai.people.services.administrators import propose_administrator
from leitai.people.services.appointing import (
    account_for_appointing,
    account_of,
    appoint,
    appoint_person,
    end_appointment,
)
from leitai.people.services.committees import (
    appoint_member,
    close_committee,
    create_committee,
    name_unit,
    remove_unit,
)
from leitai.people.services.consenting import agree
from leitai.people.services.importing import (
    ImportReport,
    confirm_import,
    drop_import,
    import_people,
    start_import,
)
from leitai.people.services.linking import record_link
from leitai.people.services.merging import merge_people
from leitai.people.services.passes import (
    Card,
    issue_pass,
    new_device,
    release_device,
    use_pass,
    withdraw_pass,
)
from leitai.people.services.personal import erase_personal, reveal, set_personal
from leitai.people.services.registering import (
    NewPerson,
    create_people,
    create_person,
    new_code,
    register,
)
from leitai.people.services.resetting import reset_password
from leitai.people.services.revealing import reveal_many
from leitai.people.services.rostering import confirm_roster
from leitai.people.services.second_steps import propose_reset
from leitai.people.services.serving import change_own_phone, change_person, come_back, leave
from leitai.people.services.slips import Issued, issue_slips, issue_unit_slip
from leitai.people.services.transferring import (
    approve_transfer,
    file_transfer,
    refuse_transfer,
    transfer_person,
    withdraw_transfer,
)

__all__ = [
    "Card",
    "Choice",
    "ImportReport",
    "Issued",
    "NewPerson",
    "account_for_appointing",
    "account_of",
    "activate",
    "agree",
    "appoint",
    "appoint_member",
    "appoint_person",
    "approve_transfer",
    "change_own_phone",
    "change_person",
    "close_committee",
    "come_back",
    "confirm_import",
    "confirm_roster",
    "create_account",
    "create_committee",
    "create_people",
    "create_person",
    "drop_import",
    "end_appointment",
    "end_other_sessions",
    "erase_personal",
    "file_transfer",
    "import_people",
    "issue_pass",
    "issue_slips",
    "issue_unit_slip",
    "leave",
    "merge_people",
    "name_oneself",
    "name_unit",
    "new_code",
    "new_device",
    "open_slip",
    "propose_administrator",
    "propose_reset",
    "record_link",
    "refuse_transfer",
    "register",
    "release_device",
    "remove_unit",
    "reset_password",
    "reveal",
    "reveal_many",
    "set_password",
    "set_personal",
    "start_import",
    "sync_login_names",
    "transfer_person",
    "use_pass",
    "withdraw_pass",
    "withdraw_transfer",
]
