"""The shelf of a season: its practice banks, and those that could stand there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from leitai.bank.models import Bank
from leitai.bank.rules import OWN_CONTEST
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.practice import rules
from leitai.practice.models import Shelf
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

CHOICES = 200


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """`choices` are the practice banks by code that are not on it yet."""

    season: Season
    rows: tuple[Bank, ...]
    choices: Mapping[str, str]
    may_run: bool


def shelf_page(viewer: Actor, season: str) -> ShelfPage:
    """Raises forbidden, and practice_off where the rules have no practice."""
    held = seasons.get_season(season)
    host = seasons.host_path(held)
    if not rules.can_see_practice(viewer, season, host):
        raise DomainError("forbidden")
    law = seasons.rulebook_of(held)
    if law.practice is None:
        raise DomainError("practice_off", season=law.short_title or law.title)
    on_it = set(Shelf.objects.filter(season=season).values_list("bank_id", flat=True))
    banks = Bank.objects.filter(live=False).annotate(item_count=Count("items")).order_by("code")
    rows = tuple(banks.filter(pk__in=on_it))
    others = banks.exclude(pk__in=on_it).exclude(code__startswith=OWN_CONTEST)[:CHOICES]
    choices = {bank.code: bank.title for bank in others}
    return ShelfPage(held, rows, choices, rules.can_run_practice(viewer, season, host))
