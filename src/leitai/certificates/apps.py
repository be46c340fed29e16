from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class CertificatesConfig(AppConfig):
    name = "leitai.certificates"
    label = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps must be loaded first

        from leitai.base import errors  # apps must be loaded first
        from leitai.certificates.acts import ACTS  # apps must be loaded first
        from leitai.certificates.errors import TEXTS  # apps must be loaded first
        from leitai.certificates.services.revoking import DEED  # apps must be loaded first
        from leitai.ledger import acts, deeds  # apps must be loaded first

        errors.register(TEXTS)
        acts.register(ACTS, room=_("证书"))
        deeds.register(DEED)
