"""Tell whoever competed in a stage that its result is public: once a version."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leitai.messages import services as messages
from leitai.messages.enums import Kind
from leitai.messages.models import Message
from leitai.results.enums import SHOWN
from leitai.results.models import StageResult
from leitai.seasons.models import Entry
from leitai.seasons.selectors import rulebook_of

RECORD = "zh-hans"


def tell_published(*, season: str, stage: str, version: int, at: datetime) -> Message | None:
    """Safe to repeat. A version that was replaced in the meantime is told of by its successor."""
    result = (
        StageResult.objects.filter(
            stage__season__code=season,
            stage__code=stage,
            version=version,
            state__in=SHOWN,
        )
        .select_related("stage__season__rulebook")
        .first()
    )
    if result is None:
        return None
    entered = Entry.objects.filter(stage=result.stage, person__account__isnull=False)
    law = rulebook_of(result.stage.season)
    with translation.override(RECORD):
        return messages.tell(
            to=entered.values_list("person__account_id", flat=True),
            kind=Kind.RESULT,
            title=_("%(stage)s成绩已公布") % {"stage": result.stage.title},
            body=_("%(season)s%(stage)s的成绩已公布，名次和理由都可以查看。")
            % {"season": law.short_title or law.title, "stage": result.stage.title},
            link=reverse("results:public", args=(season, stage)),
            season=season,
            key=f"result:{result.pk}",
            at=at,
        )
