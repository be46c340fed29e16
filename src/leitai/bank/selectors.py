"""What the bank shows, and the one door to a paper's keys."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, TypeVar, overload

from django.db.models import Count, Exists, Min, Model, OuterRef, Q, QuerySet
from typing_extensions import override

from leitai.bank import rules, sealed
from leitai.bank.composition import Candidate
from leitai.bank.enums import ReportState
from leitai.bank.models import Bank, ItemVersion, Paper, RepairRow, Report
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Event

POINTS_SCALE: Final = 100  # a composition's points are hundredths
SEARCHED: Final = 5000  # sealed items opened for one search: about half a second
Row = TypeVar("Row", bound=Model)
POINTS_UNIT: Final = Fraction(1, POINTS_SCALE)


@dataclass(frozen=True, slots=True)
class KeyedItem:
    """One item of a paper with its key: "AC", "T"/"F", or each blank's variants."""

    number: int
    type: str
    key: Any
    points: Fraction
    partial: str


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands at a number of a paper; points are hundredths."""

    number: int
    item_version_id: int
    points: int
    partial: str


def composition_of(paper: Paper) -> tuple[Placed, ...]:
    """Which items stand on a paper, in order: for marking and the house, before and after T0."""
    return tuple(
        Placed(number, *one) for number, one in enumerate(sealed.open_composition(paper), start=1)
    )


def key_of(paper: Paper | int) -> tuple[KeyedItem, ...]:
    """The keys of a paper (or of its primary key) in order: for marking and nobody else."""
    if isinstance(paper, int):
        paper = Paper.objects.defer("sealed").get(pk=paper)
    placed = composition_of(paper)
    return tuple(
        KeyedItem(
            number=one.number,
            type=version.type,
            key=version.key,
            points=Fraction(one.points, POINTS_SCALE),
            partial=one.partial,
        )
        for one, version in zip(placed, _opened_at(placed), strict=True)
    )


def items_of(paper: Paper) -> list[ItemVersion]:
    """The opened items of a paper in order: for the house alone."""
    return _opened_at(composition_of(paper))


def _opened_at(placed: Sequence[Placed]) -> list[ItemVersion]:
    return versions_of([one.item_version_id for one in placed])


def versions_of(ids: Sequence[int]) -> list[ItemVersion]:
    """These versions, opened, in this order: for the house alone."""
    found = sealed.opened(ItemVersion.objects.filter(pk__in=ids))
    versions = {version.pk: version for version in found}
    return [versions[pk] for pk in ids]


def list_used_versions(season: str) -> list[int]:
    """The item versions that stand on any paper of the season: for composition alone."""
    papers = Paper.objects.filter(season=season).defer("sealed")
    return [one.item_version_id for paper in papers for one in composition_of(paper)]


def latest_versions() -> QuerySet[ItemVersion]:
    """Every item as it is now."""
    newer = ItemVersion.objects.filter(item=OuterRef("item"), version__gt=OuterRef("version"))
    return ItemVersion.objects.filter(~Exists(newer))


def pool_of(banks: Iterable[Bank], season: str) -> list[Candidate]:
    """The items of the banks whose question no paper of the season has: for composition alone."""
    used = {_digest(*row) for row in _digests_of(list_used_versions(season))}
    rows = latest_versions().filter(item__bank__in=list(banks))
    values = rows.values_list(
        "item__bank__code", "item__number", "pk", "type", "module", "item__bank__live", "digest"
    )
    pool = [
        Candidate(f"{bank}/{number}", pk, type_, module, _digest(live, digest))
        for bank, number, pk, type_, module, live, digest in values
    ]
    return [candidate for candidate in pool if candidate.digest not in used]


def stock_of(banks: Iterable[Bank], season: str) -> Counter[str]:
    """How many questions of each type are left for a paper of the season, each counted once."""
    by_question = {one.digest: one.type for one in pool_of(banks, season)}
    return Counter(by_question.values())


def banks_for_papers(season: str) -> QuerySet[Bank]:
    """What papers of the season are made from.

    Of an own contest its own questions, and those of the house that everybody may read.
    """
    found = Bank.objects.annotate(item_count=Count("items")).order_by("-live", "code")
    if rules.is_own_contest(season):
        own = Bank.objects.filter(code__regex=rf"^{re.escape(season)}(-\d+)?$").order_by("-pk")
        last = Q(pk__in=own.values("pk")[:1])  # what was imported last, afresh or not
        return found.filter(last | _is_public())
    return found.exclude(code__startswith=rules.OWN_CONTEST)


def public_banks() -> QuerySet[Bank]:
    """Practice banks of the house that hold a question, with `item_count`."""
    found = Bank.objects.filter(_is_public()).annotate(item_count=Count("items"))
    return found.filter(item_count__gt=0).order_by("code")


def _is_public() -> Q:
    return Q(live=False) & ~Q(code__startswith=rules.OWN_CONTEST)


def list_papers(season: str) -> QuerySet[Paper]:
    """The papers of a season in the order they were made, without their sealed text."""
    papers = Paper.objects.filter(season=season).defer("sealed")
    return papers.prefetch_related("openings").order_by("made_at", "pk")


def suits(paper: Paper, event: Event) -> bool:
    """Whether a paper is built as the event demands: so many items at so many points each."""
    wanted = [
        (int(part.points * POINTS_SCALE), part.partial)
        for part in event.paper
        for _number in range(part.count)
    ]
    return wanted == [(one.points, one.partial) for one in composition_of(paper)]


def _digests_of(versions: Sequence[int]) -> Iterable[tuple[bool, bytes | memoryview]]:
    found = ItemVersion.objects.filter(pk__in=versions)
    return found.values_list("item__bank__live", "digest")


def _digest(live: bool, digest: bytes | memoryview) -> bytes:
    """Keyed for a bank of either kind: the same question may stand in both."""
    return bytes(digest) if live else sealed.keyed(bytes(digest))


def list_banks_for(viewer: Actor) -> QuerySet[Bank]:
    """The banks with `item_count`, `repair_count` and `report_count`, of those that wait."""
    _demand(viewer)
    waiting = Count(
        "items__reports", filter=Q(items__reports__state=ReportState.OPEN), distinct=True
    )
    return Bank.objects.annotate(
        item_count=Count("items", distinct=True),
        repair_count=Count("repairs", distinct=True),
        report_count=waiting,
    ).order_by("code")


def get_bank_for(viewer: Actor, code: str) -> Bank:
    _demand(viewer)
    try:
        return list_banks_for(viewer).get(code=code)
    except Bank.DoesNotExist:
        raise DomainError("not_found") from None


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Part of the stem, module and type; an empty one lets everything through."""

    words: str = ""
    module: str = ""
    type: str = ""

    @property
    def empty(self) -> bool:
        return not (self.words or self.module or self.type)


class Opened(Sequence[Row]):
    """Rows that are opened when they are looked at: a page opens its own fifty."""

    def __init__(
        self,
        rows: QuerySet[Row] | list[Row],
        opening: Callable[[Iterable[Row]], list[Row]],
        *,
        cut: bool = False,
    ) -> None:
        self._rows = rows
        self._opening = opening
        self.cut = cut  # there were more rows than are searched

    @override
    def __len__(self) -> int:
        return len(self._rows) if isinstance(self._rows, list) else self._rows.count()

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...

    @override
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, int):
            return self._opening([self._rows[index]])[0]
        return self._opening(self._rows[index])


def list_items_for(
    viewer: Actor, bank: Bank, wanted: ItemFilter | None = None
) -> Opened[ItemVersion]:
    """The bank's items in order. Of sealed texts at most `SEARCHED` are opened for a search."""
    _demand(viewer)
    wanted = wanted or ItemFilter()
    rows = latest_versions().filter(item__bank=bank).select_related("item")
    if wanted.module:
        rows = rows.filter(module=wanted.module)
    if wanted.type:
        rows = rows.filter(type=wanted.type)
    rows = rows.order_by("item__number")
    if wanted.words and not bank.live:
        rows = rows.filter(stem__icontains=wanted.words)
    elif wanted.words:
        some = sealed.opened(rows[: SEARCHED + 1])
        words = wanted.words.casefold()
        found = [row for row in some[:SEARCHED] if words in row.stem.casefold()]
        return Opened(found, list, cut=len(some) > SEARCHED)
    return Opened(rows, sealed.opened)


def list_modules(bank: Bank) -> list[str]:
    """The modules of a bank by name: papers are composed by them, so they stand plain."""
    rows = latest_versions().filter(item__bank=bank).exclude(module="")
    return list(rows.order_by("module").values_list("module", flat=True).distinct())


def list_repairs_for(viewer: Actor, bank: Bank) -> Opened[RepairRow]:
    _demand(viewer)
    rows = RepairRow.objects.filter(bank=bank).select_related("bank").order_by("source", "row")
    return Opened(rows, sealed.opened_repairs)


def list_reported_for(viewer: Actor, bank: Bank, *, state: str) -> QuerySet[ItemVersion]:
    """The questions, as they are now, of which readers said something in this state."""
    _demand(viewer)
    theirs = Q(item__reports__state=state)
    rows = latest_versions().filter(theirs, item__bank=bank).select_related("item")
    return rows.annotate(since=Min("item__reports__at", filter=theirs)).order_by("since", "pk")


def list_reports_for(viewer: Actor, items: Iterable[int], *, state: str) -> QuerySet[Report]:
    """What readers said of these questions, the oldest first; nobody's name stands beside it."""
    _demand(viewer)
    found = Report.objects.filter(item__in=list(items), state=state).select_related("item__bank")
    return found.order_by("at", "pk")


def get_report_for(viewer: Actor, code: str, report: int) -> Report:
    _demand(viewer)
    found = Report.objects.select_related("item__bank").filter(pk=report, item__bank__code=code)
    if (held := found.first()) is None:
        raise DomainError("not_found")
    return held


def list_own_reports(viewer: Actor, item: int) -> QuerySet[Report]:
    """What the viewer said of the question, the newest first."""
    return Report.objects.filter(account=viewer.account, item=item).order_by("-at", "-pk")


def count_unread_answers(viewer: Actor, season: str) -> int:
    """Answers to the viewer's reports that they have not opened yet."""
    answered = Report.objects.exclude(state=ReportState.OPEN)
    return answered.filter(account=viewer.account, season=season, read_at=None).count()


def _demand(viewer: Actor) -> None:
    if not rules.can_see_bank(viewer):
        raise DomainError("forbidden")
