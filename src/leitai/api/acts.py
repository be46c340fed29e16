"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leitai.ledger.acts import Act

ACTS: dict[str, Act] = {
    "api.token_made": Act(
        _("签发接口令牌"),
        _("%(label)s，有效期至%(until)s"),
        _("持有令牌的系统可以读取本赛季的参赛名单和报送名单，不能修改任何内容。"),
    ),
    "api.token_revoked": Act(_("停用接口令牌"), _("%(label)s")),
}
