"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leitai.ledger.acts import Act

ACTS: dict[str, Act] = {
    "insight.report_issued": Act(_("印发情况通报"), _("%(number)s《%(title)s》，%(count)s份")),
    "insight.rubric_frozen": Act(
        _("封存评定时的评分表"), _("%(award)s，%(count)s个单位，摘要%(sha256)s")
    ),
    "insight.points_given": Act(
        _("评优秀组织得分"), _("%(award)s“%(line)s”：%(unit)s得%(points)s分，理由：%(reason)s")
    ),
}
