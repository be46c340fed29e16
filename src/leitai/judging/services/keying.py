"""Paper sheets: keyed twice by people who do not see one another, differences by a third."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.judging import rules, selectors
from leitai.judging.enums import SheetSource
from leitai.judging.models import PaperEntry, Seat, Sheet, Slot
from leitai.judging.services.common import demand, locked_slot
from leitai.judging.services.marking import demand_markable, keep_sheet
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.selectors import officers_for
from leitai.rulebook import numbers
from leitai.seasons import selectors as seasons

TWO = 2
DEED = "judging.key"  # the policy's name of a paper sheet that two people key


@dataclass(frozen=True, slots=True)
class Keyed:
    """What became of a keying: the sheet once it is settled, else which lines differ."""

    sheet: Sheet | None
    differing: tuple[str, ...] = ()


@transaction.atomic
def key_paper(
    *, actor: Actor, slot: Slot, seat: Seat, marks: Mapping[str, str], total: str, at: datetime
) -> Keyed:
    """Key a paper sheet as it reads. The second who keys the same settles it.

    Where they differ, a third keys the differing lines from the paper with both in view. `total`
    is the paper's own. Raises judging_keyed_already, judging_keyer_judge, Problems with every bad
    line, judging_control where the marks do not add up to the total.
    """
    slot = locked_slot(slot)
    demand(rules.can_tally, actor, slot.event)
    reopening = demand_markable(slot, seat)
    held = entries_of(slot, seat)
    account = str(seat.person.account_id or "")
    if actor.account == account or actor.person == seat.person.code:
        raise DomainError("judging_keyer_judge")
    if actor.account in {one.keyer for one in held}:
        raise DomainError("judging_keyed_already")
    third = len(held) == TWO
    given = selectors.cleaned(marks)
    if third:
        same, _differing = compared(held)
        given = {**given, **same}
    problems = selectors.problems_of(slot, seat, given)
    if problems:
        raise Problems(problems)
    _demand_control(slot, seat, given, total)
    entry = PaperEntry.objects.create(
        slot=slot,
        seat=seat,
        version=_version(slot, seat),
        judge=account,
        keyer=actor.account,
        keyer_name=actor.name[:50],
        third=third,
        marks=given,
        at=at,
    )
    held.append(entry)
    alone = officers_for(DEED, seasons.host_level(slot.event.stage.season)) < TWO
    if not third and not alone:
        if len(held) < TWO:
            return Keyed(None)
        _same, differing = compared(held)
        if differing:
            return Keyed(None, differing)
    sheet = keep_sheet(
        actor=actor,
        slot=slot,
        seat=seat,
        marks=given,
        source=SheetSource.PAPER,
        reopening=reopening,
        keyers=tuple(one.keyer_name for one in held),
        at=at,
    )
    return Keyed(sheet)


def _demand_control(slot: Slot, seat: Seat, marks: Mapping[str, str], typed: str) -> None:
    """Marks keyed into one another's boxes, or added up wrongly by the judge, stop here."""
    held = selectors.cleaned({"total": typed}).get("total", "")
    if not numbers.is_decimal(held):
        raise DomainError("judging_control_none")
    total = selectors.total_of(slot.event, seat, marks)
    if numbers.parse(held) != total:
        raise DomainError("judging_control", typed=held, sum=numbers.show(total))


def _version(slot: Slot, seat: Seat) -> int:
    """The version of the sheet that these keyings lead to."""
    return Sheet.objects.filter(slot=slot, seat=seat).count() + 1


def entries_of(slot: Slot, seat: Seat) -> list[PaperEntry]:
    """What was keyed so far of the sheet that is to come."""
    rows = PaperEntry.objects.filter(slot=slot, seat=seat, version=_version(slot, seat))
    return list(rows.order_by("pk"))


def compared(held: list[PaperEntry]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Of the first two: what they agree on, and the lines where they do not."""
    first, second = held[0].marks, held[1].marks
    same = {
        line: value for line, value in first.items() if selectors.alike(value, second.get(line, ""))
    }
    return same, tuple(sorted({*first, *second} - same.keys()))
