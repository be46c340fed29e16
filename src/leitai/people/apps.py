from django.apps import AppConfig
from typing_extensions import override


class PeopleConfig(AppConfig):
    name = "leitai.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.base import errors  # the registry is ready
        from leitai.people.errors import TEXTS

        errors.register(TEXTS)
