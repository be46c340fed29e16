"""What second steps, passes and outside sign-in refuse, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "pass_role": _("“%(role)s”不发当日通行证。请改为评委、监考员、主持人等当日职责。"),
    "pass_event": _("请填写场次，最长%(limit)s个字。"),
    "pass_past": _("%(day)s已经过去。请选今天或以后的日期。"),
    "pass_unknown": _("没有这张通行证。请核对卡上的16位代码，或找考务人员。"),
    "pass_withdrawn": _("这张通行证已收回。请向考务人员领取新的。"),
    "pass_not_today": _("这张通行证只在%(day)s当日有效。"),
    "pass_other_device": _(
        "这张通行证已绑定另一台设备。请回到原设备；设备损坏的，请考务人员解除绑定。"
    ),
    "pass_only_duty": _("凭当日通行证进入，只能办理卡上的职责。个人事项请用自己的账号登录后办理。"),
    "second_step_none": _("%(name)s没有开启两步验证，不必重置。"),
    "outside_unknown": _(
        "统一身份认证已通过，但本系统没有与之对应的人员。请单位管理员核对花名册上的手机号码或工号。"
    ),
    "outside_settings": _("外部登录的配置文件%(file)s不完整：%(key)s。请对照文档补齐。"),
}
