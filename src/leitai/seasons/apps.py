from django.apps import AppConfig
from typing_extensions import override


class SeasonsConfig(AppConfig):
    name = "leitai.seasons"
    label = "seasons"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.base import errors  # the registry is ready
        from leitai.ledger import acts
        from leitai.seasons.acts import ACTS
        from leitai.seasons.errors import TEXTS

        errors.register(TEXTS)
        acts.register(ACTS)
