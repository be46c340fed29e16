from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    OFFICE = "office", _("组委会办公室")
    EXAM_OFFICER = "exam_officer", _("考务")
    SUPERVISOR = "supervisor", _("监督仲裁组")
    UNIT_MANAGER = "unit_manager", _("单位管理员")
    ITEM_WRITER = "item_writer", _("命题人")
    OPERATOR = "operator", _("系统运维")
