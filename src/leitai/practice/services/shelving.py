"""The office says which practice banks a season's learners are given questions from."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.bank.models import Bank
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.practice import rules
from leitai.practice.models import Shelf
from leitai.seasons import selectors as seasons


@transaction.atomic
def put_on_shelf(*, actor: Actor, season: str, bank: str, at: datetime) -> Shelf:
    """By the bank's code; raises forbidden, not_found, practice_bank_sealed."""
    held = _demand(actor, season, bank)
    if held.live:
        raise DomainError("practice_bank_sealed", bank=held.title)
    shelf, fresh = Shelf.objects.get_or_create(season=season, bank=held)
    if fresh:
        _record(actor, season, "practice.shelf_set", held, at)
    return shelf


@transaction.atomic
def take_off_shelf(*, actor: Actor, season: str, bank: str, at: datetime) -> None:
    """What was learned and earned from it stays."""
    held = _demand(actor, season, bank)
    gone, _ = Shelf.objects.filter(season=season, bank=held).delete()
    if gone:
        _record(actor, season, "practice.shelf_left", held, at)


def _demand(actor: Actor, season: str, bank: str) -> Bank:
    host = seasons.host_path(seasons.get_season(season))
    if not rules.can_run_practice(actor, season, host):
        raise DomainError("forbidden")
    held = Bank.objects.filter(code=bank).first()
    if held is None:
        raise DomainError("not_found")
    return held


def _record(actor: Actor, season: str, act: str, bank: Bank, at: datetime) -> None:
    ledger.append(
        chain=season,
        actor=actor,
        act=act,
        subject=f"bank:{bank.code}",
        data={"title": bank.title},
        at=at,
    )
