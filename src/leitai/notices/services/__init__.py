"""Writes of this room: notices, objections, rulings."""

from leitai.notices.services.drafting import (
    Draft,
    draft_notice,
    drop_notice,
    open_notice,
    publish_notice,
    revise_notice,
    take_down,
)
from leitai.notices.services.erasing import erase_objectors
from leitai.notices.services.filing import Claim, Filed, file_appeal, file_objection
from leitai.notices.services.handling import (
    accept_objection,
    merge_objection,
    note_handling,
    refuse_objection,
    reveal_objector,
)
from leitai.notices.services.ruling import Decision, follow_versions, propose_ruling

__all__ = [
    "Claim",
    "Decision",
    "Draft",
    "Filed",
    "accept_objection",
    "draft_notice",
    "drop_notice",
    "erase_objectors",
    "file_appeal",
    "file_objection",
    "follow_versions",
    "merge_objection",
    "note_handling",
    "open_notice",
    "propose_ruling",
    "publish_notice",
    "refuse_objection",
    "reveal_objector",
    "revise_notice",
    "take_down",
]
