from django.apps import AppConfig
from typing_extensions import override


class SittingsConfig(AppConfig):
    name = "leitai.sittings"
    label = "sittings"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.base import errors  # apps are ready only now
        from leitai.ledger import acts
        from leitai.sittings.acts import ACTS
        from leitai.sittings.errors import TEXTS

        errors.register(TEXTS)
        acts.register(ACTS)
