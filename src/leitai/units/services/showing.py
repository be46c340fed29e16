"""What a file would do, kept line by line: a page of forty thousand rows asks for fifty of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from django.db import connection

from leitai.base.tables import Table
from leitai.kernel.errors import Problem
from leitai.units.enums import ROW_CHANGES, ROW_WRONG, Change
from leitai.units.intake import Node, Plan
from leitai.units.models import UnitImport, UnitImportLine
from leitai.units.services.importing import PORTION, change_of, differing
from leitai.units.services.progress import Progress


class Line(NamedTuple):
    kind: str
    number: int
    data: Mapping[str, Any]


def show(
    held: UnitImport, todo: Plan, known: Mapping[str, Node], progress: Progress
) -> dict[str, int]:
    """Keep the lines of the preview in place of older ones; how many rows there are of each kind.

    Where any row is wrong nothing would be done: only the wrong ones are kept.
    """
    UnitImportLine.objects.filter(draft=held).delete()
    wrong = list(_wrong(held, todo))
    lines = wrong or list(_effects(todo, known))
    _insert(held, lines, progress)
    counts = Counter(line.kind for line in lines)
    rows = len(held.rows) + len({number for number, _code, _data in held.problems})
    return {kind: counts[kind] for kind in (ROW_WRONG, *ROW_CHANGES)} | {
        "rows": rows,
        "same": 0 if wrong else todo.unchanged,
        "following": 0 if wrong else len(todo.moved),
    }


def row_of(problem: Problem, table: Table) -> int:
    """The number of the row that a reader of sheets names in words; 0 for the whole file."""
    numbers = re.findall(r"\d+", problem.place.removeprefix(table.name))
    return int(numbers[0]) if numbers else 0


def _wrong(held: UnitImport, todo: Plan) -> Iterator[Line]:
    """One line a row, with everything that is wrong with it."""
    found: dict[int, list[tuple[str, Mapping[str, Any]]]] = {}
    for number, code, data in held.problems:
        found.setdefault(number, []).append((code, data))
    for problem in todo.problems:
        found.setdefault(int(problem.place), []).append((problem.code, dict(problem.data)))
    cells = dict(held.rows) if found else {}
    for number in sorted(found):
        row = cells.get(number, {})
        told = {"code": row.get("code", ""), "name": row.get("name", "")}
        yield Line(ROW_WRONG, number, told | {"problems": found[number]})


def _effects(todo: Plan, known: Mapping[str, Node]) -> Iterator[Line]:
    names = {code: node.name for code, node in known.items()}
    names |= {node.code: node.name for node in (*todo.added, *todo.changed)}
    for node in todo.added:
        data = asdict(node) | {"parent_name": names.get(node.parent, "")}
        yield Line(Change.CREATED, todo.numbers[node.code], data)
    for node in todo.changed:
        was = known[node.code]
        sides = {"before": differing(was, node), "after": differing(node, was)}
        for side in sides.values():
            if "parent" in side:
                side["parent_name"] = names.get(str(side["parent"]), "")
        data = {"code": node.code, "name": was.name, **sides}
        yield Line(change_of(was, node), todo.numbers[node.code], data)


def _insert(held: UnitImport, lines: list[Line], progress: Progress) -> None:
    copy_in = "COPY units_unitimportline (draft_id, kind, number, data) FROM STDIN"
    for start in range(0, len(lines), PORTION):
        with connection.cursor() as cursor, cursor.copy(copy_in) as copy:
            for line in lines[start : start + PORTION]:
                data = json.dumps(line.data, ensure_ascii=False)
                copy.write_row((held.pk, line.kind, line.number, data))
        progress.tell(min(start + PORTION, len(lines)), len(lines))
