"""What many rows of practice say alike, stored once and named by a number."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Why(models.Model):
    """A reason for points, the rules' `Reason` as JSON: thousands of lines share one.

    `digest` is the SHA-256 of its text. Never changed, never deleted.
    """

    id = models.AutoField(primary_key=True)
    digest = models.BinaryField(max_length=32, unique=True)
    told = models.JSONField()

    class Meta:
        verbose_name = _("积分缘由")


class Module(models.Model):
    """The number by which the days' columns name a node of the syllabus; never changed or deleted.

    Without `topic` it is the module itself: of questions that have none.
    """

    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=120)
    topic = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("模块")
        constraints = [models.UniqueConstraint(fields=["name", "topic"], name="module_topic_once")]
