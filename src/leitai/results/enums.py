from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ResultState(TextChoices):
    PREVIEW = "preview", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    PUBLISHED = "published", _("已公布")
    SUPERSEDED = "superseded", _("已更正")
