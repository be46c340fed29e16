"""A question table as frozen drafts, and everything that is wrong with it, all at once.

The line (docs/formats/items.md): a cell that is *empty* where only the question's owner can fill it
(题型, 答案) makes the row wait on the repair list, and the others go on; whatever *contradicts* the
format or another row refuses the whole file, since nobody can tell what else went wrong in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Final

from leitai.interchange import headings, keys
from leitai.interchange.headings import LETTERS, Headings
from leitai.interchange.keys import ItemType, Key
from leitai.interchange.tables import TOP, Table, read_table
from leitai.interchange.text import has_control, squeeze
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import suite

Options = tuple[tuple[str, str], ...]

LIMITS: Final[Mapping[str, int]] = {
    "module": 40,
    "topic": 80,
    "stem": 4000,
    "option": 1000,
    "key": 500,
    "explanation": 4000,
    "source": 200,
    "law": 100,
    "version": 40,
    "article": 40,
    "quote": 2000,
}


class Weight(Enum):
    """What a problem means for the import."""

    REFUSE = "refuse"  # the file is not taken
    REPAIR = "repair"  # the row waits, the others are taken
    NOTICE = "notice"  # the row is taken; somebody should look


_WEIGHTS: Final[Mapping[str, Weight]] = {
    "type_empty": Weight.REPAIR,
    "key_empty": Weight.REPAIR,
    "option_repeated": Weight.NOTICE,
    "cell_not_text": Weight.NOTICE,
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong where: the row as the spreadsheet numbers it (0: the file), the heading."""

    row: int
    column: str
    code: str
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def weight(self) -> Weight:
        return _WEIGHTS.get(self.code, Weight.REFUSE)


@dataclass(frozen=True, slots=True)
class Basis:
    """The law that a key rests on: its name, the version's date, the article, its words."""

    law: str
    version: str
    article: str
    quote: str


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One question as the file has it, understood. ``digest`` tells the same question again."""

    row: int
    type: ItemType
    module: str
    topic: str
    stem: str
    options: Options
    key: Key
    explanation: str
    source: str
    basis: Basis | None
    digest: bytes


@dataclass(frozen=True, slots=True)
class Repair:
    """A row that waits: the problems (code, column) that hold it, and its cells by heading."""

    row: int
    codes: tuple[tuple[str, str], ...]
    raw: Mapping[str, str]
    digest: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file. Nothing may be taken from it while ``refusals`` is not empty."""

    drafts: tuple[ItemDraft, ...] = ()
    repairs: tuple[Repair, ...] = ()
    problems: tuple[RowProblem, ...] = ()

    @property
    def refusals(self) -> tuple[RowProblem, ...]:
        return tuple(it for it in self.problems if it.weight is Weight.REFUSE)


def read_items(data: bytes, name: str) -> Reading:
    """Read a question table; ``name`` tells its kind (.xlsx, .csv). Never raises for its content.

    Codes: those of ``tables.read_table``, then missing_columns, column_repeated, no_rows,
    nothing_good, stem_empty, type_empty, unknown_type, key_empty, key_unreadable,
    key_letter_unknown, key_not_for_type, blanks_differ, option_empty, too_few_options,
    option_not_for_type, option_repeated, basis_incomplete, too_long, control_character,
    cell_not_text, duplicate_in_file.
    """
    try:
        table = read_table(data, name, headings.is_heading)
    except DomainError as error:
        return Reading(problems=(RowProblem(0, "", error.code, error.data),))
    found = headings.find_headings(table.rows[:TOP])
    wrong = tuple(_wrong_headings(table, found))
    if wrong:
        return Reading(problems=wrong)
    return _sort_out([_Row(table, found, at) for at in _filled(table, found)], found)


def question_digest(stem: str, options: Sequence[Sequence[str]]) -> bytes:
    """The same for the same question: stem and options, whatever their order, case and spaces."""
    texts = [squeeze(stem), *sorted(squeeze(text) for _, text in options)]
    return suite().digest("\x1f".join(texts).encode())


def _wrong_headings(table: Table, found: Headings) -> Iterator[RowProblem]:
    missing = list(found.missing)
    if "type" in found.columns:
        column = found.columns["type"]
        types = {keys.read_type(_cell(table, at, column)) for at in _filled(table, found)}
        if types & {"single", "multiple"}:
            options = [f"option:{letter}" for letter in LETTERS[:2]]
            missing += [headings.our_name(it) for it in options if it not in found.columns]
    if missing:
        seen = tuple(cell for cell in found.found if cell)
        yield RowProblem(
            found.row + 1, "", "missing_columns", {"missing": tuple(missing), "found": seen}
        )
    for name in found.repeated:
        yield RowProblem(found.row + 1, name, "column_repeated", {"name": name})
    if not missing and not any(_filled(table, found)):
        yield RowProblem(found.row + 1, "", "no_rows")


def _filled(table: Table, found: Headings) -> Iterator[int]:
    return (at for at in range(found.row + 1, len(table.rows)) if any(table.rows[at]))


def _cell(table: Table, at: int, column: int) -> str:
    row = table.rows[at]
    return row[column] if column < len(row) else ""


def _sort_out(rows: list["_Row"], found: Headings) -> Reading:
    drafts, repairs, problems = [], [], []
    first: dict[bytes, int] = {}
    for row in rows:
        problems += row.problems
        if row.stem and row.digest in first:
            data = {"first": first[row.digest]}
            problems.append(RowProblem(row.number, found.name("stem"), "duplicate_in_file", data))
        first.setdefault(row.digest, row.number)
        weights = {problem.weight for problem in row.problems}
        if Weight.REPAIR in weights:
            repairs.append(row.repair())
        elif Weight.REFUSE not in weights:
            drafts.append(row.draft())
    if repairs and not drafts and not any(it.weight is Weight.REFUSE for it in problems):
        problems.append(RowProblem(0, "", "nothing_good", {"rows": len(repairs)}))
    return Reading(tuple(drafts), tuple(repairs), tuple(problems))


class _Row:
    """One row while it is being understood; collects everything that is wrong with it."""

    def __init__(self, table: Table, found: Headings, at: int) -> None:
        self.number = at + 1
        self.problems: list[RowProblem] = []
        self._found = found
        self._cells = {
            meaning: _cell(table, at, column) for meaning, column in found.columns.items()
        }
        self._check_cells(table, at)
        self.stem = self._text("stem")
        if not self.stem:
            self._problem("stem", "stem_empty")
        self.type = self._read_type()
        self.options = self._read_options()
        if self.type == "truefalse":
            self._said, self.options = self.options, ()  # 正确 and 错误 are what the type means
        self.digest = question_digest(self.stem, self.options)
        self.key = self._read_key()
        self.basis = self._read_basis()

    def draft(self) -> ItemDraft:
        if self.type is None or self.key is None:
            raise AssertionError(self.number)  # a row without problems has both
        return ItemDraft(
            row=self.number,
            type=self.type,
            module=self._text("module"),
            topic=self._text("topic"),
            stem=self.stem,
            options=self.options,
            key=self.key,
            explanation=self._text("explanation"),
            source=self._text("source"),
            basis=self.basis,
            digest=self.digest,
        )

    def repair(self) -> Repair:
        held = tuple(
            (problem.code, problem.column)
            for problem in self.problems
            if problem.weight is Weight.REPAIR
        )
        raw = {self._found.name(meaning): text for meaning, text in self._cells.items() if text}
        return Repair(self.number, held, raw, self.digest)

    def _problem(self, meaning: str, code: str, **data: object) -> None:
        self.problems.append(RowProblem(self.number, self._found.name(meaning), code, data))

    def _text(self, meaning: str) -> str:
        return self._cells.get(meaning, "")

    def _check_cells(self, table: Table, at: int) -> None:
        for meaning, text in self._cells.items():
            limit = LIMITS.get(meaning.partition(":")[0])
            if limit is not None and len(text) > limit:
                self._problem(meaning, "too_long", limit=limit, length=len(text))
            if has_control(text):
                self._problem(meaning, "control_character")
            if (at, self._found.columns[meaning]) in table.typed and meaning != "number" and text:
                self._problem(meaning, "cell_not_text", text=text)

    def _read_type(self) -> ItemType | None:
        text = self._text("type")
        kind = keys.read_type(text)
        if not text:
            self._problem("type", "type_empty")
        elif kind is None:
            self._problem("type", "unknown_type", type=text)
        return kind

    def _read_options(self) -> Options:
        texts = [self._text(f"option:{letter}") for letter in LETTERS]
        count = max((at + 1 for at, text in enumerate(texts) if text), default=0)
        options = tuple(zip(LETTERS[:count], texts[:count], strict=True))
        for letter, text in options:
            if not text:
                self._problem(f"option:{letter}", "option_empty", last=LETTERS[count - 1])
        if self.type in ("single", "multiple"):
            if count < 2:
                self._problem(f"option:{LETTERS[count]}", "too_few_options", count=count)
            self._find_repeated(options)
        elif (self.type == "blank" and count) or (
            self.type == "truefalse" and not all(keys.is_truth(text) for _, text in options)
        ):
            self._problem("option:A", "option_not_for_type", type=self._text("type"))
        return options

    def _find_repeated(self, options: Options) -> None:
        first: dict[str, str] = {}
        for letter, text in options:
            if text and first.setdefault(squeeze(text), letter) != letter:
                same = first[squeeze(text)]
                self._problem(f"option:{letter}", "option_repeated", letter=letter, same=same)

    def _read_key(self) -> Key | None:
        text = self._text("key")
        if not text:
            self._problem("key", "key_empty")
            return None
        try:
            return self._key(text)
        except DomainError as error:
            self._problem("key", error.code, **error.data, type=self._text("type"))
            return None

    def _key(self, text: str) -> Key | None:
        if self.type in ("single", "multiple"):
            letters = "".join(letter for letter, _ in self.options)
            key = keys.read_letters(text, letters)
            if self.type == "single" and len(key) > 1:
                raise DomainError("key_not_for_type", key=text)
            return key
        if self.type == "truefalse":
            return keys.read_truth(text, self._said)
        return keys.read_blanks(text, self.stem) if self.type == "blank" else None

    def _read_basis(self) -> Basis | None:
        texts = {name: self._text(name) for name in ("law", "version", "article", "quote")}
        if not any(texts.values()):
            return None
        for name, text in texts.items():
            if not text:
                self._problem(name, "basis_incomplete")
        return Basis(**texts)
