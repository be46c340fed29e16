"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.ledger.acts import Act

_OF_STAGE = ngettext_lazy("%(stage)s %(count)s人", "%(stage)s %(count)s人", "count")

ACTS = {
    "season.created": Act(_("建立赛季"), _("竞赛规则 %(rulebook)s")),
    "season.opened": Act(_("启动赛季")),
    "season.closed": Act(_("结束赛季"), "%(reason)s"),
    "season.reopened": Act(_("重新开启赛季"), _("原因：%(reason)s")),
    "season.followed": Act(_("建立下一赛季"), _("赛季%(season)s，竞赛规则%(rulebook)s")),
    "rules.adopted": Act(_("采用新版规则"), _("第%(number)s版，原因：%(reason)s")),
    "assumption.confirmed": Act(_("确认待定事项"), "%(question)s"),
    "calendar.set": Act(_("填写日程"), "%(title)s"),
    "calendar.deviated": Act(_("调整日程"), _("%(title)s，原因：%(reason)s")),
    "facts.recorded": Act(_("登记资格信息"), _("%(source)s，新增%(added)s条")),
    "calendar.own": Act(_("调整一队的日程"), _("%(delegation)s的%(title)s，原因：%(reason)s")),
    "calendar.reminders": Act(_("设置到期提醒"), _("提前%(days)s天")),
    "contest.founded": Act(_("办本地比赛"), "%(title)s"),
    "contest.dropped": Act(_("撤销本地比赛"), "%(title)s"),
    "contest.people": Act(_("确定参赛名单"), _("共%(count)s人")),
    "local.planned": Act(_("安排选拔"), _("%(delegation)s的%(stage)s，%(how)s")),
    "local.reported": Act(_("报送选拔成绩"), _("%(delegation)s的%(stage)s，共%(count)s人")),
    "local.corrected": Act(_("更正选拔成绩"), _("%(delegation)s的%(stage)s，共%(count)s人")),
    "facts.imported": Act(_("导入资格信息"), _("%(source)s，新增%(added)s条")),
    "entries.nominated": Act(
        _("报送名单"), _("%(delegation)s %(accepted)s人，未通过%(refused)s人")
    ),
    "entries.confirmed": Act(_("确认名单"), _OF_STAGE),
    "entries.advanced": Act(_("晋级名单"), _OF_STAGE),
    "team.entered": Act(_("登记参赛队"), _("%(delegation)s，%(team)s")),
    "team.changed": Act(_("修改参赛队"), _("%(delegation)s，%(team)s")),
    "entry.withdrawn": Act(_("退赛"), _("%(stage)s %(entry)s，原因：%(reason)s")),
    "entry.replaced": Act(_("更换参赛人员"), _("%(entry)s → %(by)s，原因：%(reason)s")),
    "entry.refused": Act(_("审核不通过"), _("%(stage)s %(entry)s，原因：%(reason)s")),
    "entries.moved": Act(_("随人员合并转移报名"), _("%(from)s → %(into)s")),
    "scores.recorded": Act(_("登记成绩"), _OF_STAGE),
    "score.corrected": Act(_("更正成绩"), _("%(stage)s %(entry)s，原因：%(reason)s")),
    "scores.confirmed": Act(_("锁定得分"), _OF_STAGE),
    "draw.planned": Act(_("准备抽签"), _("第%(number)s号，%(purpose)s")),
    "draw.party_committed": Act(_("提交抽签承诺"), _("第%(number)s号，%(party)s")),
    "draw.committed": Act(_("发布抽签清单"), _("第%(number)s号，清单哈希%(hash)s")),
    "draw.frozen": Act(_("冻结抽签名单"), _("第%(number)s号，共%(count)s个，名单哈希%(hash)s")),
    "draw.revealed": Act(_("公开抽签秘密数"), _("第%(number)s号，%(party)s")),
    "draw.sourced": Act(_("登记抽签公开数字"), _("第%(number)s号，见证人%(witnesses)s")),
    "draw.recorded": Act(_("抽签"), _("次序：%(outcome)s")),
    "draw.opened": Act(_("开始人工抽签"), _("第%(number)s号，%(purpose)s，共%(count)s个")),
    "draw.called": Act(_("录入人工抽签"), _("第%(number)s号，第%(seq)s条，%(member)s")),
    "draw.corrected": Act(_("更正人工抽签"), _("第%(number)s号，%(member)s，原因：%(reason)s")),
    "draw.abort_asked": Act(_("提请终止抽签"), _("第%(number)s号，原因：%(reason)s")),
    "draw.aborted": Act(_("终止抽签"), _("第%(number)s号，原因：%(reason)s")),
    "draw.abort_declined": Act(_("不同意终止抽签"), _("第%(number)s号，原提请原因：%(reason)s")),
    "resolution.recorded": Act(_("处理同分"), _("%(stage)s %(order)s")),
    "delegations.made": Act(_("建立代表队"), _("共%(count)s个")),
    "units.imported": Act(_("导入单位"), _("新增%(added)s，变更%(changed)s")),
    "account.created": Act(_("建立账号"), "%(username)s"),
}
