from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class LiveConfig(AppConfig):
    name = "leitai.live"
    label = "live"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps must be loaded first

        from leitai.base import errors, events  # apps must be loaded first
        from leitai.ledger import acts  # apps must be loaded first
        from leitai.live.acts import ACTS  # apps must be loaded first
        from leitai.live.errors import TEXTS  # apps must be loaded first
        from leitai.live.selectors import keys  # apps must be loaded first
        from leitai.live.services import following  # apps must be loaded first
        from leitai.seasons.events import EntryReplaced  # apps must be loaded first

        errors.register(TEXTS)
        events.in_transaction(EntryReplaced, following.follow_replacement)
        keys.register()
        acts.register(ACTS, room=_("抢答与对抗"))
