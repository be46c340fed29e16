"""情况通报: drafted, changed, issued in one go for every unit it is meant for, filed with a number.

Issuing is a job: figures are read and frozen unit by unit, papers are written into one zip. A job
that is run again begins again; a report that failed is a draft again and says why.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
import zipfile
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction

from leitai.base.actor import Actor, system
from leitai.base.jobs import app
from leitai.insight import rules, wording
from leitai.insight.enums import ReportState
from leitai.insight.models import Copy, Report
from leitai.insight.selectors import reports
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.paperwork import services as paperwork
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

RUN: Final = "insight.make_report"
STALE: Final = timedelta(minutes=10)
TRIES: Final = 3
_WRITERS: Final = {"docx": paperwork.official_docx, "pdf": paperwork.official_pdf}
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the office writes of a report."""

    title: str
    number: str
    to: str
    wording: str
    signer: str
    dated: date
    first: date
    last: date
    each: bool = False


@transaction.atomic
def draft_report(*, actor: Actor, season: Season, draft: Draft, at: datetime) -> Report:
    """A new draft over the season's host; raises forbidden and what `save_report` does."""
    _demand(actor, season)
    _check(draft)
    if season.host is None:
        raise DomainError("insight_no_host")
    return Report.objects.create(
        season=season,
        unit=season.host,
        by=actor.account,
        by_name=actor.name[:120],
        at=at,
        touched_at=at,
        **{one.name: getattr(draft, one.name) for one in fields(draft)},
    )


@transaction.atomic
def save_report(*, actor: Actor, report: Report, draft: Draft, at: datetime) -> Report:
    """Raises forbidden, insight_report_issued, insight_field_unknown, insight_days_order."""
    held = _open(actor, report)
    _check(draft)
    for one in fields(draft):
        setattr(held, one.name, getattr(draft, one.name))
    held.touched_at, held.problem = at, ""
    held.save()
    return held


@transaction.atomic
def drop_report(*, actor: Actor, report: Report) -> None:
    _open(actor, report).delete()


@transaction.atomic
def issue_report(*, actor: Actor, report: Report, at: datetime) -> Report:
    """Claim the number and make the papers in a job.

    Raises DomainError: forbidden, insight_report_issued, insight_number_missing,
    insight_number_taken.
    """
    held = _open(actor, report)
    if not held.number.strip():
        raise DomainError("insight_number_missing")
    held.state, held.tries, held.problem, held.touched_at = ReportState.MAKING, 0, "", at
    held.by, held.by_name = actor.account, actor.name[:120]
    held.done, held.total = 0, len(reports.units_of(held))
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError:
        raise DomainError("insight_number_taken", number=held.number) from None
    _defer(held.pk)
    return held


def make_report(report: int, *, at: datetime) -> None:
    """The job: every unit's paper frozen and written; nothing where it was done already."""
    held = Report.objects.select_related("season__rulebook", "season__host", "unit")
    found = held.filter(pk=report, state=ReportState.MAKING).first()
    if found is None:
        return
    found.tries += 1
    found.save(update_fields=["tries"])
    if found.tries > TRIES:
        _give_up(found, "insight_report_failed", at)
        return
    try:
        _finish(found, _papers(found), at)
    except DomainError as error:
        _give_up(found, error.code, at)


def resume_reports(*, at: datetime) -> None:
    """Take up what a process that died has left."""
    for report in Report.objects.filter(state=ReportState.MAKING, touched_at__lt=at - STALE):
        _defer(report.pk)


def _give_up(report: Report, code: str, at: datetime) -> None:
    """A draft again; the number is free."""
    logger.info("report %s refused: %s", report.pk, code)
    Report.objects.filter(pk=report.pk, state=ReportState.MAKING).update(
        state=ReportState.DRAFT, problem=code, touched_at=at
    )


def _demand(actor: Actor, season: Season) -> None:
    if not rules.can_write_reports(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")


def _open(actor: Actor, report: Report) -> Report:
    """Locked, while it is a draft: what was issued is never changed."""
    _demand(actor, report.season)
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.state != ReportState.DRAFT:
        raise DomainError("insight_report_issued", number=held.number)
    return held


def _check(draft: Draft) -> None:
    if draft.first > draft.last:
        raise DomainError("insight_days_order")
    wording.demand_known(draft.wording)
    for text in (draft.title, draft.number, draft.to):
        wording.demand_known(text, wording.HEAD_FIELDS)


def _defer(report: int) -> None:
    lock = f"{RUN}:{report}"
    transaction.on_commit(
        lambda: app.configure_task(RUN, queue="default", queueing_lock=lock).defer(report=report)
    )


def _papers(report: Report) -> list[Copy]:
    """Each unit's paper with the figures as they are now, not yet kept."""
    copies = []
    for position, unit in enumerate(reports.units_of(report), start=1):
        copies.append(reports.copy_of(report, unit, position))
        Report.objects.filter(pk=report.pk).update(done=position - 1)
    return copies


def _finish(report: Report, copies: list[Copy], at: datetime) -> None:
    path = Path(settings.LEITAI_FILES) / f"insight/{report.season.code}/{report.pk}.zip"
    data_hash = _write(report, copies, path, at)
    with transaction.atomic():
        held = Report.objects.select_for_update().get(pk=report.pk)
        if held.state != ReportState.MAKING:
            return
        held.copies.all().delete()
        Copy.objects.bulk_create(copies)
        held.state, held.issued_at, held.touched_at = ReportState.ISSUED, at, at
        held.file, held.sha256 = f"insight/{report.season.code}/{report.pk}.zip", data_hash
        held.done = held.total = len(copies)
        held.save()
        ledger.append(
            chain=report.season.code,
            actor=_issuer(report),
            act="insight.report_issued",
            subject=f"report:{report.pk}",
            data={
                "number": copies[0].number,
                "title": copies[0].title,
                "count": len(copies),
                "sha256": data_hash,
            },
            at=at,
        )


def _issuer(report: Report) -> Actor:
    """Whoever issued it; the job acts for nobody else."""
    return Actor(report.by, report.by_name) if report.by else system("insight")


def _write(report: Report, copies: list[Copy], path: Path, at: datetime) -> str:
    """The zip whole or not at all; its SHA-256."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft,
        zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for copy in copies:
            official = reports.official_of(report, copy)
            stem = reports.file_stem(copy)
            for ending, write in _WRITERS.items():
                named = zipfile.ZipInfo(f"{stem}.{ending}", date_time=at.timetuple()[:6])
                archive.writestr(named, write(official))
            Report.objects.filter(pk=report.pk).update(done=copy.position, touched_at=at)
    made = Path(draft.name)
    found = hashlib.sha256(made.read_bytes()).hexdigest()
    made.replace(path)
    return found
