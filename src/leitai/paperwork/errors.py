"""The sentences of this room's refusals, and those of files that are filled."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "template_file_large": _("文件过大。模板不超过%(limit)s MB；请删去图片等无关内容后再上传。"),
    "template_file_broken": _(
        "打不开这份文件，可能已损坏、设有密码，或扩展名与内容不符。请用WPS或Word另存为docx或xlsx后再上传。"
    ),
    "template_file_macros": _("文件里有宏，不能用作模板。请另存为不含宏的docx或xlsx后再上传。"),
    "template_file_active": _(
        "文件里有嵌入的对象或自动执行的内容（%(part)s），不能用作模板。请删去后再上传。"
    ),
    "template_file_external": _(
        "文件会从外部取用内容（%(target)s），不能用作模板。请改为直接填写的内容后再上传。"
    ),
    "template_file_cells": _("表格超过%(limit)s个单元格。请删去末尾带格式的空行空列后再上传。"),
    "template_file_rows": _("名单超过%(limit)s行，一份表格放不下。请按代表队分别导出。"),
    "paperwork_file_kind": _("模板须是docx或xlsx文件。旧版doc、xls请先另存为新格式。"),
    "paperwork_no_fields": _(
        "没有在文件里找到标记。请在要填写的位置写上双花括号和字段名，如{{姓名}}，再上传。"
    ),
    "paperwork_title_empty": _("请填写模板名称。"),
    "paperwork_stage_needed": _("请选择从哪个阶段取名单。"),
    "paperwork_form_needed": _("请选择按哪张报送表填写。"),
    "paperwork_no_rows": _("“%(title)s”目前没有可以填写的对象。名单确认或表格报送之后再导出。"),
    "paperwork_row_gone": _("没有找到要填写的对象，可能名单已经变动。请重新选择。"),
    "paperwork_no_result": _("%(stage)s的成绩尚未确认，暂不能生成%(title)s。请先确认成绩。"),
    "paperwork_no_awards": _("奖项尚未确定，暂不能生成%(title)s。请先确认%(stage)s的成绩。"),
    "paperwork_awards_none": _(
        "按竞赛规则和现有成绩没有产生奖项。规则另行规定奖项的，请先在竞赛规则中补充，再重新计算成绩。"
    ),
    "paperwork_no_entries": _("%(stage)s还没有参赛名单，暂不能生成%(title)s。"),
    "paperwork_no_staff": _("本赛季还没有任命的工作人员，暂不能生成工作证。请先办理任命。"),
    "paperwork_nothing_to_pay": _("没有发放对象。请先确认奖项，或选择有任命人员的职责。"),
    "paperwork_amount": _("%(what)s的金额须是不小于零、最多两位小数的数。"),
    "paperwork_amount_missing": _("请填写%(what)s的金额。"),
    "paperwork_tax": _("代扣税率须在0到100之间。"),
    "paperwork_export_gone": _("文件已超过保留期限或不在服务器上。请重新生成。"),
    "paperwork_export_failed": _("生成时程序出错，已连续%(tries)s次未成功。请联系系统运维人员。"),
    "paperwork_many": _("一次最多导出%(limit)s份含个人号码的材料。请按代表队分批导出。"),
    "paperwork_glyphs": _("“%(text)s”中的“%(character)s”字库中没有，PDF里会是空框。"),
    "paperwork_costs_long": _("经费承担说明不超过%(limit)s个字。"),
}
