from django.apps import AppConfig
from typing_extensions import override


class SittingsConfig(AppConfig):
    name = "leitai.sittings"
    label = "sittings"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.base import errors  # noqa: PLC0415  # apps are ready only now
        from leitai.ledger import acts  # noqa: PLC0415
        from leitai.sittings.acts import ACTS  # noqa: PLC0415
        from leitai.sittings.errors import TEXTS  # noqa: PLC0415

        errors.register(TEXTS)
        acts.register(ACTS)
