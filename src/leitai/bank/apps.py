from django.apps import AppConfig
from typing_extensions import override


class BankConfig(AppConfig):
    name = "leitai.bank"
    label = "bank"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.bank.errors import ACTS, TEXTS  # noqa: PLC0415  # apps are ready only now
        from leitai.base import errors  # noqa: PLC0415
        from leitai.ledger import acts  # noqa: PLC0415

        errors.register(TEXTS)
        acts.register(ACTS)
