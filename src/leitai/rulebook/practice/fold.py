"""Acts in, accounts, titles and boards out: the same acts in any order give the same."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from leitai.kernel.errors import Problem, Problems
from leitai.rulebook import numbers
from leitai.rulebook.data import ActIn, BoardRow, FactIn, NoteRow, Practised, Reason
from leitai.rulebook.model import Rulebook
from leitai.rulebook.practice.boards import rank
from leitai.rulebook.practice.book import Book
from leitai.rulebook.practice.periods import FIRST_YEAR, LAST_YEAR, Moments, localize
from leitai.rulebook.practice.values import Reader, Value, place_of

AS_OF: Final = "as-of"  # a window with this name: everything up to then is known
Row = tuple[datetime, ActIn, Value]  # at its local time, read


def fold_acts(
    rules: Rulebook,
    acts: Iterable[ActIn],
    *,
    windows: Mapping[str, datetime],
    facts: Iterable[FactIn] = (),
) -> Practised:
    """Credit all acts of practice; raises Problems that name every act that cannot be read.

    Acts are taken in the order (at, person, act, value), one that is given twice once; so those of
    a time before some instant give the beginning of the same ledger. Titles and balances come as
    facts too. ``windows`` are the moments that are known, by the name of the calendar's window;
    ``facts`` say to which unit a person belongs.
    """
    practice = rules.practice
    if practice is None:
        _refuse_all(acts)
        return Practised()
    moments = Moments(rules, windows)
    book, twice = _filled(rules, acts, moments)
    as_of = windows.get(AS_OF)
    until = None if as_of is None else localize(practice, as_of)
    grants, waits = book.titles.rows(facts, until)
    notes = list(book.notes)
    if twice:
        notes.append(NoteRow("", "", practice.title, Reason("practice_twice", {"count": twice})))
    for name, period in waits:
        data = {"title": practice.titles[name].title, "period": period}
        notes.append(NoteRow("", "", data["title"], Reason("practice_waits", data)))
    return Practised(
        ledger=tuple(book.lines),
        titles=tuple(book.titles.row(grant) for grant in grants),
        facts=(*_points(book), *(book.titles.fact(grant) for grant in grants)),
        notes=tuple(notes),
    )


def rank_boards(
    rules: Rulebook,
    acts: Iterable[ActIn],
    *,
    windows: Mapping[str, datetime],
    facts: Iterable[FactIn] = (),
) -> tuple[BoardRow, ...]:
    """Give all boards of practice, best first; raises Problems as ``fold_acts`` does."""
    practice = rules.practice
    if practice is None:
        _refuse_all(acts)
        return ()
    moments = Moments(rules, windows)
    book, _ = _filled(rules, acts, moments)
    as_of = windows.get(AS_OF)
    until = None if as_of is None else localize(practice, as_of)
    known = tuple(facts)
    grants, _ = book.titles.rows(known, until)
    return rank(book, grants, known, moments)


def check_act(rules: Rulebook, act: ActIn) -> tuple[Problem, ...]:
    """Say what is wrong with one act by itself; nothing where it can be credited."""
    reader = Reader()
    if rules.practice is None:
        reader.report(place_of(act), "act_unknown", act=act.act)
    else:
        read_act(Book(rules.practice, Moments(rules, {})), reader, act)
    return tuple(reader.problems)


def _filled(rules: Rulebook, acts: Iterable[ActIn], moments: Moments) -> tuple[Book, int]:
    """Give the book with all acts in it, and how many were there twice."""
    practice = rules.practice
    assert practice is not None  # noqa: S101  (both callers have looked)
    book, reader = Book(practice, moments), Reader()
    rows: dict[tuple[datetime, str, str, str], Row] = {}
    given = 0
    for act in acts:
        row = read_act(book, reader, act)
        if row is not None:
            given += 1
            rows[row[0], act.person, act.act, act.value] = row
    if reader.problems:
        raise Problems(sorted(reader.problems, key=lambda one: (one.place, one.code)))
    for _, (at, act, value) in sorted(rows.items(), key=lambda item: item[0]):
        book.take(act.person, act.act, at, value)
    return book, given - len(rows)


def read_act(book: Book, reader: Reader, act: ActIn) -> Row | None:
    """Read one act; None where it cannot be used, which is then reported."""
    at = localize(book.practice, act.at)
    where = place_of(act)
    if not act.person.strip():
        reader.report(where, "act_nobody")
    if at is None:
        reader.report(where, "act_at", first=FIRST_YEAR, last=LAST_YEAR)
    if not book.rules.knows(act.act):
        allowed = ", ".join(sorted(book.practice.acts))
        reader.report(where, "act_unlisted", act=act.act, allowed=allowed)
        return None
    if at is None:
        return None
    return at, act, reader.read(act, book.rules.act(act.act, at))


def _refuse_all(acts: Iterable[ActIn]) -> None:
    problems = [Problem(place_of(act), "act_unknown", {"act": act.act}) for act in acts]
    if problems:
        raise Problems(sorted(problems, key=lambda one: one.place))


def _points(book: Book) -> list[FactIn]:
    """Give every balance as a fact that holds in the ledger's period."""
    return [
        FactIn(
            person,
            "points",
            book.practice.ledgers[ledger].title,
            numbers.show(balance),
            stretch.first,
            stretch.last,
            "practice",
        )
        for person, ledger, stretch, balance in book.balances()
    ]
