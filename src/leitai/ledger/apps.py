from django.apps import AppConfig
from typing_extensions import override


class LedgerConfig(AppConfig):
    name = "leitai.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # the registry is ready

        from leitai.base import errors
        from leitai.ledger import acts
        from leitai.ledger.errors import TEXTS

        errors.register(TEXTS)
        acts.register(acts.ACTS, room=_("两人办理"))
