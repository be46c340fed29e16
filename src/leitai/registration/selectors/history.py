"""Lists of the past on their pages: a file before it is confirmed, and the queue of doubts."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from leitai.base import sealing
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.people import selectors as people
from leitai.people.models import Person
from leitai.people.numbers import mask
from leitai.registration import reading_history as reading
from leitai.registration.enums import LineState
from leitai.registration.models import HistoryLine, HistoryList
from leitai.seasons import selectors
from leitai.seasons.models import Season

PAGE = 20
SHOWN = 200
CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class PreviewRow:
    told: reading.Told
    match: reading.Match
    kind: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What confirming would record: the first rows, how many of each, every bad row."""

    rows: list[PreviewRow]
    total: int
    counts: dict[str, int]
    problems: list[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    person: Person
    id_number: str  # masked


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubtful line with whom it may mean."""

    line: HistoryLine
    number: str  # masked
    kind: str
    candidates: list[Candidate] = field(default_factory=list)


def list_history(season: Season) -> QuerySet[HistoryList]:
    """Every list of the season with what became of its lines, newest first."""
    return HistoryList.objects.filter(season=season).annotate(
        matched=_count(LineState.MATCHED, LineState.SAME),
        doubtful=_count(LineState.DOUBTFUL),
        unknown=_count(LineState.UNKNOWN),
    )


def get_history(season: Season, number: int) -> HistoryList:
    found = HistoryList.objects.filter(season=season, pk=number).first()
    if found is None:
        raise DomainError("not_found")
    return found


def preview_of(held: HistoryList, content: bytes) -> Preview:
    """Worked out anew each time: the roster may have changed since."""
    law = selectors.rulebook_of(held.season)
    read = reading.read_history(law, content, held.name)
    matches = reading.match(selectors.host_path(held.season), read.rows)
    counts = {state.value: 0 for state in LineState}
    for one in matches:
        counts[one.state] += 1
    kinds = kind_titles(held.season)
    rows = [
        PreviewRow(told, found, kinds.get(told.kind, told.kind))
        for told, found in zip(read.rows, matches, strict=True)
    ]
    rows.sort(key=lambda row: (row.match.state == LineState.MATCHED, row.told.row))
    problems = [text_of(problem) for problem in read.problems]
    return Preview(rows[:SHOWN], len(rows), counts, problems)


def page_of_doubts(season: Season, number: str | None) -> tuple[Page[HistoryLine], list[Doubt]]:
    """The lines that wait for a person, and each with everybody of that name."""
    lines = (
        HistoryLine.objects.filter(list__season=season, state=LineState.DOUBTFUL)
        .select_related("list", "near__unit")
        .order_by("pk")
    )
    page = Paginator(lines, PAGE).get_page(number)
    kinds = kind_titles(season)
    return page, [_doubt(season, line, kinds) for line in page.object_list]


def get_doubt(season: Season, number: int) -> HistoryLine:
    found = HistoryLine.objects.filter(list__season=season, pk=number).first()
    if found is None:
        raise DomainError("not_found")
    return found


def kind_titles(season: Season) -> dict[str, str]:
    """A kind of fact → what the rules call it."""
    law = selectors.rulebook_of(season)
    words = {kind: word for word, kind in reading.kinds_of(law).items()}
    return words | {kind: fact.title for kind, fact in law.facts.items()}


def _doubt(season: Season, line: HistoryLine, kinds: dict[str, str]) -> Doubt:
    number = sealing.open_sealed(line.number, place=f"history-line:{line.code}")
    same = Person.objects.filter(
        Q(name=line.name) | Q(pk=line.near_id),
        unit__path__startswith=selectors.host_path(season),
    ).select_related("unit", "personal")
    return Doubt(
        line,
        mask("id_number", number),
        kinds.get(line.kind, line.kind),
        [
            Candidate(person, people.masked(person).id_number)
            for person in same.order_by("code")[:CANDIDATES]
        ],
    )


def _count(*states: LineState) -> Count:
    return Count("lines", filter=Q(lines__state__in=states))
