"""What the sign-in refuses, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "account_unknown": _("没有登录名为%(username)s的账号。"),
    "account_taken": _("登录名%(username)s已被使用。请换一个。"),
    "account_name_form": _(
        "登录名“%(username)s”不合格式：用字母、数字、短横和下划线，最长%(limit)s位。"
    ),
    "account_name_number": _("登录名里至少要有一个字母。手机号码、身份证号码和工号本来就能登录。"),
    "password_weak": _("密码至少%(least)s位。请换一个更长的。"),
    "password_wrong": _("密码不正确。请重新输入。"),
    "password_refused": _("%(why)s"),
    "slip_unknown": _("没有这个启用码。请核对纸条上的16位字母和数字后重新输入。"),
    "slip_expired": _("这个启用码已过有效期。请单位管理员重新打印。"),
    "slip_used": _("这个启用码已经用过。如果不是您本人用的，请立即告诉单位管理员。"),
    "slip_withdrawn": _("这个启用码已被新的一张代替。请使用最近拿到的纸条。"),
    "slip_lost": _("停留时间过长。请重新输入启用码。"),
    "slip_nobody": _(
        "本单位没有姓名与身份证号码后六位都相符的人员。请核对后再试，或找单位管理员。"
    ),
    "slip_ambiguous": _("本单位不止一人与所填相符。请单位管理员为您单独打印启用单。"),
    "slip_done": _("%(name)s的账号已经启用。请直接登录；忘记密码请找单位管理员。"),
    "slip_guarded": _("%(name)s担任职务，不能这样启用。请安全管理员打印启用单。"),
    "slip_outgrown": _(
        "%(name)s在打印这张启用单之后有了新的职务，这个启用码不再有效。请安全管理员重新打印。"
    ),
    "slip_name_spent": _(
        "这个姓名填错的次数过多，不能再凭单位启用单启用。请单位管理员为您单独打印启用单。"
    ),
    "slip_none": _("没有选中需要启用账号的人员。请先勾选。"),
    "slip_many": _("一次最多打印%(limit)s张启用单，已选%(count)s人。请分次打印。"),
    "slip_done_some": _("%(names)s的账号已经启用，不用再打印。请取消勾选。"),
    "slip_glyphs": _("“%(names)s”里有字库没有的字，不能生成PDF。请改用网页打印。"),
    "consent_missing": _("请先阅读并勾选同意个人信息保护告知。"),
    "reset_self": _("不能重设自己的密码。请在“我的账号”里修改，或找上级管理员。"),
    "reset_bulk": _("%(name)s担任掌握重要数据的职务，只能由安全管理员重设密码。"),
    "reset_administrator": _(
        "%(name)s是系统、安全或审计管理员，只能在服务器上用leitai password命令设新密码。"
    ),
    "reset_beyond": _("%(name)s还在本单位以外任职，只能由上级或安全管理员重设密码。"),
    "reset_higher": _("%(name)s的职务不由您任命，只能由上级或安全管理员重设密码。"),
    "numbers_guarded": _(
        "%(name)s的职务不由您任命，登录用的号码不能由您更改。"
        "手机号码请本人登录后更改，其他号码请上级或系统管理员更正。"
    ),
    "reset_unused": _("%(name)s还没有启用账号。请打印启用单。"),
}
