"""How this room's acts are called in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.ledger.acts import Act
from leitai.messages.enums import Category

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_CATEGORIES = dict(Category.choices)


def _act(title: StrOrPromise) -> Act:
    """Of a complaint the record tells its category and nothing else."""
    return Act(title, "%(category)s", words={"category": _CATEGORIES.get})


ACTS = {
    "complaint.filed": _act(_("收到投诉建议")),
    "complaint.followed": _act(_("投诉建议有补充")),
    "complaint.accepted": _act(_("受理投诉建议")),
    "complaint.answered": _act(_("答复投诉建议")),
    "complaint.transferred": _act(_("转办投诉建议")),
    "complaint.closed": _act(_("办结投诉建议")),
    "complaint.erased": Act(
        _("清除投诉人联系方式"), ngettext_lazy("共%(count)s件", "共%(count)s件", "count")
    ),
}
