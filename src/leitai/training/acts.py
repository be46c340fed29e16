"""How this room's acts are called in the ledger. Of why somebody was away it says nothing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.ledger.acts import Act
from leitai.training.enums import LeaveState

_STATES = dict(LeaveState.choices)

ACTS = {
    "training.opened": Act(_("集训班开班"), _("%(title)s，%(starts)s至%(ends)s")),
    "training.closed": Act(_("集训班结束"), _("%(title)s")),
    "training.joined": Act(
        _("确定集训学员"),
        ngettext_lazy(
            "%(title)s：%(count)s人，依据：%(source)s",
            "%(title)s：%(count)s人，依据：%(source)s",
            "count",
        ),
    ),
    "training.left": Act(_("学员退出集训"), _("%(title)s，原因：%(reason)s")),
    "training.leave": Act(
        _("审批集训请假"), _("%(first)s至%(last)s：%(state)s"), words={"state": _STATES.get}
    ),
    "training.board": Act(_("改变集训班内排名的公布"), _("%(title)s")),
    "training.exported": Act(_("导出集训考勤表"), _("%(title)s")),
}
