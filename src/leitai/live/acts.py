"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leitai.ledger.acts import Act

ACTS: dict[str, Act] = {
    "match.planned": Act(_("安排对抗场次"), "%(title)s"),
    "match.seated": Act(_("排定席位"), _("%(title)s，共%(seats)s席")),
    "match.questions": Act(_("封存现场试题"), _("%(title)s，%(count)s题，备用%(spares)s题")),
    "match.mode": Act(_("确定抢答方式"), _("%(title)s，%(mode)s，补偿上限%(cap)s毫秒")),
    "match.ready": Act(_("场次准备就绪"), _("%(title)s，规则校验码%(rules)s")),
    "match.unready": Act(_("场次退回筹备"), _("%(title)s，原因：%(reason)s")),
    "match.cards": Act(_("补发席位卡"), _("%(title)s，%(seat)s号席，原因：%(reason)s")),
    "match.scored": Act(_("场次成绩入库"), _("%(title)s，记录%(lines)s条")),
    "match.cancelled": Act(_("取消场次"), _("%(title)s，原因：%(reason)s")),
    "match.paddles": Act(_("裁定举牌顺序"), _("%(title)s，%(order)s")),
}
