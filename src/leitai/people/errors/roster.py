"""What the roster refuses, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "person_unknown": _("没有代码为%(code)s的人员。请先登记，或更正代码。"),
    "person_code_form": _("人员代码“%(code)s”不合格式：用字母、数字和短横，最长%(limit)s位。"),
    "person_code_twice": _("人员代码%(code)s重复。每人一个代码。"),
    "person_name_empty": _("%(code)s没有姓名。请填写姓名。"),
    "person_name_long": _("%(code)s的姓名超过%(limit)s个字。请缩短。"),
    "person_account_taken": _("账号%(username)s已经属于另一人。"),
    "person_choice": _("%(field)s只能填写：%(known)s。"),
    "person_text_long": _("%(field)s超过%(limit)s个字。请缩短。"),
    "person_left": _("%(name)s已标记离岗。请先办理重新到岗。"),
    "person_guest_place": _("非本系统人员不填岗位类别和编制。请清空这两项，或去掉人员类别。"),
    "person_unit": _("您管理的范围内没有“%(unit)s”这个单位。请填写单位代码或全称。"),
    "name_empty": _("没有姓名。请填写姓名。"),
    "name_long": _("姓名超过%(limit)s个字。请核对是否填错了列。"),
    "name_control": _("姓名含有不可见的字符。请重新键入。"),
    "name_private": _("姓名中有一个字使用了造字编码，其他电脑无法显示。请用标准字重新输入。"),
    "id_number_form": _("身份证号码应为%(length)s位，前17位是数字，末位是数字或X。请核对。"),
    "id_number_birth": _("身份证号码第7至14位不是真实的出生日期。请核对。"),
    "id_number_check": _("身份证号码末位校验不符，可能有一位录错。请逐位核对。"),
    "phone_form": _("手机号码应为11位大陆手机号码。请核对。"),
    "staff_number_form": _("工号由字母、数字和短横组成，最长%(limit)s位。请核对。"),
    "bank_name_form": _("开户银行不超过%(limit)s个字，写明银行和支行的全称。请核对。"),
    "bank_account_form": _("银行账号应为%(least)s至%(most)s位数字。请核对。"),
    "personal_taken": _(
        "已登记在%(unit)s的%(name)s名下。同一人调动的，请办理调动；不是同一人的，请核对号码。"
    ),
    "personal_taken_elsewhere": _(
        "已登记在其他单位。本人确已调来的，请申请调入；不是同一人的，请核对号码。"
    ),
    "personal_twice": _("%(field)s在名单中出现两次。请核对。"),
    "personal_empty": _("没有登记%(field)s，或已按规定删除。"),
    "reveal_reason": _("请写明查看原因，不超过%(limit)s个字。查看会记入操作留痕。"),
    "reveal_many": _("一次最多调取%(limit)s人的个人号码。请分批办理。"),
    "posting_day_order": _("%(name)s的现任职自%(since)s起，日期应在其后。请更正日期。"),
    "posting_day_ahead": _("日期晚于今天。请在当天或之后办理。"),
    "transfer_same_unit": _("%(name)s已在%(unit)s，不必调动。"),
    "transfer_open": _("%(name)s已有一份待确认的调入申请。请等调出单位确认，或先撤回原申请。"),
    "transfer_closed": _("这份调入申请已经办结。"),
    "transfer_expired": _("这份调入申请已过期。请调入单位重新申请。"),
    "transfer_moved": _("%(name)s已不在%(unit)s，这份申请不能再确认。请退回，由调入单位重新申请。"),
    "transfer_not_found": _("没有找到姓名和号码都相符的人员。请核对姓名和号码，或作为新人登记。"),
    "transfer_reason": _("请写明调入原因，不超过%(limit)s个字。"),
    "unit_has_people": _("%(unit)s还有%(count)s人在岗。请先办理调动或离岗，再撤销单位。"),
    "roster_day_ahead": _("花名册只能确认到今天为止的日期。请更正日期。"),
    "roster_empty": _("%(unit)s在%(day)s没有在岗人员。请先登记人员，再确认花名册。"),
    "roster_changed": _("预览之后人员有变动。请重新核对后再确认。"),
    "search_number": _("这里只按姓名查找，号码会留在网址里。请到“人员”页按号码查找。"),
    "import_none": _("没有读到人员。请从第二行起每人一行。"),
    "import_expired": _("这份导入已超过24小时，已删除。请重新上传。"),
    "import_running": _("这份导入正在办理或已经办结，不必重复确认。"),
    "import_broken": _("导入多次中断，已经停止。已导入的不会重复，请重新上传。"),
    "import_unit_missing": _("没有单位代码，也没有单位名称。请至少填写一项。"),
    "import_unit_unknown": _("您管理的范围内没有代码为%(code)s的单位。请核对单位代码。"),
    "import_unit_name": _("您管理的范围内没有名为“%(name)s”的单位。请核对名称，或改填单位代码。"),
    "import_unit_several": _("名为“%(name)s”的单位有%(count)s个。请改填单位代码。"),
    "import_unit_differs": _("代码%(code)s的单位是%(name)s，与单位名称不符。请更正其中一项。"),
    "import_choice": _("“%(text)s”不在选项内。请填写：%(known)s。"),
    "import_date": _("“%(text)s”不是日期。请按2026-09-01的格式填写。"),
    "import_row_twice": _("与第%(first)s行重复。请删去一行。"),
    "import_name_ids": _(
        "同一文件里，同单位或同出生日期的“%(name)s”已有%(limit)s个不同的身份证号码。"
        "请核对；确是不同的人，请在人员页面逐一登记。"
    ),
    "import_two_people": _("号码分属两名已登记的人员。请逐项核对。"),
    "import_name_differs": _("这个号码登记的姓名不是“%(name)s”。请核对姓名和号码。"),
    "import_id_differs": _("同名人员登记的身份证号码与此不同。请核对。"),
    "import_same_name": _("%(unit)s已有同名人员。请在预览页选择是否同一人，或补上身份证号码。"),
    "import_same_name_row": _("与第%(first)s行同单位同名，号码不足以区分。请补上身份证号码。"),
    "import_phone_other": _("手机号码已登记在另一人名下。请核对。"),
    "import_pending": _("已有待确认的调入申请。"),
    "import_row_changed": _("预览之后情况有变，这一行没有导入：%(why)s"),
    "merge_same": _("请选择两条不同的人员记录。"),
    "merge_accounts": _(
        "%(name)s的两个账号都担任过职务或办理过事项，合并会丢失其中一个的经历。请联系系统管理员。"
    ),
    "merge_guarded": _(
        "%(name)s（%(code)s）的职务不由您任命，不能由您合并。请上级或系统管理员办理。"
    ),
    "merge_ids_differ": _("两条记录的身份证号码不同，不能合并。请先更正号码。"),
}
