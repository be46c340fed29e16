from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scope(TextChoices):
    """What a token opens. There is but one: nothing is ever written by a machine."""

    READ = "read", _("只读")


class TokenState(TextChoices):
    """As the office sees it now."""

    LIVE = "live", _("有效")
    EXPIRED = "expired", _("已过期")
    REVOKED = "revoked", _("已停用")
