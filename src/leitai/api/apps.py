from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class ApiConfig(AppConfig):
    name = "leitai.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps must be loaded first

        from leitai.api.acts import ACTS  # apps must be loaded first
        from leitai.api.errors import TEXTS  # apps must be loaded first
        from leitai.base import errors  # apps must be loaded first
        from leitai.ledger import acts  # apps must be loaded first

        errors.register(TEXTS)
        acts.register(ACTS, room=_("数据接口"))
