"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.ledger.acts import Act

ACTS = {
    "certificates.issued": Act(
        _("生成证书"), ngettext_lazy("共%(count)s张", "共%(count)s张", "count")
    ),
    "certificates.titles_issued": Act(
        _("生成称号证书"),
        ngettext_lazy(
            "“%(title)s”（%(period)s）共%(count)s张",
            "“%(title)s”（%(period)s）共%(count)s张",
            "count",
        ),
    ),
    "certificates.designed": Act(_("设定证书版式"), _("“%(award)s”")),
    "certificate.revoked": Act(_("作废证书"), _("%(serial)s，原因：%(reason)s")),
}
