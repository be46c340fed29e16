from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class TrainingConfig(AppConfig):
    name = "leitai.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps must be loaded first

        from leitai.base import errors, events  # apps must be loaded first
        from leitai.ledger import acts  # apps must be loaded first
        from leitai.people.events import PeopleMerging  # apps must be loaded first
        from leitai.seasons.events import SeasonsForgotten  # apps must be loaded first
        from leitai.training.acts import ACTS  # apps must be loaded first
        from leitai.training.errors import TEXTS  # apps must be loaded first
        from leitai.training.services.following import (  # apps must be loaded first
            follow_merging,
            forget_seasons,
        )

        errors.register(TEXTS)
        acts.register(ACTS, room=_("集训"))
        events.in_transaction(PeopleMerging, follow_merging)
        events.in_transaction(SeasonsForgotten, forget_seasons)
