"""Writes of this room, one file a use case.

Compute, resolve ties, confirm, publish, declare final; correct with the effect in view; move up
reserves; take signed lists; name people to the level above and read its answer; the signed bundle.
"""

from leitai.results.effects import (
    Effect,
    MarkChange,
    Voiding,
    Withdrawal,
    preview_change,
    preview_renewal,
)
from leitai.results.services.answering import (
    AnswerSource,
    record_answer,
    settle_row,
    take_answer,
)
from leitai.results.services.bundling import write_bundle
from leitai.results.services.computing import compute_stage, mark_outdated, mark_stale
from leitai.results.services.correcting import Correction, propose_correction
from leitai.results.services.deciding import confirm_result, finalise_result, publish_result
from leitai.results.services.decisions import decide_award, resolve_by_decision
from leitai.results.services.moving import propose_moving_up
from leitai.results.services.refreshing import holds_from, refresh_stale
from leitai.results.services.reporting import Reported, drop_list, take_list
from leitai.results.services.resolving import resolve_by_draw, resolve_by_held_draw
from leitai.results.services.revising import revise
from leitai.results.services.telling import tell_published
from leitai.results.services.upward import (
    UpwardLine,
    begin_upward_list,
    freeze_upward_list,
    reopen_upward_list,
    send_upward_list,
    write_upward_list,
)

__all__ = [
    "AnswerSource",
    "Correction",
    "Effect",
    "MarkChange",
    "Reported",
    "UpwardLine",
    "Voiding",
    "Withdrawal",
    "begin_upward_list",
    "compute_stage",
    "confirm_result",
    "decide_award",
    "drop_list",
    "finalise_result",
    "freeze_upward_list",
    "holds_from",
    "mark_outdated",
    "mark_stale",
    "preview_change",
    "preview_renewal",
    "propose_correction",
    "propose_moving_up",
    "publish_result",
    "record_answer",
    "refresh_stale",
    "reopen_upward_list",
    "resolve_by_decision",
    "resolve_by_draw",
    "resolve_by_held_draw",
    "revise",
    "send_upward_list",
    "settle_row",
    "take_answer",
    "take_list",
    "tell_published",
    "write_bundle",
    "write_upward_list",
]
