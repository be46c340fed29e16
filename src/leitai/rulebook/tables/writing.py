"""An outcome as tables; every table has its heading even where nothing follows."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from leitai.rulebook import numbers
from leitai.rulebook.data import MAIN, NoteRow, Outcome, Reason, ReasonValue, team_board
from leitai.rulebook.model import Rulebook
from leitai.rulebook.reasons import render
from leitai.rulebook.tables.data import Data
from leitai.rulebook.tables.lines import line_out
from leitai.rulebook.tables.packing import written
from leitai.rulebook.texts.tables import TEXTS

Cells = tuple[object, ...]
_INSIDE: Final = team_board("")

OUT: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "standings.csv": ("stage", "track", "board", "rank", "entry", "total", "decided_by"),
        "teams.csv": ("stage", "track", "rank", "delegation", "total", "counted", "advanced"),
        "advancement.csv": ("stage", "to_stage", "track", "entry", "as", "reason"),
        "reserves.csv": ("stage", "to_stage", "track", "order", "entry", "delegation", "reason"),
        "awards.csv": ("award", "holder", "delegation", "basis", "reason"),
        "honours.csv": ("honour", "kind", "holder", "delegation", "amount", "basis", "reason"),
        "titles.csv": ("title", "person", "period", "reason"),
        "ledger.csv": ("ledger", "person", "at", "act", "earned", "points", "balance", "reason"),
        "boards.csv": ("board", "rank", "of", "value"),
        "blocked.csv": ("stage", "track", "board", "line", "entries", "needs", "detail"),
        "notes.csv": ("stage", "track", "subject", "note"),
    }
)


def write(
    rules: Rulebook, outcome: Outcome, data: Data | None = None, *, lang: str = "zh"
) -> Mapping[str, str]:
    """Write every table of ``OUT``; ``data`` adds notes on columns that nothing used."""
    writer = _Writer(rules, outcome, data or Data(), lang)
    rows: Mapping[str, Iterable[Cells]] = {
        "standings.csv": writer.standings(),
        "teams.csv": writer.teams(),
        "advancement.csv": writer.advancement(),
        "reserves.csv": writer.reserves(),
        "awards.csv": writer.awards(),
        "honours.csv": writer.honours(),
        "titles.csv": writer.titles(),
        "ledger.csv": writer.ledger(),
        "boards.csv": writer.boards(),
        "blocked.csv": writer.blocked(),
        "notes.csv": writer.notes(),
    }
    return {name: written(OUT[name], found) for name, found in rows.items()}


class _Writer:
    """Gives the rows of each table in the outcome's own order."""

    def __init__(self, rules: Rulebook, outcome: Outcome, data: Data, lang: str) -> None:
        self._rules = rules
        self._outcome = outcome
        self._data = data
        self._lang = lang

    def _text(self, reason: Reason | None, track: str = "") -> str:
        known = self._rules.tracks.get(track)
        of = known.kind if known is not None else "person"
        return render(reason, self._lang, of=of) if reason is not None else ""

    def standings(self) -> Iterator[Cells]:
        """Give the rows of every board but those inside each delegation, which follow from it."""
        for row in self._outcome.standings:
            if row.board.startswith(_INSIDE):
                continue
            yield (
                row.stage,
                row.track,
                row.board,
                row.rank,
                row.entry,
                numbers.show(row.total),
                self._text(row.decided_by),
            )

    def teams(self) -> Iterator[Cells]:
        """Give the delegations as teams."""
        for row in self._outcome.teams:
            yield (
                row.stage,
                row.track,
                row.rank,
                row.delegation,
                numbers.show(row.total),
                ";".join(row.counted),
                "yes" if row.advanced else "no",
            )

    def advancement(self) -> Iterator[Cells]:
        """Give who goes on, and nothing else."""
        for row in self._outcome.advancement:
            reason = self._text(row.reason, row.track)
            yield row.stage, row.to_stage, row.track, row.entry, row.as_, reason

    def reserves(self) -> Iterator[Cells]:
        """Give who would move up."""
        for row in self._outcome.reserves:
            reason = self._text(row.reason)
            yield (
                row.stage,
                row.to_stage,
                row.track,
                row.order,
                row.entry,
                row.delegation,
                reason,
            )

    def awards(self) -> Iterator[Cells]:
        """Give the awards by their titles."""
        for row in self._outcome.awards:
            track = row.basis.split("/")[1]
            yield row.title, row.holder, row.delegation, row.basis, self._text(row.reason, track)

    def honours(self) -> Iterator[Cells]:
        """Give money and outside honours; an amount is in yuan."""
        for row in self._outcome.honours:
            amount = "" if row.amount is None else numbers.show(row.amount)
            reason = self._text(row.reason)
            yield row.title, row.kind, row.holder, row.delegation, amount, row.basis, reason

    def titles(self) -> Iterator[Cells]:
        """Give the titles of practice."""
        for row in self._outcome.titles:
            yield row.name, row.person, row.period, self._text(row.reason)

    def ledger(self) -> Iterator[Cells]:
        """Give every line of the accounts."""
        for row in self._outcome.ledger:
            amounts = (numbers.show(one) for one in (row.earned, row.points, row.balance))
            reason = self._text(row.reason)
            yield row.ledger, row.person, row.at.isoformat(), row.act, *amounts, reason

    def boards(self) -> Iterator[Cells]:
        """Give the boards of practice."""
        for row in self._outcome.boards:
            yield row.board, row.rank, row.of, numbers.show(row.value)

    def blocked(self) -> Iterator[Cells]:
        """Give what holds up a decision."""
        for row in self._outcome.blocked:
            entries, detail = ";".join(row.entries), self._text(row.detail, row.track)
            line = line_out(self._rules, row.stage, row.track, row.line)
            yield row.stage, row.track, row.board, line, entries, row.needs, detail

    def notes(self) -> Iterator[Cells]:
        """Give the notes, what is odd about the tables, and columns that nothing used."""
        at = 1 if self._lang.partition("-")[0] == "en" else 0
        for row in self._outcome.notes:
            reason = Reason(row.reason.code, self._named(row.reason.data))
            yield row.stage, row.track, self._subject(row), self._text(reason)
        for subject, code, data in self._data.remarks:
            yield "", "", subject, TEXTS[code][at] % dict(data)
        for file, column in sorted(self._data.unused):
            yield "", "", f"{file}: {column}", TEXTS["csv_column_unused"][at]

    def _subject(self, row: NoteRow) -> str:
        """Write what a note is about as people call it; entries and delegations keep their ids."""
        rules, subject = self._rules, row.subject
        if row.reason.code.startswith("award_"):
            name, _, board = subject.partition(":")
            title = next((one.title for one in rules.awards if one.id == name), subject)
            return title if board in ("", MAIN) else f"{title}（{board}）"
        if row.reason.code == "predicate_unknown":
            bars = rules.stages[row.stage].bars if row.stage in rules.stages else ()
            return next((one.title for one in bars if one.id == subject), subject)
        if subject == row.stage or row.reason.code == "confirmation_taken":
            place = rules.stages.get(subject) or rules.beyond.get(subject)
            return place.title if place is not None else subject
        return subject

    def _named(self, data: Mapping[str, ReasonValue]) -> Mapping[str, ReasonValue]:
        """Put a delegation's name in the place of its code, where the rulebook has one."""
        names = {one.unit: one.name for one in self._rules.delegations.also}
        of = data.get("of")
        return {**data, "of": names[of]} if isinstance(of, str) and of in names else data
