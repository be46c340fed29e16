from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class NoticesConfig(AppConfig):
    name = "leitai.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps must be loaded first

        from leitai.base import errors  # apps must be loaded first
        from leitai.ledger import acts, deeds  # apps must be loaded first
        from leitai.notices import evidence, sealed, subscribing  # apps must be loaded first
        from leitai.notices.acts import ACTS  # apps must be loaded first
        from leitai.notices.errors import TEXTS  # apps must be loaded first
        from leitai.notices.services.ruling import DEED  # apps must be loaded first

        errors.register(TEXTS)
        acts.register(ACTS, room=_("公示异议"))
        deeds.register(DEED)
        sealed.register()
        evidence.register()
        subscribing.subscribe()
