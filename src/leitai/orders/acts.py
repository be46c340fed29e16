"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.ledger.acts import Act

ACTS = {
    "orders.sent": Act(
        _("下发通知"),
        ngettext_lazy("%(title)s，发给%(count)s个单位", "%(title)s，发给%(count)s个单位", "count"),
        _("接收单位即可签收、报送，其管理员已收到待办消息。"),
    ),
    "orders.supplemented": Act(
        _("下发补充通知"),
        _("%(title)s：%(changes)s"),
        _("原定期限仍可查阅；此后按调整后的期限判断是否逾期。"),
    ),
    "orders.signed": Act(_("签收通知"), _("%(unit)s：%(title)s")),
    "orders.handed_in": Act(
        _("报送材料"),
        _("%(unit)s：%(thing)s，第%(version)s版"),
        _("每一版都保留；重新报送不覆盖以前的。"),
    ),
    "orders.returned": Act(
        _("退回报送材料"), _("%(unit)s：%(thing)s，第%(version)s版，原因：%(reason)s")
    ),
    "orders.accepted": Act(_("通过报送材料"), _("%(unit)s：%(thing)s，第%(version)s版")),
    "orders.reminded": Act(
        _("催办"),
        ngettext_lazy("%(title)s，%(count)s个单位", "%(title)s，%(count)s个单位", "count"),
    ),
    "orders.closed": Act(
        _("办结通知"), _("%(title)s"), _("此后不再接收签收和报送，也不再计为待办。")
    ),
    "orders.forgotten": Act(
        _("到期清除报送材料"),
        ngettext_lazy("报送材料%(count)s份", "报送材料%(count)s份", "count"),
        _("清除身份证号、电话、邮箱和上传的文件（存档材料除外）；报送、审核的经过和其他内容保留。"),
    ),
    "orders.exported": Act(
        _("导出报送内容"),
        _("%(title)s：%(thing)s"),
        _("导出的文件含各单位报送的个人信息，由导出人妥善保管。"),
    ),
}
