"""What the bank shows, and the one door to a paper's keys."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, QuerySet

from leitai.bank import rules
from leitai.bank.models import Bank, ItemVersion, Paper, PaperItem, RepairRow
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError

POINTS_SCALE: Final = 100  # PaperItem.points are hundredths
POINTS_UNIT: Final = Fraction(1, POINTS_SCALE)


@dataclass(frozen=True, slots=True)
class KeyedItem:
    """One item of a paper with its key: "AC", "T"/"F", or each blank's variants."""

    number: int
    type: str
    key: Any
    points: Fraction
    partial: str


def key_of(paper: Paper | int) -> tuple[KeyedItem, ...]:
    """The keys of a paper (or of its primary key) in order: for marking and nobody else."""
    rows = PaperItem.objects.filter(paper=paper).order_by("number")
    return tuple(
        KeyedItem(number, type_, key, Fraction(points, POINTS_SCALE), partial)
        for number, type_, key, points, partial in rows.values_list(
            "number", "item_version__type", "item_version__key", "points", "partial"
        )
    )


def latest_versions() -> QuerySet[ItemVersion]:
    """Every item as it is now."""
    newer = ItemVersion.objects.filter(item=OuterRef("item"), version__gt=OuterRef("version"))
    return ItemVersion.objects.filter(~Exists(newer))


def list_banks_for(viewer: Actor) -> QuerySet[Bank]:
    """The banks with `item_count` and `repair_count`."""
    _demand(viewer)
    return Bank.objects.annotate(
        item_count=Count("items", distinct=True), repair_count=Count("repairs", distinct=True)
    ).order_by("code")


def get_bank_for(viewer: Actor, code: str) -> Bank:
    _demand(viewer)
    try:
        return list_banks_for(viewer).get(code=code)
    except Bank.DoesNotExist:
        raise DomainError("not_found") from None


def list_items_for(viewer: Actor, bank: Bank, *, query: str = "") -> QuerySet[ItemVersion]:
    """The bank's items in order; `query` is a part of the stem."""
    _demand(viewer)
    rows = latest_versions().filter(item__bank=bank).select_related("item")
    if query:
        rows = rows.filter(stem__icontains=query)
    return rows.order_by("item__number")


def list_repairs_for(viewer: Actor, bank: Bank) -> QuerySet[RepairRow]:
    _demand(viewer)
    return RepairRow.objects.filter(bank=bank).order_by("source", "row")


def _demand(viewer: Actor) -> None:
    if not rules.can_see_bank(viewer):
        raise DomainError("forbidden")
