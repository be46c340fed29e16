"""How far an order, a thing to hand in, and what was handed in have come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrderState(TextChoices):
    DRAFT = "draft", _("草稿")
    SENT = "sent", pgettext_lazy("order", "已下发")
    CLOSED = "closed", pgettext_lazy("order", "已办结")


class ThingKind(TextChoices):
    """What a thing is made of. `LIST` may be filled on the page or brought as a spreadsheet."""

    FORM = "form", _("竞赛规则中的表格")
    FIELDS = "fields", _("填报项")
    LIST = "list", _("名单或清单")
    FILE = "file", _("文件")
    TEXT = "text", _("文字")


class HandInState(TextChoices):
    HANDED_IN = "handed_in", pgettext_lazy("order", "待审核")
    RETURNED = "returned", pgettext_lazy("order", "已退回")
    ACCEPTED = "accepted", pgettext_lazy("order", "已通过")


class Standing(TextChoices):
    """How one unit stands with one thing, or with the order as a whole."""

    UNSIGNED = "unsigned", _("未签收")
    SIGNED = "signed", _("已签收")
    HANDED_IN = "handed_in", pgettext_lazy("hand-in", "已报送")
    RETURNED = "returned", pgettext_lazy("hand-in", "退回")
    ACCEPTED = "accepted", _("通过")
    OVERDUE = "overdue", _("逾期")


SHAPES = {
    Standing.UNSIGNED: "todo",
    Standing.SIGNED: "half",
    Standing.HANDED_IN: "live",
    Standing.RETURNED: "warn",
    Standing.ACCEPTED: "ok",
    Standing.OVERDUE: "late",
}
