"""The learner hears what became of a case; nobody else does."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leitai.messages import services as messages
from leitai.messages.enums import Kind
from leitai.practice.models import Suspicion

RECORD = "zh-hans"  # a message is written once, for whatever language its reader speaks


def tell_upheld(one: Suspicion, *, at: datetime) -> None:
    """With the reason's page, which is where the appeal is written."""
    with translation.override(RECORD):
        day = one.day.isoformat()
        title = _("%(day)s的练习经现场抽查不计分") % {"day": day}
        body = _(
            "理由和扣回的积分见链接。有异议的，可以在该页提出申诉，每件一次，由作出结论以外的人员办理。"
            "学习记录和错题不受影响，别人看不到此事。"
        )
    _tell(one, title, body, own=True, at=at)


def tell_cleared(one: Suspicion, *, at: datetime) -> None:
    """Of somebody who was asked to a spot check; whom nobody asked anything hears nothing."""
    with translation.override(RECORD):
        title = _("%(day)s的练习核查已了结") % {"day": one.day.isoformat()}
        body = _("现场抽查没有发现问题，积分和称号不变，不需要办理任何事项。")
    _tell(one, title, body, own=False, at=at)


def tell_appeal(one: Suspicion, *, granted: bool, at: datetime) -> None:
    with translation.override(RECORD):
        told = {"day": one.day.isoformat()}
        if granted:
            title = _("申诉成立：%(day)s的练习恢复计分") % told
            body = _("扣回的积分已经补回，称号一并恢复。办理理由见链接。")
        else:
            title = _("申诉未获支持：%(day)s的练习仍不计分") % told
            body = _("办理理由见链接。仍有异议的，可以通过“投诉建议”向组委会反映。")
    _tell(one, title, body, own=True, at=at)


def _tell(one: Suspicion, title: str, body: str, *, own: bool, at: datetime) -> None:
    season = one.learner.season
    page = (
        reverse("practice:watch-own", args=[season, one.pk])
        if own
        else reverse("practice:points", args=[season])
    )
    messages.tell(
        to=[one.learner.account],
        kind=Kind.NOTICE,
        title=title,
        body=body,
        link=page,
        season=season,
        key=f"suspicion:{one.pk}:{len(one.history)}",
        at=at,
    )
