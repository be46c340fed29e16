"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.ledger.acts import Act

ACTS = {
    "newsroom.handed_in": Act(
        _("报送信息"),
        _("%(unit)s：%(title)s，第%(version)s版"),
        _("每一版都保留；重新报送不覆盖以前的。"),
    ),
    "newsroom.returned": Act(
        _("退回报送的信息"), _("%(unit)s：%(title)s，第%(version)s版，原因：%(reason)s")
    ),
    "newsroom.declined": Act(
        _("不采用报送的信息"), _("%(unit)s：%(title)s，第%(version)s版，原因：%(reason)s")
    ),
    "newsroom.adopted": Act(
        _("采用报送的信息"),
        _("%(unit)s：%(title)s，第%(version)s版"),
        _("计入该单位的采用数；稿件另存一份编辑，原稿不变。"),
    ),
    "newsroom.consent_recorded": Act(
        _("登记出镜同意"),
        _("%(title)s"),
        _("出镜人员的姓名只在原处保存，不写入操作留痕。"),
    ),
    "newsroom.consent_withdrawn": Act(
        _("撤回出镜同意"),
        _("%(title)s"),
        _("已经发布的随即撤下，从没有发布的简报中移出，此后不能再发布。"),
    ),
    "newsroom.article_published": Act(_("发布新闻"), _("%(title)s")),
    "newsroom.article_taken_down": Act(_("撤下新闻"), _("%(title)s，原因：%(reason)s")),
    "newsroom.bulletin_published": Act(
        _("发布简报"),
        ngettext_lazy(
            "第%(number)s期（总第%(total)s期），%(count)s条",
            "第%(number)s期（总第%(total)s期），%(count)s条",
            "count",
        ),
    ),
    "newsroom.face_set": Act(_("修改对外展示"), _("备案号：%(record)s；咨询电话：%(telephone)s")),
}
