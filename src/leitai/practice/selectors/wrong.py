"""Questions that one comes back to: the book of wrong answers, favourites, notes, a search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.paginator import Page, Paginator

from leitai.bank.enums import ItemType
from leitai.bank.models import ItemVersion, Report
from leitai.bank.selectors import list_own_reports
from leitai.base.bigrams import containing
from leitai.kernel.errors import DomainError
from leitai.practice.cards import Card, date_of
from leitai.practice.choosing import Candidate
from leitai.practice.enums import Cause
from leitai.practice.models import Learner, Mark
from leitai.practice.selectors.grounds import Ground, versions_of

PER_PAGE: Final = 20
LONGEST: Final = 80  # characters of a search
VIEWS: Final = ("wrong", "favourite", "note")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader narrows the list to."""

    view: str = "wrong"
    module: str = ""
    topic: str = ""
    type: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """One question of the list, opened; `card` is what the learner remembers of it."""

    version: ItemVersion
    card: Card | None
    mark: Mark | None

    @property
    def last(self) -> date | None:
        return date_of(self.card.last) if self.card else None

    @property
    def cause(self) -> str:
        return str(Cause(self.mark.cause).label) if self.mark and self.mark.cause else ""


@dataclass(frozen=True, slots=True)
class Group:
    """How many stand in a module, by topic."""

    module: str
    count: int
    topics: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class BookPage:
    wanted: Wanted
    total: int
    groups: tuple[Group, ...]
    types: tuple[tuple[str, str, int], ...]
    causes: tuple[tuple[str, str, int], ...]
    page: Page[Candidate]
    rows: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One question with its answer, what the learner wrote beside it and said of it."""

    version: ItemVersion
    card: Card | None
    mark: Mark | None
    in_book: bool
    reports: tuple[Report, ...]


def book_of(cards: Mapping[int, Card], marks: Mapping[int, Mark]) -> set[int]:
    """What stands in the book of wrong answers and was not taken out since it went wrong."""
    return {
        item
        for item, card in cards.items()
        if card.in_book and card.wrong > (marks[item].out if item in marks else 0)
    }


def marks_of(learner: Learner) -> dict[int, Mark]:
    return {one.item_id: one for one in Mark.objects.filter(learner=learner)}


def items_of(ground: Ground, learner: Learner, wanted: Wanted) -> list[Candidate]:
    """The questions of a list, narrowed: what 「再练」 draws from."""
    marks = marks_of(learner)
    return _narrowed(_all_of(ground, marks, wanted.view), marks, wanted)


def book_page(ground: Ground, learner: Learner, wanted: Wanted, *, number: str | None) -> BookPage:
    marks = marks_of(learner)
    every = _all_of(ground, marks, wanted.view)
    found = _narrowed(every, marks, wanted)
    page = Paginator(found, PER_PAGE).get_page(number)
    types = Counter(one.type for one in every)
    causes = Counter(_cause(one.item, marks) for one in every)
    return BookPage(
        wanted=wanted,
        total=len(every),
        groups=_groups(every),
        types=tuple((t.value, str(t.label), types[t.value]) for t in ItemType if types[t.value]),
        causes=tuple((c.value, str(c.label), causes[c.value]) for c in Cause if causes[c.value]),
        page=page,
        rows=_kept(ground, list(page), marks),
    )


def search_page(
    ground: Ground, words: str, *, number: str | None
) -> tuple[Page[int], tuple[Kept, ...]]:
    """The season's questions with every one of the words in the stem, as they are now."""
    said = words.strip()[:LONGEST]
    held = {one.version: one for one in ground.stock}
    found: Sequence[int] = ()
    if said:
        rows = ItemVersion.objects.exclude(stem="").filter(pk__in=list(held))
        found = list(containing(rows, "stem", said).order_by("pk").values_list("pk", flat=True))
    page = Paginator(found, PER_PAGE).get_page(number)
    marks = marks_of(ground.learner) if ground.learner else {}
    return page, _kept(ground, [held[pk] for pk in page], marks)


def item_page(ground: Ground, item: int) -> ItemPage:
    """Raises DomainError("not_found") for what is no practice question of the season."""
    one = ground.by_item.get(item)
    if one is None:
        raise DomainError("not_found")
    version = versions_of([one.version])[0]
    if ground.learner is None:
        return ItemPage(version, None, None, in_book=False, reports=())
    mark = Mark.objects.filter(learner=ground.learner, item=item).first()
    card = ground.cards.get(item)
    in_book = card is not None and item in book_of({item: card}, {item: mark} if mark else {})
    reports = tuple(list_own_reports(ground.actor, item)[:PER_PAGE])
    return ItemPage(version, card, mark, in_book, reports)


def stock_groups(ground: Ground) -> tuple[Group, ...]:
    """All of the season's questions by module and topic."""
    return _groups(ground.stock)


def _all_of(ground: Ground, marks: Mapping[int, Mark], view: str) -> list[Candidate]:
    if view == "favourite":
        wanted: Iterable[int] = (item for item, one in marks.items() if one.favourite)
    elif view == "note":
        wanted = (item for item, one in marks.items() if one.note)
    else:
        wanted = book_of(ground.cards, marks)
    items = set(wanted)
    return [one for one in ground.stock if one.item in items]


def _narrowed(
    every: Iterable[Candidate], marks: Mapping[int, Mark], wanted: Wanted
) -> list[Candidate]:
    return [
        one
        for one in every
        if wanted.module in ("", one.module)
        and wanted.topic in ("", one.topic)
        and wanted.type in ("", one.type)
        and wanted.cause in ("", _cause(one.item, marks) or "none")
    ]


def _cause(item: int, marks: Mapping[int, Mark]) -> str:
    return marks[item].cause if item in marks else ""


def _groups(every: Iterable[Candidate]) -> tuple[Group, ...]:
    by_module: dict[str, Counter[str]] = {}
    for one in every:
        by_module.setdefault(one.module, Counter())[one.topic] += 1
    return tuple(
        Group(module, topics.total(), tuple(topics.items())) for module, topics in by_module.items()
    )


def _kept(
    ground: Ground, found: Sequence[Candidate], marks: Mapping[int, Mark]
) -> tuple[Kept, ...]:
    items = {one.version: one.item for one in found}
    return tuple(
        Kept(version, ground.cards.get(items[version.pk]), marks.get(items[version.pk]))
        for version in versions_of([one.version for one in found])
    )
