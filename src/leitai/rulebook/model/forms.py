"""Registration, contact and hand-in forms as data."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from leitai.rulebook.model.base import Count, Number
from leitai.rulebook.model.procedure import Term

FieldKind = Literal[
    "text",
    "long-text",
    "number",
    "date",
    "dates",
    "month",
    "months",
    "phone",
    "mobile",
    "landline",
    "email",
    "id-number",
    "photo",
    "file",
    "files",
    "choice",
    "choices",
    "yes-no",
    "table",
    "person",
    "persons",
]
Filler = Literal["entrant", "leader", "unit", "delegation", "committee"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A field is asked only where an earlier one (a choice, or yes-no) has one of these answers."""

    field: str
    in_: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormField:
    """One box of a form.

    ``words`` and ``words_least`` bound a text's 字数, ``least`` and ``most`` a number,
    ``from`` and ``to`` a day or month, ``count`` and ``count_least`` the files, choices, persons or
    rows. ``size_mb`` and ``types`` (endings without the dot) are for each file. ``rows`` are the
    titles of a table whose rows are printed. ``seal`` and ``sign`` name who seals (盖章) and signs
    it; ``dated`` then asks for the day. ``style`` is the notice's word on how it is set.
    """

    id: str
    title: str
    kind: FieldKind = "text"
    section: str = ""
    required: bool = False
    by: Filler | None = None
    public: bool = False
    help: str = ""
    style: str = ""
    unit: str = ""
    words: Count | None = None
    words_least: Count | None = None
    least: Fraction | None = None
    most: Fraction | None = None
    from_: date | None = None
    to: date | None = None
    count: Count | None = None
    count_least: Number = 0
    size_mb: Count | None = None
    types: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    columns: "tuple[FormField, ...]" = ()
    rows: tuple[str, ...] = ()
    asked_if: Asked | None = None
    seal: str = ""
    sign: str = ""
    dated: bool = False
    source: str = ""
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an annex.

    One is filled for each ``per``; ``repeated`` lets the same side hand in several (at most
    ``most``). It is due at the end of the window ``window`` or within ``term``; afterwards
    ``corrections`` corrections are possible within ``correct``.
    """

    title: str
    purpose: Literal["registration", "contact", "hand-in", "consent", "appeal", "report"]
    fields: tuple[FormField, ...]
    annex: str = ""
    stage: str | None = None
    tracks: tuple[str, ...] = ()
    per: Literal["entry", "person", "work", "unit", "delegation"] = "entry"
    by: Filler = "entrant"
    to: str = ""
    medium: tuple[Literal["online", "email", "electronic", "paper"], ...] = ()
    window: str | None = None
    term: Term | None = None
    repeated: bool = False
    most: Count | None = None
    corrections: Number | None = None
    correct: Term | None = None
    seal: str = ""
    sign: str = ""
    notes: tuple[str, ...] = ()
    source: str = ""
    assumption: str | None = None
