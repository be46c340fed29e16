"""The sentences of this room's refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "training_dates": _("结束日期早于开始日期。请更正。"),
    "training_outside": _("%(day)s不在集训期内（%(starts)s至%(ends)s）。请更正日期。"),
    "training_times": _("结束时间须晚于开始时间。请更正。"),
    "training_shrunk": _("%(day)s已有日程安排，集训期不能不包含这一天。请先改日程。"),
    "training_link": _(
        "材料第%(row)s行“%(text)s”不完整。请写成“名称 网址”，网址以https://、http://或“/”开头。"
    ),
    "training_links_many": _("一项日程最多附%(limit)s份材料。请精简。"),
    "training_state": _("“%(title)s”现在是“%(state)s”，不能这样办理。请刷新页面后再看。"),
    "training_empty": _("还没有学员，不能开班。请先选定学员。"),
    "training_unplanned": _("还没有日程，不能开班。请先排好日程。"),
    "training_leaderless": _("还没有带班负责人，不能开班。请先指定至少1人。"),
    "training_nobody": _("没有选中任何人。请勾选后再确定。"),
    "training_many": _("一个集训班最多%(limit)s人，现要增加%(count)s人，超出了。请分班。"),
    "training_reason": _("请填写退出的原因（不超过%(limit)s字）。"),
    "training_person": _("没有找到“%(name)s”，或同名的不止一人。请填写人员代码。"),
    "training_leader_twice": _("%(name)s已经是带班负责人。"),
    "training_future": _("这项日程还没有到日子（%(day)s），不能登记考勤。"),
    "training_presence": _("没有这种考勤。请从列出的四种中选择。"),
    "training_leave_reason": _("请填写请假的事由。"),
    "training_leave_past": _("请假的日期已经过去。事后补假请联系带班负责人，由其在考勤中登记。"),
    "training_leave_twice": _("这几天已经请过假。请等批复，或先撤回原来的申请。"),
    "training_leave_decided": _("这份请假已经办理。请刷新页面后再看。"),
    "training_leave_answer": _("不准假的，请写明理由，学员可以看到。"),
    "training_no_board": _("这个集训班没有公布排名。"),
}
