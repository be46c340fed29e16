"""How this room's acts are called in the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leitai.ledger.acts import Act

ACTS = {
    "lecture.published": Act(
        _("发布视频讲座"),
        _("%(title)s；计入：%(act)s"),
        _("学员按发布时的规定看完或答对后，才计入竞赛规则所列的练习活动。"),
    ),
    "lecture.withdrawn": Act(_("撤下视频讲座"), _("%(title)s，原因：%(reason)s")),
}
