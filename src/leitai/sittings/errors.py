"""What this room refuses, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "exam_times": _("交卷时间必须晚于开考时间。请更正考试的起止时间。"),
    "exam_event_unknown": _("竞赛规则的%(stage)s没有考试科目%(event)s。"),
    "exam_paper_unknown": _("本赛季没有代码为%(paper)s的试卷。请从列表中选择。"),
    "exam_paper_unfit": _(
        "试卷“%(paper)s”的题数和分值与竞赛规则中%(event)s的试卷结构不符。请另选，或重新组卷。"
    ),
    "exam_paper_opened": _("试卷“%(paper)s”已经启封，不能再用。请另选，或重新组卷。"),
    "exam_paper_used": _("试卷“%(paper)s”已用于“%(exam)s”。一份试卷只用于一场考试，请另选。"),
    "exam_past": _("开考时间已过。请改为以后的时间。"),
    "exam_minutes": _("竞赛规则规定答题时间为%(minutes)s分钟。请按规则安排，或先修改竞赛规则。"),
    "exam_window_missing": _("日程“%(window)s”还没有填写。请先在“日程”中填写。"),
    "exam_outside_window": _(
        "考试不在日程“%(window)s”的时间（%(span)s）之内。请更正考试时间，或先调整日程。"
    ),
    "exam_same_time": _("时间没有变化，不必改期。"),
    "exam_begun": _("已到开考时间，不能改期或取消。请在监考台办理延时或收卷。"),
    "exam_cancelled": _("这场考试已经取消，不能再办理。请另行安排考试。"),
    "papers_count": _("一次组卷1到%(most)s份。请更正份数。"),
    "papers_by_hand": _(
        "%(event)s的试卷结构含有简答、论述或案例题，题库不能自动组卷。请改用外部报送成绩的办法。"
    ),
    "papers_banks": _("请至少选择一个题库。"),
    "exam_running": _("考试已经开始，不能再编排座位。"),
    "exam_empty": _("%(stage)s还没有参赛选手，无法编排座位。请先确认参赛名单。"),
    "sittings_none": _("没有可以办理的答卷：所选答卷都已结束。"),
    "extension_range": _("延时须在1秒到%(limit)s分钟之间。"),
    "paper_open_already": _("试卷“%(title)s”已经启封，无需再办理。"),
    "reason_missing": _("请填写原因，它会记入操作留痕。"),
}
