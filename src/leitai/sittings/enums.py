from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SittingState(TextChoices):
    """Written by the lane too (leitai.lane.sql): keep both in step."""

    WAITING = "waiting", _("未入场")
    OPEN = "open", _("答题中")
    HANDED_IN = "handed_in", _("已交卷")
    CLOSED = "closed", _("到时收卷")
    ABSENT = "absent", _("缺考")
    VOID = "void", _("违纪")
    CANCELLED = "cancelled", _("已取消")


class IncidentKind(TextChoices):
    EXTENSION = "extension", _("延时")
    CLOSE = "close", _("提前收卷")
    TAKE_OVER = "take_over", _("换机续考")
    LATE = "late", _("逾时作答")
    MOVE = "move", _("改期")
    CANCEL = "cancel", _("取消考试")
