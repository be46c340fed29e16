"""Changes in a rulebook's YAML text that touch nothing else: comments, order and layout stay.

A path is written as people read it (``forms.entry.fields[3].title``, with an id in the place of an
index where items have one: ``awards.star.title``). Each function gives the whole new text; values
are plain data (text, int, bool, date, list, dict). Text that cannot be read raises Problems, a path
that leads nowhere DomainError("edit_nowhere"). What a value means is not looked at here: a text
that ``check`` refuses afterwards is a text all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from leitai.kernel.errors import DomainError, Problems
from leitai.rulebook.extending import find_parts
from leitai.rulebook.faults import compose
from leitai.rulebook.schema import Path
from leitai.rulebook.source import from_yaml, read_path
from leitai.rulebook.writing import flow, lines_of

MOST: Final = 400_000  # characters of a text; a library rulebook has 30,000


def read(text: str, name: str = "rulebook.yaml") -> dict[str, Any]:
    """Give a text's plain tree; raises Problems where it is no mapping that can be read."""
    if len(text) > MOST:
        raise DomainError("edit_too_long", most=MOST)
    source = from_yaml(text, name)
    if not isinstance(source.plain, dict):
        if not source.problems:
            source.report((), "not_mapping", got=str(source.plain)[:60])
        raise Problems(source.sorted_problems())
    if any(problem.code.startswith("yaml_") for _, problem in source.problems):
        raise Problems(source.sorted_problems())
    return source.plain


def tidy(text: str) -> str:
    """Give a text with plain line ends, without a byte order mark, with a last line end."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") else f"{text}\n"


def at(plain: Any, path: str) -> Any:
    """Give the value at a path; raises DomainError("edit_nowhere")."""
    for part in locate(plain, path):
        plain = plain[part]
    return plain


def locate(plain: Any, path: str) -> Path:
    """Give a path with keys and indexes; raises DomainError("edit_nowhere")."""
    found = find_parts(plain, read_path(path))
    if found is None:
        raise DomainError("edit_nowhere", path=path)
    return found


def set_value(text: str, path: str, plain: Any, order: Sequence[str] = ()) -> str:
    """Put ``plain`` at a path, in the place of what is there.

    A key that is not there is added, with the mappings that lead to it; ``order`` names the keys
    of its mapping as they should follow each other, so that it comes to stand in its place.
    """
    tree = read(text)
    parts = read_path(path)
    if not parts:
        raise DomainError("edit_nowhere", path=path)
    known = find_parts(tree, parts)
    if known is not None:
        return _Edit(text).replace(known, plain)
    depth = len(parts) - 1
    while depth and find_parts(tree, parts[:depth]) is None:
        depth -= 1
    parent = find_parts(tree, parts[:depth]) or ()
    rest = parts[depth:]
    for part in reversed(rest[1:]):
        plain = {part: plain}
    if any(isinstance(part, int) for part in rest):
        raise DomainError("edit_nowhere", path=path)
    return _Edit(text).add(parent, str(rest[0]), plain, order)


def set_scalars(text: str, values: Mapping[str, Any]) -> str:
    """Put several single values in the place of single values; each path must lead to one."""
    if not values:
        return text
    tree = read(text)
    return _Edit(text).replace_all({locate(tree, path): one for path, one in values.items()})


def insert(text: str, path: str, plain: Any) -> str:
    """Put a new item into a list so that it stands at ``path`` (``fields[3]``; at most its end).

    The list is made where there is none and the index is 0.
    """
    tree = read(text)
    parts = read_path(path)
    if len(parts) < 2 or not isinstance(parts[-1], int):
        raise DomainError("edit_nowhere", path=path)
    parent = find_parts(tree, parts[:-1])
    if parent is None and parts[-1] == 0:
        return set_value(text, path[: path.rindex("[")], [plain])
    if parent is None:
        raise DomainError("edit_nowhere", path=path)
    return _Edit(text).insert(parent, parts[-1], plain)


def remove(text: str, path: str) -> str:
    """Take away what stands at a path; a list or mapping that would be empty goes with it."""
    tree = read(text)
    place = locate(tree, path)
    while len(place) > 1:
        parent: Any = tree
        for part in place[:-1]:
            parent = parent[part]
        if len(parent) > 1:
            break
        place = place[:-1]
    return _Edit(text).remove(place)


def move(text: str, path: str, to: int) -> str:
    """Move an item of a list (or a key of a mapping) to another position among its siblings."""
    place = locate(read(text), path)
    if not place:
        raise DomainError("edit_nowhere", path=path)
    return _Edit(text).move(place, to)


@dataclass(frozen=True, slots=True)
class _Child:
    """A part of a collection in the text: from its dash or key to the end of its last line."""

    start: int
    end: int
    node: Node


class _Edit:
    """One text and its nodes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root: Any = compose(text)[0]

    def replace(self, path: Path, plain: Any) -> str:
        """Write a value over another."""
        if not path:
            return "\n".join(lines_of(plain)) + "\n"
        parent = self._node(path[:-1])
        child = self._children(parent)[self._index(parent, path[-1])]
        node = child.node
        if _flows(parent) or (not isinstance(plain, dict | list) and not _is_block(node)):
            return self._splice(self._before(child, parent), self._end(node), f" {flow(plain)}")
        if isinstance(parent, MappingNode):
            written = self._entry(str(path[-1]), plain)
            end = max(child.end, self._end(node))
            return self._splice(child.start, end, self._indented(written, child))
        return self._splice(child.start, child.end, self._indented(self._item(plain), child))

    def replace_all(self, values: Mapping[Path, Any]) -> str:
        """Write single values over single values, the last one first."""
        nodes = [(self._node(path), path, value) for path, value in values.items()]
        text = self._text
        for node, path, value in sorted(nodes, key=lambda one: -int(one[0].start_mark.index)):
            begin, end = int(node.start_mark.index), self._end(node)
            if not isinstance(node, ScalarNode) or begin == end or "\n" in text[begin:end]:
                raise DomainError("edit_nowhere", path=str(path))
            text = text[:begin] + flow(value) + text[end:]
        return text

    def add(self, path: Path, key: str, plain: Any, order: Sequence[str]) -> str:
        """Write a new key into a mapping."""
        parent = self._node(path)
        if not isinstance(parent, MappingNode):
            raise DomainError("edit_nowhere", path=key)
        names = [str(name.value) for name, _ in parent.value]
        position = len(names)
        if key in order:
            before = set(order[: order.index(key)])
            known = [index for index, name in enumerate(names) if name in before]
            position = (max(known) + 1) if known else 0
        written = [f"{flow(key)}: {flow(plain)}"] if _flows(parent) else self._entry(key, plain)
        return self._put(parent, position, written)

    def insert(self, path: Path, position: int, plain: Any) -> str:
        """Write a new item into a list."""
        parent = self._node(path)
        if not isinstance(parent, SequenceNode) or position > len(parent.value):
            raise DomainError("edit_nowhere", path=str(position))
        siblings = parent.value
        short = bool(siblings) and not any(_is_block(one) for one in siblings)
        written = (
            [flow(plain)] if _flows(parent) else [f"- {flow(plain)}"] if short else
            self._item(plain)
        )  # fmt: skip
        return self._put(parent, position, written)

    def remove(self, path: Path) -> str:
        """Cut a part out."""
        parent = self._node(path[:-1])
        children = self._children(parent)
        index = self._index(parent, path[-1])
        child = children[index]
        if len(children) == 1:  # only the text's last key: nothing else empties a collection
            return self._splice(child.start, child.end, "{}")
        if _flows(parent) and index:
            return self._splice(children[index - 1].end, child.end, "")
        if _flows(parent):
            return self._splice(child.start, children[1].start, "")
        line = self._text.rfind("\n", 0, child.start) + 1
        if not self._text[line : child.start].strip():
            return self._splice(line, min(child.end + 1, len(self._text)), "")
        gap = self._text[child.end : children[1].start]  # it shares its line with a dash
        return self._splice(child.start, child.end if gap.strip() else children[1].start, "")

    def move(self, path: Path, to: int) -> str:
        """Let the parts of a collection change places; what stands between them stays."""
        parent = self._node(path[:-1])
        children = self._children(parent)
        written = [self._text[one.start : one.end] for one in children]
        index = self._index(parent, path[-1])
        written.insert(max(0, min(to, len(written) - 1)), written.pop(index))
        text = self._text
        for child, said in zip(reversed(children), reversed(written), strict=True):
            text = text[: child.start] + said + text[child.end :]
        return text

    # ---- finding

    def _node(self, path: Path) -> Node:
        node: Node = self._root
        for part in path:
            if isinstance(node, MappingNode):
                node = next(value for key, value in node.value if key.value == part)
            else:
                node = node.value[part]
        return node

    def _index(self, parent: Node, part: str | int) -> int:
        if isinstance(parent, MappingNode):
            return next(at for at, (key, _) in enumerate(parent.value) if key.value == part)
        return int(part)

    def _children(self, parent: Node) -> list[_Child]:
        if isinstance(parent, MappingNode):
            starts = [(key.start_mark.index, value) for key, value in parent.value]
        else:
            starts = [(self._dash(parent, node), node) for node in parent.value]
        return [_Child(start, self._last(parent, start, node), node) for start, node in starts]

    def _dash(self, parent: Node, node: Node) -> int:
        begin: int = node.start_mark.index
        return begin if _flows(parent) else self._text.rfind("-", 0, begin)

    def _last(self, parent: Node, start: int, node: Node) -> int:
        """Find where a part ends: in a block with the comment on its last line."""
        end = max(self._end(node), start + 1)
        if isinstance(parent, MappingNode):
            end = max(end, self._text.index(":", start) + 1)
        if _flows(parent):
            return end
        line = self._text.find("\n", end)
        return len(self._text) if line < 0 else line

    def _end(self, node: Node) -> int:
        """Find where a node's own text ends, without the comments that follow it."""
        if _is_block(node):
            last = node.value[-1]
            return self._end(last[1] if isinstance(node, MappingNode) else last)
        end: int = node.end_mark.index
        begin: int = node.start_mark.index
        return begin + len(self._text[begin:end].rstrip())

    def _before(self, child: _Child, parent: Node) -> int:
        """Find the end of what leads to a value: its key's colon, or its dash."""
        begin: int = child.node.start_mark.index
        if isinstance(parent, SequenceNode) and _flows(parent):
            spaces = len(self._text[:begin]) - len(self._text[:begin].rstrip(" "))
            return begin - spaces
        mark = ":" if isinstance(parent, MappingNode) else "-"
        return self._text.rfind(mark, child.start, max(begin, child.start + 1)) + 1

    # ---- writing

    def _entry(self, key: str, plain: Any) -> list[str]:
        return lines_of({key: plain})

    def _item(self, plain: Any) -> list[str]:
        return lines_of([plain])

    def _indented(self, written: Sequence[str], child: _Child) -> str:
        line = self._text.rfind("\n", 0, child.start) + 1
        return f"\n{' ' * (child.start - line)}".join(written)

    def _put(self, parent: Node, position: int, written: Sequence[str]) -> str:
        children = self._children(parent)
        if not children:
            opening, closing = ("{", "}") if isinstance(parent, MappingNode) else ("[", "]")
            said = opening + ", ".join(written) + closing
            begin = parent.start_mark.index
            return self._splice(begin, self._end(parent), said)
        position = min(position, len(children))
        neighbour = children[max(0, position - 1)]
        said = written[0] if _flows(parent) else self._indented(written, neighbour)
        if _flows(parent):
            if position:
                return self._splice(neighbour.end, neighbour.end, f", {said}")
            return self._splice(neighbour.start, neighbour.start, f"{said}, ")
        line = self._text.rfind("\n", 0, neighbour.start) + 1
        indent = " " * (neighbour.start - line)
        if position:
            return self._splice(neighbour.end, neighbour.end, f"\n{indent}{said}")
        return self._splice(neighbour.start, neighbour.start, f"{said}\n{indent}")

    def _splice(self, start: int, end: int, said: str) -> str:
        return self._text[:start] + said + self._text[end:]


def _flows(node: Node) -> bool:
    return bool(getattr(node, "flow_style", False))


def _is_block(node: Node) -> bool:
    """Say whether a node is a mapping or list over several lines, and not an empty one."""
    return isinstance(node, MappingNode | SequenceNode) and not _flows(node) and bool(node.value)
