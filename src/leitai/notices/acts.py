"""How this room's acts are called in the ledger. Of who objected it says nothing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.ledger.acts import Act
from leitai.notices.enums import Outcome, RemedyKind

_KINDS = dict(RemedyKind.choices)
_OUTCOMES = dict(Outcome.choices)

ACTS = {
    "notice.opened": Act(
        _("发布公示公告"),
        _("%(title)s，名单%(rows)s行"),
        _("摘要是发布时名单的SHA-256，可与存档的名单核对。"),
    ),
    "notice.taken_down": Act(_("撤下公示公告"), _("%(title)s，原因：%(reason)s")),
    "objection.filed": Act(_("收到异议或申诉"), _("%(kind)s"), words={"kind": _KINDS.get}),
    "objection.accepted": Act(_("受理异议或申诉"), _("%(kind)s"), words={"kind": _KINDS.get}),
    "objection.refused": Act(_("不予受理异议或申诉"), _("%(kind)s"), words={"kind": _KINDS.get}),
    "objection.handled": Act(_("登记异议办理情况"), _("%(kind)s"), words={"kind": _KINDS.get}),
    "objection.merged": Act(_("合并处理异议"), _("并入第%(into)s号")),
    "objection.revealed": Act(
        _("查看异议人身份"),
        _("原因：%(reason)s"),
        _("异议人的姓名、电话和单位加密保存，办理人每看一次都留痕。"),
    ),
    "objection.erased": Act(
        _("清除异议人身份"), ngettext_lazy("共%(count)s件", "共%(count)s件", "count")
    ),
    "entry.restored": Act(_("恢复参赛"), _("%(stage)s %(entry)s，原因：%(reason)s")),
    "objection.ruled": Act(
        _("作出异议处理决定"),
        _("%(outcome)s；变动%(changes)s项"),
        words={"outcome": _OUTCOMES.get},
    ),
}
