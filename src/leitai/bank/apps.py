from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class BankConfig(AppConfig):
    name = "leitai.bank"
    label = "bank"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.bank import sealed
        from leitai.bank.errors import ACTS, TEXTS  # apps are ready only now
        from leitai.base import errors
        from leitai.ledger import acts

        errors.register(TEXTS)
        acts.register(ACTS, room=_("题库与试卷"))
        sealed.register()
