from django.apps import AppConfig
from typing_extensions import override


class UnitsConfig(AppConfig):
    name = "leitai.units"
    label = "units"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.base import errors  # the registry is ready
        from leitai.units.errors import TEXTS

        errors.register(TEXTS)
