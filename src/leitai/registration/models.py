"""Who is registered as what, what was said of them, how it was reviewed; lists of the past."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitai.people.models import Person
from leitai.registration.enums import (
    LIVE,
    ChangeKind,
    ChangeState,
    Kind,
    LineState,
    Route,
    State,
    Step,
)
from leitai.seasons.models import Entry, Season, Stage
from leitai.units.models import Delegation


class Registration(models.Model):
    """One person registered by a delegation.

    `track` is "" for a team leader. `form` is the rulebook's form, "" where it has none; `content`
    are the answers, sealed (place "registration:<id>"), "" once they were erased. `entry` is there
    from the submission on, for contestants. `since` moves with the state.
    """

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="registrations")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="registrations")
    track = models.CharField(max_length=64, blank=True)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="registrations"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations")
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    route = models.CharField(_("产生方式"), max_length=12, choices=Route.choices)
    slot = models.PositiveSmallIntegerField(null=True)  # a numbered seat of the team, from 1
    seat = models.CharField(_("席位"), max_length=60, blank=True)  # what the rules call it
    form = models.CharField(max_length=64, blank=True)
    content = models.TextField(blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.DRAFT)
    since = models.DateTimeField()
    note = models.TextField(blank=True)  # the newest reason: why returned, refused, withdrawn
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, related_name="registration"
    )
    begun_by = models.CharField(max_length=64)  # an account
    begun_name = models.CharField(max_length=120)
    begun_at = models.DateTimeField()

    class Meta:
        verbose_name = _("报名")
        ordering = ["season", "pk"]
        indexes = [models.Index(fields=["season", "state"], name="registration_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "track", "person"],
                condition=Q(state__in=[state.value for state in LIVE]),
                name="registration_once",
            )
        ]


class RegistrationStep(models.Model):
    """What happened, in order; `checks` are the checklist as it was ticked. Never changed."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12, choices=Step.choices)
    note = models.TextField(blank=True)
    checks = models.JSONField(default=list)  # [{"title", "ok", "by": "person"|"rules", "told"}]
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("报名经过")
        ordering = ["registration", "pk"]


class Change(models.Model):
    """A withdrawal or replacement that a unit asks for, and the office's answer.

    Of an entry; of a leader, substitute or coach, who has none, of the registration.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, related_name="change_requests"
    )
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, null=True, related_name="change_requests"
    )
    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="change_requests")
    kind = models.CharField(max_length=12, choices=ChangeKind.choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="change_requests"
    )
    reason = models.TextField()
    state = models.CharField(max_length=12, choices=ChangeState.choices, default=ChangeState.ASKED)
    asked_by = models.CharField(max_length=64)
    asked_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("变更申请")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state=ChangeState.ASKED.value),
                name="change_asked_once",
            ),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(state=ChangeState.ASKED.value),
                name="change_asked_once_apart",
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True) ^ Q(registration__isnull=True),
                name="change_of_one",
            ),
        ]

    @property
    def about(self) -> Entry | Registration:
        """Whom it concerns, with person, stage, track and delegation."""
        held = self.entry or self.registration
        if held is None:  # the constraint above
            raise AssertionError(self.pk)
        return held

    @property
    def code(self) -> str:
        """The entry's number; "" of whoever has none."""
        return self.entry.code if self.entry else ""


class HistoryList(models.Model):
    """A list of who took part where or holds what, as it was brought in.

    `content` is the file, sealed (place "history:<id>"), until it was confirmed or dropped.
    """

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="history_lists")
    name = models.CharField(max_length=120)
    source = models.CharField(_("来源"), max_length=120)
    content = models.TextField(blank=True)
    total = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("往届名单")
        ordering = ["-pk"]


class HistoryLine(models.Model):
    """One row of a list: who is meant, and the fact that is told of them.

    `number` is the ID number, sealed (place "history-line:<code>"), with its digest. `person` is
    who it was found to be; `near` whom it may be, until a person decides.
    """

    code = models.CharField(max_length=32, unique=True)
    list = models.ForeignKey(HistoryList, on_delete=models.CASCADE, related_name="lines")
    row = models.PositiveIntegerField()
    name = models.CharField(max_length=50)
    unit = models.CharField(max_length=80, blank=True)
    number = models.TextField(blank=True)
    id_digest = models.BinaryField(max_length=32, null=True, db_index=True)
    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=64, blank=True)
    value = models.CharField(max_length=64, blank=True)
    held_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=LineState.choices)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="history_lines"
    )
    near = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="history_doubts"
    )
    why = models.CharField(max_length=24, blank=True)  # "number", "unit", "several"
    decided_by = models.CharField(max_length=64, blank=True)
    decided_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("往届名单条目")
        ordering = ["list", "row"]
        indexes = [models.Index(fields=["state", "name"], name="history_line_state")]
