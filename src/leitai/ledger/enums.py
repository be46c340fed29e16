"""What became of a proposal, and what can be wrong with a chain."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProposalState(TextChoices):
    OPEN = "open", _("待批准")
    DONE = "done", _("已批准并办理")
    ALONE = "alone", _("已由一人办理")
    REJECTED = "rejected", _("未批准")
    WITHDRAWN = "withdrawn", _("已撤回")
    EXPIRED = "expired", _("已过期")


class Fault(TextChoices):
    """In the order in which they are told: what lies first weighs more."""

    LINK = "link", _("记录首尾不相连")
    CUT = "cut", _("记录少于检查点所载")
    HEAD = "head", _("末条摘要与检查点不符")
    FORGED = "forged", _("检查点的签名不符")
    KEY = "key", _("检查点的签名密钥不在本机")
