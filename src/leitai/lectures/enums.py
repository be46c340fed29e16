"""States of lectures, and what counts as having learned one."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LectureState(TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤下")


class DoneBy(TextChoices):
    WATCHED = "watched", _("看满规定比例")
    CHECK = "check", _("答对全部检查题")
    BOTH = "both", _("看满规定比例并答对全部检查题")
