"""Which tables there are, and the columns of each: those that must be there, those that may be."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table of inputs.

    ``stage``, ``track`` and ``event`` may be left out where the rulebook has only one of them.
    """

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """Name all columns."""
        return (*self.needed, *self.optional)


ENTRIES: Final = "entries.csv"
SCORES: Final = "scores.csv"
PEOPLE: Final = "people.csv"
RESOLUTIONS: Final = "resolutions.csv"
MARKS: Final = "marks.csv"
LOG: Final = "log.csv"
BALLOTS: Final = "ballots.csv"
ACTS: Final = "acts.csv"
WINDOWS: Final = "windows.csv"

IN: Final[dict[str, Columns]] = {
    ENTRIES: Columns(
        ("stage", "track", "entry"), ("name", "delegation", "kind", "members", "as", "person")
    ),
    SCORES: Columns(("stage", "track", "event", "entry", "score"), ("status",)),
    PEOPLE: Columns(("id", "attribute", "value"), ("from", "to")),
    RESOLUTIONS: Columns(("stage", "track", "line", "entries", "how"), ("board", "note")),
    MARKS: Columns(("stage", "track", "event", "entry", "judge", "line", "mark")),
    LOG: Columns(("stage", "track", "event", "match", "seq", "at", "kind"), ("seat", "value")),
    BALLOTS: Columns(("stage", "track", "board", "voter", "entry", "value")),
    ACTS: Columns(("person", "act", "at"), ("value",)),
    WINDOWS: Columns(("what", "at")),
}
