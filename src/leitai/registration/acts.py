"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.ledger.acts import Act
from leitai.registration.enums import ChangeKind, Kind, LineState

_KIND = {"kind": lambda value: Kind(value).label}
_VERDICT = {"verdict": lambda value: LineState(value).label}
_WHAT = {"what": lambda value: ChangeKind(value).label}

ACTS = {
    "registration.barred": Act(_("报名未获受理"), _("%(delegation)s，%(bars)s")),
    "registration.begun": Act(_("开始填报报名表"), _("%(delegation)s，%(kind)s"), words=_KIND),
    "registration.submitted": Act(_("提交报名表"), _("%(delegation)s，%(kind)s"), words=_KIND),
    "registration.returned": Act(_("退回报名表"), _("%(delegation)s，原因：%(reason)s")),
    "registration.passed": Act(_("资格审核通过"), _("%(delegation)s，%(kind)s"), words=_KIND),
    "registration.refused": Act(_("资格审核不通过"), _("%(delegation)s，原因：%(reason)s")),
    "registration.dropped": Act(_("删去报名草稿"), _("%(delegation)s")),
    "registration.listed": Act(
        _("整批报名"),
        ngettext_lazy("%(delegation)s，%(count)s人", "%(delegation)s，%(count)s人", "count"),
    ),
    "registration.passed_many": Act(
        _("批量通过资格审核"),
        ngettext_lazy("%(delegation)s，%(count)s人", "%(delegation)s，%(count)s人", "count"),
    ),
    "registration.recalled": Act(_("撤回报名表修改"), _("%(delegation)s，%(kind)s"), words=_KIND),
    "registration.unsealed": Act(_("撤下盖章件"), _("%(delegation)s，%(file)s")),
    "registration.opened": Act(_("查看报名盖章件"), _("%(delegation)s，原因：%(reason)s")),
    "registration.printed": Act(
        _("打印报名表"),
        _("%(delegation)s，%(kind)s"),
        _("打印的报名表含完整号码，由打印人妥善保管。"),
        words=_KIND,
    ),
    "registration.withdrawn": Act(_("撤下报名"), _("%(delegation)s，%(kind)s"), words=_KIND),
    "registration.forgotten": Act(
        _("到期清除报名材料"),
        ngettext_lazy("报名表%(count)s份", "报名表%(count)s份", "count"),
        _("清除填写内容、照片、盖章件和往届名单中的身份证号；报名、审核的结果保留。"),
    ),
    "change.asked": Act(_("申请变更名单"), _("%(entry)s，%(what)s，原因：%(reason)s"), words=_WHAT),
    "change.approved": Act(_("同意变更申请"), _("%(entry)s，%(what)s"), words=_WHAT),
    "change.declined": Act(
        _("不同意变更申请"), _("%(entry)s，%(what)s，原因：%(reason)s"), words=_WHAT
    ),
    "history.imported": Act(_("导入往届名单"), _("%(source)s，共%(total)s条，待核对%(doubts)s条")),
    "history.decided": Act(
        _("核对往届名单"), _("%(source)s第%(row)s行，%(verdict)s"), words=_VERDICT
    ),
}
