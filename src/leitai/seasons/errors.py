"""What the seasons' room refuses, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "season_unknown": _("没有代码为%(season)s的赛季。"),
    "season_exists": _("赛季代码%(season)s已被使用。请换一个代码。"),
    "season_code_form": _(
        "赛季代码“%(season)s”不合格式：用字母、数字、短横和下划线，最长%(limit)s位。"
    ),
    "season_closed": _("赛季%(season)s已经结束，不能再办理。"),
    "season_not_open": _("赛季%(season)s尚未启动。请先确认待定事项、填好日程并启动赛季。"),
    "season_assumptions_open": _(
        "还有%(count)s个待定事项没有确认：%(names)s。请逐项确认后再启动。"
    ),
    "season_windows_missing": _("还没有填写日程：%(names)s。请填好后再启动。"),
    "season_delegations_missing": _("还没有建立代表队。请先导入单位并建立代表队。"),
    "season_teams_short": _(
        "%(stage)s应有%(teams)s支代表队晋级，可晋级的代表队只有%(have)s支。请核对竞赛规则和代表队。"
    ),
    "assumption_unknown": _("竞赛规则中没有待定事项“%(key)s”。"),
    "window_unknown": _("竞赛规则的日程中没有“%(name)s”。"),
    "window_backwards": _("%(title)s的结束时间应在开始时间之后。请更正。"),
    "window_deviates": _("%(title)s与竞赛规则的日期不符（%(words)s）。如确需调整，请填写原因。"),
    "stage_not_nomination": _("%(stage)s不是报送名单的阶段。"),
    "track_needed": _("%(stage)s有多个赛项，请指明报送哪一个：%(tracks)s。"),
    "nomination_early": _("%(stage)s尚未开始报送，开始时间是%(opens)s。"),
    "nomination_late": _("%(stage)s的报送已经截止，截止时间是%(closes)s。请联系组委会办公室。"),
    "nomination_confirmed": _("%(delegation)s的名单已经确认，不能再报送。"),
    "quota_full": _(
        "%(delegation)s的名额是%(limit)s人，已报送%(standing)s人，本次%(wanted)s人超出名额。请减少人数。"
    ),
    "person_foreign": _("%(name)s（%(code)s）所在单位不属于%(delegation)s。请更正名单。"),
    "person_entered": _("%(name)s（%(code)s）已由%(delegation)s报送。一人只能代表一个代表队。"),
    "person_listed_twice": _("%(code)s在名单中出现了两次。请删去一次。"),
    "entries_scored": _("%(entries)s在%(stage)s已有成绩，不能取消晋级。请先由监督仲裁组处理。"),
    "score_places": _("%(entry)s的成绩应为%(expected)s位小数，实为%(got)s位。"),
    "score_out_of_range": _("%(entry)s的成绩%(value)s不在0到%(max)s之间。"),
    "score_keys": _("%(entry)s带有科目“%(event)s”没有的比较项：%(keys)s。"),
    "score_repeated": _("%(entry)s在同一批成绩中出现了两次。"),
    "score_status": _("%(entry)s的状态“%(status)s”不合规定。"),
    "fact_kind_unknown": _("不认识的类别“%(kind)s”。可用：%(known)s。"),
    "fact_empty": _("“%(column)s”一格是空的。请填写。"),
    "fact_long": _("“%(column)s”一格超过%(limit)s个字。请缩短。"),
    "fact_number": _("“%(value)s”不是数字。积分请写成1000或1000.5这样的形式。"),
    "fact_date": _("“%(value)s”不是日期。请写成2022-06-10这样的形式。"),
    "fact_backwards": _("终止日期早于起始日期。请更正。"),
    "fact_twice": _("与第%(first)s行相同。请删去一行。"),
    "fact_differs": _("同一来源已登记为“%(value)s”，与本行不同。如要更正，请注明新的来源。"),
    "draw_key": _("抽签的公开数据不能为空。请填写全体见证的数据。"),
    "draw_differs": _("处理结果与抽签记录不一致。请按抽签结果的次序填写。"),
    "resolution_twice": _("处理结果中有重复的编号：%(entries)s。请更正。"),
    "resolution_how": _("不认识的处理方式“%(how)s”。"),
    "resolution_draw": _("以抽签处理同分，须先登记抽签。"),
}
