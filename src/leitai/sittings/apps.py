from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class SittingsConfig(AppConfig):
    name = "leitai.sittings"
    label = "sittings"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.base import errors, events  # apps are ready only now
        from leitai.ledger import acts, deeds
        from leitai.sittings import tasks
        from leitai.sittings.acts import ACTS
        from leitai.sittings.errors import TEXTS
        from leitai.sittings.events import ExamChanged, ExamSeated
        from leitai.sittings.services import composing, opening

        def on_seated(event: ExamSeated) -> None:
            if event.sittings:
                tasks.tell_seated.defer(exam=event.exam, sittings=[*event.sittings])

        def on_changed(event: ExamChanged) -> None:
            tasks.tell_changed.defer(
                exam=event.exam, kind=event.kind, reason=event.reason, at=event.at.isoformat()
            )

        errors.register(TEXTS)
        acts.register(ACTS, room=_("考务"))
        events.in_transaction(ExamSeated, on_seated)
        events.in_transaction(ExamChanged, on_changed)
        deeds.register(opening.DEED)
        deeds.register(composing.DEED)
