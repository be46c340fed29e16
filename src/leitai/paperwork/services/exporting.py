"""Make a document or fill a template, at once where it is short, otherwise in a job.

A job may be repeated: it writes one file under the export's own name and ends by one update.
"""

from __future__ import annotations

import hashlib
import io
import logging
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from django.conf import settings
from django.db import transaction

from leitai.base.actor import Actor, AppointmentRef
from leitai.base.jobs import app
from leitai.documents import docx
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger import services as ledger
from leitai.paperwork import rules
from leitai.paperwork.enums import ExportState, FileKind
from leitai.paperwork.filling import fill, scope_of
from leitai.paperwork.material import subjects
from leitai.paperwork.material.subjects import Filling
from leitai.paperwork.models import Export, Template
from leitai.paperwork.packs import Heading, Made, Wanted, get_pack
from leitai.paperwork.packs.rendering import file_name
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

RUN: Final = "paperwork.run_export"
KEPT: Final = timedelta(days=7)
SMALL: Final = 60  # fillings that are made while one waits
PEOPLE: Final = 500  # in a stage, for documents made while one waits
TRIES: Final = 3
STALE: Final = timedelta(minutes=10)
PLAIN: Final = Heading()
_BEAT: Final = 20  # fillings between two notes of progress
logger = logging.getLogger(__name__)


def start_pack(
    *,
    actor: Actor,
    season: Season,
    pack: str,
    stage: str,
    ending: str,
    at: datetime,
    heading: Heading = PLAIN,
) -> Export:
    """Begin a one-click document; a short one is there when this returns.

    Raises DomainError for one that cannot be made yet.
    """
    _demand(actor, season)
    told = get_pack(pack)
    if ending not in told.formats:
        raise DomainError("not_found")
    title = str(told.title)
    if told.of_stage:
        title = f"{seasons.get_stage(season, stage).title}{title}"
    options: dict[str, object] = {
        "stage": stage if told.of_stage else "",
        "format": ending,
        "heading": asdict(heading) if told.official else {},
    }
    export = _begin(actor, season, f"pack:{told.code}", title, options, at)
    people = _people(season)
    return _run_or_defer(export, at=at, now=not told.long and people <= PEOPLE)


def start_filling(
    *, actor: Actor, template: Template, row: str, whole: bool, at: datetime
) -> Export:
    """Fill a template for one row, or for all (`row` empty): a zip, or `whole`, one file.

    Only a docx can be one file of all: each filling begins on a page of its own.
    """
    season = template.season
    _demand(actor, season)
    options: dict[str, object] = {"row": row, "whole": whole and template.kind == FileKind.DOCX}
    export = _begin(actor, season, f"template:{template.number}", template.title, options, at)
    count = 1 if row else len(subjects.choices_of(season, scope_of(template)))
    return _run_or_defer(export, at=at, now=count <= SMALL)


def run_export(export: int, *, at: datetime) -> None:
    """Make the file; a refusal is kept with the export, for whoever asked to read."""
    held = Export.objects.select_related("season__rulebook").filter(pk=export).first()
    if held is None or held.state not in {ExportState.WAITING, ExportState.RUNNING}:
        return
    if held.tries >= TRIES:
        _refuse(held, DomainError("paperwork_export_failed", tries=TRIES), at)
        return
    held.state, held.tries, held.touched_at = ExportState.RUNNING, held.tries + 1, at
    held.save(update_fields=["state", "tries", "touched_at"])
    try:
        made, missing, count = _make(held, at)
    except DomainError as error:
        _refuse(held, error, at)
        return
    _finish(held, made, missing, count, at)


def resume_exports(*, at: datetime) -> None:
    """Take up what a process that died has left; delete what was kept long enough."""
    for export in Export.objects.filter(
        state__in=(ExportState.WAITING, ExportState.RUNNING), touched_at__lt=at - STALE
    ):
        _defer(export)
    for export in Export.objects.filter(at__lt=at - KEPT).exclude(file=""):
        (Path(settings.LEITAI_FILES) / export.file).unlink(missing_ok=True)
        export.file = ""
        export.save(update_fields=["file"])


def _demand(actor: Actor, season: Season) -> None:
    if not rules.can_export(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")


def _people(season: Season) -> int:
    return max((stage.entries.count() for stage in season.stages.all()), default=0)


def _begin(
    actor: Actor, season: Season, what: str, title: str, options: dict[str, object], at: datetime
) -> Export:
    held = [[one.role, one.unit_path, one.season] for one in actor.appointments]
    return Export.objects.create(
        season=season,
        what=what,
        title=title[:160],
        options=options,
        by=actor.account,
        by_name=actor.name[:120],
        rights={"person": actor.person, "appointments": held},
        at=at,
        touched_at=at,
    )


def _run_or_defer(export: Export, *, at: datetime, now: bool) -> Export:
    if not now:
        _defer(export)
        return export
    run_export(export.pk, at=at)
    export.refresh_from_db()
    if export.state == ExportState.FAILED:  # somebody waits for it: the page says it at once
        refused = DomainError(export.problem, **export.problem_data)
        export.delete()
        raise refused
    return export


def _defer(export: Export) -> None:
    lock = f"{RUN}:{export.pk}"
    transaction.on_commit(
        lambda: app.configure_task(RUN, queue="default", queueing_lock=lock).defer(export=export.pk)
    )


def _make(export: Export, at: datetime) -> tuple[Made, list[str], int]:
    kind, _colon, code = export.what.partition(":")
    if kind == "pack":
        return get_pack(code).make(_wanted(export, at)), [], 1
    template = Template.objects.select_related("season__rulebook").get(
        season=export.season, number=int(code)
    )
    return _filled(export, template, at)


def _wanted(export: Export, at: datetime) -> Wanted:
    return Wanted(
        season=export.season,
        law=seasons.rulebook_of(export.season),
        stage=export.options.get("stage", ""),
        format=export.options.get("format", ""),
        actor=_actor(export),
        at=at,
        tell=lambda done, total: _tell(export, done, total),
        heading=Heading(**export.options.get("heading", {})),
    )


def _actor(export: Export) -> Actor:
    """Whoever asked, with the rights that were held then: a job acts for nobody else."""
    return Actor(
        account=export.by,
        name=export.by_name,
        person=export.rights.get("person", ""),
        appointments=tuple(AppointmentRef(*one) for one in export.rights["appointments"]),
    )


def _tell(export: Export, done: int, total: int) -> None:
    Export.objects.filter(pk=export.pk).update(done=done, total=total)


def _filled(export: Export, template: Template, at: datetime) -> tuple[Made, list[str], int]:
    row = str(export.options.get("row", ""))
    fillings = subjects.fillings_of(template.season, scope_of(template), at=at, key=row)
    if not fillings:
        raise DomainError("paperwork_no_rows", title=template.title)
    files: dict[str, bytes] = {}
    missing: dict[str, None] = {}
    for number, one in enumerate(fillings):
        if number % _BEAT == 0:
            _tell(export, number, len(fillings))
        filled = fill(template, one.values)
        missing.update(dict.fromkeys(filled.missing))
        files[_name(template, one, number, several=len(fillings) > 1)] = filled.data
    _tell(export, len(fillings), len(fillings))
    if len(files) == 1:
        name, data = next(iter(files.items()))
        return Made(name, data), list(missing), 1
    if export.options.get("whole"):
        joined = docx.join(list(files.values()))
        return Made(file_name(template.title, ending="docx"), joined), list(missing), len(files)
    zipped = Made(file_name(template.title, ending="zip"), _zipped(files, at))
    return zipped, list(missing), len(files)


def _name(template: Template, one: Filling, number: int, *, several: bool) -> str:
    head = f"{number + 1:03d}" if several else ""
    return file_name(head, one.title, template.title, ending=template.kind)


def _zipped(files: Mapping[str, bytes], at: datetime) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=at.timetuple()[:6]), data)
    return file.getvalue()


@transaction.atomic
def _finish(export: Export, made: Made, missing: list[str], count: int, at: datetime) -> None:
    path = f"paperwork/{export.season.code}/{export.pk}.bin"
    _keep(Path(settings.LEITAI_FILES) / path, made.data)
    export.state, export.file, export.name = ExportState.DONE, path, made.name
    export.size, export.sha256 = len(made.data), hashlib.sha256(made.data).hexdigest()
    export.missing, export.done, export.total = missing, count, count
    export.touched_at = at
    export.save()
    ledger.append(
        chain=export.season.code,
        actor=_actor(export),
        act="paperwork.exported",
        subject=f"export:{export.pk}",
        data={"title": export.title, "count": count, "sha256": export.sha256, "by": export.by_name},
        at=at,
    )


def _refuse(export: Export, error: DomainError, at: datetime) -> None:
    if isinstance(error, Problems) and error.problems:
        first = error.problems[0]
        error = DomainError(first.code, **dict(first.data))
    logger.info("export %s refused: %s", export.pk, error.code)
    export.state, export.problem, export.touched_at = ExportState.FAILED, error.code, at
    export.problem_data = {key: str(value) for key, value in error.data.items()}
    export.save(update_fields=["state", "problem", "problem_data", "touched_at"])


def _keep(path: Path, data: bytes) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft:
        draft.write(data)
    Path(draft.name).replace(path)
