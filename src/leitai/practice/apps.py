from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class PracticeConfig(AppConfig):
    name = "leitai.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps must be loaded first

        from leitai.base import errors, sealing  # apps must be loaded first
        from leitai.ledger import acts  # apps must be loaded first
        from leitai.practice.acts import ACTS  # apps must be loaded first
        from leitai.practice.errors import TEXTS  # apps must be loaded first
        from leitai.practice.subscribing import subscribe  # apps must be loaded first

        errors.register(TEXTS)
        acts.register(ACTS, room=_("岗位练兵"))
        sealing.register(
            sealing.SealedColumn(
                model="practice.OutsideDraft", column="content", place="outside:{row.code}"
            )
        )
        subscribe()
