"""A file on the web: kept for a day, read and weighed, so that a person can look first.

A small file is read while one waits, a larger one by a job. Each step is one transaction, which
only one process at a time works at; run again after a crash it does the same.
"""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import BinaryIO, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from leitai.base import sealing
from leitai.base.actor import Actor, AppointmentRef
from leitai.base.jobs import app
from leitai.base.sheets import LIMIT
from leitai.base.tables import Table
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.units import rules
from leitai.units.enums import ImportState
from leitai.units.intake import Node, Plan
from leitai.units.models import IMPORT_KEPT, UnitImport
from leitai.units.services.importing import known_units, read_units, weigh
from leitai.units.services.progress import Progress
from leitai.units.services.showing import row_of, show

SMALL: Final = 64 * 1024  # bytes of a file that is read while one waits: some hundred rows
TRIES: Final = 3  # a step whose process died so often is given up
_KEPT_FIELDS = ("state", "content", "rows", "problems", "counts", "plan", "note", "done")
PLAN, CARRY = "units.plan_import", "units.carry_import"  # the jobs, in tasks.py


def start_import(*, actor: Actor, source: BinaryIO, name: str, at: datetime) -> UnitImport:
    """Keep an uploaded file and weigh it, at once or in a job.

    Raises Problems for a small file that cannot be read; of a larger one its page says so.
    """
    if not rules.can_upload_units(actor):
        raise DomainError("forbidden")
    name, data = name[-120:], source.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise Problems([Problem(name, "table_too_large", {"limit": LIMIT >> 20})])
    draft = UnitImport(name=name, by=actor.account, at=at)
    draft.rights, draft.language = rights_of(actor), language_of_page()
    small = len(data) <= SMALL
    if small:
        _keep(draft, read_units(io.BytesIO(data), name=name, spoken=True))
    with transaction.atomic():
        draft.save()
        if not small:
            draft.content = sealing.seal(base64.b64encode(data).decode(), place=_place(draft))
            draft.save(update_fields=["content"])
            defer(PLAN, draft)
    if small:
        plan_import(draft.pk, at=at)
        draft.refresh_from_db()
    return draft


def plan_import(draft: int, *, at: datetime) -> None:
    """Read the kept file, where that is still to do, and show what it would do to the tree."""
    with Progress(draft) as progress, transaction.atomic():
        held = take_up(draft, ImportState.READING, progress, at=at)
        if held is None:
            return
        with translation.override(held.language):
            try:
                _read(held)
            except Problems as error:
                held.problems = [_problem(one, None) for one in error.problems]
                held.state = ImportState.FAILED
                held.save(update_fields=["state", "problems", "content"])
                return
            known = known_units()
            present(held, weigh_draft(held, known), known, progress)


def present(held: UnitImport, todo: Plan, known: Mapping[str, Node], progress: Progress) -> None:
    """Keep what the file would do now as its preview, to be confirmed."""
    wrong = held.problems or todo.problems
    held.plan = "" if wrong else plan_digest(todo, known)
    held.counts = show(held, todo, known, progress)
    held.state, held.done = ImportState.READY, 0
    held.save(update_fields=_KEPT_FIELDS)


def _read(held: UnitImport) -> None:
    if held.content:
        data = base64.b64decode(sealing.open_sealed(held.content, place=_place(held)))
        held.content = ""
        _keep(held, read_units(io.BytesIO(data), name=held.name, spoken=True))


def _keep(draft: UnitImport, table: Table) -> None:
    draft.rows = [[row.number, dict(row.cells)] for row in table.rows]
    draft.problems = [_problem(one, table) for one in table.problems]


def _problem(problem: Problem, table: Table | None) -> list[object]:
    number = row_of(problem, table) if table else 0
    return [number, problem.code, dict(problem.data)]


def weigh_draft(held: UnitImport, known: Mapping[str, Node]) -> Plan:
    """What the kept rows would do; the places of its problems are the rows' numbers."""
    rows: Sequence[tuple[int, Mapping[str, str]]] = [(number, cells) for number, cells in held.rows]
    return weigh(actor_of(held), rows, known, str)


def plan_digest(todo: Plan, known: Mapping[str, Node]) -> str:
    """Over every unit that would be written, as it is and as it would be."""
    told = [
        [asdict(known[node.code]) if node.code in known else None, asdict(node)]
        for node in (*todo.added, *todo.changed, *todo.moved)
    ]
    return hashlib.sha256(canonical.encode({"plan": told})).hexdigest()


def take_up(
    draft: int, state: ImportState, progress: Progress, *, at: datetime
) -> UnitImport | None:
    """The draft, where it waits in this state and nobody else is at it, until the transaction ends.

    The lock goes with the process that holds it. What failed too often is given up here.
    """
    with connection.cursor() as cursor:
        key = f"units.import:{draft}"
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        (alone,) = cursor.fetchone()
    held = UnitImport.objects.filter(pk=draft, state=state, at__gt=at - IMPORT_KEPT).first()
    if not alone or held is None:
        return None
    if progress.begin() > TRIES:
        held.state, held.note, held.content = ImportState.FAILED, "unit_import_broken", ""
        held.save(update_fields=["state", "note", "content"])
        return None
    return held


def rights_of(actor: Actor) -> dict[str, object]:
    """Whoever acts, for the job: rooms below `people` cannot ask who an account is."""
    held = [[one.role, one.unit_path, one.season] for one in actor.appointments]
    return {"name": actor.name, "person": actor.person, "appointments": held}


def actor_of(held: UnitImport) -> Actor:
    return Actor(
        account=held.by,
        name=held.rights.get("name", ""),
        person=held.rights.get("person", ""),
        appointments=tuple(AppointmentRef(*one) for one in held.rights.get("appointments", ())),
    )


def language_of_page() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


def defer(job: str, draft: UnitImport) -> None:
    lock = f"{job}:{draft.pk}"
    app.configure_task(name=job, queue="default", queueing_lock=lock).defer(draft=draft.pk)


def _place(draft: UnitImport) -> str:
    return f"unit-import:{draft.pk}"
