from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class ResultsConfig(AppConfig):
    name = "leitai.results"
    label = "results"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils import timezone  # apps must be loaded first

        from leitai.base import errors, events  # apps must be loaded first
        from leitai.ledger import acts, deeds  # apps must be loaded first
        from leitai.results import attachments, services, tasks  # apps must be loaded first
        from leitai.results.acts import ACTS  # apps must be loaded first
        from leitai.results.errors import TEXTS  # apps must be loaded first
        from leitai.results.events import (  # apps must be loaded first
            ResultConfirmed,
            ResultPublished,
        )
        from leitai.results.services import correcting, moving, reporting  # apps must be loaded
        from leitai.seasons.events import (  # apps must be loaded first
            EntryWithdrawn,
            RulesChanged,
            ScoreChanged,
        )

        def on_score_changed(event: ScoreChanged) -> None:
            at = timezone.now()
            stale = services.mark_stale(season=event.season, stage=event.stage, at=at)
            if event.corrected:
                services.revise(season=event.season, stage=event.stage, at=at)
            elif stale and services.holds_from(season=event.season, stage=event.stage):
                tasks.refresh_later(event.season, event.stage)

        def on_rules_changed(event: RulesChanged) -> None:
            services.mark_outdated(season=event.season, rulebook=event.hash, at=timezone.now())

        def on_withdrawn(event: EntryWithdrawn) -> None:
            moving.tell_vacancy(season=event.season, entry=event.entry, at=timezone.now())

        def on_confirmed(event: ResultConfirmed) -> None:
            moving.tell_moved(
                season=event.season, stage=event.stage, version=event.version, at=timezone.now()
            )

        def on_published(event: ResultPublished) -> None:
            tasks.tell_published.defer(
                season=event.season, stage=event.stage, version=event.version
            )

        errors.register(TEXTS)
        acts.register(ACTS, room=_("成绩"))
        attachments.register()
        for deed in (correcting.DEED, moving.DEED, reporting.DEED):
            deeds.register(deed)
        events.in_transaction(RulesChanged, on_rules_changed)
        events.in_transaction(ScoreChanged, on_score_changed)
        events.in_transaction(ResultConfirmed, on_confirmed)
        events.in_transaction(ResultPublished, on_published)
        events.in_transaction(EntryWithdrawn, on_withdrawn)
