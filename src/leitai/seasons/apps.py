from django.apps import AppConfig
from typing_extensions import override


class SeasonsConfig(AppConfig):
    name = "leitai.seasons"
    label = "seasons"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # the registry is ready

        from leitai.base import errors, events
        from leitai.ledger import acts, deeds
        from leitai.ledger.selectors import register_hosts
        from leitai.messages.services import know_seasons
        from leitai.people.events import Appointing, PeopleMerging
        from leitai.seasons import signed
        from leitai.seasons.acts import ACTS
        from leitai.seasons.errors import TEXTS
        from leitai.seasons.events import WindowSet
        from leitai.seasons.selectors import find_host
        from leitai.seasons.selectors.facing import face_of
        from leitai.seasons.services import closing, founding
        from leitai.seasons.services.contesting import follow_window
        from leitai.seasons.services.merging import follow_merging
        from leitai.seasons.services.separating import judge_appointment, judge_delegation
        from leitai.units.events import DelegationChanging

        errors.register(TEXTS)
        acts.register(ACTS, room=_("赛季"))
        deeds.register(closing.DEED)
        deeds.register(founding.DEED)
        register_hosts(find_host)
        know_seasons(face_of)
        signed.register()
        events.in_transaction(Appointing, judge_appointment)
        events.in_transaction(PeopleMerging, follow_merging)
        events.in_transaction(WindowSet, follow_window)
        events.in_transaction(DelegationChanging, judge_delegation)
