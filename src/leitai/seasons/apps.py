from django.apps import AppConfig
from typing_extensions import override


class SeasonsConfig(AppConfig):
    name = "leitai.seasons"
    label = "seasons"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.base import errors  # noqa: PLC0415  # the registry is ready
        from leitai.ledger import acts  # noqa: PLC0415
        from leitai.seasons.acts import ACTS  # noqa: PLC0415
        from leitai.seasons.errors import TEXTS  # noqa: PLC0415

        errors.register(TEXTS)
        acts.register(ACTS)
