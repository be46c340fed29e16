"""Templates of a season, what was made of them, and who bears which cost."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.paperwork.enums import ExportState, FileKind, Subject
from leitai.seasons.models import Season


class Template(models.Model):
    """An uploaded file with marked fields. `packaged` names the house's own file, if it is one.

    `form` is the id of the rulebook's form where `subject` is "form"; for other lists `stage` is
    the code of the stage that they come from. A newer upload replaces the content.
    """

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="templates")
    number = models.PositiveIntegerField()
    title = models.CharField(_("模板名称"), max_length=80)
    kind = models.CharField(max_length=4, choices=FileKind.choices)
    subject = models.CharField(_("填写对象"), max_length=12, choices=Subject.choices)
    stage = models.CharField(max_length=64, blank=True)
    form = models.CharField(max_length=64, blank=True)
    packaged = models.CharField(max_length=64, blank=True)
    name = models.CharField(_("文件名"), max_length=120)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    fields = models.JSONField(default=list)  # [group, field, ticked value] of each marker
    version = models.PositiveIntegerField(default=1)
    by = models.CharField(max_length=64)
    by_name = models.CharField(_("上传人"), max_length=120)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("模板")
        ordering = ["season", "number"]
        constraints = [
            models.UniqueConstraint(fields=["season", "number"], name="template_number"),
            models.UniqueConstraint(
                fields=["season", "packaged"],
                condition=~models.Q(packaged="") & models.Q(removed_at=None),
                name="template_packaged_once",
            ),
        ]


class Export(models.Model):
    """Something made of a season's records: the file lies below the files folder for a week.

    `what` is "template:<number>" or a pack's code, `options` what was chosen. It never holds
    personal numbers: lists with those are handed over at once and kept nowhere.
    """

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="exports")
    what = models.CharField(max_length=64)
    title = models.CharField(max_length=160)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=64, blank=True)
    problem_data = models.JSONField(default=dict)
    missing = models.JSONField(default=list)  # names of fields that stayed blank
    file = models.CharField(max_length=255, blank=True)  # path below the files folder
    name = models.CharField(max_length=160, blank=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=120)
    rights = models.JSONField(default=dict)
    at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        verbose_name = _("生成的材料")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["season", "-at"], name="export_season_at")]


class CostNote(models.Model):
    """Who bears which cost, in the office's words; the newest row of a season counts."""

    season = models.ForeignKey(Season, on_delete=models.CASCADE, related_name="cost_notes")
    text = models.TextField(_("经费承担"))
    by = models.CharField(max_length=64)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("经费承担")
        ordering = ["season", "-at", "-pk"]
