"""Decide what an imported file does to the tree. Pure: rows and the known tree in, a plan out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from leitai.base.words import listed
from leitai.kernel.errors import Problem
from leitai.units.enums import BodyKind, Level, UnitKind, UnitState
from leitai.units.naming import PATH_LIMIT, Wrong, code_faults, name_faults, normal_name

LOOP_SHOWN = 8
_RANK = {level: rank for rank, level in enumerate(Level.values)}


@dataclass(frozen=True, slots=True)
class Node:
    """A unit as it is or shall be; `parent` is a code, "" for a root."""

    code: str
    parent: str
    name: str
    level: str
    kind: str
    path: str = ""
    body_kind: str = ""
    window: bool = False
    state: str = UnitState.OPEN.value


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write. `moved` are units whose path follows an ancestor's, though not in the file.

    `numbers` tells the row of each code.
    """

    added: tuple[Node, ...]
    changed: tuple[Node, ...]
    moved: tuple[Node, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    numbers: Mapping[str, int] = field(default_factory=dict)


def plan(
    rows: Sequence[tuple[int, Mapping[str, str]]],
    known: Mapping[str, Node],
    place: Callable[[int], str],
    may: Callable[[str], bool] = lambda _path: True,
) -> Plan:
    """Weigh every row against the file and the tree; `rows` are (number, cells).

    `may` says of a path whether a unit there may be added, changed or moved by whoever asks.
    """
    problems: list[Problem] = []
    wanted, numbers = _read_rows(rows, known, place, problems)
    tree = {**known, **wanted}
    paths = _Paths(tree)
    for code, node in wanted.items():
        faults = (*_misplaced(node, tree), *paths.wrong(code), *_late(node, known, tree))
        for wrong, data in faults:
            problems.append(Problem(place(numbers[code]), wrong, data))
    for node in known.values():  # a child that is not in the file must still suit its parent
        if node.parent in wanted and node.code not in wanted:
            for wrong, data in _misplaced(node, tree):
                problems.append(Problem(place(numbers[node.parent]), wrong, data))
    for code, twin in _twins(wanted, known):
        data = {"parent": tree[code].parent, "name": tree[code].name, "code": twin}
        problems.append(Problem(place(numbers[code]), "unit_name_twice", data))
    if problems:
        return Plan((), (), (), 0, tuple(problems), numbers)
    found = _differences(wanted, known, paths, numbers)
    for node in (*found.added, *found.changed):
        before = known[node.code].path if node.code in known else node.path
        if not (may(node.path) and may(before)):
            outside = Problem(place(numbers[node.code]), "unit_outside", {"code": node.code})
            problems.append(outside)
    return replace(found, problems=tuple(problems))


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
        old = known.get(code)
        kind = cells.get("kind") or (old.kind if old else UnitKind.PLACE.value)
        wanted[code] = Node(
            code,
            cells["parent"],
            normal_name(cells["name"]),
            cells["level"],
            kind,
            body_kind=cells.get("body_kind", old.body_kind if old else ""),
            window=_YES_NO.get(cells.get("window", ""), old.window if old else False),
            state=old.state if old else UnitState.OPEN.value,
        )
    return wanted, numbers


_YES_NO = {"是": True, "否": False, "1": True, "0": False, "TRUE": True, "FALSE": False}


def _malformed(cells: Mapping[str, str]) -> Wrong:
    code, level, kind = cells["code"], cells["level"], cells.get("kind", "")
    body_kind, window = cells.get("body_kind", ""), cells.get("window", "")
    yield from code_faults(code)
    yield from name_faults(normal_name(cells["name"]), code)
    if level not in _RANK:
        yield "unit_level_unknown", {"level": level, "known": listed(Level.labels)}
    if kind and kind not in UnitKind.values:
        yield "unit_kind_unknown", {"kind": kind, "known": listed(UnitKind.labels)}
    if body_kind and body_kind not in BodyKind.values:
        yield "unit_body_kind_unknown", {"kind": body_kind, "known": listed(BodyKind.labels)}
    elif body_kind and kind == UnitKind.PLACE:
        yield "unit_body_kind_place", {"code": code}
    if window and window not in _YES_NO:
        yield "unit_window_unknown", {"shown": window}


def _late(node: Node, known: Mapping[str, Node], tree: Mapping[str, Node]) -> Wrong:
    """What is closed stays as it was, and nothing new comes below it."""
    old = known.get(node.code)
    if old is not None and old.state == UnitState.CLOSED:
        if replace(node, path=old.path) != old:
            yield "unit_closed", {"name": old.name}
        return
    above = tree.get(node.parent)
    moved = old is None or old.parent != node.parent
    if moved and above is not None and above.state == UnitState.CLOSED:
        yield "unit_parent_closed", {"parent": node.parent}


def _twins(wanted: Mapping[str, Node], known: Mapping[str, Node]) -> list[tuple[str, str]]:
    """Rows that would give an open unit the name of an open sibling, with that sibling's code."""
    names: dict[tuple[str, str], str] = {}
    found: list[tuple[str, str]] = []
    for code, node in known.items():
        if code not in wanted and node.state == UnitState.OPEN:
            names[node.parent, node.name] = code
    for code, node in wanted.items():
        twin = names.setdefault((node.parent, node.name), code)
        if twin != code and node.state == UnitState.OPEN:
            found.append((code, twin))
    return found


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


def _differences(
    wanted: Mapping[str, Node],
    known: Mapping[str, Node],
    paths: _Paths,
    numbers: Mapping[str, int],
) -> Plan:
    added, changed, moved, unchanged = [], [], [], 0
    for code, bare in wanted.items():
        node = replace(bare, path=paths.of(code) or "")
        if code not in known:
            added.append(node)
        elif node == known[code]:
            unchanged += 1
        else:
            changed.append(node)
    for code, old in known.items():
        path = paths.of(code) or ""
        if code not in wanted and path != old.path:
            moved.append(replace(old, path=path))
    return Plan(tuple(added), tuple(changed), tuple(moved), unchanged, (), numbers)
