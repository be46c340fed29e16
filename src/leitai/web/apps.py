from django.apps import AppConfig
from typing_extensions import override


class WebConfig(AppConfig):
    name = "leitai.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps are ready only now

        from leitai.ledger import acts
        from leitai.ledger.acts import Act

        acts.register(
            {
                "keys.rotated": Act(_("更换密钥"), _("用途%(purpose)s，新密钥%(key)s")),
                "keys.pruned": Act(_("删除旧密钥"), _("用途%(purpose)s，旧密钥%(key)s")),
            }
        )
