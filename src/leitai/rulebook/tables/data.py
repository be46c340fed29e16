"""All tables as values, and where each of them stands in its file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from leitai.kernel.errors import Problem
from leitai.rulebook.data import (
    ActIn,
    BallotIn,
    EntryIn,
    FactIn,
    LogIn,
    MarkIn,
    ResolutionIn,
    ScoreIn,
)

Where = tuple[str, ...]


@dataclass(slots=True)
class Data:
    """All tables as values. ``lines`` finds the row of a file by kind and names.

    ``near`` finds the first row of what a problem without a row of its own is about. ``remarks``
    say what a reader should know: what of, a code of the texts, its data.
    """

    entries: list[EntryIn] = field(default_factory=list)
    scores: list[ScoreIn] = field(default_factory=list)
    facts: list[FactIn] = field(default_factory=list)
    resolutions: list[ResolutionIn] = field(default_factory=list)
    marks: list[MarkIn] = field(default_factory=list)
    log: list[LogIn] = field(default_factory=list)
    ballots: list[BallotIn] = field(default_factory=list)
    acts: list[ActIn] = field(default_factory=list)
    windows: dict[str, datetime] = field(default_factory=dict)
    unused: list[tuple[str, str]] = field(default_factory=list)  # file, column
    lines: dict[str, str] = field(default_factory=dict)
    near: dict[str, str] = field(default_factory=dict)
    remarks: list[tuple[str, str, Mapping[str, object]]] = field(default_factory=list)


def place(kind: str, where: Where) -> str:
    """Name a thing as the engine's problems do: ``score heat/solo/exam/a1``."""
    return f"{kind} {'/'.join(where)}"


def at_rows(data: Data, problems: Iterable[Problem]) -> list[Problem]:
    """Point each of the engine's problems at the row of its table where one can be found."""
    return [replace(one, place=_row_of(data, one.place)) for one in problems]


def _row_of(data: Data, said: str) -> str:
    row, about = data.lines.get(said), said
    while row is None and "/" in about:
        row = data.near.get(about)
        about = about.rpartition("/")[0]
    return f"{row}: {said}" if row else said
