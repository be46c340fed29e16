from django.apps import AppConfig
from typing_extensions import override


class MessagesConfig(AppConfig):
    name = "leitai.messages"
    label = "leitai_messages"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # the registry is ready

        from leitai.base import errors
        from leitai.ledger import acts
        from leitai.messages import attaching, sealed, subscribing
        from leitai.messages.acts import ACTS
        from leitai.messages.errors import TEXTS

        errors.register(TEXTS)
        acts.register(ACTS, room=_("消息"))
        sealed.register()
        attaching.register()
        subscribing.subscribe()
