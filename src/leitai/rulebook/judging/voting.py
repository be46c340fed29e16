"""All ballots of a season folded into scores."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import numbers
from leitai.rulebook.data import (
    BallotIn,
    BlockedRow,
    EntryIn,
    Folded,
    NoteRow,
    Reason,
    ReasonValue,
    ScoreIn,
    ScoreStatus,
)
from leitai.rulebook.judging.combining import rounded
from leitai.rulebook.judging.folding import exact
from leitai.rulebook.judging.keys import YES, line_keys, round_key
from leitai.rulebook.judging.panels import NOUGHT
from leitai.rulebook.judging.papers import Box, PaperReader
from leitai.rulebook.model import Event, Rulebook
from leitai.rulebook.model.judging import Ballot

BALLOT: Final = "ballot"  # what is needed where too few voted, or too few passed
_NO_BOXES: Final[Mapping[str, Box]] = MappingProxyType({})


@dataclass(slots=True)
class Count:
    """What one entry got: ``raw`` votes or points of each kind of voters, and further ballots."""

    raw: dict[str, Fraction] = field(default_factory=dict)
    figures: dict[str, Fraction] = field(default_factory=dict)
    yes: int = 0
    no: int = 0
    result: Fraction = NOUGHT
    status: ScoreStatus = "ok"
    passed: bool = True
    rounds: list[Fraction] = field(default_factory=list)


def ballot_line(event: str) -> str:
    """Name the line of a ``BlockedRow`` that waits for another ballot (``ballot:logo``)."""
    return f"{BALLOT}:{event}"


def fold_ballots(
    rules: Rulebook, ballots: Iterable[BallotIn], entries: Iterable[EntryIn] = ()
) -> Folded:
    """Fold the votes of all ballots into scores, ordered by stage, track, event and entry.

    ``entries`` adds those of the stage and track for whom nobody voted. Raises Problems that name
    every bad vote.
    """
    reader = PaperReader(rules)
    reader.read(ballots)
    standing: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in entries:
        standing[entry.stage, entry.track].add(entry.id)
    problems = list(reader.problems)
    desks = []
    for where in sorted({board[:3] for board in reader.boards}):
        event = rules.events[where[2]]
        if event.ballot is None:  # the reader keeps no such board
            continue
        boxes = {board[3]: boxes for board, boxes in reader.boards.items() if board[:3] == where}
        desk = _Desk(where, event, event.ballot, boxes, standing[where[:2]])
        if not problems:
            problems += desk.untied()
        desks.append(desk)
    if problems:
        raise Problems(sorted(problems, key=lambda one: (one.place, one.code, str(one.data))))
    parts = [desk.folded() for desk in desks]
    return Folded(
        scores=tuple(row for part in parts for row in part.scores),
        notes=tuple(row for part in parts for row in part.notes),
        blocked=tuple(row for part in parts for row in part.blocked),
    )


def without_votes(rules: Rulebook, stage: str, track: str, event: str, entry: str) -> ScoreIn:
    """Give the score of an entry of a ballot for whom nobody voted."""
    found = rules.events[event]
    rule = found.ballot.threshold if found.ballot else None
    status: ScoreStatus = "void" if rule is not None and rule.below == "void" else "ok"
    keys = dict.fromkeys(line_keys(found), 0) if status == "ok" else {}
    return ScoreIn(stage, track, event, entry, 0, found.decimals, status, MappingProxyType(keys))


class _Desk:
    """Counts one ballot of one stage and track."""

    def __init__(
        self,
        where: tuple[str, str, str],
        event: Event,
        rule: Ballot,
        boards: Mapping[int, Mapping[str, Box]],
        standing: set[str],
    ) -> None:
        self._where = where
        self._event = event
        self._rule = rule
        self._boards = boards
        self._boxes = boards.get(1, _NO_BOXES)
        spoken = {entry for box in self._boxes.values() for entry in box.entries}
        self._counts = {entry: Count() for entry in sorted(spoken | standing)}
        self._first()
        self._further()

    def untied(self) -> list[Problem]:
        """Name every entry of a further ballot that ties with no other in it."""
        problems = []
        for number in range(2, self._rule.rounds + 1):
            boxes = self._boards.get(number, _NO_BOXES)
            again = {entry for box in boxes.values() for entry in box.entries}
            figures = Counter(self._before(entry, number) for entry in again)
            for entry in sorted(again):
                figure = self._before(entry, number)
                if figure is None or figures[figure] < 2:
                    place = f"ballots {'/'.join(self._where)}.{number}/{entry}"
                    data = {"entry": entry, "number": number}
                    problems.append(Problem(place, "round_not_tied", data))
        return problems

    def folded(self) -> Folded:
        """Give the scores, what is noted of them, and what is still needed."""
        notes = [self._note(self._event_id, self._papers())]
        blocked = self._without_quorum()
        if blocked:
            return Folded((), tuple(notes), blocked)
        passed = sum(count.passed for count in self._counts.values())
        seats = self._rule.seats or 0
        data: dict[str, ReasonValue] = {
            "title": self._event.title,
            "seats": seats,
            "passed": passed,
        }
        scores = []
        out: list[str] = []
        for entry, count in self._counts.items():
            if not count.passed:
                notes.append(self._note(entry, self._below(count)))
            if passed < seats and self._rule.vacancy == "again" and not count.passed:
                out.append(entry)
            else:
                scores.append(self._score(entry, count))
        if out:
            blocked = (self._blocked(out, Reason("ballot_again", data)),)
        elif passed < seats:
            notes.append(self._note(self._event_id, Reason("ballot_vacant", data)))
        return Folded(tuple(scores), tuple(notes), blocked)

    @property
    def _event_id(self) -> str:
        return self._where[2]

    # ---- counting

    def _first(self) -> None:
        """Count the first ballot."""
        raws = {name: _raw(box) for name, box in self._boxes.items()}
        for entry, count in self._counts.items():
            count.raw = {name: raw.get(entry, NOUGHT) for name, raw in raws.items()}
            for name, box in self._boxes.items():
                if self._counts_for_threshold(name):
                    votes = [paper.votes.get(entry) for paper in box.valid]
                    count.yes += sum(vote == 1 for vote in votes)
                    count.no += sum(vote == 0 for vote in votes if vote is not None)
        for name, box in self._boxes.items():
            self._kind(name, box)
        for count in self._counts.values():
            total = sum((self._weight(n) * f for n, f in count.figures.items()), start=NOUGHT)
            count.result = rounded(total, self._rule.round)
            self._judge(count)

    def _kind(self, name: str, box: Box) -> None:
        """Normalise what one kind of voters gave, and round it."""
        rule = self._rule
        figures = {
            entry: _mean(rule, box, entry, count.raw[name]) for entry, count in self._counts.items()
        }
        out_of = Fraction(1)
        if rule.normalise == "best":
            out_of = max(figures.values(), default=NOUGHT)
        elif rule.normalise == "cast":
            out_of = _cast(rule, box)
        for entry, figure in figures.items():
            value = figure
            if rule.normalise != "none":
                value = figure * rule.scale * Fraction(1, out_of) if out_of > 0 else NOUGHT
            self._counts[entry].figures[name] = rounded(value, rule.round_kind)

    def _further(self) -> None:
        for number in range(2, self._rule.rounds + 1):
            boxes = self._boards.get(number, _NO_BOXES)
            raws = [_raw(box) for box in boxes.values()]
            for entry, count in self._counts.items():
                got = sum((raw.get(entry, NOUGHT) for raw in raws), start=NOUGHT)
                count.rounds.append(got)

    def _before(self, entry: str, number: int) -> tuple[Fraction, ...] | None:
        count = self._counts.get(entry)
        if count is None or count.status != "ok":
            return None
        return (count.result, *count.rounds[: number - 2])

    def _weight(self, kind: str) -> Fraction:
        return self._rule.kinds[kind].weight if kind else Fraction(1)

    # ---- passing

    def _counts_for_threshold(self, kind: str) -> bool:
        rule = self._rule.threshold
        if rule is not None and rule.kind is not None:
            return kind == rule.kind
        return not kind or not self._rule.kinds[kind].tally

    def _judge(self, count: Count) -> None:
        rule = self._rule.threshold
        if rule is None:
            return
        of = self._out_of(count)
        line = (rule.least if rule.least is not None else rule.above) or NOUGHT
        needed = line * of
        enough = count.yes > needed if rule.least is None else count.yes >= needed
        count.passed = of > 0 and enough
        if not count.passed and rule.below == "void":
            count.status = "void"
        elif not count.passed and rule.below == "zero":
            count.result = NOUGHT

    def _out_of(self, count: Count) -> int:
        rule = self._rule.threshold
        if rule is None or rule.of == "votes":
            return count.yes + count.no
        if rule.of == "members":
            return self._members(rule.kind)
        kinds = [name for name in self._boxes if self._counts_for_threshold(name)]
        return sum(len(self._boxes[name].papers) for name in kinds)

    def _members(self, kind: str | None) -> int:
        kinds = self._rule.kinds
        if kind is not None and kind in kinds:
            return kinds[kind].voters or 0
        return self._rule.voters or sum(one.voters or 0 for one in kinds.values() if not one.tally)

    def _without_quorum(self) -> tuple[BlockedRow, ...]:
        if self._rule.quorum is None:
            return ()
        papers, members = self._present(), self._members(None)
        if papers >= self._rule.quorum * members:
            return ()
        data: dict[str, ReasonValue] = {
            "title": self._event.title,
            "papers": papers,
            "voters": members,
        }
        return (self._blocked(list(self._counts), Reason("ballot_quorum", data)),)

    def _present(self) -> int:
        return sum(len(box.papers) for box in self._boxes.values())

    # ---- rows

    def _papers(self) -> Reason:
        papers = self._present()
        valid = sum(len(box.valid) for box in self._boxes.values())
        data: dict[str, ReasonValue] = {
            "title": self._event.title,
            "papers": papers,
            "valid": valid,
        }
        return Reason("ballot_papers", {**data, "void": papers - valid})

    def _below(self, count: Count) -> Reason:
        rule = self._rule.threshold
        line = (rule.least or rule.above or NOUGHT) if rule else NOUGHT
        data: dict[str, ReasonValue] = {"title": self._event.title, "yes": count.yes}
        data["of"] = self._out_of(count)
        data["share"] = numbers.show(line)
        data["above"] = int(rule is not None and rule.above is not None)
        data["below"] = rule.below if rule else ""
        return Reason("ballot_below", data)

    def _score(self, entry: str, count: Count) -> ScoreIn:
        if count.status != "ok":
            return ScoreIn(*self._where, entry, 0, self._event.decimals, count.status)
        value, decimals, over = exact(count.result, self._event.decimals)
        figures = dict(count.raw)
        figures[YES] = Fraction(count.yes)
        for number, got in enumerate(count.rounds, start=2):
            figures[round_key(number)] = got
        keys = {
            name: int(figures[name] * 10**key.decimals)
            for name, key in line_keys(self._event).items()
            if name in figures
        }
        return ScoreIn(*self._where, entry, value, decimals, "ok", MappingProxyType(keys), over)

    def _note(self, subject: str, reason: Reason) -> NoteRow:
        return NoteRow(*self._where[:2], subject, reason)

    def _blocked(self, entries: list[str], reason: Reason) -> BlockedRow:
        line = ballot_line(self._event_id)
        return BlockedRow(*self._where, line, tuple(entries), BALLOT, reason)


def _raw(box: Box) -> dict[str, Fraction]:
    """Add up the valid votes or points of one kind of voters by entry."""
    raw: dict[str, Fraction] = defaultdict(Fraction)
    for entry, votes in box.counted.items():
        raw[entry] += votes
    for paper in box.valid:
        for entry, value in paper.votes.items():
            raw[entry] += value or NOUGHT
    return dict(raw)


def _mean(rule: Ballot, box: Box, entry: str, raw: Fraction) -> Fraction:
    if rule.by != "points" or rule.points is None or rule.points.combine == "sum":
        return raw
    papers = sum(entry in paper.votes for paper in box.valid)
    return raw * Fraction(1, papers) if papers else NOUGHT


def _cast(rule: Ballot, box: Box) -> Fraction:
    """Give the most that an entry could get of one kind of voters; of a tally all its votes."""
    if box.counted:
        return Fraction(sum(box.counted.values()))
    each = Fraction(1)
    if rule.by == "points" and rule.points is not None:
        each = rule.points.most
        if rule.points.combine == "mean":
            return each
    elif rule.by == "places":
        each = max(rule.points_for, default=NOUGHT)
    return each * len(box.valid)
