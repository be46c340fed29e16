"""Marked fields of a template: what stands between double braces, and what takes its place.

``{{姓名}}`` is a field; ``{{选手.姓名}}`` a column of a list: the table row (or paragraph) that it
stands in is repeated for each item. ``{{参赛项目=职业指导人员竞赛}}`` prints a tick where the
field has that value, and a blank where it has another. Full-width braces are read as the others.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

TICK: Final = "√"
NO_TICK: Final = "　"
NUMBER: Final = "序号"  # a list's own column: 1, 2, 3 …
LENGTH: Final = 80
_MARKER: Final = re.compile(r"[{｛]{2}([^{}｛｝\n]{1,80})[}｝]{2}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph that stands in a field's place. ``type`` is png or jpeg."""

    data: bytes
    type: str
    width: int  # millimetres
    height: int


Value = str | Picture
Row = Mapping[str, Value]
Values = Mapping[str, Value | Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Marker:
    """``group`` is the list that it belongs to, or ""; ``is_`` the value that it ticks, or ""."""

    group: str
    field: str
    is_: str = ""

    @property
    def name(self) -> str:
        """As it is written, without the value that it ticks."""
        return f"{self.group}.{self.field}" if self.group else self.field


@dataclass(frozen=True, slots=True)
class Found:
    """A marker in a text, and where it stands."""

    marker: Marker
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A document, and the fields that stayed blank because nothing was given for them."""

    data: bytes
    missing: tuple[str, ...]


def find(text: str) -> list[Found]:
    """Find every marker of a text, in its order."""
    return [
        Found(_read(match[1]), match.start(), match.end())
        for match in _MARKER.finditer(text)
        if match[1].strip()
    ]


def unique(markers: Iterable[Marker]) -> tuple[Marker, ...]:
    """Keep each marker once, in the order in which they stand."""
    return tuple(dict.fromkeys(markers))


def group_of(texts: Iterable[str]) -> str:
    """Name the list that a row of these texts repeats, or give ""."""
    return next((one.marker.group for text in texts for one in find(text) if one.marker.group), "")


class Book:
    """The values of one document, and a list of what they lacked."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self._missing: dict[str, None] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """Name what was asked for and not there (or empty), each once."""
        return tuple(self._missing)

    def items(self, group: str) -> Sequence[Row]:
        """Give a list's rows; for an empty one a single blank row, so that the table keeps it."""
        rows = self.values.get(group, ())
        if isinstance(rows, str | Picture) or not rows:
            self._missing[group] = None
            return ({},)
        return [{NUMBER: str(number), **row} for number, row in enumerate(rows, start=1)]

    def lookup(self, row: Row | None, group: str) -> Callable[[Marker], Value]:
        """Give what resolves the markers inside a repeated row, or outside of any."""

        def resolve(marker: Marker) -> Value:
            inside = row is not None and marker.group == group
            if inside:
                value = (row or {}).get(marker.field, "")
            else:
                given = self.values.get(marker.name, "")
                value = given if isinstance(given, str | Picture) else ""
            if marker.is_:
                return TICK if value == marker.is_ else NO_TICK
            if value == "" and not (inside and not row):
                self._missing[marker.name] = None
            return value

        return resolve


def _read(inner: str) -> Marker:
    name, equals, value = inner.strip().partition("=")
    if not equals:
        name, equals, value = inner.strip().partition("＝")
    group, dot, field = name.strip().replace("．", ".").partition(".")
    if not dot or not field.strip() or not group.strip():
        return Marker("", name.strip(), value.strip())
    return Marker(group.strip(), field.strip(), value.strip())
