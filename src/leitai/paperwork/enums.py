from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileKind(TextChoices):
    DOCX = "docx", _("文档（docx）")
    XLSX = "xlsx", _("表格（xlsx）")


class Subject(TextChoices):
    """What one filling of a template is about."""

    ENTRY = "entry", _("每名选手一份")
    AWARD = "award", _("每个奖项一份")
    DELEGATION = "delegation", _("每支代表队一份")
    SEASON = "season", _("整个赛季一份")
    FORM = "form", _("按报送表填写")


class ExportState(TextChoices):
    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("生成中")
    DONE = "done", _("已生成")
    FAILED = "failed", _("未能生成")


class PackFormat(TextChoices):
    """In what a one-click document comes."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("docx")
    XLSX = "xlsx", _("xlsx")
    ZIP = "zip", _("zip")
