"""What differs between two rulebooks, place by place, in the words of those who made the rules.

Compared is what the rules mean: ``1.50`` is ``1.5``, and a key that is left out is its default.
"""

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Any, Literal

from leitai.rulebook import numbers, plain
from leitai.rulebook.model import Rulebook
from leitai.rulebook.plain.keys import key_title, word_title
from leitai.rulebook.plain.ranks import key_title as key_words
from leitai.rulebook.schema import Path, key_of
from leitai.rulebook.source import show_path

Kind = Literal["changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    ``path`` is that of the newer rulebook (of the older for what is gone), with ids in the place of
    indexes, as ``change`` of a rulebook that extends another reads it.

    ``name`` says in words what stands there; ``before`` and ``after`` are empty where nothing was.
    """

    kind: Kind
    path: str
    name: str
    before: str = ""
    after: str = ""

    def plain(self) -> dict[str, str]:
        """Give it as JSON data."""
        return {
            "kind": self.kind,
            "path": self.path,
            "name": self.name,
            "before": self.before,
            "after": self.after,
        }


def differences(old: Rulebook, new: Rulebook, lang: str = "zh") -> tuple[Change, ...]:
    """Compare two rulebooks; the order is that of the language's own keys."""
    walk = _Walk(old, new, "en" if lang.partition("-")[0] == "en" else "zh")
    return tuple(walk.compare(_node(old), _node(new), (), ()))


def text(changes: tuple[Change, ...], lang: str = "zh") -> str:
    """Write changes a line each."""
    english = lang.partition("-")[0] == "en"
    if not changes:
        return "No rule differs.\n" if english else "没有不同。\n"
    verbs = (
        {"changed": "changed", "added": "added", "removed": "removed"}
        if english
        else {"changed": "修改", "added": "新增", "removed": "删去"}
    )
    lines = []
    for one in changes:
        place = f" {one.name} ({one.path}): " if english else f" {one.name}（{one.path}）："
        said = f"{one.before} → {one.after}" if one.kind == "changed" else one.after or one.before
        lines.append(f"{verbs[one.kind]}{place}{said}\n")
    return "".join(lines)


@dataclass(frozen=True, slots=True)
class _Node:
    """A value with the name of its class, its parts by key or index, and how it is written."""

    cls: str
    value: Any  # a dict or list of nodes, or a plain value
    share: bool = False

    @property
    def title(self) -> str:
        parts = self.value if isinstance(self.value, dict) else {}
        named = parts.get("title") or parts.get("question")  # an assumption is its question
        return named.value if named is not None and isinstance(named.value, str) else ""

    @property
    def id(self) -> str:
        """Name an item of a list: its id, or the unit of a delegation."""
        key = "unit" if self.cls == "Also" else "id"
        named = self.value.get(key) if isinstance(self.value, dict) else None
        return named.value if named is not None and isinstance(named.value, str) else ""

    @property
    def bare(self) -> bool:
        """Say whether it is one value, or a list of such values."""
        if isinstance(self.value, list):
            return all(not isinstance(one.value, dict | list) for one in self.value)
        return not isinstance(self.value, dict)


def _node(value: Any, share: bool = False) -> _Node:  # noqa: FBT002  (a property of the value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        cls = type(value)
        hints = typing.get_type_hints(cls, include_extras=True)
        given: frozenset[str] = getattr(cls, "GIVEN", frozenset())
        parts = {}
        for field in dataclasses.fields(cls):
            found = getattr(value, field.name)
            if field.name not in given and not _nothing(found):
                parts[key_of(field.name)] = _node(found, "Percent" in repr(hints[field.name]))
        return _Node(cls.__name__, parts)
    if isinstance(value, Mapping):
        return _Node("", {key: _node(one, share) for key, one in value.items()})
    if isinstance(value, tuple):
        return _Node("", [_node(one, share) for one in value])
    return _Node("", value, share)


def _nothing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, tuple | Mapping) and not value)


class _Walk:
    """Walks two trees at once and says where they part."""

    def __init__(self, old: Rulebook, new: Rulebook, lang: str) -> None:
        self._lang = lang
        self._rules = (old, new)
        self._old = (_node(old), _clauses(old, lang))
        self._new = (_node(new), _clauses(new, lang))

    def compare(self, old: _Node, new: _Node, at: Path, was: Path) -> Iterator[Change]:
        """Give the differences below ``at`` (``was`` in the older tree)."""
        if old == new:
            return
        if isinstance(old.value, dict) and isinstance(new.value, dict):
            yield from self._mapping(old, new, at, was)
        elif (
            isinstance(old.value, list)
            and isinstance(new.value, list)
            and not (old.bare and new.bare)
        ):
            yield from self._list(old.value, new.value, at, was)
        else:
            before = self._keys(self._rules[0], old, was) or self._shown(old)
            after = self._keys(self._rules[1], new, at) or self._shown(new)
            tree = self._new[0]
            yield Change("changed", _named(tree, at), self._name(tree, at), before, after)

    def _keys(self, rules: Rulebook, node: _Node, at: Path) -> str:
        """Write the keys of a ranking by their titles; nothing for other places."""
        if len(at) < 4 or at[0] != "stages" or at[-1] not in ("keys", "at_lines"):
            return ""
        if at[2] not in ("ranking", "boards"):
            return ""
        words = plain.Words(rules, self._lang)
        stage = rules.stages[str(at[1])]
        return words.listed(key_words(words, stage, one.value) for one in node.value)

    def _mapping(self, old: _Node, new: _Node, at: Path, was: Path) -> Iterator[Change]:
        if old.cls != new.cls:  # one kind of thing for another
            yield from self._gone(old, was)
            yield from self._come(new, at)
            return
        for key in dict.fromkeys((*old.value, *new.value)):
            before, after = old.value.get(key), new.value.get(key)
            if after is None:
                yield from self._gone(before, (*was, key))
            elif before is None:
                yield from self._come(after, (*at, key))
            else:
                yield from self.compare(before, after, (*at, key), (*was, key))

    def _list(self, old: list[_Node], new: list[_Node], at: Path, was: Path) -> Iterator[Change]:
        """Pair items by their ids; without ids by what stayed the same around them."""
        if _unique(old) and _unique(new):
            places = {one.id: index for index, one in enumerate(new)}
            for index, one in enumerate(old):
                if one.id not in places:
                    yield from self._gone(one, (*was, index))
            known = {one.id: (index, one) for index, one in enumerate(old)}
            for index, one in enumerate(new):
                if one.id in known:
                    before, found = known[one.id]
                    yield from self.compare(found, one, (*at, index), (*was, before))
                else:
                    yield from self._come(one, (*at, index))
            yield from self._order(
                [one.id for one in old if one.id in places],
                [one.id for one in new if one.id in known],
                at,
            )
            return
        matcher = SequenceMatcher(
            None, [repr(one) for one in old], [repr(one) for one in new], autojunk=False
        )
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag == "equal":
                continue
            pairs = min(j - i, m - k)
            for step in range(pairs):
                yield from self.compare(
                    old[i + step], new[k + step], (*at, k + step), (*was, i + step)
                )
            for index in range(i + pairs, j):
                yield from self._gone(old[index], (*was, index))
            for index in range(k + pairs, m):
                yield from self._come(new[index], (*at, index))

    def _order(self, old: list[str], new: list[str], at: Path) -> Iterator[Change]:
        if old != new:
            mark = "、" if self._lang == "zh" else ", "
            name = self._name(self._new[0], at) + ("·顺序" if self._lang == "zh" else " · order")
            path = _named(self._new[0], at)
            yield Change("changed", path, name, mark.join(old), mark.join(new))

    def _gone(self, node: _Node, at: Path) -> Iterator[Change]:
        tree, clauses = self._old
        said = self._said(node, at, tree, clauses)
        yield Change("removed", _named(tree, at), self._name(tree, at), before=said)

    def _come(self, node: _Node, at: Path) -> Iterator[Change]:
        tree, clauses = self._new
        said = self._said(node, at, tree, clauses)
        yield Change("added", _named(tree, at), self._name(tree, at), after=said)

    def _said(self, node: _Node, at: Path, tree: _Node, clauses: Mapping[str, str]) -> str:
        """Say what stands there: in the words of the plain page, or the values themselves."""
        if not isinstance(node.value, dict | list):
            return self._shown(node)
        for name in (show_path(at), _named(tree, at)):
            if name in clauses:
                return clauses[name]
        return self._shown(node)

    def _shown(self, node: _Node) -> str:
        zh = self._lang == "zh"
        value = node.value
        if isinstance(value, dict):
            parts = [
                f"{key_title(node.cls, key, self._lang)}{'：' if zh else ': '}{self._shown(one)}"
                for key, one in value.items()
            ]
            return ("；" if zh else "; ").join(parts)
        if isinstance(value, list):
            return ("、" if zh else ", ").join(self._shown(one) for one in value)
        return self._plain_value(value, share=node.share)

    def _plain_value(self, value: object, *, share: bool) -> str:
        zh = self._lang == "zh"
        if isinstance(value, bool):
            return ("是" if value else "否") if zh else ("yes" if value else "no")
        if isinstance(value, Fraction):
            percent = numbers.show(value * 100)
            return f"{percent}%" if share and "/" not in percent else numbers.show(value)
        if isinstance(value, date):
            return value.isoformat()
        return word_title(str(value), self._lang)

    def _name(self, tree: _Node, at: Path) -> str:
        """Name a place: the titles of what it lies in, then the names of keys."""
        names: list[str] = []
        node: _Node | None = tree
        for depth, part in enumerate(at):
            if node is None:
                break
            below = _below(node, part)
            if below is not None and below.title and not below.bare:
                if at[0] == "stages" and depth == 1:
                    names.pop()  # a stage's own title says enough
                names.append(below.title)
            elif isinstance(part, int):
                names.append(f"第{part + 1}项" if self._lang == "zh" else f"no. {part + 1}")
            elif node.cls:
                names.append(key_title(node.cls, part, self._lang))
            else:
                names.append(part)
            node = below
        return ("·" if self._lang == "zh" else " · ").join(names)


def _unique(items: list[_Node]) -> bool:
    """Say whether every item has an id of its own."""
    ids = {one.id for one in items}
    return len(ids) == len(items) and "" not in ids


def _below(node: _Node, part: str | int) -> _Node | None:
    if isinstance(node.value, dict) and isinstance(part, str):
        found: _Node | None = node.value.get(part)
        return found
    if isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
        return node.value[part]  # type: ignore[no-any-return]
    return None


def _named(tree: _Node, at: Path) -> str:
    """Write a path with ids in the place of indexes: ``awards.star``."""
    parts: list[str | int] = []
    node: _Node | None = tree
    for part in at:
        node = _below(node, part) if node is not None else None
        parts.append(node.id if node is not None and isinstance(part, int) and node.id else part)
    return show_path(tuple(parts))


def _clauses(rules: Rulebook, lang: str) -> dict[str, str]:
    """Find the plain page's sentences by their paths."""
    found: dict[str, str] = {}
    for section in plain.write(rules, lang):
        for clause in section.clauses:
            found.setdefault(clause.path, clause.text)
    return found
