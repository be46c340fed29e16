from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class LecturesConfig(AppConfig):
    name = "leitai.lectures"
    label = "lectures"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps must be loaded first

        from leitai.base import errors  # apps must be loaded first
        from leitai.lectures import media  # apps must be loaded first
        from leitai.lectures.acts import ACTS  # apps must be loaded first
        from leitai.lectures.errors import TEXTS  # apps must be loaded first
        from leitai.ledger import acts  # apps must be loaded first

        errors.register(TEXTS)
        acts.register(ACTS, room=_("视频讲座"))
        media.register()
