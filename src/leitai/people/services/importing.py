"""A file of people: looked at first, sealed for a day, taken in where it is good.

Small files are read while one waits; larger ones by a job, a portion of rows at a time. A process
that dies leaves whole portions: the next round goes on with the others. Nothing good is lost by
what is bad: confirming takes the good rows, and gives the others back with the reason beside each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO, Final

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.base.jobs import app
from leitai.base.sheets import read_sheet
from leitai.base.tables import Row
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger import services as ledger
from leitai.people import doors, rules, selectors
from leitai.people.enums import DraftState
from leitai.people.models import Account, ImportDraft
from leitai.people.services import parts, planning, taking
from leitai.people.services.cells import hide
from leitai.people.services.chain import CHAIN
from leitai.people.services.registering import new_code

BATCH: Final = 2_000
SMALL: Final = 1 << 20  # bytes of a file that is read while one waits
KEPT: Final = timedelta(hours=24)
SILENT: Final = timedelta(minutes=3)  # a job that says nothing for so long has died
TRIES: Final = 3  # a file that a process died of so often is given up
REASON: Final = "原因"
PLAN, CARRY = "people.plan_import", "people.carry_import"  # the jobs, in tasks.py
_FIELDS: Final = {heading: name for name, heading in planning.HEADINGS.items()}


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
        told_at=at,
    )
    table = read_table(data, name) if len(data) <= SMALL else None
    with transaction.atomic():
        if table is not None and len(table[0]) <= BATCH:
            draft.save()
            _plan(draft, actor, *table, at=at)
        else:
            parts.keep_file(draft, data)
            draft.save()
            defer(PLAN, draft)
    return draft


def read_table(data: bytes, name: str) -> tuple[Sequence[Row], list[str]]:
    """The file's rows, and sentences of the lines that cannot be read."""
    first, *others = planning.HEADINGS.values()
    table = read_sheet(
        data, name=name, columns=[first], optional=[*others, REASON], also=planning.ALSO
    )
    if not table.rows and not table.problems:
        raise DomainError("import_none")
    return table.rows, [text_of(problem) for problem in table.problems]


def plan_import(draft: ImportDraft, *, at: datetime) -> None:
    """The job's part: read and plan the kept file. Run again it does the same."""
    if draft.state != DraftState.READING:
        return
    try:
        rows, unreadable = read_table(parts.file_of(draft), draft.name)
        _plan(draft, owner_of(draft, at), rows, unreadable, at=at)
    except DomainError as error:
        _give_up(draft, text_of(error))


def _plan(
    draft: ImportDraft, actor: Actor, rows: Sequence[Row], unreadable: list[str], *, at: datetime
) -> None:
    planner, counts, shown = planning.Planner(actor, at), Counter[str](), parts.Shown()
    draft.parts.all().delete()  # what a process left that died here
    draft.total, draft.done = len(rows), 0
    for number, portion in enumerate(_portions(rows)):
        planned = [one.planned.row for one in planner.plan(map(cells_of, portion))]
        counts.update(row["kind"] for row in planned)
        kept = [row for row in planned if row["kind"] != "same"]
        shown.add(kept)
        draft.done += len(portion)
        if not _tell(draft, total=draft.total, done=draft.done):
            return  # somebody has taken it away
        parts.keep_part(draft, number, kept)
    draft.counts = {kind: counts[kind] for kind in planning.KINDS}
    draft.counts["unreadable"] = len(unreadable)
    draft.done, draft.tries, draft.state = 0, 0, DraftState.READY
    shown.add_unreadable(unreadable)
    parts.keep_shown(draft, shown)
    parts.keep_rest(draft, parts.Rest(unreadable))
    with transaction.atomic():
        draft.save(force_update=True)
        ledger.append(
            chain=CHAIN,
            actor=actor,
            act="people.import_previewed",
            subject=f"draft:{draft.code}",
            data=draft.counts,
            at=at,
        )


def cells_of(row: Row) -> tuple[int, dict[str, str]]:
    """Its number, and what stands in it by field."""
    cells = {_FIELDS[h]: text for h, text in row.cells.items() if text and h in _FIELDS}
    return row.number, cells


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
    rest = parts.rest_of(held)
    rest.said = {str(number): code for number, code in said.items()}
    parts.keep_rest(held, rest)
    held.state, held.done, held.told_at = DraftState.RUNNING, 0, at
    held.total = sum(held.parts.values_list("size", flat=True))
    held.save()
    if held.total <= BATCH:
        carry_import(held, at=at, actor=actor)
    else:
        defer(CARRY, held)
    return held


def carry_import(draft: ImportDraft, *, at: datetime, actor: Actor | None = None) -> None:
    """Take the rows in by portions, each in a transaction of its own with its ledger entry.

    Run again after a crash, or twice at once, it takes only portions that are not taken yet.
    """
    if draft.state != DraftState.RUNNING:
        return
    planner = planning.Planner(actor or owner_of(draft, at), at)
    said = parts.rest_of(draft).said
    while _take_portion(draft, planner, said, at=at):
        pass
    draft.refresh_from_db()


@transaction.atomic
def _take_portion(
    draft: ImportDraft, planner: planning.Planner, said: Mapping[str, str], *, at: datetime
) -> bool:
    """Whether there was one; else the file is done, or somebody else is at it."""
    running = ImportDraft.objects.filter(pk=draft.pk, state=DraftState.RUNNING)
    held = running.select_for_update(skip_locked=True).defer("shown").first()
    if held is None:
        return False
    part = held.parts.filter(taken__isnull=True).order_by("number").first()
    if part is None:
        _finish(held)
        return False
    rows = parts.rows_of(part)
    for row in rows:
        if row["kind"] == "doubt":
            row["said"] = said.get(str(row["number"]), "")
    taken, left = taking.take(planner.actor, planner, rows, draft=draft.code, at=at)
    part.taken = {**taken, "back": len(left)}
    part.content = ""
    parts.keep_back(part, left)
    part.save()
    _tell(held, done=F("done") + len(rows))
    return True


def _finish(held: ImportDraft) -> None:
    done, shown, rest = Counter[str](), parts.Shown(), parts.rest_of(held)
    for taken in held.parts.values_list("taken", flat=True):
        done.update(taken)
    shown.add(parts.rows_to_mend(held))
    shown.add_unreadable(rest.unreadable)
    parts.keep_shown(held, shown)
    held.state = DraftState.DONE
    held.counts = {kind: done[kind] for kind in planning.TAKEN} | {
        "same": int(held.counts.get("same", 0)) + done["same"],
        "back": done["back"] + len(rest.unreadable),
    }
    held.save(update_fields=["state", "counts", "shown"])


def resume_imports(*, at: datetime) -> None:
    """Go on with what a process left lying when it died."""
    lying = ImportDraft.objects.filter(
        state__in=[DraftState.READING, DraftState.RUNNING], told_at__lt=at - SILENT
    )
    for draft in lying.order_by("pk"):
        if draft.tries >= TRIES:
            _give_up(draft, text_of(DomainError("import_broken")))
            continue
        _tell(draft, tries=F("tries") + 1)
        step = plan_import if draft.state == DraftState.READING else carry_import
        step(draft, at=at)


def _give_up(draft: ImportDraft, why: str) -> None:
    draft.state, draft.note, draft.content = DraftState.FAILED, why, ""
    draft.save(update_fields=["state", "note", "content"])
    draft.parts.all().delete()


def _tell(draft: ImportDraft, **values: Any) -> int:
    """How far it is, for the page, and that somebody is still at it; 0 where it is no more."""
    return ImportDraft.objects.filter(pk=draft.pk).update(**values, told_at=Now())


def drop_import(*, actor: Actor, draft: ImportDraft) -> None:
    if draft.owner != actor.account:
        raise DomainError("forbidden")
    if draft.state == DraftState.RUNNING:
        raise DomainError("import_running")
    draft.delete()


def purge_imports(*, at: datetime) -> int:
    """Files of yesterday go, with all that was in them."""
    _rows, gone = ImportDraft.objects.filter(expires_at__lte=at).delete()
    return gone.get("people.ImportDraft", 0)


def get_draft_for(actor: Actor, code: str, *, at: datetime) -> ImportDraft:
    """The owner's own; nobody else's exists for them. What is sealed is read when it is wanted."""
    mine = ImportDraft.objects.filter(code=code, owner=actor.account).defer("content", "shown")
    draft = mine.first()
    if draft is None or not actor.known:
        raise DomainError("not_found")
    if draft.expires_at <= at:
        raise DomainError("import_expired")
    return draft


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


def _portions(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


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
        planned = [one.planned.row for one in planner.plan(map(cells_of, portion))]
        left = [row for row in planned if row["kind"] in {"wrong", "doubt"}]
        if dry_run:
            done.update(row["kind"] for row in planned if row["kind"] not in {"wrong", "doubt"})
        else:
            with transaction.atomic():
                again = planning.Planner(actor, at)
                taken, left = taking.take(actor, again, planned, draft=code, at=at)
                done += taken
        back += [f"{_line(row)}{''.join(parts.sentences(row))}" for row in left]
    return ImportReport({kind: done[kind] for kind in (*planning.TAKEN, "same")}, tuple(back))


def _line(row: parts.Row) -> str:
    return f"[{row['number']}] {row['cells'].get('name', '')} "
