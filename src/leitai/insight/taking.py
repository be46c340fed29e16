"""What a form of a report or a rubric brings, done; a refusal stands in the form."""

from __future__ import annotations

from datetime import datetime

from leitai.base.actor import Actor
from leitai.insight import services
from leitai.insight.forms import PointsForm, ReportForm
from leitai.insight.models import HandPoints, Report
from leitai.insight.selectors import WhyPage
from leitai.kernel.errors import DomainError
from leitai.seasons.models import Season


def take_new(actor: Actor, season: Season, form: ReportForm, at: datetime) -> Report | None:
    if not form.is_valid():
        return None
    try:
        return services.draft_report(actor=actor, season=season, draft=form.draft(), at=at)
    except DomainError as error:
        form.refuse(error)
        return None


def take_change(actor: Actor, report: Report, form: ReportForm, at: datetime) -> Report | None:
    if not form.is_valid():
        return None
    try:
        return services.save_report(actor=actor, report=report, draft=form.draft(), at=at)
    except DomainError as error:
        form.refuse(error)
        return None


def take_points(actor: Actor, why: WhyPage, form: PointsForm, at: datetime) -> HandPoints | None:
    if not form.is_valid():
        return None
    page = why.page
    try:
        return services.give_points(
            actor=actor,
            season=page.season,
            award=page.award.id,
            unit=why.row.delegation.unit.code,
            at=at,
            **form.cleaned_data,
        )
    except DomainError as error:
        form.refuse(error)
        return None
