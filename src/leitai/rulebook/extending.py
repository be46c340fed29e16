"""A rulebook that extends another: the other's text, with named places changed and nothing else.

``change`` gives a place that is there another value, ``add`` puts something where nothing is (or
more items at the end of a list), ``remove`` takes places away. All paths are those of the extended
rulebook as it stood before. An item of a list is named by its index or by its ``id`` (``unit``,
or the text itself): ``awards[5].title``, ``awards.star.title``, ``stages.final.events.theory``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from leitai.kernel.errors import DomainError
from leitai.rulebook.completing import id_of
from leitai.rulebook.schema import Path, unknown
from leitai.rulebook.source import Mark, Source, from_yaml, read_path, show_path

# (reference, name of the file that refers) -> (name, text); raises DomainError where nothing is.
Resolve = Callable[[str, str], tuple[str, str]]

MOST: Final = 8  # files of a chain
OWN: Final = ("rulebook", "id", "title", "short_title", "year")  # what such a file says itself
ACTS: Final = ("extends", "change", "add", "remove")
_IDS: Final = ("id", "unit")


def extend(source: Source, resolve: Resolve) -> Source:
    """Give the full tree of a rulebook; one that extends none is given back as it is."""
    chain = [source]
    seen = {source.name}
    while isinstance(chain[-1].plain, dict) and "extends" in chain[-1].plain:
        found = _next(chain[-1], resolve, seen, len(chain))
        if found is None:
            return chain[0] if len(chain) == 1 else _failed(chain)
        chain.append(found)
        seen.add(found.name)
    whole = chain.pop()
    while chain:
        whole = _Merge(whole, chain.pop()).result()
    return whole


def _next(source: Source, resolve: Resolve, seen: set[str], depth: int) -> Source | None:
    """Read the rulebook that ``source`` extends; None (and a problem) where that is impossible."""
    reference = source.plain["extends"]
    if not isinstance(reference, str) or not reference.strip():
        source.report(("extends",), "not_text", got=str(reference)[:60])
    elif depth >= MOST:
        source.report(("extends",), "extends_depth", most=MOST)
    else:
        try:
            name, text = resolve(reference, source.name)
        except DomainError:
            source.report(("extends",), "extends_unknown", name=reference[:60])
            return None
        if name in seen:
            source.report(("extends",), "extends_cycle", name=name)
            return None
        found = from_yaml(text, name)
        if isinstance(found.plain, dict):
            return found
        if not found.problems:
            found.report((), "not_mapping", got=str(found.plain)[:60])
        source.problems += [(("extends",), problem) for _, problem in found.problems]
    return None


def _failed(chain: list[Source]) -> Source:
    """Gather the problems of a chain that has no end under the first file's name."""
    first = chain[0]
    for other in chain[1:]:
        first.problems += [(("extends",), problem) for _, problem in other.problems]
    return first


@dataclass(slots=True)
class _Plan:
    """What happens to places of the extended tree, each with the path where the text says so."""

    changed: dict[Path, tuple[Any, Path]] = field(default_factory=dict)
    removed: dict[Path, Path] = field(default_factory=dict)
    put: dict[Path, dict[str, tuple[Any, Path]]] = field(default_factory=dict)
    inserted: dict[Path, dict[int, list[tuple[Any, Path]]]] = field(default_factory=dict)


class _Merge:
    """One extending file laid over the tree that it extends."""

    def __init__(self, base: Source, over: Source) -> None:
        self._base = base
        self._over = over
        self._plan = _Plan()
        self._out = Source(name=over.name)
        self._moved: list[tuple[bool, Path, Path]] = []  # of the upper file, from, to

    def result(self) -> Source:
        """Give the merged tree with all problems of both."""
        self._read()
        out = self._out
        out.plain = self._rebuild(self._base.plain, (), ())
        out.values[()] = self._mark(self._over, self._over.values.get(())) or Mark(1, 1)
        moved = {(upper, old): new for upper, old, new in self._moved}
        for marks, own in ((out.values, self._over.values), (out.keys, self._over.keys)):
            for path, mark in own.items():
                if path and path[0] in ACTS:  # where the text asks for a change
                    marks[path] = mark
        for source in (self._base, self._over):
            for place, mark in source.spots.items():
                out.spots[place] = self._mark(source, mark) or mark
        for path, problem in self._base.problems:
            out.problems.append((moved.get((False, path), ("extends",)), problem))
        for path, problem in self._over.problems:
            out.problems.append((moved.get((True, path), path), problem))
        return out

    # ---- reading what the upper file asks

    def _read(self) -> None:
        over = self._over
        for key in over.plain:
            if key not in OWN + ACTS:
                unknown(over.report, (key,), key, OWN + ACTS)
        if "rulebook" not in over.plain:
            over.report(("rulebook",), "missing_key", key="rulebook")
        if "id" not in over.plain:  # two rulebooks have two names
            self._plan.removed["id",] = ("extends",)
        own, other = (id_of(one.plain, one.name) for one in (over, self._base))
        if own == other:
            said: Path = ("id",) if "id" in over.plain else ("extends",)
            over.report(said, "extends_same_id", id=str(own)[:60])
        for key in OWN:
            if key in over.plain:
                asked = (over.plain[key], (key,))
                if key in self._base.plain:
                    self._plan.changed[key,] = asked
                else:
                    self._plan.put.setdefault((), {})[key] = asked
        for key, value in self._mapping("change"):
            self._change(key, value)
        for index, name in enumerate(self._removals()):
            self._remove(name, ("remove", index))
        for key, value in self._mapping("add"):
            self._add(key, value)
        self._refuse_overlaps()

    def _mapping(self, key: str) -> list[tuple[str, Any]]:
        plain = self._over.plain.get(key, {})
        if isinstance(plain, dict):
            return list(plain.items())
        self._over.report((key,), "not_mapping", got=str(plain)[:60])
        return []

    def _removals(self) -> list[Any]:
        plain = self._over.plain.get("remove", [])
        if isinstance(plain, list):
            return plain
        self._over.report(("remove",), "not_list", got=str(plain)[:60])
        return []

    def _change(self, name: str, value: Any) -> None:
        said: Path = ("change", name)
        path = find(self._base.plain, name)
        if not path:
            self._over.report(said, "extends_nowhere", name=name[:120])
        elif path in self._plan.changed:
            self._over.report(said, "extends_overlap", name=name[:120])
        else:
            self._plan.changed[path] = (value, said)

    def _remove(self, name: Any, said: Path) -> None:
        if not isinstance(name, str):
            self._over.report(said, "not_text", got=str(name)[:60])
            return
        path = find(self._base.plain, name)
        if not path:
            self._over.report(said, "extends_gone", name=name[:120])
        elif path in self._plan.removed or path in self._plan.changed:
            self._over.report(said, "extends_overlap", name=name[:120])
        else:
            self._plan.removed[path] = said

    def _add(self, name: str, value: Any) -> None:
        said: Path = ("add", name)
        parts = read_path(name)
        path = find(self._base.plain, name)
        there = _at(self._base.plain, path) if path else None
        parent = find_parts(self._base.plain, parts[:-1]) if parts else None
        container = _at(self._base.plain, parent) if parent is not None else None
        last = parts[-1] if parts else ""
        if isinstance(there, list) and path:
            self._append(path, len(there), value, said)
        elif isinstance(container, list) and parent and isinstance(last, int):
            if last > len(container):
                self._over.report(said, "extends_index", name=name[:120], count=len(container))
            else:
                self._plan.inserted.setdefault(parent, {}).setdefault(last, []).append(
                    (value, said)
                )
        elif path:
            self._over.report(said, "extends_there", name=name[:120])
        elif not isinstance(container, dict) or parent is None or not isinstance(last, str):
            around = show_path(self._deepest(parts)) or "(…)"
            self._over.report(said, "extends_no_place", name=name[:120], around=around[:120])
        else:
            self._plan.put.setdefault(parent, {})[last] = (value, said)

    def _deepest(self, parts: Path) -> Path:
        """Give the first part of a path that is not there, with all before it."""
        for end in range(1, len(parts)):
            if find_parts(self._base.plain, parts[:end]) is None:
                return parts[:end]
        return parts[:-1]

    def _append(self, path: Path, end: int, value: Any, said: Path) -> None:
        if not isinstance(value, list):
            self._over.report(said, "not_list", got=str(value)[:60])
            return
        items = self._plan.inserted.setdefault(path, {}).setdefault(end, [])
        items += [(item, (*said, at)) for at, item in enumerate(value)]

    def _refuse_overlaps(self) -> None:
        """A place inside one that is changed or taken away cannot be meant as well."""
        plan = self._plan
        gone = plan.changed.keys() | plan.removed.keys()
        asked = [(path, said) for path, (_, said) in plan.changed.items()]
        asked += plan.removed.items()
        asked += [((*path, ""), said) for path in plan.put for _, said in plan.put[path].values()]
        asked += [
            ((*path, 0), said[:2])
            for path, places in plan.inserted.items()
            for items in places.values()
            for _, said in items
        ]
        for path, said in asked:
            if any(path[:end] in gone for end in range(1, len(path))):
                name = _at(self._over.plain, said) if said[0] == "remove" else said[-1]
                self._over.report(said, "extends_overlap", name=str(name)[:120])

    # ---- building the new tree

    def _rebuild(self, plain: Any, old: Path, new: Path) -> Any:
        if old in self._plan.changed:
            value, said = self._plan.changed[old]
            return self._take(value, said, new)
        self._place(self._base, upper=False, old=old, new=new)
        if isinstance(plain, dict):
            built = {
                key: self._rebuild(value, (*old, key), (*new, key))
                for key, value in plain.items()
                if (*old, key) not in self._plan.removed and (old or key != "extends")
            }
            for key, (value, said) in self._plan.put.get(old, {}).items():
                built[key] = self._take(value, said, (*new, key))
            return built
        if isinstance(plain, list):
            return self._list(plain, old, new)
        return plain

    def _list(self, plain: list[Any], old: Path, new: Path) -> list[Any]:
        items: list[Any] = []
        more = self._plan.inserted.get(old, {})
        for index in range(len(plain) + 1):
            for value, said in more.get(index, []):
                items.append(self._take(value, said, (*new, len(items))))
            if index < len(plain) and (*old, index) not in self._plan.removed:
                where = (*new, len(items))
                items.append(self._rebuild(plain[index], (*old, index), where))
        return items

    def _take(self, plain: Any, said: Path, new: Path) -> Any:
        """Copy a value of the upper file to its new place, with its marks."""
        self._place(self._over, upper=True, old=said, new=new)
        if isinstance(plain, dict):
            return {
                key: self._take(value, (*said, key), (*new, key)) for key, value in plain.items()
            }
        if isinstance(plain, list):
            return [self._take(value, (*said, at), (*new, at)) for at, value in enumerate(plain)]
        return plain

    def _place(self, source: Source, *, upper: bool, old: Path, new: Path) -> None:
        self._moved.append((upper, old, new))
        for marks, out in ((source.values, self._out.values), (source.keys, self._out.keys)):
            mark = self._mark(source, marks.get(old))
            if mark is not None:
                out[new] = mark

    def _mark(self, source: Source, mark: Mark | None) -> Mark | None:
        if mark is None or mark.file or source.name == self._out.name:
            return mark
        return Mark(mark.line, mark.column, source.name)


def find(plain: Any, name: str) -> Path | None:
    """Give the path (keys and indexes) that ``name`` leads to in a tree; None if nowhere."""
    return find_parts(plain, read_path(name)) or None


def find_parts(plain: Any, parts: Path) -> Path | None:
    """Follow a path of which a list's items may be named by their id."""
    found: Path = ()
    for part in parts:
        step: str | int | None = None
        if isinstance(plain, dict) and isinstance(part, str):
            step = part if part in plain else None
        elif isinstance(plain, list):
            step = _index(plain, part)
        if step is None:
            return None
        plain = plain[step]
        found = (*found, step)
    return found


def _index(items: list[Any], part: str | int) -> int | None:
    for index, item in enumerate(items):
        named = [item.get(key) for key in _IDS] if isinstance(item, dict) else [item]
        if isinstance(part, str) and part in named:
            return index
    if isinstance(part, str):
        part = int(part) if part.isascii() and part.isdecimal() and len(part) < 7 else -1
    return part if 0 <= part < len(items) else None


def _at(plain: Any, path: Path) -> Any:
    for part in path:
        plain = plain[part]
    return plain
