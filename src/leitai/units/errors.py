"""What the organisation tree refuses, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "unit_code_form": _(
        "代码“%(code)s”不合格式。代码由字母和数字组成，可用短横连接，最长%(limit)s位。"
    ),
    "unit_code_twice": _("代码%(code)s重复，已在第%(first)s行出现。请删去一行。"),
    "unit_code_taken": _("代码%(code)s已由%(name)s使用。请换一个代码。"),
    "unit_place_code": _("地区应填写2至12位数字的行政区划代码，不能填“%(code)s”。"),
    "unit_codes_full": _("%(parent)s下的机构代码已经用完。请自行填写一个代码。"),
    "unit_name_empty": _("%(code)s没有名称。请填写名称。"),
    "unit_name_long": _("名称超过%(limit)s个字。请缩短。"),
    "unit_name_unseen": _("名称“%(name)s”中有空格或不可见的字符。请删去后重新填写。"),
    "unit_name_twice": _(
        "%(parent)s下已有在册的“%(name)s”（代码%(code)s）。请改用不同的名称，或先把两者合并。"
    ),
    "unit_name_same": _("名称没有变化，无须更名。"),
    "unit_level_unknown": _("不认识的层级“%(level)s”。可用：%(known)s。"),
    "unit_level_order": _("%(code)s的层级不在上级%(parent)s之下。请更正层级或上级。"),
    "unit_kind_unknown": _("不认识的类别“%(kind)s”。可用：%(known)s。"),
    "unit_body_kind_unknown": _("不认识的机构类型“%(kind)s”。可用：%(known)s。"),
    "unit_body_kind_place": _("%(code)s是地区，不能填写机构类型。请清空这一格，或把类别改为机构。"),
    "unit_window_unknown": _("窗口单位一格应填“是”或“否”，不能填“%(shown)s”。"),
    "unit_parent_unknown": _(
        "上级代码%(parent)s既不在文件中，也不在系统中。请先补上这个上级，或更正代码。"
    ),
    "unit_parent_body": _("上级%(parent)s是机构，下面不能再设地区。请更正上级。"),
    "unit_parent_closed": _("上级%(parent)s已撤销，下面不能再设单位。请更正上级。"),
    "unit_cycle": _("%(code)s经由上级绕回了自己：%(loop)s。请更正其中一个上级。"),
    "unit_too_deep": _("%(code)s的层次太深。请检查上级。"),
    "unit_unknown": _("没有代码为%(code)s的单位。请先导入单位，或更正代码。"),
    "unit_closed": _("%(name)s已经撤销，不能再办理。如需办理，请先恢复。"),
    "unit_not_closed": _("%(name)s仍然在册，无须恢复。"),
    "unit_merged_away": _("%(name)s已并入%(into)s，不能恢复。如需重新设立，请新增一个单位。"),
    "unit_move_inside": _("%(name)s不能移到自己或自己的下级%(to)s之下。请另选上级。"),
    "unit_move_same": _("%(name)s的上级已经是%(to)s，无须调整。"),
    "unit_merge_itself": _("%(name)s不能并入自己或自己的下级。请另选接收单位。"),
    "unit_merge_kind": _(
        "%(name)s与%(into)s的类别或层级不同，不能合并。请选择同类别、同层级的单位。"
    ),
    "unit_has_children": _(
        "%(name)s下还有%(count)s个在册单位，不能撤销。请先把下级调整到别处，或改用合并。"
    ),
    "unit_outside": _("%(code)s不在您管理的范围之内。请删去这一行，或联系其上级单位办理。"),
    "unit_reason_empty": _("没有填写原因。请写明依据，例如文号。"),
    "unit_import_unknown": _("没有这份待导入的文件，可能已超过24小时。请重新上传。"),
    "unit_import_running": _("这份文件正在办理，请稍候再看。"),
    "unit_import_broken": _("系统几次都未能办完，单位没有变动。请联系系统管理员，再重新上传。"),
    "unit_import_done": _("这份文件已经导入，不能重复导入。"),
    "unit_import_problems": _("文件中还有须更正的行，不能导入。请改好文件后重新上传。"),
    "unit_import_changed": _("预览之后单位已有变动，导入的结果将与预览不同。请核对新的预览。"),
    "delegation_units_missing": _(
        "%(under)s之下没有%(level)s的单位，无法组成代表队。请先导入单位。"
    ),
    "delegations_differ": _("赛季%(season)s的代表队已经建立，且与竞赛规则不同，不能再次建立。"),
    "delegation_twice": _("%(name)s在本赛季已经组成一支代表队。"),
    "delegation_part_twice": _("%(name)s已经列在%(delegation)s中。"),
    "delegation_part_unknown": _("没有找到这一项，可能刚被删去。请刷新页面。"),
    "delegation_part_base": _(
        "%(name)s是这支代表队的主体，不能单独删去。如不再组队，请删去整支代表队。"
    ),
    "delegation_carve_outside": _("%(name)s不在%(delegation)s的范围之内，无须划出。"),
    "delegation_in_use": _("%(name)s已有参赛人员，不能删去。请先办理撤回或更换。"),
    "delegation_overlap": _(
        "%(unit)s将同时计入%(first)s和%(second)s，人员会被重复计算。请先从其中一支划出。"
    ),
    "team_unknown": _("赛季%(season)s没有代码为%(code)s的代表队。"),
}
