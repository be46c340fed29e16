"""Training groups: who trains, who leads, the plan, attendance and leave, mock papers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leitai.people.models import Person
from leitai.seasons.models import Season
from leitai.sittings.models import Exam
from leitai.training.enums import GroupState, LeaveState, MockKind, Presence


class Group(models.Model):
    """A group that trains together for a time (集训班). `board` is off unless the office asks."""

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="training_groups")
    title = models.CharField(_("名称"), max_length=80)
    starts = models.DateField(_("开始日期"))
    ends = models.DateField(_("结束日期"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    board = models.BooleanField(_("班内公布模拟成绩排名"), default=False)
    state = models.CharField(max_length=8, choices=GroupState.choices, default=GroupState.DRAFT)
    made_at = models.DateTimeField()
    made_name = models.CharField(max_length=80)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("集训班")
        ordering = ["-starts", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="training_forward")
        ]


class Leader(models.Model):
    """Who marks attendance and decides leave: named in the group, whatever the appointment."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="leaders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("带班负责人")
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="training_leader_once")
        ]


class Member(models.Model):
    """A trainee. `source` says in words how they came to be chosen; who left stays on record."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=80)
    source = models.CharField(max_length=260, blank=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    left_reason = models.CharField(_("退出原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("集训学员")
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="training_member_once")
        ]


class Session(models.Model):
    """One part of a day's plan. `links` is [[title, address], …]: materials, lectures, papers."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="sessions")
    day = models.DateField(_("日期"))
    begins = models.TimeField(_("开始"))
    ends = models.TimeField(_("结束"))
    topic = models.CharField(_("内容"), max_length=120)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    teacher = models.CharField(_("授课人"), max_length=80, blank=True)
    links = models.JSONField(default=list)

    class Meta:
        verbose_name = _("集训日程")
        ordering = ["group", "day", "begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")), name="training_session_forward"
            )
        ]


class Attendance(models.Model):
    """Whether a trainee was there; the newest mark counts."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="attendance")
    presence = models.CharField(max_length=8, choices=Presence.choices)
    marked_name = models.CharField(max_length=80)
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("考勤")
        constraints = [
            models.UniqueConstraint(fields=["session", "member"], name="training_attendance_once")
        ]


class Leave(models.Model):
    """A trainee asks to be away on some days; the reason is for those who decide alone."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="leaves")
    first = models.DateField(_("从"))
    last = models.DateField(_("到"))
    reason = models.CharField(_("事由"), max_length=300)
    state = models.CharField(max_length=10, choices=LeaveState.choices, default=LeaveState.ASKED)
    asked_at = models.DateTimeField()
    decided_name = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(_("答复"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("请假")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="training_leave_forward")
        ]


class Mock(models.Model):
    """A mock paper: an exam of the season, or what the group practised on one day."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="mocks")
    kind = models.CharField(max_length=8, choices=MockKind.choices)
    title = models.CharField(_("名称"), max_length=120)
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("模拟卷")
        ordering = ["group", "day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "exam"], condition=~Q(exam=None), name="training_exam_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="practice", exam=None) | Q(kind="exam", exam__isnull=False),
                name="training_mock_of",
            ),
        ]
