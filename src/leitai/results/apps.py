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
        from leitai.ledger import acts  # apps must be loaded first
        from leitai.results import services, tasks  # apps must be loaded first
        from leitai.results.acts import ACTS  # apps must be loaded first
        from leitai.results.errors import TEXTS  # apps must be loaded first
        from leitai.results.events import ResultPublished  # apps must be loaded first
        from leitai.seasons.events import RulesChanged, ScoreChanged  # apps must be loaded

        def on_score_changed(event: ScoreChanged) -> None:
            services.mark_stale(season=event.season, stage=event.stage, at=timezone.now())

        def on_rules_changed(event: RulesChanged) -> None:
            services.mark_outdated(season=event.season, rulebook=event.hash, at=timezone.now())

        def on_published(event: ResultPublished) -> None:
            tasks.tell_published.defer(
                season=event.season, stage=event.stage, version=event.version
            )

        errors.register(TEXTS)
        acts.register(ACTS, room=_("成绩"))
        events.in_transaction(RulesChanged, on_rules_changed)
        events.in_transaction(ScoreChanged, on_score_changed)
        events.in_transaction(ResultPublished, on_published)
