"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.ledger.acts import Act

_OF_STAGE = ngettext_lazy("%(stage)s %(count)s人", "%(stage)s %(count)s人", "count")

ACTS = {
    "season.created": Act(_("建立赛季"), _("竞赛规则 %(rulebook)s")),
    "season.opened": Act(_("启动赛季")),
    "assumption.confirmed": Act(_("确认待定事项"), "%(question)s"),
    "calendar.set": Act(_("填写日程"), "%(title)s"),
    "calendar.deviated": Act(_("调整日程"), _("%(title)s，原因：%(reason)s")),
    "facts.imported": Act(_("导入资格信息"), _("%(source)s，新增%(added)s条")),
    "entries.nominated": Act(
        _("报送名单"), _("%(delegation)s %(accepted)s人，未通过%(refused)s人")
    ),
    "entries.confirmed": Act(_("确认名单"), _OF_STAGE),
    "entries.advanced": Act(_("晋级名单"), _OF_STAGE),
    "scores.recorded": Act(_("登记成绩"), _OF_STAGE),
    "scores.confirmed": Act(_("锁定得分"), _OF_STAGE),
    "draw.recorded": Act(_("抽签"), _("次序：%(outcome)s")),
    "resolution.recorded": Act(_("处理同分"), _("%(stage)s %(order)s")),
    "delegations.made": Act(_("建立代表队"), _("共%(count)s个")),
    "units.imported": Act(_("导入单位"), _("新增%(added)s，变更%(changed)s")),
    "role.appointed": Act(_("任命"), "%(role)s %(unit)s"),
    "account.created": Act(_("建立账号"), "%(username)s"),
    "people.registered": Act(_("登记人员")),
}
