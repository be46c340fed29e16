from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class NewsroomConfig(AppConfig):
    name = "leitai.newsroom"
    label = "newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps must be loaded first

        from leitai.base import errors, events  # apps must be loaded first
        from leitai.ledger import acts  # apps must be loaded first
        from leitai.newsroom import assets  # apps must be loaded first
        from leitai.newsroom.acts import ACTS  # apps must be loaded first
        from leitai.newsroom.errors import TEXTS  # apps must be loaded first
        from leitai.newsroom.services.answering import take_answer  # apps must be loaded first
        from leitai.orders.events import OrderHandedIn  # apps must be loaded first

        errors.register(TEXTS)
        acts.register(ACTS, room=_("宣传信息"))
        assets.register()
        events.in_transaction(OrderHandedIn, take_answer)
