"""An exam of a real season on the web: what it demands before it is set."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from leitai.bank import selectors as bank
from leitai.bank.models import Paper
from leitai.base.actor import Actor
from leitai.design.moments import span_text
from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Event
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import Season, Stage
from leitai.seasons.selectors.contests import window_follows
from leitai.seasons.services import follow_exam
from leitai.sittings.models import Exam
from leitai.sittings.rules import can_run_exams
from leitai.sittings.services.arranging import create_exam, exam_title


@transaction.atomic
def arrange_exam(
    *,
    actor: Actor,
    stage: Stage,
    event: str,
    paper: str,
    opens_at: datetime,
    closes_at: datetime,
    at: datetime,
) -> Exam:
    """As `create_exam`, with a free paper (by code) that the event demands, within the calendar.

    Raises season_not_open, season_closed, exam_event_unknown, exam_paper_unknown, _unfit, _opened,
    _used, exam_times, exam_past, exam_minutes, exam_window_missing, exam_outside_window.
    """
    Stage.objects.select_for_update().get(pk=stage.pk)  # nobody else takes the paper meanwhile
    planned = check_exam(
        actor=actor,
        stage=stage,
        event=event,
        paper=paper,
        opens_at=opens_at,
        closes_at=closes_at,
        at=at,
    )
    follow_exam(
        actor=actor,
        season=stage.season,
        opens_at=opens_at,
        closes_at=closes_at,
        reason=gettext("重新安排考试"),
        at=at,
    )
    return create_exam(
        actor=actor,
        stage=stage,
        event=event,
        paper=planned.paper,
        opens_at=opens_at,
        closes_at=closes_at,
        at=at,
    )


def check_exam(
    *,
    actor: Actor,
    stage: Stage,
    event: str,
    paper: str,
    opens_at: datetime,
    closes_at: datetime,
    at: datetime,
) -> Exam:
    """The exam that `arrange_exam` would set, not saved; raises what that would raise."""
    season = stage.season
    if not can_run_exams(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    demand_open(season)
    rule = event_of(stage, event)
    demand_times(stage, event, opens_at, closes_at, at=at)
    held = bank.list_papers(season.code).filter(code=paper).first()
    if held is None:
        raise DomainError("exam_paper_unknown", paper=paper)
    if not bank.suits(held, rule):
        raise DomainError("exam_paper_unfit", paper=held.title, event=rule.title)
    demand_free(held)
    return Exam(
        stage=stage,
        event=event,
        title=exam_title(stage, event),
        paper=held,
        opens_at=opens_at,
        closes_at=closes_at,
    )


def minutes_of(exam: Exam) -> int | None:
    """How long the rules say that the exam is; None where they leave it open."""
    return event_of(exam.stage, exam.event).minutes


def demand_open(season: Season) -> None:
    if season.state == SeasonState.DRAFT:
        raise DomainError("season_not_open", season=season.code)
    if season.state == SeasonState.CLOSED:
        raise DomainError("season_closed", season=season.code)


def event_of(stage: Stage, event: str) -> Event:
    """The event as the rules say; raises exam_event_unknown for one without a paper."""
    law = seasons.rulebook_of(stage.season)
    if event not in law.stages[stage.code].events or law.events[event].kind != "exam":
        raise DomainError("exam_event_unknown", stage=stage.title, event=event)
    return law.events[event]


def demand_free(paper: Paper) -> None:
    """Nobody has read it, and no other exam waits for it."""
    if paper.openings.exists():
        raise DomainError("exam_paper_opened", paper=paper.title)
    other = Exam.objects.filter(paper=paper, cancelled_at=None).first()
    if other is not None:
        raise DomainError("exam_paper_used", paper=paper.title, exam=other.title)


def demand_times(
    stage: Stage, event: str, opens_at: datetime, closes_at: datetime, *, at: datetime
) -> None:
    """Ahead of now, as long as the rules say, and inside the stage's window of the calendar."""
    if closes_at <= opens_at:
        raise DomainError("exam_times")
    if opens_at <= at:
        raise DomainError("exam_past")
    minutes = event_of(stage, event).minutes
    if minutes is not None and closes_at - opens_at != timedelta(minutes=minutes):
        raise DomainError("exam_minutes", minutes=minutes)
    law = seasons.rulebook_of(stage.season)
    name = law.stages[stage.code].window
    if not name or window_follows(stage.season):
        return
    window = seasons.window_of(stage.season, stage.code)
    if window is None:
        raise DomainError("exam_window_missing", window=law.calendar[name].title)
    if opens_at < window.opens_at or closes_at > window.closes_at:
        span = span_text(window.opens_at, window.closes_at)
        raise DomainError("exam_outside_window", window=law.calendar[name].title, span=span)
