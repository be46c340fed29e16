from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class RegistrationConfig(AppConfig):
    name = "leitai.registration"
    label = "registration"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps must be loaded first

        from leitai.base import errors, events  # apps must be loaded first
        from leitai.ledger import acts  # apps must be loaded first
        from leitai.people.events import PeopleMerging, PersonalErased  # apps must be loaded first
        from leitai.registration import attaching, sealed  # apps must be loaded first
        from leitai.registration.acts import ACTS  # apps must be loaded first
        from leitai.registration.errors import TEXTS  # apps must be loaded first
        from leitai.registration.services.following import (  # apps must be loaded first
            demand_reviewed,
            follow_merging,
            follow_replacement,
            follow_withdrawal,
        )
        from leitai.registration.services.forgetting import (
            forget_forms,  # apps must be loaded first
            forget_seasons,
        )
        from leitai.seasons.events import (  # apps must be loaded first
            EntriesConfirmed,
            EntryReplaced,
            EntryWithdrawn,
            SeasonsForgotten,
        )

        errors.register(TEXTS)
        acts.register(ACTS, room=_("报名审核"))
        attaching.register()
        sealed.register()
        events.in_transaction(EntriesConfirmed, demand_reviewed)
        events.in_transaction(PeopleMerging, follow_merging)
        events.in_transaction(PersonalErased, forget_forms)
        events.in_transaction(SeasonsForgotten, forget_seasons)
        events.in_transaction(EntryWithdrawn, follow_withdrawal)
        events.in_transaction(EntryReplaced, follow_replacement)
