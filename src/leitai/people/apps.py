from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class PeopleConfig(AppConfig):
    name = "leitai.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in  # the registry is ready

        from leitai.base import errors, events
        from leitai.ledger import acts, deeds
        from leitai.people import sealed, second_step
        from leitai.people.acts import ACTS
        from leitai.people.errors import TEXTS
        from leitai.people.middleware import begin_session
        from leitai.people.services import following
        from leitai.people.services.administrators import APPOINT
        from leitai.people.services.second_steps import RESET
        from leitai.units.events import UnitClosing, UnitMerged

        errors.register(TEXTS)
        acts.register(ACTS, room=_("人员与账号"))
        deeds.register(APPOINT)
        deeds.register(RESET)
        sealed.register()
        second_step.register()
        events.in_transaction(UnitMerged, following.follow_merger)
        events.in_transaction(UnitClosing, following.refuse_closing)
        user_logged_in.connect(begin_session, dispatch_uid="people.begin_session")
