from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ItemType(TextChoices):
    SINGLE = "single", _("单项选择题")
    MULTIPLE = "multiple", _("多项选择题")
    TRUEFALSE = "truefalse", _("判断题")
    BLANK = "blank", _("填空题")


class ReportKind(TextChoices):
    """What a reader says is wrong with a question."""

    KEY = "key", _("答案有误")
    STEM = "stem", _("题干有误")
    POLICY = "policy", _("政策已更新")
    OTHER = "other", _("其他")


class ReportState(TextChoices):
    OPEN = "open", _("待处理")
    TAKEN = "taken", _("已采纳")
    DECLINED = "declined", _("不采纳")
