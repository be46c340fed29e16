"""A live bank becomes a practice bank: its texts are public from then on."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from leitai.bank import rules, sealed
from leitai.bank.models import Bank, ItemVersion, Paper, RepairRow
from leitai.bank.selectors import composition_of
from leitai.base.actor import Actor
from leitai.interchange import question_digest
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger

CHAIN: Final = "bank"
_COLUMNS: Final = ["sealed", "digest", *sealed.EMPTY]


@transaction.atomic
def publish_bank(*, actor: Actor, bank_code: str, reason: str, at: datetime) -> Bank:
    """Open every text of the bank for good.

    Raises bank_unknown, bank_plain, and bank_on_sealed_paper while an item of it stands on a paper
    that is not opened yet.
    """
    if not rules.can_publish_banks(actor):
        raise DomainError("forbidden")
    if not reason.strip():
        raise DomainError("bank_reason_missing")
    bank = Bank.objects.select_for_update().filter(code=bank_code).first()
    if bank is None:
        raise DomainError("bank_unknown", code=bank_code)
    if not bank.live:
        raise DomainError("bank_plain", code=bank_code)
    versions = ItemVersion.objects.filter(item__bank=bank)
    _demand_opened(bank, set(versions.values_list("pk", flat=True)))
    opened = sealed.opened(versions)
    for version in opened:
        version.sealed, version.digest = "", question_digest(version.stem, version.options)
    ItemVersion.objects.bulk_update(opened, _COLUMNS, batch_size=500)
    for row in sealed.opened_repairs(RepairRow.objects.filter(bank=bank)):
        row.digest = sealed.plain_digest_of(row)
        row.sealed = ""
        row.save(update_fields=["raw", "digest", "sealed"])
    bank.live = False
    bank.save(update_fields=["live"])
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="bank.published",
        subject=f"bank:{bank.code}",
        data={"title": bank.title, "items": len(opened), "reason": reason.strip()},
        at=at,
    )
    return bank


def _demand_opened(bank: Bank, versions: set[int]) -> None:
    for paper in Paper.objects.filter(openings=None).defer("sealed").order_by("code"):
        if any(one.item_version_id in versions for one in composition_of(paper)):
            raise DomainError("bank_on_sealed_paper", code=bank.code, paper=paper.title)
