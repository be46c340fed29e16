"""The jobs of a large file: read it, then take its lines in, a portion at a time.

Each portion is a transaction of its own with how far it is: a process that dies leaves whole
portions, and the next round goes on with the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.people import selectors as people
from leitai.practice.enums import OutsideState
from leitai.practice.models import OutsideDraft
from leitai.practice.services.outside.drafting import (
    PORTION,
    demand_office,
    file_of,
    rows_of,
    table_of,
)
from leitai.practice.services.outside.lines import STATES, Line
from leitai.practice.services.outside.taking import record, take_lines

SILENT: Final = timedelta(minutes=3)  # a job that says nothing for so long has died
TRIES: Final = 3  # a file that a process died of so often is given up
_SENTENCES: Final = 20


def read_draft(code: str, *, at: datetime) -> None:
    """Read and match the kept file. Run again it does the same."""
    draft = OutsideDraft.objects.filter(code=code, state=OutsideState.READING).first()
    if draft is None:
        return
    try:
        demand_office(_owner(draft, at), draft.season)
        table = table_of(file_of(draft), draft.name)
        draft.rows = rows_of(draft, table, at=at, tell=lambda *how: _tell(code, *how))
    except DomainError as error:
        _give_up(draft, error)
        return
    draft.state, draft.content, draft.tries = OutsideState.READY, "", 0
    draft.done = draft.total = len(draft.rows)
    with transaction.atomic():  # nothing where the owner has taken it away meanwhile
        if OutsideDraft.objects.select_for_update().filter(pk=draft.pk).exists():
            draft.save()


def take_draft(code: str, *, at: datetime) -> None:
    """Take a confirmed draft's lines in. Run again, or twice at once, no line is taken twice."""
    draft = OutsideDraft.objects.filter(code=code, state=OutsideState.TAKING).first()
    if draft is None:
        return
    try:
        actor = _owner(draft, at)
        while _take_portion(draft, actor, draft.rows, at=at):
            pass
    except DomainError as error:
        _give_up(draft, error)


def resume_drafts(*, at: datetime) -> None:
    """Go on with what a process left lying when it died."""
    lying = OutsideDraft.objects.filter(
        state__in=[OutsideState.READING, OutsideState.TAKING], told_at__lt=at - SILENT
    )
    for draft in lying.defer("rows", "content").order_by("pk"):
        if draft.tries >= TRIES:
            _give_up(draft, DomainError("outside_broken"))
            continue
        OutsideDraft.objects.filter(pk=draft.pk).update(tries=F("tries") + 1, told_at=Now())
        step = read_draft if draft.state == OutsideState.READING else take_draft
        step(draft.code, at=at)


@transaction.atomic
def _take_portion(
    draft: OutsideDraft, actor: Actor, rows: Sequence[dict[str, Any]], *, at: datetime
) -> bool:
    """Whether there was one; else the file is done, or somebody else is at it."""
    running = OutsideDraft.objects.filter(pk=draft.pk, state=OutsideState.TAKING)
    held = running.select_for_update(skip_locked=True).defer("rows", "content").first()
    if held is None:
        return False
    demand_office(actor, held.season)
    lines = [Line.of(row) for row in rows[held.done : held.done + PORTION]]
    if lines:
        figures, states = take_lines(actor, held, lines, at)
        counts = Counter(held.counts) + Counter({**states, "figures": figures})
        running.update(counts=dict(counts), done=held.done + len(lines), told_at=Now())
        return True
    found = {state: held.counts.get(state, 0) for state in STATES}
    running.update(state=OutsideState.DONE, rows=[], counts=found)
    record(actor, held, held.counts.get("figures", 0), found, at)
    return False


def _owner(draft: OutsideDraft, at: datetime) -> Actor:
    """Whoever began, with the rights that they have now."""
    if not draft.owner.isdecimal():
        raise DomainError("forbidden")
    return people.actor_of(people.get_account_by_id(int(draft.owner)), at=at)


def _tell(code: str, done: int, total: int) -> None:
    OutsideDraft.objects.filter(code=code).update(done=done, total=total, told_at=Now())


def _give_up(draft: OutsideDraft, error: DomainError) -> None:
    problems = error.problems if isinstance(error, Problems) else ()
    said = [text_of(one) for one in problems[:_SENTENCES]] or [text_of(error)]
    OutsideDraft.objects.filter(pk=draft.pk).update(
        state=OutsideState.FAILED, note="\n".join(said), content="", rows=[]
    )
