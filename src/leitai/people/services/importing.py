"""A file of people: looked at first, sealed for a day, taken in where it is good.

Small files are read while one waits; larger ones by a job. Nothing good is lost by what is bad:
confirming takes the good rows, and gives the others back with the reason beside each.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO, Final

from django.db import transaction

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.base.jobs import app
from leitai.base.sheets import read_sheet
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.people import doors, numbers, rules, selectors
from leitai.people.enums import DraftState
from leitai.people.models import Account, ImportDraft
from leitai.people.services import planning, taking
from leitai.people.services.cells import hide
from leitai.people.services.chain import CHAIN
from leitai.people.services.registering import new_code

BATCH: Final = 2_000
SMALL: Final = 1 << 20  # bytes of a file that is read while one waits
KEPT: Final = timedelta(hours=24)
SHOWN: Final = 200  # rows of a kind on the preview
REASON: Final = "原因"
PLAN, CARRY = "people.plan_import", "people.carry_import"  # the jobs, in tasks.py


@dataclass(frozen=True, slots=True)
class Rows:
    """What a draft keeps sealed: rows as planned, and lines that could not be read at all."""

    rows: list[dict[str, Any]]
    unreadable: list[str]


def start_import(*, actor: Actor, source: BinaryIO, name: str, at: datetime) -> ImportDraft:
    """Keep an uploaded file sealed and plan it, at once or in a job."""
    if not rules.keeper_paths(actor):
        raise DomainError("forbidden")
    doors.previewing(actor, at=at)
    data = source.read()
    draft = ImportDraft(
        code=new_code(),
        owner=actor.account,
        name=hide(name)[-200:],  # its end says what it is
        state=DraftState.READING,
        made_at=at,
        expires_at=at + KEPT,
    )
    if len(data) <= SMALL:
        table = read_table(data, name)
        if len(table[0]) <= BATCH:
            _plan(draft, actor, *table, at=at)
            return draft
    draft.content = _seal(draft, base64.b64encode(data).decode())
    with transaction.atomic():
        draft.save()
        defer(PLAN, draft)
    return draft


def read_table(data: bytes, name: str) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """Rows as (number, cells by field), and sentences of the lines that cannot be read."""
    first, *others = planning.HEADINGS.values()
    table = read_sheet(
        data, name=name, columns=[first], optional=[*others, REASON], also=planning.ALSO
    )
    if not table.rows and not table.problems:
        raise DomainError("import_none")
    fields = {heading: field for field, heading in planning.HEADINGS.items()}
    rows = [
        (row.number, {fields[h]: text for h, text in row.cells.items() if text and h in fields})
        for row in table.rows
    ]
    return rows, [text_of(problem) for problem in table.problems]


def plan_import(draft: ImportDraft, *, at: datetime) -> None:
    """The job's part: read and plan the kept file. Run again it does the same."""
    if draft.state != DraftState.READING:
        return
    data = base64.b64decode(_open(draft, "content"))
    try:
        rows, unreadable = read_table(data, draft.name)
        _plan(draft, owner_of(draft, at), rows, unreadable, at=at)
    except DomainError as error:
        draft.state, draft.note, draft.content = DraftState.FAILED, text_of(error), ""
        draft.save()


def _plan(
    draft: ImportDraft,
    actor: Actor,
    rows: Sequence[tuple[int, Mapping[str, str]]],
    unreadable: list[str],
    *,
    at: datetime,
) -> None:
    planner = planning.Planner(actor, at)
    draft.total = len(rows)
    kept: list[dict[str, Any]] = []
    for portion in _portions(rows):
        kept += [asdict(one.planned) for one in planner.plan(portion)]
        if draft.pk:
            ImportDraft.objects.filter(pk=draft.pk).update(total=draft.total, done=len(kept))
    counts = Counter(row["kind"] for row in kept)
    draft.counts = {kind: counts[kind] for kind in planning.KINDS}
    draft.counts["unreadable"] = len(unreadable)
    draft.done, draft.state = 0, DraftState.READY
    _keep(draft, Rows([row for row in kept if row["kind"] != "same"], unreadable))
    with transaction.atomic():
        draft.save()
        ledger.append(
            chain=CHAIN,
            actor=actor,
            act="people.import_previewed",
            subject=f"draft:{draft.code}",
            data=draft.counts,
            at=at,
        )


@transaction.atomic
def confirm_import(
    *, actor: Actor, draft: ImportDraft, said: Mapping[int, str], at: datetime
) -> ImportDraft:
    """Take the good rows in, at once or in a job. `said` answers rows in doubt by number."""
    held = ImportDraft.objects.select_for_update().get(pk=draft.pk)
    if held.owner != actor.account:
        raise DomainError("forbidden")
    if held.state != DraftState.READY:
        raise DomainError("import_running")
    rows = _rows(held)
    for row in rows.rows:
        if row["kind"] == "doubt":
            row["said"] = said.get(row["number"], "")
    held.state, held.done = DraftState.RUNNING, 0
    held.total = len(rows.rows)
    _keep(held, rows)
    held.save()
    if held.total <= BATCH:
        carry_import(held, at=at, actor=actor)
    else:
        defer(CARRY, held)
    return held


def carry_import(draft: ImportDraft, *, at: datetime, actor: Actor | None = None) -> None:
    """Take the rows in by portions, each in a transaction of its own with its ledger entry.

    Run again after a crash it finds what is taken already, and changes it no more.
    """
    if draft.state != DraftState.RUNNING:
        return
    actor = actor or owner_of(draft, at)
    rows = _rows(draft)
    planner = planning.Planner(actor, at)
    done: Counter[str] = Counter()
    back: list[dict[str, Any]] = []
    for portion in _portions(rows.rows):
        with transaction.atomic():
            taken, left = taking.take(actor, planner, portion, draft=draft.code, at=at)
            done += taken
            back += left
            draft.done += len(portion)
            ImportDraft.objects.filter(pk=draft.pk).update(done=draft.done)
    draft.state = DraftState.DONE
    draft.counts = {kind: done[kind] for kind in planning.TAKEN} | {
        "same": int(draft.counts.get("same", 0)) + done["same"],
        "back": len(back) + len(rows.unreadable),
    }
    _keep(draft, Rows(back, rows.unreadable))
    draft.save()


def drop_import(*, actor: Actor, draft: ImportDraft) -> None:
    if draft.owner != actor.account:
        raise DomainError("forbidden")
    if draft.state == DraftState.RUNNING:
        raise DomainError("import_running")
    draft.delete()


def purge_imports(*, at: datetime) -> int:
    """Files of yesterday go, with all that was in them."""
    return ImportDraft.objects.filter(expires_at__lte=at).delete()[0]


def get_draft_for(actor: Actor, code: str, *, at: datetime) -> ImportDraft:
    """The owner's own; nobody else's exists for them."""
    draft = ImportDraft.objects.filter(code=code, owner=actor.account).first()
    if draft is None or not actor.known:
        raise DomainError("not_found")
    if draft.expires_at <= at:
        raise DomainError("import_expired")
    return draft


def shown_rows(draft: ImportDraft) -> dict[str, list[dict[str, Any]]]:
    """What the preview shows, by kind: personal numbers masked, at most `SHOWN` a kind."""
    shown: dict[str, list[dict[str, Any]]] = json.loads(_open(draft, "shown") or "{}")
    return shown


def rows_back(draft: ImportDraft) -> Iterator[tuple[int, dict[str, str], str]]:
    """Rows that were not taken: number, cells as typed, and why."""
    rows = _rows(draft)
    for row in rows.rows:
        if row["kind"] not in planning.TAKEN:
            yield row["number"], row["cells"], "".join(sentences(row))
    for text in rows.unreadable:
        yield 0, {}, text


def sentences(row: Mapping[str, Any]) -> list[str]:
    """What is wrong with a row, by heading."""
    return [
        text_of(Problem(planning.HEADINGS.get(field, ""), code, data))
        for field, code, data in row["problems"]
    ]


def owner_of(draft: ImportDraft, at: datetime) -> Actor:
    """Whoever began, with the rights that they have now."""
    account = Account.objects.filter(pk=int(draft.owner)).first() if draft.owner.isdigit() else None
    if account is None:
        raise DomainError("forbidden")
    return selectors.actor_of(account, at=at)


def defer(job: str, draft: ImportDraft) -> None:
    app.configure_task(name=job, queue="default", queueing_lock=f"{job}:{draft.code}").defer(
        draft=draft.code
    )


def _portions(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _keep(draft: ImportDraft, rows: Rows) -> None:
    draft.content = _seal(draft, json.dumps(asdict(rows), ensure_ascii=False))
    shown: dict[str, list[dict[str, Any]]] = {}
    for row in rows.rows:
        group = shown.setdefault(row["kind"], [])
        if len(group) < SHOWN:
            group.append(row | {"cells": dict(_masked(row["cells"].items()))})
    if rows.unreadable:
        shown["unreadable"] = [{"text": hide(t)} for t in rows.unreadable[:SHOWN]]
    draft.shown = _seal(draft, json.dumps(shown, ensure_ascii=False))


def _masked(cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, text in cells:
        if name in {"id_number", "phone", "staff_number"}:
            yield name, numbers.mask(name, numbers.normalise(name, text))
        else:  # a number may stand in the wrong column
            yield name, hide(text, unit=name == "unit")


def _rows(draft: ImportDraft) -> Rows:
    return Rows(**json.loads(_open(draft, "content")))


def _seal(draft: ImportDraft, text: str) -> str:
    return sealing.seal(text, place=f"draft:{draft.code}")


def _open(draft: ImportDraft, column: str) -> str:
    return sealing.open_sealed(getattr(draft, column), place=f"draft:{draft.code}")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a file did, or in a dry run would do."""

    counts: Mapping[str, int]
    back: tuple[str, ...]


def import_people(
    *, actor: Actor, source: BinaryIO, name: str, at: datetime, dry_run: bool = False
) -> ImportReport:
    """The whole way at once, for the command line: rows in doubt are not taken."""
    try:
        rows, unreadable = read_table(source.read(), name)
    except Problems as error:
        if dry_run:
            return ImportReport({}, tuple(text_of(one) for one in error.problems))
        raise
    planner, code = planning.Planner(actor, at), new_code()
    done: Counter[str] = Counter()
    back: list[str] = list(unreadable)
    for portion in _portions(rows):
        planned = [asdict(one.planned) for one in planner.plan(portion)]
        left = [row for row in planned if row["kind"] in {"wrong", "doubt"}]
        if dry_run:
            done.update(row["kind"] for row in planned if row["kind"] not in {"wrong", "doubt"})
        else:
            with transaction.atomic():
                again = planning.Planner(actor, at)
                taken, left = taking.take(actor, again, planned, draft=code, at=at)
                done += taken
        back += [f"{_line(row)}{''.join(sentences(row))}" for row in left]
    return ImportReport({kind: done[kind] for kind in (*planning.TAKEN, "same")}, tuple(back))


def _line(row: Mapping[str, Any]) -> str:
    return f"[{row['number']}] {row['cells'].get('name', '')} "
