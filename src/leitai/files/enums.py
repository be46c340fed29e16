"""The states of an upload."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    RECEIVING = "receiving", _("正在接收")
    CHECKING = "checking", _("正在检查")
    READY = "ready", _("可以提交")
    REFUSED = "refused", _("未通过检查")
    ATTACHED = "attached", _("已提交")
