"""Uploads on their way in, and the files that rooms keep. The bytes lie in `store`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.files.enums import State


class Upload(models.Model):
    """One file on its way. `holder` is the account's id, or a stranger's session.

    `offset` is what is on the disk for certain; the part file may be longer and is then cut.
    """

    token = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=32)
    owner = models.CharField(max_length=64, blank=True)
    holder = models.CharField(max_length=64, db_index=True)
    name = models.CharField(_("文件名"), max_length=120)
    length = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVING)
    checked = models.BigIntegerField(default=0)  # bytes read by the check, for its progress
    refusal = models.CharField(max_length=32, blank=True)
    refusal_data = models.JSONField(default=dict)
    type = models.CharField(max_length=8, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    size = models.BigIntegerField(default=0)  # of what is kept: an image is written anew
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("上传")


class StoredFile(models.Model):
    """A file of `owner`. Its content lies under its hash, shared by all files that are equal."""

    kind = models.CharField(max_length=32)
    owner = models.CharField(max_length=64)
    name = models.CharField(_("文件名"), max_length=120)
    type = models.CharField(max_length=8)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    holder = models.CharField(max_length=64, db_index=True)
    by_name = models.CharField(_("上传人"), max_length=50, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("文件")
        ordering = ["pk"]
        indexes = [models.Index(fields=["owner", "kind"], name="files_owner")]
