"""What the people's room refuses, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "account_unknown": _("没有登录名为%(username)s的账号。"),
    "account_taken": _("登录名%(username)s已被使用。请换一个。"),
    "account_name_form": _(
        "登录名“%(username)s”不合格式：用字母、数字、短横和下划线，最长%(limit)s位。"
    ),
    "password_weak": _("密码至少%(least)s位。请换一个更长的。"),
    "person_unknown": _("没有代码为%(code)s的人员。请先登记，或更正代码。"),
    "person_code_form": _("人员代码“%(code)s”不合格式：用字母、数字和短横，最长%(limit)s位。"),
    "person_code_twice": _("人员代码%(code)s重复。每人一个代码。"),
    "person_name_empty": _("%(code)s没有姓名。请填写姓名。"),
    "person_name_long": _("%(code)s的姓名超过%(limit)s个字。请缩短。"),
    "person_account_taken": _("账号%(username)s已经属于另一人。"),
    "role_unknown": _("没有“%(role)s”这项职责。"),
    "appointment_backwards": _("任期的终止时间不在起始时间之后。请更正。"),
}
