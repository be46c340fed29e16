"""The YAML text as plain data, with the line and column of everything in it.

Only what has one reading is taken: text, whole numbers, true and false, dates, lists, mappings.
Decimals must be quoted (``"1.5"``), keys are text and stand once, aliases and tags are refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from leitai.kernel.errors import Problem
from leitai.rulebook.schema import WRONG, Path

_TAG: Final = "tag:yaml.org,2002:"
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(slots=True)
class Source:
    """Plain data and where each part stands; collects the problems found in it."""

    name: str
    plain: Any = None
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[tuple[Path, Problem]] = field(default_factory=list)

    def report(self, path: Path, code: str, /, **data: object) -> None:
        """Note a problem at ``path``; a key that has no business there is pointed at itself.

        A value that could not even be read gets no second problem for being of the wrong kind.
        """
        if code.startswith(WRONG) and any(known == path for known, _ in self.problems):
            return
        self.problems.append((path, Problem(self._place(path, code), code, data)))

    def spoilt(self, path: Path) -> bool:
        """Say whether a problem is known at ``path``, above it or below it."""
        return any(
            known[: len(path)] == path or path[: len(known)] == known for known, _ in self.problems
        )

    def sorted_problems(self) -> tuple[Problem, ...]:
        """Give all problems in the order of the text, each once."""

        def order(item: tuple[Path, Problem]) -> tuple[tuple[int, int], str, str]:
            path, problem = item
            return (self._mark(path, problem.code) or (0, 0), show_path(path), problem.code)

        unique = {}
        for _, problem in sorted(self.problems, key=order):
            unique[problem.place, problem.code, str(problem.data)] = problem
        return tuple(unique.values())

    def _mark(self, path: Path, code: str) -> tuple[int, int] | None:
        if code in _AT_KEY and path in self.keys:
            return self.keys[path]
        if path in self.values:
            return self.values[path]
        while path:  # what is missing: the key of the mapping that lacks it, or where that begins
            path = path[:-1]
            if path in self.keys or path in self.values:
                return self.keys.get(path) or self.values[path]
        return None

    def _place(self, path: Path, code: str) -> str:
        mark = self._mark(path, code)
        where = f"{self.name}:{mark[0]}:{mark[1]}" if mark else self.name
        return f"{where}: {show_path(path)}" if path else where


# What is wrong with a key itself, or with a thing that the key names.
_AT_KEY: Final = frozenset(
    {
        "bad_name",
        "stage_unreached",
        "unknown_key",
        "unused_assumption",
        "unused_event",
        "visibility_of_nothing",
        "yaml_alias",
        "yaml_duplicate",
        "yaml_key",
        "yaml_null",
    }
)


def show_path(path: Path) -> str:
    """Write a path as people read it: ``stages.final.advance[0].top``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


def read_path(text: str) -> Path:
    """Undo ``show_path``."""
    parts = re.findall(r"\[([0-9]+)\]|([^.\[\]]+)", text)
    return tuple(int(index) if index else name for index, name in parts)


def from_yaml(text: str, name: str) -> Source:
    """Read YAML; what is wrong with it stands in ``problems``."""
    source = Source(name=name)
    try:
        root = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        source.values[()] = (mark.line + 1, mark.column + 1)
        source.report((), "yaml_syntax", detail=" ".join(str(error.problem).split()))
        return source
    except ReaderError as error:  # a character that YAML does not allow
        before = text[: error.position]
        source.values[()] = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        source.report((), "yaml_syntax", detail=str(error.reason))
        return source
    except RecursionError:
        source.report((), "yaml_syntax", detail="nested too deeply")
        return source
    if root is None:
        source.report((), "yaml_empty")
        return source
    source.plain = _Reader(source).value(root, ())
    return source


def from_plain(plain: Any, name: str) -> Source:
    """Wrap plain data that has no text, so that problems name the path alone."""
    return Source(name=name, plain=plain)


class _Reader:
    """Walks the nodes once; remembers those seen, since a second visit means an alias."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._seen: set[int] = set()

    def value(self, node: Node, path: Path) -> Any:
        if id(node) in self._seen:  # the node's own mark is where it was first written
            marks = self._source.keys.get(path) or self._source.values[path[:-1]]
            self._source.values[path] = marks
            self._source.report(path, "yaml_alias")
            return None
        self._seen.add(id(node))
        self._source.values[path] = _mark(node)
        if isinstance(node, MappingNode) and _short_tag(node) == "map":
            return self._mapping(node, path)
        if isinstance(node, SequenceNode) and _short_tag(node) == "seq":
            return [self.value(item, (*path, at)) for at, item in enumerate(node.value)]
        if isinstance(node, ScalarNode):
            return self._scalar(node, path)
        self._source.report(path, "yaml_scalar", text=str(node.tag))
        return None

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, ScalarNode) else "?"
            where = (*path, key)
            at = _mark(key_node)
            if not isinstance(key_node, ScalarNode) or _short_tag(key_node) != "str":
                self._source.keys[where] = at
                self._source.report(where, "yaml_key", key=key)
            elif key in plain:
                first, self._source.keys[where] = self._source.keys[where], at
                self._source.report(where, "yaml_duplicate", key=key, line=first[0])
                self._source.keys[where] = first
            else:
                self._source.keys[where] = at
                plain[key] = self.value(value_node, where)
        return plain

    def _scalar(self, node: ScalarNode, path: Path) -> Any:
        tag, text = _short_tag(node), node.value
        if tag == "str":
            return text
        if tag == "int" and _INTEGER.fullmatch(text):
            return int(text)
        if tag == "bool" and text in _BOOLEANS:
            return _BOOLEANS[text]
        if tag == "timestamp" and _DATE.fullmatch(text):
            return text
        if tag == "null":
            self._source.report(path, "yaml_null")
            return None
        code = "yaml_float" if tag == "float" else "yaml_scalar"
        self._source.report(path, code, text=text)
        return None


_BOOLEANS: Final[Mapping[str, bool]] = {"true": True, "false": False}


def _mark(node: Node) -> tuple[int, int]:
    return (node.start_mark.line + 1, node.start_mark.column + 1)


def _short_tag(node: Node) -> str:
    return str(node.tag).removeprefix(_TAG)
