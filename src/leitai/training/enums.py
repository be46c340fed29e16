"""States of groups, attendance and leave; whence members and mock marks come."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GroupState(TextChoices):
    DRAFT = "draft", _("筹备中")
    OPEN = "open", _("已开班")
    CLOSED = "closed", _("已结束")


class Presence(TextChoices):
    PRESENT = "present", _("出勤")
    LATE = "late", pgettext_lazy("attendance", "迟到")
    ABSENT = "absent", _("缺勤")
    LEAVE = "leave", _("请假")


class LeaveState(TextChoices):
    ASKED = "asked", _("待批")
    GRANTED = "granted", _("已准")
    REFUSED = "refused", _("未准")
    WITHDRAWN = "withdrawn", _("已撤回")


class MockKind(TextChoices):
    EXAM = "exam", _("模拟考试")
    PRACTICE = "practice", _("当日练习")
