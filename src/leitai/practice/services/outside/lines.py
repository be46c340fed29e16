"""A line of a platform's file as it is kept: what it says, and whose it is. Numbers are masked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from leitai.kernel import canonical
from leitai.seasons.enums import FactKind

# What becomes of a line, in the order of the preview.
BAD, DOUBT, UNKNOWN, NEW = "bad", "doubt", "unknown", "new"
SAME, ASKED, NOTHING = "same", "asked", "nothing"
STATES: Final = (BAD, DOUBT, UNKNOWN, NEW, SAME, ASKED, NOTHING)


@dataclass(frozen=True, slots=True)
class Told:
    """One figure: `as_of` is its day, `since` and `until` when it holds as a fact."""

    kind: str
    key: str
    value: str
    as_of: date
    since: date
    until: date | None

    def plain(self) -> list[str]:
        last = self.until.isoformat() if self.until else ""
        days = [self.as_of.isoformat(), self.since.isoformat(), last]
        return [self.kind, self.key, self.value, *days]

    @classmethod
    def of(cls, plain: list[str]) -> Told:
        kind, key, value, as_of, since, until = plain
        last = date.fromisoformat(until) if until else None
        return cls(kind, key, value, date.fromisoformat(as_of), date.fromisoformat(since), last)

    @property
    def words(self) -> str:
        if self.kind == FactKind.TITLE:
            return self.key
        return f"{self.key} {self.value}"


@dataclass(slots=True)
class Line:
    """`problems` are [column, code, data]; `digests` are never kept."""

    number: int
    name: str = ""
    unit: str = ""
    id_number: str = ""
    phone: str = ""
    told: list[Told] = field(default_factory=list)
    state: str = ""
    by: str = ""
    person: str = ""
    people: list[str] = field(default_factory=list)
    why: str = ""
    problems: list[list[Any]] = field(default_factory=list)
    digests: dict[str, bytes] = field(default_factory=dict, repr=False)

    def wrong(self, column: str, code: str, **data: object) -> None:
        self.state = BAD
        self.problems.append([column, code, data])

    def plain(self) -> dict[str, Any]:
        names = [name for name in self.__slots__ if name not in {"told", "digests"}]
        kept = {name: getattr(self, name) for name in names}
        return {**kept, "told": [one.plain() for one in self.told]}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Line:
        return cls(**{**plain, "told": [Told.of(one) for one in plain["told"]]})

    def mark(self, source: str) -> str:
        """The same for the same line of the same platform, so that nobody is asked twice."""
        told = [one.plain() for one in self.told]
        said = [source, self.name, self.unit, self.id_number, self.phone, told]
        return hashlib.sha256(canonical.encode(said)).hexdigest()


def source_of(platform: str, as_of: date) -> str:
    """What stands beside a figure as a fact."""
    return f"{platform}（截至{as_of.isoformat()}）"
