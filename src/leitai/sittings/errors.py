"""What this room refuses, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "exam_times": _("交卷时间必须晚于开考时间。请更正考试的起止时间。"),
    "exam_event_unknown": _("竞赛规则的%(stage)s没有考试科目%(event)s。"),
    "exam_running": _("考试已经开始，不能再编排座位。"),
    "exam_empty": _("%(stage)s还没有参赛选手，无法编排座位。请先确认参赛名单。"),
    "sittings_none": _("没有可以办理的答卷：所选答卷都已结束。"),
    "extension_range": _("延时须在1秒到%(limit)s分钟之间。"),
    "paper_open_already": _("试卷“%(title)s”已经启封，无需再办理。"),
    "reason_missing": _("请填写原因，它会记入操作留痕。"),
}
