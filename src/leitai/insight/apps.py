from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class InsightConfig(AppConfig):
    name = "leitai.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps must be loaded first

        from leitai.base import errors, events  # apps must be loaded first
        from leitai.insight import tasks  # apps must be loaded first
        from leitai.insight.acts import ACTS  # apps must be loaded first
        from leitai.insight.errors import TEXTS  # apps must be loaded first
        from leitai.insight.services.freezing import freeze_rubric  # apps must be loaded first
        from leitai.ledger import acts  # apps must be loaded first
        from leitai.results.events import AwardDecided  # apps must be loaded first
        from leitai.units.events import UnitMoved  # apps must be loaded first

        def on_moved(_event: UnitMoved) -> None:
            tasks.true_up_soon()

        def on_decided(event: AwardDecided) -> None:
            freeze_rubric(season=event.season, award=event.award, resolution=event.resolution)

        errors.register(TEXTS)
        acts.register(ACTS, room=_("统计通报"))
        events.after_commit(UnitMoved, on_moved)
        events.in_transaction(AwardDecided, on_decided)
