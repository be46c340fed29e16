"""What the bank refuses, as sentences, and how a row's problem becomes one."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitai.base.errors import text_of
from leitai.base.words import listed
from leitai.interchange import RowProblem
from leitai.kernel.errors import Problem
from leitai.ledger.acts import Act

TEXTS = {
    # The file as a whole
    "file_too_large": _("文件超过%(limit)s MB。请拆分后分次导入。"),
    "unpacked_too_large": _("文件展开后超过%(limit)s MB。请删去图片和空白区域，另存后再试。"),
    "too_many_rows": _("表格超过%(limit)s行。请删去末尾带格式的空行，或拆分后分次导入。"),
    "too_many_columns": _("表格超过%(limit)s列。请删去右侧带格式的空列后再试。"),
    "kind_unknown": _("不认识文件“%(name)s”的类型。请另存为.xlsx或UTF-8编码的.csv。"),
    "unreadable": _(
        "无法读取文件（%(detail)s）。文件可能已损坏、设了密码，或扩展名与内容不符；请用表格软件打开后另存为.xlsx。"
    ),
    "csv_broken": _("第%(line)s行附近引号没有成对，无法继续读取。请用表格软件打开后另存。"),
    "empty": _("文件里没有内容。请确认选对了文件。"),
    "several_sheets": _("有几张工作表像是题库：%(sheets)s。请每个文件只留一张。"),
    "missing_columns": _(
        "缺少列：%(missing)s。现有列：%(found)s。请在表头补上，或把列名改成题库格式的名称。"
    ),
    "column_repeated": _("有两列都表示“%(name)s”。请只保留一列。"),
    "no_rows": _("表头之下没有试题。请确认选对了文件。"),
    "nothing_good": _("%(rows)s行试题都缺题型或答案，没有可以导入的。请补齐后再导入。"),
    # A row
    "stem_empty": _("题干为空。请补上题干，或删去整行。"),
    "type_empty": _("题型为空，该行进入待修清单。"),
    "unknown_type": _("不认识题型“%(type)s”。可用：单选、多选、判断、填空。"),
    "key_empty": _("答案为空，该行进入待修清单。"),
    "key_unreadable": _(
        "读不懂答案“%(key)s”。选择题写选项字母（如AC），填空题各空用；分开、同一空的几种写法用|分开。"
    ),
    "key_letter_unknown": _(
        "答案“%(key)s”中的%(letters)s没有对应的选项，本题选项只有%(options)s。请更正答案或补上选项。"
    ),
    "key_not_for_type": _(
        "答案“%(key)s”不合题型“%(type)s”：单选题只能有一个字母，判断题写对或错。请更正答案或题型。"
    ),
    "blanks_differ": _("题干画了%(drawn)s个空，答案却有%(given)s个：“%(key)s”。请核对。"),
    "option_empty": _("中间缺了这个选项（最后一个选项是%(last)s）。请补上，或把后面的选项前移。"),
    "too_few_options": _("选择题至少要有两个选项，现有%(count)s个。请补上选项。"),
    "option_not_for_type": _("题型“%(type)s”不应有这样的选项。请删去选项，或更正题型。"),
    "option_repeated": _("选项%(letter)s与选项%(same)s相同，请核对原题。"),
    "basis_incomplete": _("依据不全：法律、版本、条款、引文要么都填，要么都不填。"),
    "too_long": _("共%(length)s字，超过%(limit)s字的上限。请缩短。"),
    "control_character": _("含有不可见的控制字符。请删去后重新输入这一格。"),
    "cell_not_text": _(
        "这一格是数值或日期，按“%(text)s”读取。百分数、日期请先把单元格设为文本再核对。"
    ),
    "duplicate_in_file": _("与第%(first)s行重复（题干和选项相同）。请删去其中一行。"),
    "duplicate_in_bank": _(
        "题库第%(number)s题已是同一道题，但%(differs)s不同。请先核对；更正答案须走试题修订，不能靠重新导入。"
    ),
    # Banks and papers
    "bank_code_form": _("题库代码“%(code)s”不合格式：1—64个字，不能含斜杠，也不能是import。"),
    "bank_kind": _(
        "题库“%(code)s”是%(kind)s，不能按另一类导入。请改选%(kind)s，或换一个题库代码。"
    ),
    "bank_plain": _("题库“%(code)s”已经是练习题库。"),
    "bank_on_sealed_paper": _(
        "题库“%(code)s”的试题在尚未启封的试卷“%(paper)s”上，现在不能转为练习题库。请在启封后再办理。"
    ),
    "bank_reason_missing": _("请写明转为练习题库的原因，它会记入操作留痕。"),
    "report_live": _("竞赛题库的试题不在这里纠错。请向组委会办公室反映。"),
    "report_words_missing": _("请写明问题在哪里。"),
    "report_open": _("您对这道题的纠错还在处理中，答复后可以再提。"),
    "report_answer_missing": _("请写明答复，提出纠错的学员会看到。"),
    "report_answered": _("这条纠错已经答复。请刷新页面。"),
    "bank_unknown": _("没有代码为“%(code)s”的题库。"),
    "file_changed": _("确认时的文件与预览时的不同。请重新预览。"),
    "paper_items_short": _(
        "“%(type)s”需要%(needed)s题（%(papers)s份试卷），题库里还没用过的只有%(available)s题。请先补充试题。"
    ),
    "paper_exists": _("试卷代码“%(code)s”已经用过。请换一个代码。"),
    "paper_parts_missing": _("考试“%(event)s”在竞赛规则中没有试卷结构，无法组卷。"),
    "paper_codes": _("试卷代码和标题应一一对应且不重复。"),
    "points_too_fine": _("每题%(points)s分超过两位小数，无法组卷。请更正竞赛规则。"),
}

ACTS = {
    "items.imported": Act(
        _("导入试题"),
        _("%(file)s：新增%(added)s题，修订%(revised)s题，待修%(repaired)s行"),
    ),
    "bank.published": Act(
        _("竞赛题库转为练习题库"), _("%(title)s，共%(items)s题，原因：%(reason)s")
    ),
    "report.answered": Act(_("答复试题纠错"), _("第%(number)s题：%(state)s")),
    "paper.opened": Act(_("试卷启封"), _("%(title)s，到开考时间启封")),
    "paper.opened_early": Act(_("试卷提前启封"), _("%(title)s，原因：%(reason)s")),
    "paper.sealed": Act(_("组卷并封存"), _("%(title)s，共%(items)s题")),
}


def as_problem(name: str, problem: RowProblem) -> Problem:
    """A row's problem with its place in the reader's words: file, row, column."""
    place = {"file": name, "row": problem.row, "column": problem.column}
    if problem.row and problem.column:
        where = gettext("%(file)s 第%(row)s行“%(column)s”") % place
    elif problem.row:
        where = gettext("%(file)s 第%(row)s行") % place
    else:
        where = name
    return Problem(where, problem.code, _joined(problem))


def sentence_of(problem: RowProblem) -> str:
    """The problem without its place, for a table that has columns for that."""
    return text_of(Problem("", problem.code, _joined(problem)))


def _joined(problem: RowProblem) -> dict[str, object]:
    return {
        key: listed(value) if isinstance(value, tuple) else value
        for key, value in problem.data.items()
    }
