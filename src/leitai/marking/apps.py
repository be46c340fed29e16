from django.apps import AppConfig
from typing_extensions import override


class MarkingConfig(AppConfig):
    name = "leitai.marking"
    label = "marking"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.base import errors, events  # apps are ready only now
        from leitai.marking import services
        from leitai.marking.errors import TEXTS
        from leitai.sittings.events import SittingsEnded

        errors.register(TEXTS)
        events.after_commit(SittingsEnded, services.mark_ended)
