"""The sentences of this room's refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXTS: dict[str, StrOrPromise] = {
    "practice_off": _("赛季%(season)s的竞赛规则没有岗位练兵。"),
    "practice_not_joined": _("您还没有参加本赛季的岗位练兵。请先打开“今天”页。"),
    "practice_minutes": _("每日学习时间应在%(least)s至%(most)s分钟之间。"),
    "practice_act_unknown": _("竞赛规则里没有练兵项目%(act)s。请查看赛季规则的“岗位练兵”部分。"),
    "practice_act_bad": _("练兵记录%(act)s不能计入：%(said)s"),
    "practice_learner_unknown": _("没有编号为%(learner)s的学员。请从学员名单里选择。"),
    "practice_record_unknown": _("%(day)s没有这条练兵记录。请从积分明细里选择。"),
    "practice_reason_missing": _("请写明理由，学员会看到。"),
    "cards_layout": _("学习记忆的存储格式%(layout)s无法识别。请由运维人员从练习记录重建。"),
    "practice_bank_sealed": _("题库“%(bank)s”是竞赛题库，不能用于练习。请先公开，或另选题库。"),
    "merge_learners_clash": _(
        "%(name)s的两份人员记录在赛季%(season)s都有练兵积分，不能合并。请待赛季结束后再合并。"
    ),
    "suspicion_state": _("这条线索现在是“%(state)s”，不能再这样办理。请刷新页面。"),
    "suspicion_appealed": _("这条线索已经申诉过一次，结论为最终结论。"),
    "suspicion_same_officer": _("作出原结论的人不能办理申诉。请由办公室另一人办理。"),
    "suspicion_check_bare": _("请写明现场抽查的日期、地点和监督人。"),
    "outside_source_empty": _("请写明数据来自哪个平台。"),
    "outside_late": _("截止日期%(said)s晚于今天。请核对。"),
    "outside_running": _("这份数据正在读取或登记，请等待完成后再办理。"),
    "outside_broken": _(
        "读取或登记时程序多次中断，已停止。已登记的行有效，请重新上传同一文件补齐。"
    ),
    "outside_rows": _("一次最多导入%(most)s行，本表有%(count)s行。请拆分后分次导入。"),
    "outside_nobody": _("身份证号、手机号、单位都没有填写，无法对应到人。请至少填写一项。"),
    "outside_title_unknown": _("竞赛规则没有用到称号“%(said)s”。可填：%(known)s。"),
    "outside_ledger_unknown": _("竞赛规则没有用到积分项目“%(said)s”。可填：%(known)s。"),
    "outside_ledger_missing": _("填写了积分，没有填写积分项目。可填：%(known)s。"),
    "outside_points_missing": _("填写了积分项目，没有填写积分。"),
    "outside_points_form": _("“%(said)s”不是积分。请写成1000或1000.5这样的形式。"),
    "outside_contest_unknown": _("竞赛规则没有用到参赛经历“%(said)s”。可填：%(known)s。"),
    "outside_year": _("参赛年份“%(said)s”不是年份。请写成2021这样的四位数字。"),
    "outside_date": _("“%(said)s”不是日期。请写成2022-06-05这样的形式。"),
    "outside_twice": _(
        "与第%(first)s行是同一个人的“%(key)s”，一行为“%(one)s”，一行为“%(other)s”。请核对后保留一行。"
    ),
    "outside_differs": _(
        "“%(key)s”已按同一平台、同一日期登记为“%(stands)s”，本次为“%(said)s”。"
        "请核对；确需更正的，请以新的截止日期导入。"
    ),
    "outside_decided": _("这一行已由他人确认。请刷新页面。"),
    "outside_person": _("请从列出的人员中选择，或选“不是以上任何人”。"),
    "practice_exam_times": _("截止时间须晚于开始时间和现在。请改时间。"),
    "practice_exam_over": _("“%(title)s”已经截止，不能再改截止时间。需要补考的，请另设一场考试。"),
    "practice_exam_reason": _("还没有填写原因。请写明为什么改截止时间。"),
    "practice_exam_closing": _("新的截止时间须晚于现在，并与原来的不同。请改时间。"),
    "practice_exam_begun": _("“%(title)s”已有人参加，不能撤销。"),
    "practice_exam_person": _(
        "这个账号还没有对应的人员，考试成绩没有人可记。您是工作人员的，请所在单位的管理员把账号对应到"
        "您的人员信息后再来；社会公众可以参加日常练习和对战。"
    ),
    "practice_exam_closed": _("“%(title)s”现在不能开始作答。请在开放时间内参加。"),
    "practice_exam_tries": _("规则规定本期“%(title)s”最多参加%(most)s次，您的次数已用完。"),
    # Why a set of answers could not be read; an officer sees these beside the set.
    "set_learner": _("答题人没有登记为学员。"),
    "set_body": _("答题内容无法读取。"),
    "set_item": _("题组里的第%(n)s题不在练习题库里。"),
    "set_answer_stray": _("答了题组里没有的第%(n)s题。"),
    "set_practice_off": _("赛季%(season)s的竞赛规则没有岗位练兵。"),
    "set_act": _("竞赛规则不接受这次答题：%(said)s"),
}
