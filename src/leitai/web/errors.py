"""What the pages that put rooms together refuse, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "contest_roster": _("名单里没有可以收入的人，原因见下表。改好后请重新导入。"),
    "contest_items_short": _("这种题只有%(have)s题，不够出%(count)s题。请减少题数或补充题库。"),
    "contest_questions": _("还没有题库。请先导入试题。"),
    "contest_no_scores": _("还没有一个人有成绩，不能排名。请等阅卷完成或先导入成绩。"),
    "practice_exam_points": _("各题分值合计%(have)s分，应为%(full)s分。请调整题数或分值。"),
    "practice_exam_banks": _("还没有选定练习题库，无法组卷。请先在“练习题库”里加入题库。"),
    "contest_score": _("成绩“%(score)s”不合格式，或小数位数过多。请写成86或86.5这样的形式。"),
    "contest_score_nobody": _("参赛名单中没有“%(name)s”。请核对姓名，或填写参赛编号。"),
    "contest_score_several": _("参赛名单中有几个“%(name)s”。请填写参赛编号。"),
}
