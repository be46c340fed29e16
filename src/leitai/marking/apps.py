from django.apps import AppConfig
from typing_extensions import override


class MarkingConfig(AppConfig):
    name = "leitai.marking"
    label = "marking"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.base import errors, events  # noqa: PLC0415  # apps are ready only now
        from leitai.marking import services  # noqa: PLC0415
        from leitai.marking.errors import TEXTS  # noqa: PLC0415
        from leitai.sittings.events import SittingsEnded  # noqa: PLC0415

        errors.register(TEXTS)
        events.after_commit(SittingsEnded, services.mark_ended)
