"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leitai.ledger.acts import Act

ACTS: dict[str, Act] = {
    "paperwork.template_added": Act(_("添加材料模板"), _("%(title)s（%(name)s）")),
    "paperwork.template_replaced": Act(
        _("更换材料模板"), _("%(title)s（%(name)s），第%(version)s版")
    ),
    "paperwork.template_removed": Act(_("停用材料模板"), _("%(title)s")),
    "paperwork.exported": Act(_("导出材料"), _("%(title)s，%(count)s份")),
    "paperwork.payments": Act(
        _("生成发放表"), _("%(title)s：%(count)s人，合计%(total)s元，原因：%(reason)s")
    ),
    "paperwork.numbers_printed": Act(
        _("导出含个人号码的材料"), _("%(title)s：%(count)s份，原因：%(reason)s")
    ),
    "paperwork.costs": Act(_("填写经费承担"), _("%(by)s")),
}
