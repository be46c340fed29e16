from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportState(TextChoices):
    DRAFT = "draft", _("草稿")
    MAKING = "making", _("正在生成")
    ISSUED = "issued", _("已印发")
