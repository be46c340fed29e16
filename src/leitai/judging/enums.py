"""The fixed words of judged events. The values stand in the database."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EventState(TextChoices):
    PLANNED = "planned", _("筹备中")
    CALLED = "called", _("已点名")
    RUNNING = "running", _("进行中")
    MARKED = "marked", _("评分结束")
    ANNOUNCED = "announced", _("已宣布")
    CLOSED = "closed", _("成绩已入库")


class Mode(TextChoices):
    ON_SITE = "on-site", _("现场")
    REMOTE = "remote", _("远程")


class SlotState(TextChoices):
    """Where a contestant is. The last three may still be set right with a reason."""

    WAITING = "waiting", _("未到")
    ISOLATED = "isolated", _("候赛隔离")
    ON_STAGE = "on-stage", _("正在展示")
    RELEASED = "released", _("已展示")
    LATE = "late", _("迟到")
    ABSENT = "absent", _("缺席")
    FORFEIT = "forfeit", _("弃权")


OUT = (SlotState.ABSENT, SlotState.FORFEIT)  # no marks are given
OVER = (SlotState.RELEASED, *OUT)


class RecusalSource(TextChoices):
    DERIVED = "derived", _("系统比对")
    DECLARED = "declared", _("本人申报")


class SheetSource(TextChoices):
    SCREEN = "screen", _("在线评分")
    PAPER = "paper", _("纸质评分表")


class TimingHow(TextChoices):
    CLOCK = "clock", _("系统计时")
    HAND = "hand", _("秒表补录")


class MaterialState(TextChoices):
    HANDED = "handed", _("待检查")
    CHECKED = "checked", _("已检查")
    REFUSED = "refused", _("已退回")
    FROZEN = "frozen", _("已封存")
