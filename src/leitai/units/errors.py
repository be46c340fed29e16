"""What the organisation tree refuses, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "unit_code_form": _(
        "代码“%(code)s”不合格式。代码由字母和数字组成，可用短横连接，最长%(limit)s位。"
    ),
    "unit_code_twice": _("代码%(code)s重复，已在第%(first)s行出现。请删去一行。"),
    "unit_name_empty": _("%(code)s没有名称。请填写名称。"),
    "unit_name_long": _("名称超过%(limit)s个字。请缩短。"),
    "unit_level_unknown": _("不认识的层级“%(level)s”。可用：%(known)s。"),
    "unit_level_order": _("%(code)s的层级不在上级%(parent)s之下。请更正层级或上级。"),
    "unit_kind_unknown": _("不认识的类别“%(kind)s”。可用：%(known)s。"),
    "unit_parent_unknown": _(
        "上级代码%(parent)s既不在文件中，也不在系统中。请先补上这个上级，或更正代码。"
    ),
    "unit_parent_body": _("上级%(parent)s是机构，下面不能再设地区。请更正上级。"),
    "unit_cycle": _("%(code)s经由上级绕回了自己：%(loop)s。请更正其中一个上级。"),
    "unit_too_deep": _("%(code)s的层次太深。请检查上级。"),
    "unit_unknown": _("没有代码为%(code)s的单位。请先导入单位，或更正代码。"),
    "delegation_units_missing": _(
        "%(under)s之下没有%(level)s的单位，无法组成代表队。请先导入单位。"
    ),
    "delegations_differ": _("赛季%(season)s的代表队已经建立，且与竞赛规则不同，不能再次建立。"),
    "team_unknown": _("赛季%(season)s没有代码为%(code)s的代表队。"),
}
