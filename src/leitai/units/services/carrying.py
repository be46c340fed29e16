"""A file that somebody confirmed: carried out exactly as previewed, all of it or nothing.

Few units are written while one waits, more by a job: one transaction either way. A process that
dies in it leaves the tree as it was, and the next round carries the file out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import translation

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.units.enums import ROW_CHANGES, ROW_WRONG, ImportState
from leitai.units.models import IMPORT_KEPT, UnitImport
from leitai.units.services.drafting import (
    CARRY,
    actor_of,
    defer,
    language_of_page,
    plan_digest,
    plan_import,
    present,
    rights_of,
    take_up,
    weigh_draft,
)
from leitai.units.services.importing import carry_out, known_units, record
from leitai.units.services.progress import Progress
from leitai.units.services.writing import lock_tree

AT_ONCE: Final = 500  # units that are written while one waits
_CONFIRMED = ("state", "note", "rights", "language", "done", "tries", "total")
_REFUSED: Final = {
    ImportState.READING: "unit_import_running",
    ImportState.RUNNING: "unit_import_running",
    ImportState.DONE: "unit_import_done",
    ImportState.FAILED: "unit_import_unknown",
}


def confirm_import(*, actor: Actor, draft: UnitImport, digest: str, at: datetime) -> UnitImport:
    """Carry out what the preview with that digest showed, at once or in a job.

    Raises DomainError: unit_import_running, unit_import_done, unit_import_problems, and
    unit_import_changed where another preview was confirmed than the one that is kept.
    """
    with transaction.atomic():
        kept = UnitImport.objects.select_for_update().defer("rows", "content", "problems")
        held = kept.get(pk=draft.pk)
        _demand_ready(held, actor, digest)
        held.state, held.note = ImportState.RUNNING, ""
        held.rights, held.language = rights_of(actor), language_of_page()
        held.done, held.tries = 0, 0
        held.total = sum(held.counts[kind] for kind in ROW_CHANGES)
        held.save(update_fields=_CONFIRMED)
        if held.total > AT_ONCE:
            defer(CARRY, held)
    if held.total <= AT_ONCE:
        carry_import(held.pk, at=at)
        held.refresh_from_db()
    return held


def _demand_ready(held: UnitImport, actor: Actor, digest: str) -> None:
    if held.by != actor.account:
        raise DomainError("unit_import_unknown")
    if held.state in _REFUSED:
        raise DomainError(_REFUSED[ImportState(held.state)])
    if held.counts[ROW_WRONG]:
        raise DomainError("unit_import_problems")
    if held.plan != digest:
        raise DomainError("unit_import_changed")


def carry_import(draft: int, *, at: datetime) -> None:
    """Write what was confirmed, where it still is what would happen.

    Where the tree has changed since, nothing is written, and the file waits with its new preview.
    """
    with Progress(draft) as progress, transaction.atomic():
        held = take_up(draft, ImportState.RUNNING, progress, at=at)
        if held is None:
            return
        with translation.override(held.language):
            lock_tree()
            known = known_units()
            todo = weigh_draft(held, known)
            if todo.problems or plan_digest(todo, known) != held.plan:
                held.note = "unit_import_changed"
                present(held, todo, known, progress)
                return
            actor, total = actor_of(held), len(todo.added) + len(todo.changed)
            carry_out(actor, todo, known, held.name, at, lambda done: progress.tell(done, total))
            held.state, held.done_at = ImportState.DONE, at
            held.save(update_fields=["state", "done_at"])
            record(actor, todo, held.name, at)


def resume_imports(*, at: datetime) -> None:
    """Go on with what a process left lying when it died; files of yesterday go."""
    waiting = UnitImport.objects.filter(state__in=[ImportState.READING, ImportState.RUNNING])
    for pk, state in waiting.order_by("pk").values_list("pk", "state"):
        step = plan_import if state == ImportState.READING else carry_import
        step(pk, at=at)
    UnitImport.objects.filter(at__lte=at - IMPORT_KEPT).delete()
