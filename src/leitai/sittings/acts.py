"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leitai.ledger.acts import Act

ACTS = {
    "exam.create": Act(_("设置考试"), "%(title)s"),
    "exam.seat": Act(_("编排座位"), _("共%(seats)s席")),
    "exam.extension": Act(_("延时"), _("%(changed)s份答卷延长%(seconds)s秒，原因：%(reason)s")),
    "exam.move": Act(_("考试改期"), _("%(title)s，原因：%(reason)s")),
    "exam.prolonged": Act(_("延后考试截止时间"), _("%(title)s，截止%(closes_at)s")),
    "exam.cancel": Act(_("取消考试"), _("%(title)s，原因：%(reason)s")),
    "exam.close": Act(_("提前收卷"), _("%(changed)s份答卷，原因：%(reason)s")),
}
