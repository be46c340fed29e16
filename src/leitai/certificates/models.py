"""Certificates: how they look, a serial without gaps, a signed payload, and what became of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.certificates.enums import BatchState
from leitai.files.models import StoredFile
from leitai.people.models import Person
from leitai.results.models import Award
from leitai.seasons.models import Season


class Series(models.Model):
    """A run of serial numbers: one prefix, and the last number given. Its row is the lock."""

    prefix = models.CharField(max_length=36, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("证书编号序列")


class Design(models.Model):
    """How an award's certificates look. `values` is plain `designs.Values`.

    An award without a row has the packaged texts. A title of practice is `title.` and its name.
    """

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="designs")
    award = models.CharField(max_length=64)
    values = models.JSONField(default=dict)
    emblem = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    seal = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    script = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("证书版式")
        constraints = [
            models.UniqueConstraint(fields=["season", "award"], name="certificates_design_once")
        ]


class Signed(models.Model):
    """payload is canonical JSON; signature is Ed25519 over it by the named results key.

    `token` is the compact text that the QR code carries, signed by the same key; `qr` is the code
    as a PNG, a pixel a module; `sheet` is what the press sets, as it was at issue. They are made
    once, so that printing anew gives the same paper. `superseded_by` holds instead of one revoked;
    of one that is `withheld` the office has decided that its award or title has no certificate.
    """

    serial = models.CharField(_("证书编号"), max_length=40, unique=True)
    holder = models.CharField(_("获奖者"), max_length=80)
    title = models.CharField(max_length=64)
    payload = models.BinaryField()
    key_id = models.CharField(max_length=64)
    signature = models.BinaryField()
    token = models.TextField(blank=True)
    qr = models.BinaryField(default=b"")
    design = models.CharField(max_length=16, blank=True)
    sheet = models.JSONField(default=dict)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=200, blank=True)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="supersedes"
    )
    withheld = models.BooleanField(default=False)
    pdf = models.CharField(max_length=255, blank=True)  # path below the files folder

    class Meta:
        abstract = True


class Certificate(Signed):
    """Of an award."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="certificates")

    class Meta:
        verbose_name = _("证书")
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["award"],
                condition=models.Q(revoked_at=None),
                name="certificates_one_holds",
            )
        ]


class TitleCertificate(Signed):
    """Of a title reached in practice: `name` is the rules', `period` as practice names it.

    `unit` is the name of the unit where the person served, empty for a guest; `reason` is the
    rules' reason as it stood at issue.
    """

    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=64)
    period = models.CharField(max_length=24)
    unit = models.CharField(max_length=120, blank=True)
    reason = models.JSONField(default=dict)
    issued_by = models.CharField(max_length=64)  # an account

    class Meta:
        verbose_name = _("称号证书")
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["season", "person", "name", "period"],
                condition=models.Q(revoked_at=None),
                name="certificates_title_holds",
            )
        ]
        indexes = [
            models.Index(fields=["season", "name", "period"], name="certificates_title_period")
        ]


class Batch(models.Model):
    """A large issue that a job carries out; `done` of `total` files are written.

    `title` and `period` say which title of practice; both are empty where it is of awards.
    """

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=64, blank=True, default="")
    period = models.CharField(max_length=24, blank=True, default="")
    state = models.CharField(
        max_length=12, choices=BatchState.choices, default=BatchState.NUMBERING
    )
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=64)  # an account
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    refusal = models.JSONField(default=list)  # sentences

    class Meta:
        verbose_name = _("证书批次")
        ordering = ["-pk"]
