"""Boards: persons or units by one figure, as lists that reports and awards are made from."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from leitai.rulebook import numbers
from leitai.rulebook.data import BoardRow, FactIn
from leitai.rulebook.model.practice import PracticeBoard
from leitai.rulebook.practice.book import Book
from leitai.rulebook.practice.periods import Moments
from leitai.rulebook.practice.rules import ledger_of
from leitai.rulebook.practice.titles import Grant

PERSON = "person"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What counts on one board."""

    points: Mapping[str, Fraction]
    times: Mapping[str, int]
    titles: Mapping[str, int]
    active: frozenset[str]


def rank(
    book: Book, grants: Sequence[Grant], facts: Sequence[FactIn], moments: Moments
) -> tuple[BoardRow, ...]:
    """Work out every board; of equal figures the names stand in their order, at one rank."""
    found: list[BoardRow] = []
    for name, board in sorted(book.practice.boards.items()):
        seen = _seen(book, board, grants, moments)
        values = _persons(board, seen) if board.of == PERSON else _units(board, seen, facts)
        found += _placed(name, board, values)
    return tuple(found)


def _seen(book: Book, board: PracticeBoard, grants: Sequence[Grant], moments: Moments) -> _Seen:
    start, end = moments.start(board.from_), moments.end(board.to)

    def counts(at: datetime) -> bool:
        if board.from_ is not None and start is None:
            return False  # what has not begun has no figures
        return (start is None or at >= start) and (end is None or at < end)

    ledger = ledger_of(book.practice, board.ledger)
    points: dict[str, Fraction] = defaultdict(Fraction)
    for line in book.postings:
        if line.ledger == ledger and not line.spent and counts(line.at):
            points[line.person] += line.points
    acts = [one for one in book.counted if counts(one.at)]
    times = Counter(one.person for one in acts if board.act in (None, one.act))
    held = [grant for grant in grants if counts(grant.at)]
    titles = Counter(grant.person for grant in held if board.award in (None, grant.title))
    return _Seen(points, times, titles, frozenset(times))


def _persons(board: PracticeBoard, seen: _Seen) -> dict[str, Fraction]:
    if board.figure == "times":
        return {person: Fraction(count) for person, count in seen.times.items()}
    if board.figure in ("titles", "holders"):
        return {person: Fraction(count) for person, count in seen.titles.items()}
    return dict(seen.points)


def _units(board: PracticeBoard, seen: _Seen, facts: Sequence[FactIn]) -> dict[str, Fraction]:
    """Work a figure out for every unit that has somebody registered."""
    members: dict[str, set[str]] = defaultdict(set)
    known: dict[str, Fraction] = {}
    ordered = sorted(facts, key=lambda fact: (fact.since or date.min, fact.value))
    latest = {fact.person: fact.value for fact in ordered if fact.kind == board.of}
    for person, unit in latest.items():
        members[unit].add(person)
    for fact in ordered:
        if board.over is not None and fact.kind == board.over and numbers.is_decimal(fact.value):
            known[fact.person] = numbers.parse(fact.value)
    return {
        unit: value
        for unit, persons in members.items()
        if (value := _unit(board, seen, persons, known.get(unit))) is not None
    }


def _unit(
    board: PracticeBoard, seen: _Seen, persons: set[str], known: Fraction | None
) -> Fraction | None:
    active = Fraction(len(persons & seen.active))
    points = sum((seen.points.get(one, Fraction(0)) for one in persons), Fraction(0))
    figures = {
        "points": points,
        "registered": Fraction(len(persons)),
        "active": active,
        "times": Fraction(sum(seen.times.get(one, 0) for one in persons)),
        "titles": Fraction(sum(seen.titles.get(one, 0) for one in persons)),
        "holders": Fraction(sum(1 for one in persons if seen.titles.get(one, 0))),
        "mean": Fraction(points, active) if active else Fraction(0),
    }
    if board.figure == "ratio":
        whole = Fraction(len(persons)) if board.over is None else known
        return Fraction(active, whole) if whole else None  # nobody knows the number: no ratio
    return figures[board.figure]


def _placed(name: str, board: PracticeBoard, values: Mapping[str, Fraction]) -> list[BoardRow]:
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    levels = {value: nth for nth, value in enumerate(sorted(set(values.values()), reverse=True), 1)}
    rows: list[BoardRow] = []
    first = 1
    for nth, (of, value) in enumerate(ordered, start=1):
        if nth > 1 and value != ordered[nth - 2][1]:
            first = nth
        place = levels[value] if board.style == "dense" else first
        if board.top is None or place <= board.top:
            rows.append(BoardRow(name, board.title, place, of, value))
    return rows
