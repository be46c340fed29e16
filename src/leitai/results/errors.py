"""What results refuse, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "result_blocked": _("有%(count)s处同分影响晋级或奖项，尚未处理。请先抽签，再确认。"),
    "result_not_preview": _("这一版成绩已是“%(state)s”，不能再次确认。"),
    "result_not_confirmed": _("这一版成绩是“%(state)s”，确认之后才能公布。"),
    "result_superseded": _("第%(version)s版之后已有第%(latest)s版。请办理最新一版。"),
    "result_stale": _("计算之后成绩有变动。请重新计算，核对后再办理。"),
    "result_tie_unknown": _("这一版没有第%(number)s处待处理的同分。请刷新页面后再办理。"),
    "result_not_resolved_by_draw": _("这处同分按竞赛规则须由“%(needs)s”决定，不能抽签。"),
    "result_not_neighbours": _("没有找到要比较的两方。请从名次表中相邻的两行进入。"),
    "result_stage_before": _("%(before)s的成绩尚未确认，或有变动待重新计算。请先办理前一阶段。"),
    "result_empty": _("%(stage)s还没有任何成绩或名单，不能确认。"),
    "result_draw_numbers": _("请填写公开数字，只用数字，以逗号或空格分开。"),
    "result_draw_waits": _(
        "这些选手已有第%(number)s号抽签，须用它的结果，不能另抽。请选“用已有的抽签”。"
    ),
    "result_draw_none": _("没有名单与这处同分完全一致的抽签。请先在“抽签”中办理。"),
    "result_draw_unfinished": _("第%(number)s号抽签尚未完成。请抽完再处理同分。"),
    "bundle_not_confirmed": _("%(stage)s的成绩尚未确认，暂不能生成结果包。"),
}
