"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leitai.base.words import listed
from leitai.ledger.acts import Act

ACTS: dict[str, Act] = {
    "judging.planned": Act(_("设置评委评分"), _("%(title)s，共%(count)s名选手")),
    "judging.dropped": Act(_("撤销评委评分"), "%(title)s"),
    "judging.ordered": Act(_("确定出场顺序"), _("%(title)s，%(how)s")),
    "judging.seated": Act(_("聘请评委"), _("%(title)s，%(judge)s号评委%(name)s")),
    "judging.unseated": Act(
        _("评委离席"), _("%(title)s，%(judge)s号评委%(name)s，原因：%(reason)s")
    ),
    "judging.recused": Act(_("评委回避"), _("%(title)s，%(judge)s号评委回避%(entry)s：%(why)s")),
    "judging.change_asked": Act(
        _("申请替换评委"), _("%(title)s，%(out)s由%(into)s替换，原因：%(reason)s")
    ),
    "judging.changed": Act(_("替换评委"), _("%(title)s，%(out)s由%(into)s替换，%(decision)s")),
    "judging.called": Act(_("点名并冻结评分规则"), _("%(title)s，规则%(rules)s")),
    "judging.moved": Act(_("候赛登记"), _("%(title)s，%(entry)s：%(state)s%(reason)s")),
    "judging.timed": Act(_("登记用时"), _("%(title)s，%(entry)s：%(seconds)s秒%(reason)s")),
    "judging.counted": Act(_("登记扣分和加分"), _("%(title)s，%(entry)s：%(what)s，%(reason)s")),
    "judging.submitted": Act(
        _("提交评分表"), _("%(title)s，%(judge)s号评委对%(entry)s的评分表，第%(version)s版")
    ),
    "judging.reopened": Act(
        _("准许更正评分表"), _("%(title)s，%(judge)s号评委对%(entry)s的评分表，原因：%(reason)s")
    ),
    "judging.withdrawn": Act(
        _("评分表作废"), _("%(title)s，%(judge)s号评委对%(entry)s的评分表，原因：%(reason)s")
    ),
    "judging.keyed": Act(
        _("录入纸质评分表"),
        _("%(title)s，%(judge)s号评委对%(entry)s的评分表，录入人：%(keyers)s"),
        words={"keyers": listed},
    ),
    "judging.frozen": Act(_("封存展示材料"), _("%(title)s，共%(count)s份")),
    "judging.cards": Act(_("分配情景卡"), "%(title)s"),
    "judging.tallied": Act(_("统分"), _("%(title)s，共%(count)s人，统分表摘要%(digest)s")),
    "judging.checked": Act(_("复核统分"), _("%(title)s，统分表摘要%(digest)s")),
    "judging.announced": Act(_("宣布得分"), _("%(title)s，共%(count)s人")),
    "judging.closed": Act(_("评分入库"), _("%(title)s，共%(count)s人")),
    "judging.corrected": Act(_("更正入库成绩"), _("%(title)s，共%(count)s人，原因：%(reason)s")),
}
