"""Names of the acts in the record: signing."""

from django.utils.translation import gettext_lazy as _

from leitai.ledger.acts import Act

ACTS: dict[str, Act] = {
    "account.activated": Act(_("启用账号"), "%(person)s"),
    "account.consented": Act(_("同意个人信息保护告知"), _("版本：%(version)s")),
    "slips.issued": Act(_("签发启用单"), _("%(count)s张")),
    "slip.unit_issued": Act(_("签发单位启用单"), "%(unit)s"),
    "password.reset": Act(_("重设密码"), "%(person)s"),
    "password.set": Act(_("在服务器上设新密码"), "%(username)s"),
    "password.renewed": Act(_("凭重设码设新密码"), "%(person)s"),
}
