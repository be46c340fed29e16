"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leitai.ledger.acts import Act

ACTS = {
    "result.computed": Act(_("计算成绩"), _("%(stage)s 第%(version)s版")),
    "result.confirmed": Act(_("确认成绩"), _("%(stage)s 第%(version)s版")),
    "result.published": Act(_("公布成绩"), _("%(stage)s 第%(version)s版")),
    "bundle.written": Act(_("生成结果包"), "%(file)s"),
}
