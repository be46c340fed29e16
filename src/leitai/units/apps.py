from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class UnitsConfig(AppConfig):
    name = "leitai.units"
    label = "units"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from leitai.base import errors, sealing  # the registry is ready
        from leitai.ledger import acts
        from leitai.units.acts import ACTS
        from leitai.units.errors import TEXTS

        errors.register(TEXTS)
        acts.register(ACTS, room=_("单位"))
        sealing.register(
            sealing.SealedColumn(
                model="units.UnitImport", column="content", place="unit-import:{row.pk}"
            )
        )
