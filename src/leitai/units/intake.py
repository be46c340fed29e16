"""Decide what an imported file does to the tree. Pure: rows and the known tree in, a plan out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from leitai.base.words import listed
from leitai.kernel.errors import Problem
from leitai.units.enums import Level, UnitKind

CODE_LIMIT = 32
NAME_LIMIT = 80
PATH_LIMIT = 255
LOOP_SHOWN = 8
_CODE = re.compile(r"[0-9A-Za-z]+(-[0-9A-Za-z]+)*")
_RANK = {level: rank for rank, level in enumerate(Level.values)}

Wrong = Iterator[tuple[str, dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Node:
    """A unit as it is or shall be; `parent` is a code, "" for a root."""

    code: str
    parent: str
    name: str
    level: str
    kind: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write. `moved` are units whose path follows an ancestor's, though not in the file."""

    added: tuple[Node, ...]
    changed: tuple[Node, ...]
    moved: tuple[Node, ...]
    unchanged: int
    problems: tuple[Problem, ...]


def plan(
    rows: Sequence[tuple[int, Mapping[str, str]]],
    known: Mapping[str, Node],
    place: Callable[[int], str],
) -> Plan:
    """Weigh every row against the file and the tree; `rows` are (number, cells)."""
    problems: list[Problem] = []
    wanted, numbers = _read_rows(rows, known, place, problems)
    tree = {**known, **wanted}
    paths = _Paths(tree)
    for code, node in wanted.items():
        for wrong, data in (*_misplaced(node, tree), *paths.wrong(code)):
            problems.append(Problem(place(numbers[code]), wrong, data))
    for node in known.values():  # a child that is not in the file must still suit its parent
        if node.parent in wanted and node.code not in wanted:
            for wrong, data in _misplaced(node, tree):
                problems.append(Problem(place(numbers[node.parent]), wrong, data))
    if problems:
        return Plan((), (), (), 0, tuple(problems))
    return _differences(wanted, known, paths)


def _read_rows(
    rows: Sequence[tuple[int, Mapping[str, str]]],
    known: Mapping[str, Node],
    place: Callable[[int], str],
    problems: list[Problem],
) -> tuple[dict[str, Node], dict[str, int]]:
    wanted: dict[str, Node] = {}
    numbers: dict[str, int] = {}
    for number, cells in rows:
        code = cells["code"]
        for wrong, data in _malformed(cells):
            problems.append(Problem(place(number), wrong, data))
        if code in numbers:
            twice = {"code": code, "first": numbers[code]}
            problems.append(Problem(place(number), "unit_code_twice", twice))
            continue
        numbers[code] = number
        # Without a kind a new unit is a place and a known one stays what it is.
        kind = cells.get("kind") or (known[code].kind if code in known else UnitKind.PLACE.value)
        wanted[code] = Node(code, cells["parent"], cells["name"], cells["level"], kind)
    return wanted, numbers


def _malformed(cells: Mapping[str, str]) -> Wrong:
    code, name, level, kind = cells["code"], cells["name"], cells["level"], cells.get("kind")
    if len(code) > CODE_LIMIT or not _CODE.fullmatch(code):
        yield "unit_code_form", {"code": code, "limit": CODE_LIMIT}
    if not name:
        yield "unit_name_empty", {"code": code}
    if len(name) > NAME_LIMIT:
        yield "unit_name_long", {"limit": NAME_LIMIT}
    if level not in _RANK:
        yield "unit_level_unknown", {"level": level, "known": listed(Level.values)}
    if kind and kind not in UnitKind.values:
        yield "unit_kind_unknown", {"kind": kind, "known": listed(UnitKind.values)}


def _misplaced(node: Node, tree: Mapping[str, Node]) -> Wrong:
    if not node.parent:
        return
    parent = tree.get(node.parent)
    if parent is None:
        yield "unit_parent_unknown", {"parent": node.parent}
        return
    if parent.kind == UnitKind.BODY and node.kind == UnitKind.PLACE:
        yield "unit_parent_body", {"parent": parent.code}
    if node.level in _RANK and parent.level in _RANK:
        # A body stands on the level of its place or below; a place is always below its parent.
        step = _RANK[node.level] - _RANK[parent.level]
        if step < 0 or (step == 0 and node.kind != UnitKind.BODY):
            yield "unit_level_order", {"code": node.code, "parent": parent.code}


class _Paths:
    """The chain of codes above each unit, walked once; a walk that meets itself is a cycle."""

    def __init__(self, tree: Mapping[str, Node]) -> None:
        self._tree = tree
        self._paths: dict[str, str | None] = {"": ""}
        self._loops: dict[str, str] = {}

    def of(self, code: str) -> str | None:
        """The path, or None where the chain ends nowhere or goes round."""
        trail: dict[str, None] = {}
        at = code
        while at not in self._paths and at in self._tree and at not in trail:
            trail[at] = None
            at = self._tree[at].parent
        if at in trail:
            steps = list(trail)
            loop = steps[steps.index(at) :]
            shown = (*loop[:LOOP_SHOWN], "…") if len(loop) > LOOP_SHOWN else tuple(loop)
            self._loops.update(dict.fromkeys(loop, " → ".join((*shown, at))))
        path = self._paths.get(at)
        for step in reversed(trail):
            path = None if path is None else f"{path}{step}/"
            self._paths[step] = path
        return path

    def wrong(self, code: str) -> Wrong:
        path = self.of(code)
        if code in self._loops:
            yield "unit_cycle", {"code": code, "loop": self._loops[code]}
        elif path is not None and len(path) > PATH_LIMIT:
            yield "unit_too_deep", {"code": code}


def _differences(wanted: Mapping[str, Node], known: Mapping[str, Node], paths: _Paths) -> Plan:
    added, changed, moved, unchanged = [], [], [], 0
    for code, bare in wanted.items():
        node = Node(code, bare.parent, bare.name, bare.level, bare.kind, paths.of(code) or "")
        if code not in known:
            added.append(node)
        elif node == known[code]:
            unchanged += 1
        else:
            changed.append(node)
    for code, old in known.items():
        path = paths.of(code) or ""
        if code not in wanted and path != old.path:
            moved.append(Node(code, old.parent, old.name, old.level, old.kind, path))
    return Plan(tuple(added), tuple(changed), tuple(moved), unchanged, ())
