"""The fixed words of practice."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cause(models.TextChoices):
    """Why a learner went wrong, by the learner's own word."""

    UNKNOWN = "", _("未标注")
    BLANK = "blank", _("没学过")
    MIXED = "mixed", _("概念混淆")
    CARELESS = "careless", _("审题不细")
    CHANGED = "changed", _("政策已变")


class SuspicionKind(models.TextChoices):
    """What made the house ask an officer to look."""

    FAST = "fast", _("答题过快")
    SAME = "same", _("作答雷同")
    STEADY = "steady", _("用时过于规律")
    FLOOD = "flood", _("短时大量作答")


class SuspicionState(models.TextChoices):
    OPEN = "open", _("待核查")
    CHECK = "check", _("现场抽查")
    CLEARED = "cleared", _("核查无问题")
    UPHELD = "upheld", _("核查属实")
    APPEALED = "appealed", _("申诉中")


class OutsideState(models.TextChoices):
    """Of an outside platform's file on its way in."""

    READING = "reading", _("正在读取、对应人员")
    READY = "ready", _("待确认")
    TAKING = "taking", _("正在登记")
    DONE = "done", _("已登记")
    FAILED = "failed", _("未能办理")


class DoubtState(models.TextChoices):
    """Of an outside platform's row that may be one of several people."""

    WAITING = "waiting", _("待确认")
    TAKEN = "taken", _("已对应")
    NOBODY = "nobody", _("不是其中任何人")
