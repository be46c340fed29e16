"""Changes of one text done again on another: two people's work on the same rules, put together."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from leitai.rulebook import editing
from leitai.rulebook.extending import find_parts
from leitai.rulebook.schema import Path
from leitai.rulebook.source import read_path, show_path

_DAY: Final = re.compile(r"([0-9]{4})(-[0-9]{2}-[0-9]{2})(| [0-9]{2}:[0-9]{2})", re.ASCII)
_IDS: Final = ("id", "unit")


@dataclass(frozen=True, slots=True)
class Replayed:
    """The text with the changes, and the places that both sides had changed differently.

    At those the replayed change stands.
    """

    text: str
    clashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Act:
    """One change: a value to put (``put``), or a part to take away; ``after`` for list items."""

    path: Path
    value: Any = None
    gone: bool = False
    after: str | None = None


def replay(base: str, mine: str, theirs: str) -> Replayed:
    """Do what leads from ``base`` to ``mine`` on ``theirs``; raises Problems for unreadable text.

    Items of lists are the same where their ids (units) are; lists without ids change as a whole.
    """
    clashes: list[str] = []
    text, other = theirs, editing.read(theirs)
    for act in _acts(editing.read(base), editing.read(mine), other, (), clashes):
        text = _done(text, act)
    return Replayed(text, tuple(dict.fromkeys(clashes)))


def next_year(text: str, rulebook_id: str, year: int) -> str:
    """Give last year's text for another year: id, year, days, and the year in titles and bars.

    Days keep their month and day; holidays and quoted sentences stay as they were.
    """
    tree = editing.read(text)
    old = tree.get("year")
    by = year - old if isinstance(old, int) else 0
    values: dict[str, Any] = {}
    for path, value in _leaves(tree, ()):
        if path[0] == "holidays" or path[-1] in ("source", "words"):
            continue
        if path[-1] == "year" and value == old:
            values[show_path(path)] = year
        elif isinstance(value, str) and (found := _DAY.fullmatch(value)) and by:
            values[show_path(path)] = _moved(found, by)
        elif path in (("title",), ("short_title",)) and by and str(old) in value:
            values[show_path(path)] = value.replace(str(old), str(year))
    text = editing.set_scalars(text, values)
    text = editing.set_value(text, "year", year, ("rulebook", "id", "title", "short_title", "year"))
    return editing.set_value(text, "id", rulebook_id, ("rulebook", "id"))


def _moved(found: re.Match[str], by: int) -> str | date:
    moved = f"{int(found[1]) + by:04d}{found[2]}"
    if moved.endswith("-02-29"):
        moved = f"{moved[:-2]}28"
    if found[3]:
        return moved + found[3]
    try:
        return date.fromisoformat(moved)
    except ValueError:  # it was no day before either
        return found[0]


def _leaves(plain: Any, at: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(plain, dict | list):
        for key, value in plain.items() if isinstance(plain, dict) else enumerate(plain):
            yield from _leaves(value, (*at, key))
    else:
        yield at, plain


def _acts(base: Any, mine: Any, theirs: Any, at: Path, clashes: list[str]) -> Iterator[_Act]:
    """Give what leads from ``base`` to ``mine``, and note where ``theirs`` went another way."""
    if base == mine:
        return
    parts = [_keyed(one) for one in (base, mine, theirs)]
    if any(part is None for part in parts) or len({type(one) for one in (base, mine, theirs)}) > 1:
        if theirs not in (base, mine):
            clashes.append(show_path(at))
        yield _Act(at, mine)
        return
    before, after, other = (part or {} for part in parts)
    for key, value in before.items():
        if key not in after and key in other:
            if other[key] != value:
                clashes.append(show_path((*at, key)))
            yield _Act((*at, key), gone=True)
    listed = isinstance(mine, list)
    last = ""
    for key, value in after.items():
        where = (*at, key)
        if key in before and key in other:
            yield from _acts(before[key], value, other[key], where, clashes)
        elif key not in before or before[key] != value:
            if key in before or (key in other and other[key] != value):
                clashes.append(show_path(where))
            if key not in other or other[key] != value:
                new = listed and key not in other
                yield _Act(where, value, after=last if new else None)
        last = key


def _keyed(plain: Any) -> Mapping[str, Any] | None:
    """Give a mapping's parts, or a list's by their ids; None for what changes as a whole."""
    if isinstance(plain, dict):
        return plain
    if not isinstance(plain, list):
        return None
    names = [_id(item) for item in plain]
    return dict(zip(names, plain, strict=True)) if all(names) and _unique(names) else None


def _unique(names: list[str]) -> bool:
    return len(set(names)) == len(names)


def _id(item: Any) -> str:
    found = [item.get(key) for key in _IDS] if isinstance(item, dict) else []
    return next((name for name in found if isinstance(name, str) and name), "")


def _done(text: str, act: _Act) -> str:
    path = show_path(act.path)
    if act.gone:
        return editing.remove(text, path)
    if act.after is None:
        return editing.set_value(text, path, act.value)
    tree = editing.read(text)
    parent = show_path(act.path[:-1])
    items = editing.at(tree, parent) if find_parts(tree, read_path(parent)) is not None else []
    before = find_parts(tree, (*act.path[:-1], act.after)) if act.after else None
    lost = bool(act.after) and before is None
    index = len(items) if lost else int(before[-1]) + 1 if before else 0
    return editing.insert(text, f"{parent}[{index}]", act.value)
