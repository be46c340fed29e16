from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    """What the public check can answer."""

    VALID = "valid", _("有效")
    REVOKED = "revoked", _("已作废")
    UNKNOWN = "unknown", _("查无此号")
    FOREIGN = "foreign", _("二维码与登记不符")
    BROKEN = "broken", _("登记内容与签名不符")
    UNCHECKED = "unchecked", _("登记在册，签名暂无法核验")
