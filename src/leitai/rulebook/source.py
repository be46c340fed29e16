"""The YAML text as plain data, with the line and column of everything in it.

Only what has one reading is taken: text, whole numbers, true and false, dates, lists, mappings.
Decimals must be quoted (``"1.5"``), keys are text and stand once, aliases and tags are refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from leitai.kernel.errors import Problem
from leitai.rulebook.faults import compose
from leitai.rulebook.schema import WRONG, Path
from leitai.rulebook.slips import Mended, proofread

_FOLD: Final = "\a"  # ruamel's mark of where a folded text was broken; no text has it itself
_TAG: Final = "tag:yaml.org,2002:"
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Mark(NamedTuple):
    """A place in a text, counted from 1; ``file`` is empty for the source's own text."""

    line: int
    column: int
    file: str = ""


@dataclass(slots=True)
class Source:
    """Plain data and where each part stands; collects the problems found in it.

    A rulebook that extends another has marks in several files.
    """

    name: str
    plain: Any = None
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    problems: list[tuple[Path, Problem]] = field(default_factory=list)
    spots: dict[str, Mark] = field(default_factory=dict)  # by the place of a problem without a path

    def report(self, path: Path, code: str, /, **data: object) -> None:
        """Note a problem at ``path``; a key that has no business there is pointed at itself.

        A value that could not even be read gets no second problem for being of the wrong kind.
        """
        if code.startswith(WRONG) and any(
            known == path for known, problem in self.problems if problem.place not in self.spots
        ):
            return
        self.problems.append((path, Problem(self._place(path, code), code, data)))

    def spot(self, mark: Mark, code: str, /, **data: object) -> None:
        """Note a problem with the writing itself, at a line and column."""
        place = f"{mark.file or self.name}:{mark.line}:{mark.column}"
        self.spots[place] = mark
        self.problems.append(((), Problem(place, code, data)))

    def spoilt(self, path: Path) -> bool:
        """Say whether a problem is known at ``path``, above it or below it."""
        return any(
            known[: len(path)] == path or path[: len(known)] == known
            for known, problem in self.problems
            if problem.place not in self.spots
        )

    def sorted_problems(self) -> tuple[Problem, ...]:
        """Give all problems in the order of the text, each once."""

        def order(item: tuple[Path, Problem]) -> tuple[str, int, int, str, str]:
            path, problem = item
            mark = self.spots.get(problem.place) or self._mark(path, problem.code)
            line, column, file = mark or (0, 0, "")
            return (file, line, column, show_path(path), problem.code)

        unique = {}
        for _, problem in sorted(self.problems, key=order):
            unique[problem.place, problem.code, str(problem.data)] = problem
        return tuple(unique.values())

    def _mark(self, path: Path, code: str) -> Mark | None:
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
        name = (mark.file if mark else "") or self.name
        where = f"{name}:{mark.line}:{mark.column}" if mark else name
        return f"{where}: {show_path(path)}" if path else where


# What is wrong with a key itself, or with a thing that the key names.
_AT_KEY: Final = frozenset(
    {
        "bad_name",
        "beyond_is_stage",
        "board_reserved",
        "extends_index",
        "extends_no_place",
        "extends_nowhere",
        "extends_overlap",
        "extends_there",
        "figure_taken",
        "no_such_hours",
        "no_such_word",
        "reserved_figure",
        "stage_unreached",
        "unknown_key",
        "unknown_key_near",
        "unused_act",
        "unused_assumption",
        "unused_beyond",
        "unused_event",
        "unused_fact",
        "unused_hours",
        "unused_ledger",
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
    """Read YAML; what is wrong with it stands in ``problems``.

    Slips of the pen (``：`` for ``:``) are named and mended, so that the rest can be read as well.
    """
    source = Source(name=name)
    root, fault = compose(text)
    proof = proofread(text)
    if fault is None:
        proof = proof.only_sure()
    mended = Mended(text, {})
    if proof.slips:
        for slip in proof.slips:
            source.spot(Mark(slip.line, slip.column), slip.code, **slip.data)
        mended = proof.mend(text)
        root, fault = compose(mended.text)
    if fault is not None:
        if fault.line is None:
            source.report((), fault.code, **fault.data)
        elif not any(slip.line == fault.line for slip in proof.slips):
            column = mended.column(fault.line - 1, fault.column - 1) + 1
            source.spot(Mark(fault.line, column), fault.code, **fault.data)
        return source
    if root is None:
        source.report((), "yaml_empty")
        return source
    source.plain = _Reader(source, mended).value(root, ())
    return source


def from_plain(plain: Any, name: str) -> Source:
    """Wrap plain data that has no text, so that problems name the path alone."""
    return Source(name=name, plain=plain)


class _Reader:
    """Walks the nodes once; remembers those seen, since a second visit means an alias."""

    def __init__(self, source: Source, mended: Mended) -> None:
        self._source = source
        self._mended = mended
        self._seen: set[int] = set()

    def value(self, node: Node, path: Path) -> Any:
        if id(node) in self._seen:  # the node's own mark is where it was first written
            marks = self._source.keys.get(path) or self._source.values[path[:-1]]
            self._source.values[path] = marks
            self._source.report(path, "yaml_alias")
            return None
        self._seen.add(id(node))
        self._source.values[path] = self._mark(node)
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
            at = self._mark(key_node)
            if not isinstance(key_node, ScalarNode) or _short_tag(key_node) != "str":
                self._source.keys[where] = at
                self._source.report(where, "yaml_key", key=key)
            elif key in plain:
                first, self._source.keys[where] = self._source.keys[where], at
                self._source.report(where, "yaml_duplicate", key=key, line=first.line)
                self._source.keys[where] = first
            else:
                self._source.keys[where] = at
                plain[key] = self.value(value_node, where)
        return plain

    def _mark(self, node: Node) -> Mark:
        line, column = node.start_mark.line, node.start_mark.column
        return Mark(line + 1, self._mended.column(line, column) + 1)

    def _scalar(self, node: ScalarNode, path: Path) -> Any:
        tag, text = _short_tag(node), node.value.replace(_FOLD, "")
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


def _short_tag(node: Node) -> str:
    return str(node.tag).removeprefix(_TAG)
