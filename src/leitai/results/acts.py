"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leitai.ledger.acts import Act

ACTS = {
    "result.computed": Act(_("计算成绩"), _("%(stage)s 第%(version)s版")),
    "result.confirmed": Act(_("确认成绩"), _("%(stage)s 第%(version)s版")),
    "result.published": Act(_("公布成绩"), _("%(stage)s 第%(version)s版")),
    "result.finalised": Act(_("成绩定稿"), _("%(stage)s 第%(version)s版")),
    "reserves.moved": Act(_("递补"), "%(stage)s %(entries)s"),
    "score_list.taken": Act(_("导入成绩单"), _("%(stage)s 第%(number)s号，%(reported)s报送")),
    "score_list.recorded": Act(_("成绩单入库"), _("%(stage)s 第%(number)s号，%(reported)s报送")),
    "score_list.dropped": Act(_("作废成绩单"), _("%(stage)s 第%(number)s号，%(reported)s报送")),
    "upward.begun": Act(_("建立报送名单"), "%(title)s"),
    "upward.written": Act(_("编制报送名单"), _("%(title)s，共%(count)s人")),
    "upward.frozen": Act(_("报送名单定稿"), _("%(title)s，共%(count)s人")),
    "upward.reopened": Act(_("报送名单退回编制"), "%(title)s"),
    "upward.sent": Act(_("报送名单已报送"), _("%(title)s，共%(count)s人")),
    "answer.taken": Act(_("导入上级结果"), _("%(title)s，%(count)s行，依据%(source)s")),
    "answer.settled": Act(_("辨认上级结果"), _("%(title)s 第%(line)s行")),
    "answer.recorded": Act(_("登记上级结果"), _("%(title)s，新增%(count)s条，依据%(source)s")),
    "bundle.written": Act(_("生成结果包"), "%(file)s"),
}
