from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class OrdersConfig(AppConfig):
    name = "leitai.orders"
    label = "orders"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps must be loaded first

        from leitai.base import errors  # apps must be loaded first
        from leitai.ledger import acts  # apps must be loaded first
        from leitai.orders import attaching, sealed, subscribing  # apps must be loaded first
        from leitai.orders.acts import ACTS  # apps must be loaded first
        from leitai.orders.errors import TEXTS  # apps must be loaded first

        errors.register(TEXTS)
        acts.register(ACTS, room=_("通知报送"))
        sealed.register()
        attaching.register()
        subscribing.subscribe()
