"""Names of the acts in the record: passes, second steps, outside sign-in."""

from django.utils.translation import gettext_lazy as _

from leitai.ledger.acts import Act

_PASS = _("%(name)s，%(duty)s，%(event)s，%(day)s")

ACTS: dict[str, Act] = {
    "pass.issued": Act(_("签发当日通行证"), _PASS),
    "pass.used": Act(_("启用当日通行证"), _PASS),
    "pass.device_released": Act(_("解除通行证的设备绑定"), _PASS),
    "pass.withdrawn": Act(_("收回当日通行证"), _PASS),
    "second_step.on": Act(_("开启两步验证")),
    "second_step.off": Act(_("关闭两步验证")),
    "second_step.reset": Act(_("重置两步验证"), "%(name)s"),
    "outside.linked": Act(_("绑定统一身份认证"), "%(provider)s"),
}
