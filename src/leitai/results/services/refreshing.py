"""Marks changed after a result held, and nobody decided that with its effect in view.

What held stays, marked as outdated. It is computed anew at once as a preview, which the committee
compares, confirms and publishes; the office is told.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leitai.base.actor import system
from leitai.messages import services as messages
from leitai.messages.enums import Kind
from leitai.messages.selectors import officers_of
from leitai.results.enums import HELD
from leitai.results.models import StageResult
from leitai.results.rules import can_decide
from leitai.results.selectors.access import standing_result
from leitai.results.services.computing import compute_now
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season, Stage

HOUSE = system("results")
RECORD = "zh-hans"  # a message is written once for all its readers


def holds_from(*, season: str, stage: str) -> bool:
    """Whether a result holds of the stage or of a later one."""
    position = Stage.objects.filter(season__code=season, code=stage).values("position")[:1]
    held = StageResult.objects.filter(stage__season__code=season, state__in=HELD)
    return held.filter(stage__position__gte=position).exists()


@transaction.atomic
def refresh_stale(*, season: str, stage: str, at: datetime) -> tuple[StageResult, ...]:
    """A preview for every stage, from `stage` on, whose newest version does not match its marks.

    Safe to repeat: a version that matches is left alone.
    """
    held = seasons.get_season(season)
    order = seasons.rulebook_of(held).stage_order
    made = []
    for code in order[order.index(stage) :]:
        if standing_result(season, code) is None:
            continue
        row = seasons.get_stage(held, code)
        Stage.objects.select_for_update().get(pk=row.pk)
        newest = StageResult.objects.filter(stage=row).latest("version")
        if newest.stale_at is not None:
            made.append(compute_now(actor=HOUSE, season=held, stage=code, at=at))
    for result in made:
        _tell(held, result, at)
    return tuple(made)


def _tell(season: Season, result: StageResult, at: datetime) -> None:
    host = seasons.host_path(season)
    officers = [
        officer.account
        for officer in officers_of(season.code, at=at)
        if can_decide(officer, season.code, host)
    ]
    with translation.override(RECORD):
        messages.tell(
            to=officers,
            kind=Kind.TASK,
            title=_("%(stage)s成绩有变动，已重新计算") % {"stage": result.stage.title},
            body=_("已生效的一版不变。请核对新版与原版的差别，再确认和公布。"),
            link=reverse("results:office", args=(season.code, result.stage.code)),
            season=season.code,
            key=f"refreshed:{result.pk}",
            at=at,
        )
