"""Large issues are carried out by a job that says how far it is; small ones while one waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.base.jobs import app
from leitai.certificates.enums import BatchState
from leitai.certificates.models import Batch
from leitai.certificates.rules import can_issue
from leitai.certificates.selectors.awards import plan_of
from leitai.certificates.selectors.titles import titles_due
from leitai.certificates.services.honouring import (
    demand_titles,
    issue_title_records,
    issue_titles,
)
from leitai.certificates.services.issuing import issue_certificates, issue_records
from leitai.certificates.services.papers import Tell, write_documents, write_titles
from leitai.kernel.errors import DomainError, Problems
from leitai.people import selectors as people
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

ISSUE: Final = "certificates.issue"  # the jobs, in tasks.py
WRITE: Final = "certificates.write"
AT_ONCE: Final = 200  # certificates that are made while one waits: about three seconds
SILENT: Final = timedelta(minutes=30)  # a batch without an end for so long has died
_UNDER_WAY: Final = (BatchState.NUMBERING, BatchState.SETTING)
_LINES: Final = 200


def start_issuing(*, actor: Actor, season: Season, at: datetime) -> Batch | None:
    """Issue at once (None), or leave it to a job, whose progress the batch tells."""
    if not can_issue(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    plan = plan_of(season)
    if len(plan.new) <= AT_ONCE:
        issue_certificates(actor=actor, season=season, at=at)
        return None
    return _start(Batch(season=season, total=len(plan.new), by=actor.account, started_at=at))


def start_titles(
    *, actor: Actor, season: Season, name: str, period: str, at: datetime
) -> Batch | None:
    """The same for one title of practice and period."""
    demand_titles(actor, season, name)
    due = len(titles_due(season, name, period))
    if due <= AT_ONCE:
        issue_titles(actor=actor, season=season, name=name, period=period, at=at)
        return None
    by = actor.account
    return _start(Batch(season=season, title=name, period=period, total=due, by=by, started_at=at))


def _start(batch: Batch) -> Batch:
    since = batch.started_at - SILENT
    running = Batch.objects.filter(season=batch.season, state__in=_UNDER_WAY, started_at__gt=since)
    if running.exists():
        raise DomainError("certificate_batch_running")
    batch.save()
    app.configure_task(name=ISSUE, queue="default").defer(batch=batch.pk)
    return batch


def carry_batch(*, batch: int, at: datetime) -> Batch:
    """The job. What it refuses stands in the batch as sentences, each with the person's name."""
    held = Batch.objects.select_related("season__rulebook", "season__host").get(pk=batch)
    try:
        account = people.get_account_by_id(int(held.by))
        actor = people.actor_of(account, at=at)
        _issue(held, actor, at, lambda done, total: _tell(held, BatchState.SETTING, done, total))
        held.done = held.total
        _end(held, BatchState.DONE, at)
    except DomainError as error:
        problems = error.problems if isinstance(error, Problems) else ()
        held.refusal = [text_of(one) for one in problems[:_LINES]] or [text_of(error)]
        _end(held, BatchState.REFUSED, at)
    return held


def _issue(held: Batch, actor: Actor, at: datetime, tell: Tell) -> None:
    """The records, all or none; then their papers."""
    season, name, period = held.season, held.title, held.period
    if name:
        issue_title_records(actor=actor, season=season, name=name, period=period, at=at)
        tell(0, held.total)
        write_titles(season=season, name=name, period=period, tell=tell)
    else:
        issue_records(actor=actor, season=season, at=at)
        tell(0, held.total)
        write_documents(season=season, tell=tell)


def defer_documents(season: str) -> None:
    """Inside a transaction: the job is there only if the transaction holds."""
    app.configure_task(name=WRITE, queue="default").defer(season=season)


def _tell(held: Batch, state: BatchState, done: int, total: int) -> None:
    held.state, held.done, held.total = state, done, total
    held.save(update_fields=["state", "done", "total"])


def _end(held: Batch, state: BatchState, at: datetime) -> None:
    held.state, held.ended_at = state, at
    held.save(update_fields=["state", "done", "total", "ended_at", "refusal"])
