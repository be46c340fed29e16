"""Tables of inputs as the engine's values; every bad row is named, all of them at once."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, get_args

from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import numbers
from leitai.rulebook.data import (
    MAIN,
    ActIn,
    BallotIn,
    EntryAs,
    EntryIn,
    EntryKind,
    FactIn,
    LogIn,
    MarkIn,
    ResolutionHow,
    ResolutionIn,
    ScoreIn,
    ScoreStatus,
)
from leitai.rulebook.inputs import carried_into, check
from leitai.rulebook.keys import event_keys
from leitai.rulebook.model import Rulebook
from leitai.rulebook.practice.values import place_of
from leitai.rulebook.tables import columns as names
from leitai.rulebook.tables.crossing import FactDoor, cross
from leitai.rulebook.tables.data import Data, Where, at_rows
from leitai.rulebook.tables.data import place as _place
from leitai.rulebook.tables.lines import line_in
from leitai.rulebook.tables.sheet import Row, Sheet, sheet

_AS: Final[tuple[EntryAs, ...]] = get_args(EntryAs)
_KINDS: Final[tuple[EntryKind, ...]] = get_args(EntryKind)
_STATUSES: Final[tuple[ScoreStatus, ...]] = get_args(ScoreStatus)
_HOW: Final[tuple[ResolutionHow, ...]] = get_args(ResolutionHow)


def read(rules: Rulebook, files: Mapping[str, str]) -> Data:
    """Read tables by file name (those that are not there are empty).

    Raises Problems with ``entries.csv:12`` as each place. Files of other names are left alone.
    """
    data, problems = gather(rules, files)
    if problems:
        raise Problems(problems)
    return data


def gather(rules: Rulebook, files: Mapping[str, str]) -> tuple[Data, list[Problem]]:
    """Read tables as ``read`` does; gives what could be read, and all problems."""
    reader = _Reader(rules)
    steps = (
        (names.ENTRIES, reader.entry),
        (names.SCORES, reader.score),
        (names.PEOPLE, reader.fact),
        (names.RESOLUTIONS, reader.resolution),
        (names.MARKS, reader.mark),
        (names.LOG, reader.log),
        (names.BALLOTS, reader.ballot),
        (names.ACTS, reader.act),
        (names.WINDOWS, reader.window),
    )
    problems: list[Problem] = []
    for name, step in steps:
        table = reader.open(name, files.get(name, ""))
        for row in table.rows:
            step(table, row)
        problems += [problem for _, problem in sorted(table.problems, key=lambda one: one[0])]
    if not any(problem.place.startswith(f"{names.ENTRIES}:") for problem in problems):
        problems += cross(rules, reader.data)  # a row that could not be read is nobody's fault
    problems += _refused(rules, reader.data)
    return reader.data, problems


def _refused(rules: Rulebook, data: Data) -> list[Problem]:
    """Ask the engine's own door about the rows that could be read."""
    known = [one for one in data.entries if one.stage in rules.stages and one.track in rules.tracks]
    rows = [one for one in data.resolutions if one.stage in rules.stages]
    try:
        check(
            rules,
            entries=known,
            scores=data.scores,
            resolutions=[one for one in rows if one.track in rules.tracks],
            delegations=None,
            facts=data.facts,
        )
    except Problems as error:
        return at_rows(data, error.problems)
    return []


class _Reader:
    """Reads row by row; knows which names the rulebook has and which rows were there before."""

    def __init__(self, rules: Rulebook) -> None:
        self.data = Data()
        self._rules = rules
        self._scored: set[Where] = set()  # stage, track, event with scores
        self._keys = {name: event_keys(event) for name, event in rules.events.items()}
        self._facts = FactDoor(rules)
        self._folded: set[Where] = set()  # stage, track, event with marks, a log or ballots
        groups = {"stage": rules.stages, "track": rules.tracks, "event": rules.events}
        # What may be left out since the rulebook has only one of it.
        self._only = {name: next(iter(them)) for name, them in groups.items() if len(them) == 1}

    def open(self, name: str, text: str) -> Sheet:
        """Read a file's rows; says which of its columns nothing uses."""
        kinds = names.IN[name]
        known = set(kinds.known)
        if name == names.SCORES:
            for event, keys in self._keys.items():
                known |= {*keys, *(f"{event}.{key}" for key in keys)}
        needed = [column for column in kinds.needed if column not in self._only]
        table = sheet(name, text, needed=needed, known=kinds.known)
        self.data.unused += [(name, one) for one in table.columns if one and one not in known]
        return table

    # ---- rows

    def entry(self, table: Sheet, row: Row) -> None:
        """Read a row of entries.csv."""
        arena = self._arena(table, row)
        name = table.text(row, "entry")
        kind = self._rules.tracks[arena[1]].kind if arena[1] in self._rules.tracks else "person"
        usual = "team" if kind == "team" else "person"
        if not self._once(table, row, "entry", (*arena, name), "entry_twice", entry=name):
            return
        self.data.entries.append(
            EntryIn(
                id=name,
                stage=arena[0],
                track=arena[1],
                name=row.cells.get("name", "") or name,
                delegation=row.cells.get("delegation", ""),
                person=row.cells.get("person", "") or name,
                as_=table.choice(row, "as", _AS, "individual"),
                kind=table.choice(row, "kind", _KINDS, usual),
                members=table.listed(row, "members"),
            )
        )

    def score(self, table: Sheet, row: Row) -> None:
        """Read a row of scores.csv; a stage's name as the event is the figure carried from it."""
        where = self._event(table, row)
        status = table.choice(row, "status", _STATUSES, "ok")
        if not self._once(table, row, "score", where, "score_twice", entry=where[3]):
            return
        self._scored.add(where[:3])
        event = self._rules.events.get(where[2])
        places = event.decimals if event is not None else numbers.MAX_DECIMALS
        value = table.decimal(row, "score", places) if status == "ok" else 0
        before = len(table.problems)
        figures = self._figures(table, row, where[2]) if status == "ok" else {}
        if value is not None and self._is_event(where) and len(table.problems) == before:
            keys = MappingProxyType(figures)
            self.data.scores.append(ScoreIn(*where, value, places, status, keys))

    def _figures(self, table: Sheet, row: Row, event: str) -> dict[str, int]:
        """Read the further columns of an event; ``exam.seconds`` comes before ``seconds``."""
        found = {}
        for key, rule in self._keys.get(event, {}).items():
            column = f"{event}.{key}" if row.cells.get(f"{event}.{key}") else key
            if row.cells.get(column):
                value = table.decimal(row, column, rule.decimals)
                if value is not None:
                    found[key] = value
        return found

    def fact(self, table: Sheet, row: Row) -> None:
        """Read a row of people.csv: ``title`` with 日日学之星, ``points:周周练`` with 1200."""
        kind, colon, key = table.text(row, "attribute").partition(":")
        value = table.text(row, "value")
        fact = FactIn(
            person=table.text(row, "id"),
            kind=kind,
            key=key if colon else value,
            value=value,
            since=table.day(row, "from"),
            until=table.day(row, "to"),
            source=f"{table.name}:{row.line}",
        )
        wrong = self._facts.problem(fact) if value else None
        if wrong is not None:
            table.report(row.line, wrong[0], **wrong[1])
        self.data.facts.append(fact)

    def resolution(self, table: Sheet, row: Row) -> None:
        """Read a row of resolutions.csv."""
        arena = self._arena(table, row)
        board = row.cells.get("board", "") or MAIN
        line = line_in(self._rules, *arena, table.text(row, "line"))
        order = table.listed(row, "entries")
        self.data.lines[_place("resolution", (*arena, board, line))] = f"{table.name}:{row.line}"
        found, note = table.choice(row, "how", _HOW), row.cells.get("note", "")
        self.data.resolutions.append(ResolutionIn(*arena, board, line, order, found, note))

    def mark(self, table: Sheet, row: Row) -> None:
        """Read a row of marks.csv."""
        where = self._event(table, row)
        self._fold(table, row, where, "judged")
        cells = [table.text(row, column) for column in ("judge", "line", "mark")]
        self._once(
            table,
            row,
            "mark",
            (*where, *cells[:2]),
            "mark_twice",
            entry=where[3],
            judge=cells[0],
            line=cells[1],
        )
        self._near(table, row, "marks", where)
        self._near(table, row, "mark", (*where, cells[0]))
        self.data.marks.append(MarkIn(*where, *cells))

    def log(self, table: Sheet, row: Row) -> None:
        """Read a row of log.csv."""
        where = self._event(table, row, entry=False)
        self._fold(table, row, where, "live")
        match = table.text(row, "match")
        seq, at = table.integer(row, "seq"), table.integer(row, "at")
        self._once(table, row, "log", (*where[:3], match, str(seq)), "duplicate", name=seq)
        self.data.log.append(
            LogIn(
                *where[:3],
                match,
                seq,
                at,
                table.text(row, "kind"),
                row.cells.get("seat", ""),
                row.cells.get("value", ""),
            )
        )

    def ballot(self, table: Sheet, row: Row) -> None:
        """Read a row of ballots.csv; its board is a ballot event's name, or a later round of it."""
        arena = self._arena(table, row)
        board, voter = table.text(row, "board"), table.text(row, "voter")
        entry = row.cells.get("entry", "")  # a whole paper, void or blank, has none
        event = board.partition(".")[0]  # ``EVENT.2`` is the second round
        self._known_event(table, row, (*arena, event))
        self._fold(table, row, (*arena, event), "ballot")
        place = _place("ballot", (*arena, board, voter, entry))
        self.data.lines[place] = f"{table.name}:{row.line}"
        self._near(table, row, "ballot", (*arena, board, voter))
        self._near(table, row, "ballots", (*arena, board))
        self._near(table, row, "ballots", (*arena, board, entry))
        value = row.cells.get("value", "")
        self.data.ballots.append(BallotIn(*arena, board, voter, entry, value))

    def act(self, table: Sheet, row: Row) -> None:
        """Read a row of acts.csv."""
        if self._rules.practice is None:
            table.report(row.line, "practice_missing", file=table.name)
        person, act, at = (
            table.text(row, "person"),
            table.text(row, "act"),
            table.instant(row, "at"),
        )
        if at is not None:
            made = ActIn(person, act, at, row.cells.get("value", ""))
            self.data.lines.setdefault(place_of(made), f"{table.name}:{row.line}")
            self.data.acts.append(made)

    def window(self, table: Sheet, row: Row) -> None:
        """Read a row of windows.csv."""
        what, at = table.text(row, "what"), table.instant(row, "at")
        self._once(table, row, "window", (what,), "duplicate", name=what)
        if at is not None:
            self.data.windows[what] = at

    # ---- what rows share

    def _name(self, table: Sheet, row: Row, column: str) -> str:
        found = row.cells.get(column, "") or self._only.get(column, "")
        return found or table.text(row, column)

    def _arena(self, table: Sheet, row: Row) -> tuple[str, str]:
        stage, track = self._name(table, row, "stage"), self._name(table, row, "track")
        if stage and stage not in self._rules.stages:
            table.report(row.line, "stage_unknown", stage=stage[:60])
        if track and track not in self._rules.tracks:
            table.report(row.line, "track_unknown", track=track[:60])
        return stage, track

    def _event(self, table: Sheet, row: Row, *, entry: bool = True) -> tuple[str, str, str, str]:
        arena = self._arena(table, row)
        event = self._name(table, row, "event")
        self._known_event(table, row, (*arena, event))
        return (*arena, event, table.text(row, "entry") if entry else "")

    def _known_event(self, table: Sheet, row: Row, where: Where) -> None:
        if where[2] and where[0] in self._rules.stages and not self._is_event(where):
            table.report(row.line, "event_unknown", event=where[2][:60])

    def _is_event(self, where: Where) -> bool:
        """Say whether a stage has an event, for entries, for delegations, or carried into it."""
        stage = self._rules.stages.get(where[0])
        if stage is None:
            return False
        of_teams = stage.team.plus if stage.team else ()
        return where[2] in (*stage.events, *of_teams, *carried_into(self._rules, where[0]))

    def _fold(self, table: Sheet, row: Row, where: Where, kind: str) -> None:
        """An event has marks (a log, ballots) or a score: one of them in a stage and track."""
        event = self._rules.events.get(where[2])
        if event is not None and event.kind != kind:
            table.report(row.line, "event_kind", event=where[2], file=table.name)
        elif where[:3] in self._scored and where[:3] not in self._folded:
            table.report(row.line, "marks_and_score", event=where[2], file=table.name)
        self._folded.add(where[:3])

    def _near(self, table: Sheet, row: Row, kind: str, where: Where) -> None:
        """Remember the first row of something that a problem may be about as a whole."""
        self.data.near.setdefault(_place(kind, where), f"{table.name}:{row.line}")

    def _once(
        self, table: Sheet, row: Row, kind: str, where: Where, code: str, **data: object
    ) -> bool:
        """Remember the row; a second one for the same thing is a problem."""
        place = _place(kind, where)
        if place in self.data.lines:
            table.report(row.line, code, **data)
            return False
        self.data.lines[place] = f"{table.name}:{row.line}"
        return True
