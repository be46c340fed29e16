"""The sentences of this room's refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "orders_thing_unknown": _("这份通知中没有这一项。请刷新页面。"),
    "orders_template_unknown": _("没有这个通知模板。请重新选择，或从空白开始。"),
    "orders_season_draft": _("本赛季尚未开启，不能下发通知。请先开启赛季。"),
    "orders_not_draft": _("这份通知已经下发，不能再修改或删去。需要变更的，请下发补充通知。"),
    "orders_not_sent": _("这份通知尚未下发。请先下发。"),
    "orders_closed": _("这份通知已经办结，不再办理。如有疑问，请联系%(issuer)s。"),
    "orders_title_empty": _("没有填写标题。请填写。"),
    "orders_nobody": _("还没有选择接收单位。请至少选择一个。"),
    "orders_nothing_found": _("没有符合条件的单位。请换一个层级或类别。"),
    "orders_unit_outside": _("%(name)s不在%(issuer)s的下级之中，不能发给它。请另选单位。"),
    "orders_too_many": _("接收单位超过%(limit)s个。请分次下发，或由下级转发。"),
    "orders_things_many": _("报送事项超过%(limit)s项。请合并或分成两份通知。"),
    "orders_thing_title": _("第%(number)s项没有名称。请填写，或删去这一项。"),
    "orders_form_missing": _("“%(title)s”没有选择竞赛规则中的表格。请选择，或改为其他类型。"),
    "orders_form_gone": _("竞赛规则中没有“%(title)s”所用的表格。请联系下发单位。"),
    "orders_columns_empty": _("“%(title)s”没有写明要填的栏目。请每行写一栏。"),
    "orders_column_wrong": _("第%(number)s行“%(line)s”看不明白。请写成“栏目”或“栏目*：类型”。"),
    "orders_column_twice": _("栏目“%(title)s”重复。请删去一行，或换个名称。"),
    "orders_columns_many": _("栏目超过%(limit)s个。请精简。"),
    "orders_due_past": _("“%(title)s”的期限已经过去。请改为今后的时间。"),
    "orders_due_after_above": _(
        "“%(title)s”的期限晚于上级要求的%(limit)s。请提前，留出汇总的时间。"
    ),
    "orders_not_signed": _("请先签收，再报送。"),
    "orders_handed_in_empty": _("没有填写任何内容。请填写后再报送。"),
    "orders_hand_in_wrong": _("“%(title)s”还有须更正的地方，未能报送。请按提示改好后再报送。"),
    "orders_files_many": _("文件超过%(limit)s个。请合并后再报送。"),
    "orders_list_empty": _("表格中没有一行内容。请填写后再上传。"),
    "orders_list_long": _("名单超过%(limit)s行。请分次报送。"),
    "orders_already_accepted": _("“%(title)s”已经通过，不能再改。如需更正，请下发单位先退回。"),
    "orders_waiting": _("“%(title)s”已报送，正在审核。如需更正，请下发单位先退回。"),
    "orders_decided": _("这一版已经审核，或已有更新的一版。请刷新页面。"),
    "orders_own_hand_in": _("这一版由您本人报送，不能再由您本人审核。请由另一名人员办理。"),
    "orders_reason_empty": _("没有填写退回原因。请写明要改什么。"),
    "orders_mend_past": _("重新报送期限已经过去。请改为今后的时间。"),
    "orders_nobody_missing": _("所有单位都已办理，无须催办。"),
    "orders_reminded_today": _("今天已经催办过，请明天再催，或电话联系。"),
    "orders_supplement_empty": _("补充通知没有写正文，也没有调整期限。请至少填写一项。"),
    "orders_supplement_same": _("“%(title)s”的期限没有变化。请改为新的时间，或留空。"),
    "orders_pass_on_twice": _("%(name)s已经转发过这份通知。请在“通知报送”中打开。"),
    "orders_pass_on_nobody": _("%(name)s没有下级单位，无须转发。"),
    "orders_gather_none": _("下级单位还没有审核通过的材料，无法汇总。请先审核下级报送的材料。"),
    "orders_gather_form": _("“%(title)s”由本单位填写一份，不由下级汇总。"),
}
