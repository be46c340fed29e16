"""What happens below and concerns practice."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from leitai.base import events
from leitai.people.events import PeopleMerging
from leitai.practice import tasks
from leitai.practice.models import Learner
from leitai.practice.services.examining import end_exams
from leitai.practice.services.following import follow_merging
from leitai.seasons.events import (
    RulesChanged,
    ScoreChanged,
    SeasonClosed,
    SeasonsForgotten,
    WindowSet,
)
from leitai.seasons.rules import PRACTICE_EXAM


def subscribe() -> None:
    events.in_transaction(PeopleMerging, follow_merging)
    events.in_transaction(ScoreChanged, on_score_changed)
    events.in_transaction(SeasonClosed, on_season_closed)
    events.after_commit(SeasonsForgotten, on_seasons_forgotten)
    events.after_commit(RulesChanged, on_law_changed)
    events.after_commit(WindowSet, on_law_changed)


def on_seasons_forgotten(event: SeasonsForgotten) -> None:
    """A job of its own: it takes locks for which the erasing of personal data does not wait."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        tasks.forget.defer(seasons=list(event.seasons))


def on_law_changed(event: RulesChanged | WindowSet) -> None:
    """Other rules or other dates: what everybody practised is credited by them."""
    if not Learner.objects.filter(season=event.season).exists():
        return
    job = tasks.recredit.configure(queueing_lock=f"practice.recredit:{event.season}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(season=event.season)


def on_season_closed(event: SeasonClosed) -> None:
    """Who has begun an exam keeps the own time; nobody begins one any more."""
    end_exams(season=event.season, at=event.at)


def on_score_changed(event: ScoreChanged) -> None:
    """A job of its own, written with the scores: a mark never waits for locks of learners."""
    if event.season.startswith(PRACTICE_EXAM):
        tasks.exam_marks.defer(code=event.season, entries=list(event.entries))
