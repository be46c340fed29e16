"""Load places and bodies from CSV: all or nothing, and the same file twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection, transaction
from django.utils.translation import gettext
from typing_extensions import override

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.base.tables import Table, read_csv
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.units import rules
from leitai.units.intake import Node, Plan, plan
from leitai.units.models import Unit

CHAIN = "house"  # the tree belongs to no season
LOCK = "units.import"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or in a dry run would do."""

    added: int
    changed: int
    unchanged: int
    problems: tuple[Problem, ...] = ()

    @override
    def __str__(self) -> str:
        if self.problems:
            return "\n".join(text_of(problem) for problem in self.problems)
        counts = {"added": self.added, "changed": self.changed, "unchanged": self.unchanged}
        return gettext("新增%(added)s，变更%(changed)s，未变%(unchanged)s。") % counts


def data_path(name: str) -> Path:
    """A CSV file that the package ships: "places.csv" or "bodies.csv"."""
    return Path(__file__).resolve().parents[1] / "data" / name


def import_units(
    *, actor: Actor, source: BinaryIO | Path, at: datetime, dry_run: bool = False
) -> ImportReport:
    """Bring the tree in step with the file's rows (code, parent, name, level, perhaps kind).

    Units that the file leaves out stay. Raises Problems with every bad row and writes nothing;
    a dry run never writes and reports the problems instead.
    """
    if not rules.can_import_units(actor):
        raise DomainError("forbidden")
    try:
        table = read_csv(source, columns=("code", "parent", "name", "level"), optional=("kind",))
    except Problems as error:
        if dry_run:
            return ImportReport(0, 0, 0, error.problems)
        raise
    with transaction.atomic():
        _lock()
        todo = plan([(row.number, row.cells) for row in table.rows], _known(), table.place)
        problems = (*table.problems, *todo.problems)
        report = ImportReport(len(todo.added), len(todo.changed), todo.unchanged, problems)
        if dry_run:
            return report
        if problems:
            raise Problems(problems)
        _write(todo)
        if todo.added or todo.changed:
            _record(actor, table, report, at)
    return report


def _lock() -> None:
    """Two imports at once would each decide on a tree that the other is changing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])


def _known() -> dict[str, Node]:
    rows = Unit.objects.values_list("code", "parent__code", "name", "level", "kind", "path")
    return {row[0]: Node(row[0], row[1] or "", *row[2:]) for row in rows}


def _write(todo: Plan) -> None:
    new = _new_ids([node.code for node in todo.added])
    touched = (*todo.changed, *todo.moved)
    named = {node.parent for node in (*todo.added, *todo.changed)} - set(new)
    ids = dict(Unit.objects.filter(code__in=named).values_list("code", "id")) | new
    _insert(todo.added, ids)
    _update(touched, {**ids, **_ids_of_parents(todo.moved)})


def _new_ids(codes: Sequence[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('units_unit', 'id'))"
            " FROM generate_series(1, %s)",
            [len(codes)],
        )
        return dict(zip(codes, (row[0] for row in cursor.fetchall()), strict=True))


def _ids_of_parents(nodes: Iterable[Node]) -> dict[str, int]:
    codes = {node.parent for node in nodes}
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "id"))


def _insert(nodes: Sequence[Node], ids: dict[str, int]) -> None:
    """COPY, since a province has tens of thousands of villages."""
    columns = "id, code, parent_id, name, level, kind, path"
    copy_in = f"COPY units_unit ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copy_in) as copy:
        for node in nodes:
            above = ids[node.parent] if node.parent else None
            copy.write_row(
                (ids[node.code], node.code, above, node.name, node.level, node.kind, node.path)
            )


def _update(nodes: Sequence[Node], ids: dict[str, int]) -> None:
    columns: list[Any] = [
        [node.code for node in nodes],
        [ids[node.parent] if node.parent else None for node in nodes],
        [node.name for node in nodes],
        [node.level for node in nodes],
        [node.kind for node in nodes],
        [node.path for node in nodes],
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE units_unit SET parent_id = new.parent_id, name = new.name,"
            " level = new.level, kind = new.kind, path = new.path"
            " FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[])"
            " AS new(code, parent_id, name, level, kind, path) WHERE units_unit.code = new.code",
            columns,
        )


def _record(actor: Actor, table: Table, report: ImportReport, at: datetime) -> None:
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="units.imported",
        subject=f"file:{table.name}"[:128],
        data={
            "added": report.added,
            "changed": report.changed,
            "unchanged": report.unchanged,
        },
        at=at,
    )
