"""Who is due an honour or money by the rulebook, and who may be paid for a duty."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from leitai.paperwork.material import records
from leitai.people.models import Person
from leitai.results.selectors import honours_of
from leitai.rulebook import reasons
from leitai.rulebook.data import HonourRow
from leitai.rulebook.model import Rulebook
from leitai.seasons.models import Entry, Season
from leitai.units.models import Delegation

CENT: Final = Decimal("0.01")
TITLE: Final = "奖金发放表"


@dataclass(frozen=True, slots=True)
class Honoured:
    """`sort` is the rulebook's kind of honour; `amount` in yuan where the rulebook says it."""

    honour: str
    title: str
    sort: str
    holder: str
    unit: str
    delegation: str
    amount: Fraction | None
    reason: str
    person: Person | None


@dataclass(frozen=True, slots=True)
class Payee:
    """One line of a list of payments. `what` is the sum's name on the form, the same for many."""

    name: str
    unit: str
    what: str
    amount: Fraction | None
    reason: str
    person: Person | None


def honoured(season: Season, law: Rulebook) -> dict[str, list[Honoured]]:
    """By the honour's id who qualifies, as it was decided with the awards, in the engine's order.

    Raises DomainError("paperwork_no_awards") before that stage is confirmed.
    """
    rows = honours_of(records.last_result(season, title=TITLE))
    people = _people(season, {row.holder for row in rows if row.holder_kind == "person"})
    teams = {
        one.unit.code: one
        for one in Delegation.objects.filter(season=season.code).select_related("unit")
    }
    kinds = {one.id: one.kind for one in law.honours}
    groups: dict[str, list[Honoured]] = {}
    for row in rows:
        made = _honoured(row, kinds.get(row.honour, row.kind), people, teams)
        groups.setdefault(row.honour, []).append(made)
    return groups


def winners(season: Season, law: Rulebook) -> list[Payee]:
    """Money of the rulebook: each who is due it, with the award that it follows from."""
    return [
        Payee(
            name=one.holder,
            unit=one.unit,
            what=_what(one),
            amount=one.amount,
            reason=f"{one.title}（{one.reason.rstrip('。')}）",
            person=one.person,
        )
        for group in honoured(season, law).values()
        for one in group
        if one.sort == "money"
    ]


def staff(season: Season, roles: Collection[str]) -> list[Payee]:
    """Those who hold one of these duties in the season."""
    return [
        Payee(
            name=one.name,
            unit=one.unit,
            what=one.duty,
            amount=None,
            reason=f"{one.duty}劳务",
            person=getattr(one.appointment.account, "person", None),
        )
        for one in records.staff_of(season, tuple(roles))
    ]


def duties_of(season: Season) -> list[tuple[str, str, int]]:
    """The duties that somebody holds: code, name, how many."""
    counts: dict[tuple[str, str], int] = {}
    for one in records.staff_of(season):
        counts[one.role, one.duty] = counts.get((one.role, one.duty), 0) + 1
    return [(role, duty, count) for (role, duty), count in counts.items()]


def _what(one: Honoured) -> str:
    return f"{one.title}·{one.reason.rstrip('。')}" if one.amount is None else one.title


def _people(season: Season, codes: Collection[str]) -> dict[str, Entry]:
    """An entry's code is the same in every stage: the last stage's row has the person."""
    rows = (
        Entry.objects.filter(stage__season=season, code__in=codes)
        .select_related("person__unit", "delegation")
        .order_by("stage__position")
    )
    return {row.code: row for row in rows}


def _honoured(
    row: HonourRow, sort: str, people: dict[str, Entry], teams: dict[str, Delegation]
) -> Honoured:
    entry = people.get(row.holder) if row.holder_kind == "person" else None
    team = teams.get(row.delegation or row.holder)
    name, unit, delegation = next(_names(row, entry, team))
    return Honoured(
        honour=row.honour,
        title=row.title,
        sort=sort,
        holder=name,
        unit=unit,
        delegation=delegation,
        amount=row.amount,
        reason=reasons.render(row.reason, "zh"),
        person=entry.person if entry else None,
    )


def _names(
    row: HonourRow, entry: Entry | None, team: Delegation | None
) -> Iterator[tuple[str, str, str]]:
    if entry is not None:
        yield entry.person.name, entry.person.unit.name, entry.delegation.name
    if team is not None:
        yield team.name, team.unit.name, team.name
    yield row.holder, "", ""


def sums_of(due: Collection[Payee]) -> list[tuple[str, int, Decimal | None]]:
    """The sums that need an amount: name, how many are due it, and the rulebook's own if any."""
    counts: dict[str, tuple[int, Decimal | None]] = {}
    for one in due:
        count, _ = counts.get(one.what, (0, None))
        counts[one.what] = (count + 1, yuan(one))
    return [(what, count, amount) for what, (count, amount) in counts.items()]


def yuan(one: Payee) -> Decimal | None:
    if one.amount is None:
        return None
    exact = Decimal(one.amount.numerator) / Decimal(one.amount.denominator)
    return exact.quantize(CENT, ROUND_HALF_UP)
