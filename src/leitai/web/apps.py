from django.apps import AppConfig
from typing_extensions import override


class WebConfig(AppConfig):
    name = "leitai.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps are ready only now

        from leitai.base import errors
        from leitai.ledger import acts
        from leitai.ledger.acts import Act
        from leitai.newsroom.selectors import know_notes
        from leitai.seasons.selectors import closing as season_closing
        from leitai.seasons.selectors import duties as season_duties
        from leitai.web import closing, duties, noting
        from leitai.web.errors import TEXTS

        errors.register(TEXTS)
        know_notes(noting.newest_notices)
        for source in (
            duties.of_orders,
            duties.of_complaints,
            duties.of_objections,
            duties.of_exams,
        ):
            season_duties.register(source)
        for check in (closing.of_fairness, closing.of_results, closing.of_papers):
            season_closing.register(check)
        acts.register(
            {
                "keys.rotated": Act(_("更换密钥"), _("用途%(purpose)s，新密钥%(key)s")),
                "keys.pruned": Act(_("删除旧密钥"), _("用途%(purpose)s，旧密钥%(key)s")),
            }
        )
