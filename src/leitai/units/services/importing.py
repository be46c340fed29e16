"""Load places and bodies from a table: all or nothing; the same file twice changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection, transaction
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext
from typing_extensions import override

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.base.sheets import read_sheet
from leitai.base.tables import Table
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.units import rules
from leitai.units.enums import BodyKind, Change, Level, UnitKind
from leitai.units.intake import Node, Plan, plan
from leitai.units.models import Unit
from leitai.units.services.writing import HOUSE_CHAIN, lock_tree

# What a clerk's spreadsheet calls the columns, in the order that the page shows them.
HEADINGS = {
    "代码": "code",
    "上级代码": "parent",
    "名称": "name",
    "层级": "level",
    "类别": "kind",
    "机构类型": "body_kind",
    "窗口单位": "window",
}
PORTION = 2_000
NEEDED = ("code", "parent", "name", "level")
_LABELS: dict[str, type[TextChoices]] = {"level": Level, "kind": UnitKind, "body_kind": BodyKind}
_SOURCE = "zh-hans"  # our own words, which a file may use whatever language the page has


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
    """Bring the tree in step with the file's rows (code, parent, name, level, perhaps kind …).

    Units that the file leaves out stay. Raises Problems with every bad row and writes nothing;
    a dry run never writes and reports the problems instead.
    """
    if not rules.can_import_units(actor):
        raise DomainError("forbidden")
    try:
        table = read_units(source, name=Path(getattr(source, "name", "") or "CSV").name)
    except Problems as error:
        if dry_run:
            return ImportReport(0, 0, 0, error.problems)
        raise
    with transaction.atomic():
        lock_tree()
        known = known_units()
        todo = weigh(actor, [(row.number, row.cells) for row in table.rows], known, table.place)
        problems = (*table.problems, *todo.problems)
        report = ImportReport(len(todo.added), len(todo.changed), todo.unchanged, problems)
        if dry_run:
            return report
        if problems:
            raise Problems(problems)
        carry_out(actor, todo, known, table.name, at)
        record(actor, todo, table.name, at)
    return report


def read_units(source: BinaryIO | Path, *, name: str, spoken: bool = False) -> Table:
    """The file's rows under this house's column names and values.

    A file may use Chinese headings and words or ours; `spoken` says in which of them a missing
    column is named.
    """
    ours = tuple(HEADINGS.values())
    chinese = {column: heading for heading, column in HEADINGS.items()}
    wanted = tuple(chinese[one] for one in ours) if spoken else ours
    with source.open("rb") if isinstance(source, Path) else nullcontext(source) as opened:
        table = read_sheet(
            opened,
            name=name,
            columns=wanted[: len(NEEDED)],
            optional=wanted[len(NEEDED) :],
            also=chinese if spoken else HEADINGS,
        )
    words = {column: _words(choices) for column, choices in _LABELS.items()}
    rows = tuple(replace(row, cells=_values(row.cells, words)) for row in table.rows)
    return replace(table, rows=rows)


def _values(cells: Mapping[str, str], words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    named = {HEADINGS.get(heading, heading): text for heading, text in cells.items()}
    for column, known in words.items():
        if named.get(column):
            named[column] = known.get(named[column], named[column])
    return named


def _words(choices: type[TextChoices]) -> dict[str, str]:
    """Label → value, in Chinese and in the reader's language."""
    with translation.override(_SOURCE):
        words = {str(label): value for value, label in choices.choices}
    return {str(label): value for value, label in choices.choices} | words


def weigh(
    actor: Actor,
    rows: Sequence[tuple[int, Mapping[str, str]]],
    known: Mapping[str, Node],
    place: Callable[[int], str],
) -> Plan:
    """What the rows would do to the known tree, if the actor may."""
    return plan(rows, known, place, partial(rules.can_change_unit, actor))


def known_units() -> dict[str, Node]:
    rows = Unit.objects.values_list(
        "code", "parent__code", "name", "level", "kind", "path", "body_kind", "window", "state"
    )
    return {row[0]: Node(row[0], row[1] or "", *row[2:]) for row in rows}


def carry_out(
    actor: Actor,
    todo: Plan,
    known: Mapping[str, Node],
    name: str,
    at: datetime,
    tell: Callable[[int], None] = lambda _done: None,
) -> None:
    """Write a plan without problems; the caller has locked the tree, and records it at the end.

    `tell` hears after each portion how many units are written.
    """
    new = _new_ids([node.code for node in todo.added])
    touched = (*todo.changed, *todo.moved)
    named = {node.parent for node in (*todo.added, *touched)} | {node.code for node in todo.changed}
    ids = dict(Unit.objects.filter(code__in=named - set(new)).values_list("code", "id")) | new
    history = _History(actor, known, ids, name, at)
    done = 0
    for write, nodes in ((_insert, todo.added), (_update, todo.changed)):
        for portion in _portions(nodes):
            write(portion, ids)
            history.remember(portion)
            done += len(portion)
            tell(done)
    for portion in _portions(todo.moved):
        _update(portion, ids)


def _portions(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    for start in range(0, len(nodes), PORTION):
        yield nodes[start : start + PORTION]


def _new_ids(codes: Sequence[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('units_unit', 'id'))"
            " FROM generate_series(1, %s)",
            [len(codes)],
        )
        return dict(zip(codes, (row[0] for row in cursor.fetchall()), strict=True))


def _insert(nodes: Sequence[Node], ids: dict[str, int]) -> None:
    """COPY, since a province has tens of thousands of villages."""
    columns = 'id, code, parent_id, name, level, kind, path, body_kind, "window", state'
    copy_in = f"COPY units_unit ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copy_in) as copy:
        for node in nodes:
            above = ids[node.parent] if node.parent else None
            start = (ids[node.code], node.code, above, node.name, node.level, node.kind)
            copy.write_row((*start, node.path, node.body_kind, node.window, node.state))


def _update(nodes: Sequence[Node], ids: dict[str, int]) -> None:
    columns: list[Any] = [
        [node.code for node in nodes],
        [ids[node.parent] if node.parent else None for node in nodes],
        [node.name for node in nodes],
        [node.level for node in nodes],
        [node.kind for node in nodes],
        [node.path for node in nodes],
        [node.body_kind for node in nodes],
        [node.window for node in nodes],
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE units_unit SET parent_id = new.parent_id, name = new.name,"
            " level = new.level, kind = new.kind, path = new.path,"
            ' body_kind = new.body_kind, "window" = new.is_window'
            " FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[],"
            " %s::text[], %s::text[], %s::boolean[])"
            " AS new(code, parent_id, name, level, kind, path, body_kind, is_window)"
            " WHERE units_unit.code = new.code",
            columns,
        )


class _History:
    """Each unit's own history: what the file gave it, and what it had before."""

    def __init__(
        self,
        actor: Actor,
        known: Mapping[str, Node],
        ids: Mapping[str, int],
        name: str,
        at: datetime,
    ) -> None:
        reason = gettext("导入%(file)s") % {"file": name}
        self._end = (reason[:200], actor.account, actor.name, at)
        self._known, self._ids = known, ids

    def remember(self, nodes: Iterable[Node]) -> None:
        columns = "unit_id, kind, before, after, reason, by, by_name, at"
        copy_in = f"COPY units_unitchange ({columns}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(copy_in) as copy:
            for node in nodes:
                copy.write_row((self._ids[node.code], *self._row(node), *self._end))

    def _row(self, node: Node) -> tuple[str, str, str]:
        was = self._known.get(node.code)
        kind, before, after = change_of(was, node), differing(was, node), differing(node, was)
        return kind.value, _json(before), _json(after)


def change_of(was: Node | None, node: Node) -> Change:
    if was is None:
        return Change.CREATED
    if was.parent != node.parent:
        return Change.MOVED
    return Change.RENAMED if was.name != node.name else Change.EDITED


_TOLD = ("name", "parent", "level", "kind", "body_kind", "window")


def differing(node: Node | None, other: Node | None) -> dict[str, object]:
    """What a history tells of a node: all of it, or only what differs from its other form."""
    if node is None:
        return {}
    values = {name: getattr(node, name) for name in _TOLD}
    if other is None:
        return values
    return {name: one for name, one in values.items() if one != getattr(other, name)}


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False)


def record(actor: Actor, todo: Plan, name: str, at: datetime) -> None:
    """The entry in the house's chain, where anything was written: last in the transaction."""
    if not todo.added and not todo.changed:
        return
    ledger.append(
        chain=HOUSE_CHAIN,
        actor=actor,
        act="units.imported",
        subject=f"file:{name}"[:128],
        data={
            "added": len(todo.added),
            "changed": len(todo.changed),
            "unchanged": todo.unchanged,
        },
        at=at,
    )
