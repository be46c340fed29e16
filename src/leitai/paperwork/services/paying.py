"""发放表: who is paid how much for what, with ID and card numbers; handed over once, kept nowhere.

Whoever makes it gives the reason once; the record says who, how many, how much and why.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.db import transaction

from leitai.base.actor import Actor
from leitai.documents import xlsx
from leitai.documents.xlsx import Column, Sheet
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.paperwork import rules
from leitai.paperwork.material import payees, records
from leitai.paperwork.material.costs import cost_note
from leitai.paperwork.material.payees import Payee
from leitai.paperwork.packs import Made
from leitai.paperwork.packs.rendering import file_name
from leitai.people import services as people
from leitai.people.models import Person
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

MOST: Final = Decimal(10_000_000)
PRIZES, LABOUR = "prizes", "labour"
TITLES: Final = {PRIZES: "奖金发放表", LABOUR: "劳务费发放表"}
_COLUMNS: Final = (
    Column("序号", 6, "number"),
    Column("姓名", 10),
    Column("单位", 30),
    Column("身份证号", 22),
    Column("开户银行", 22),
    Column("银行卡号", 24),
    Column("应发金额", 12, "money"),
    Column("代扣税款", 12, "money"),
    Column("实发金额", 12, "money"),
    Column("事由", 36),
    Column("签收", 14),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the office decides: an amount for each named sum, and the rate held back as tax."""

    amounts: Mapping[str, Decimal]
    tax: Decimal  # percent
    reason: str


@transaction.atomic
def make_payments(
    *,
    actor: Actor,
    season: Season,
    kind: str,
    roles: Collection[str],
    terms: Terms,
    at: datetime,
) -> Made:
    """The workbook. Raises DomainError("forbidden"), ("paperwork_nothing_to_pay"), or Problems."""
    if not rules.can_pay(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    law = seasons.rulebook_of(season)
    due = payees.winners(season, law) if kind == PRIZES else payees.staff(season, roles)
    if not due:
        raise DomainError("paperwork_nothing_to_pay")
    _refuse_terms(due, terms)
    persons = {one.person.pk: one.person for one in due if one.person is not None}
    numbers = people.reveal_many(
        actor=actor,
        people=list(persons.values()),
        fields=("id_number", "bank_account", "bank_name"),
        reason=terms.reason,
        subject=f"payments:{kind}",
        chain=season.code,
        at=at,
    )
    rows = [_row(at_, one, terms, numbers) for at_, one in enumerate(due, start=1)]
    title = f"{law.title}{TITLES[kind]}"
    sheet = _sheet(title, rows, season, at)
    ledger.append(
        chain=season.code,
        actor=actor,
        act="paperwork.payments",
        subject=f"payments:{kind}",
        data={
            "title": TITLES[kind],
            "count": len(rows),
            "total": str((sheet.totals or {})["应发金额"]),
            "reason": terms.reason.strip(),
        },
        at=at,
    )
    name = file_name(law.short_title or law.title, TITLES[kind], ending="xlsx")
    return Made(name, xlsx.write([sheet]))


def _refuse_terms(due: Collection[Payee], terms: Terms) -> None:
    problems = []
    for what, _count, known in payees.sums_of(due):
        amount = terms.amounts.get(what, known)
        if amount is None:
            problems.append(Problem("", "paperwork_amount_missing", {"what": what}))
        elif not 0 <= amount <= MOST or amount != amount.quantize(payees.CENT):
            problems.append(Problem("", "paperwork_amount", {"what": what}))
    if not 0 <= terms.tax <= 100:
        problems.append(Problem("", "paperwork_tax"))
    if problems:
        raise Problems(problems)


def _row(
    number: int, one: Payee, terms: Terms, numbers: Mapping[int, Mapping[str, str]]
) -> tuple[str | int | Decimal, ...]:
    known: Person | None = one.person
    personal = numbers.get(known.pk, {}) if known is not None else {}
    gross = terms.amounts.get(one.what, payees.yuan(one) or Decimal(0)).quantize(payees.CENT)
    tax = (gross * terms.tax / 100).quantize(payees.CENT, ROUND_HALF_UP)
    return (
        number,
        one.name,
        one.unit,
        personal.get("id_number", ""),
        personal.get("bank_name", ""),
        personal.get("bank_account", ""),
        gross,
        tax,
        gross - tax,
        one.reason,
        "",
    )


def _sheet(
    title: str, rows: list[tuple[str | int | Decimal, ...]], season: Season, at: datetime
) -> Sheet:
    totals = {
        column.title: sum((Decimal(row[place]) for row in rows), Decimal(0))
        for place, column in enumerate(_COLUMNS)
        if column.kind == "money"
    }
    note = cost_note(season)
    costs = note.text.replace("\n", "；") if note else ""
    return Sheet(
        name="发放表",
        title=title,
        columns=_COLUMNS,
        rows=rows,
        notes=(f"制表日期：{records.day_words(at)}　单位：元",),
        totals=totals,
        foot=(
            *((f"经费承担：{costs}",) if costs else ()),
            "制表人：　　　　　　　　审核人：　　　　　　　　负责人：　　　　　　　　",
            "本表含个人信息，仅供发放使用，用后按规定保管或销毁。",
        ),
        landscape=True,
    )
