from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class JudgingConfig(AppConfig):
    name = "leitai.judging"
    label = "judging"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps must be loaded first

        from leitai.base import errors, events  # apps must be loaded first
        from leitai.judging import attaching  # apps must be loaded first
        from leitai.judging.acts import ACTS  # apps must be loaded first
        from leitai.judging.errors import TEXTS  # apps must be loaded first
        from leitai.judging.services import following  # apps must be loaded first
        from leitai.ledger import acts  # apps must be loaded first
        from leitai.people.events import PeopleMerging  # apps must be loaded first
        from leitai.seasons.events import EntryReplaced  # apps must be loaded first

        errors.register(TEXTS)
        acts.register(ACTS, room=_("评委评分"))
        attaching.register()
        events.in_transaction(PeopleMerging, following.follow_merging)
        events.in_transaction(EntryReplaced, following.follow_replacement)
