from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class CertificatesConfig(AppConfig):
    name = "leitai.certificates"
    label = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.base import errors  # noqa: PLC0415  # apps must be loaded first
        from leitai.certificates.acts import ACTS  # noqa: PLC0415  # apps must be loaded first
        from leitai.certificates.errors import TEXTS  # noqa: PLC0415  # apps must be loaded first
        from leitai.ledger import acts  # noqa: PLC0415  # apps must be loaded first

        errors.register(TEXTS)
        acts.register(ACTS)
