"""What keeps YAML from being read at all, as a code, at the line where the mistake was made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import Node
from ruamel.yaml.reader import ReaderError

_KEY: Final = re.compile(r"\s*(- +)*[\w.-]+:(\s|$)")
_FOUND: Final = re.compile(r"(?:found|got) '(.*)'\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fault:
    """Line and column from 1 (no line: the text as a whole), what is wrong there, and its data."""

    line: int | None
    column: int
    code: str
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@lru_cache(maxsize=4)  # an edit reads a text, finds its place in it, and looks at what came of it
def compose(text: str) -> tuple[Node | None, Fault | None]:
    """Read YAML into nodes (None for an empty text), or say why that is impossible.

    The nodes are for looking only: who asks for the same text again gets the same.
    """
    try:
        return YAML(typ="rt", pure=True).compose(text), None
    except MarkedYAMLError as error:
        return None, _fault(error, text)
    except ReaderError as error:  # a character that YAML does not allow
        before = text[: error.position]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return None, Fault(line, column, "yaml_character")
    except RecursionError:
        return None, Fault(None, 0, "yaml_deep")


def _fault(error: MarkedYAMLError, text: str) -> Fault:  # noqa: PLR0911  (one return a kind)
    problem, context = str(error.problem), str(error.context)
    said = _FOUND.search(problem)
    found = said[1] if said else ""
    if "could not find expected ':'" in problem:
        return _at(error.context_mark, "yaml_key_colon")
    if "quoted scalar" in context and "end of stream" in problem:
        mark = error.context_mark
        return _at(mark, "yaml_quote_open", quote=text.split("\n")[mark.line][mark.column])
    if problem.startswith("expected ',' or "):
        return _brackets(error, text, found)
    if found in ("]", "}") and ("block end" in problem or "node content" in problem):
        return _at(error.problem_mark, "yaml_bracket_extra", bracket=found)
    if problem.startswith("expected <block end>"):
        code = "yaml_after_quote" if found == "<scalar>" else "yaml_indent"
        return _at(error.problem_mark, code)
    if problem.startswith("found character"):
        character = problem.partition("'")[2][:2].strip("'")
        if character == "\\t" or "\t" in character:
            return _at(error.problem_mark, "yaml_tab")
        return _at(error.problem_mark, "yaml_start", character=character)
    for words, code in _SAID.items():
        if words in problem:
            return _at(error.problem_mark, code)
    return _at(error.problem_mark, "yaml_syntax", detail=" ".join(problem.split()))


_SAID: Final[Mapping[str, str]] = {
    "mapping values are not allowed": "yaml_second_colon",
    "sequence entries are not allowed": "yaml_dash",
    "undefined alias": "yaml_alias",
    "another document": "yaml_documents",
    "unknown escape character": "yaml_escape",
    "expected chomping or indentation": "yaml_block",
}


def _brackets(error: MarkedYAMLError, text: str, found: str) -> Fault:
    """An open bracket is pointed at where it was opened; anything else where it stands."""
    begin, end = error.context_mark, error.problem_mark
    lines = text.split("\n")
    line = lines[end.line] if end.line < len(lines) else ""
    if found == "<stream end>" or (end.line > begin.line and _KEY.match(line)):
        return _at(begin, "yaml_bracket_open", bracket=lines[begin.line][begin.column])
    return _at(end, "yaml_flow")


def _at(mark: Any, code: str, **data: object) -> Fault:
    return Fault(mark.line + 1, mark.column + 1, code, MappingProxyType(data))
