from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class CertificatesConfig(AppConfig):
    name = "leitai.certificates"
    label = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps must be loaded first

        from leitai.base import errors  # apps must be loaded first
        from leitai.certificates import subscribing  # apps must be loaded first
        from leitai.certificates.acts import ACTS  # apps must be loaded first
        from leitai.certificates.errors import TEXTS  # apps must be loaded first
        from leitai.certificates.kinds import KIND  # apps must be loaded first
        from leitai.certificates.selectors.titles import own_papers  # apps must be loaded first
        from leitai.certificates.services import replacing, revoking  # apps must be loaded first
        from leitai.documents import scratch
        from leitai.files import kinds  # apps must be loaded first
        from leitai.ledger import acts, deeds  # apps must be loaded first
        from leitai.practice.selectors import titling  # apps must be loaded first

        errors.register(TEXTS)
        acts.register(ACTS, room=_("证书"))
        kinds.register(KIND)
        for deed in (
            revoking.DEED,
            revoking.LOST_DEED,
            replacing.REPLACE_DEED,
            replacing.REISSUE_DEED,
        ):
            deeds.register(deed)
        subscribing.subscribe()
        titling.register(own_papers)
        scratch.sweep()  # a process that was killed left papers of persons
