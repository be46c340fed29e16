"""What a contest of one's own asks: own questions, or a bank of the house that all may read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from leitai.bank import selectors as bank_reads
from leitai.bank import services as bank
from leitai.bank.enums import ItemType
from leitai.bank.models import Bank
from leitai.base.actor import Actor, system
from leitai.kernel.errors import DomainError
from leitai.rulebook import numbers
from leitai.rulebook.model.events import Event
from leitai.seasons import selectors as season_reads
from leitai.seasons import services as seasons
from leitai.seasons.models import LightContest
from leitai.seasons.services.composing import event_of

MINUTES = 60  # for a paper, until a time is set
FEW = 10  # of a type, where the rules ask for none of the types that a bank has


def take_questions(
    *,
    actor: Actor,
    contest: LightContest,
    source: BinaryIO,
    name: str,
    afresh: bool = False,
    at: datetime,
) -> bank.ImportReport:
    """Own questions into a bank of the contest's own, and a paper of as many as there are.

    `afresh` leaves aside what was imported before: it stays sealed, and stands on no paper.
    The house carries it out: the office of such a contest holds none of the house's banks.
    """
    with transaction.atomic():
        law = season_reads.rulebook_of(contest.season)
        code = _bank_for(contest, afresh=afresh)
        report = bank.import_items(
            actor=system(f"contest:{actor.account}"),
            bank_code=code,
            title=law.title,
            source=source,
            name=name,
            at=at,
            live=True,
        )
        _put_on_paper(actor, contest, code, at)
    return report


@transaction.atomic
def use_bank(*, actor: Actor, contest: LightContest, code: str, at: datetime) -> None:
    """Draw the paper from a practice bank of the house; anything else is refused."""
    if not bank_reads.public_banks().filter(code=code).exists():
        raise DomainError("bank_unknown", code=code)
    _put_on_paper(actor, contest, code, at)


def _put_on_paper(actor: Actor, contest: LightContest, code: str, at: datetime) -> None:
    """As many as the rules ask for and the bank has; how many can be changed afterwards."""
    event = event_of(season_reads.rulebook_of(contest.season))[1]
    seasons.set_paper(
        actor=actor,
        contest=contest,
        bank=code,
        parts=_proposed(event, stock_of(code)),
        minutes=event.minutes or MINUTES,
        at=at,
    )


def _proposed(event: Event, have: Mapping[str, int]) -> list[Mapping[str, Any]]:
    wanted: list[Mapping[str, Any]] = [
        {
            "type": part.type,
            "count": min(part.count, have[part.type]),
            "points": numbers.show(part.points),
        }
        for part in event.paper
        if have[part.type]
    ]
    return wanted or [
        {"type": type_, "count": min(FEW, have[type_]), "points": "1"}
        for type_ in ItemType.values
        if have[type_]
    ]


def is_own_bank(contest: LightContest) -> bool:
    """Whether its questions were imported for it alone."""
    return bool(re.fullmatch(rf"{re.escape(contest.season.code)}(-\d+)?", contest.bank))


def _bank_for(contest: LightContest, *, afresh: bool) -> str:
    """The bank that holds now, or the next one of the contest's own."""
    if is_own_bank(contest) and not afresh:
        return contest.bank
    begun = contest.season.code
    taken = set(Bank.objects.filter(code__startswith=begun).values_list("code", flat=True))
    numbered = (f"{begun}-{number}" if number else begun for number in range(len(taken) + 1))
    return next(one for one in numbered if one not in taken)


def stock_of(code: str) -> Counter[str]:
    """How many questions of each type the contest's own bank has."""
    types = bank_reads.latest_versions().filter(item__bank__code=code)
    return Counter(types.values_list("type", flat=True))


def set_paper(
    *,
    actor: Actor,
    contest: LightContest,
    parts: Sequence[Mapping[str, Any]],
    at: datetime,
) -> None:
    """How many of which type at how many points; more than there are is refused at once."""
    have = stock_of(contest.bank)
    event = event_of(season_reads.rulebook_of(contest.season))[1]
    for part in parts:
        if part["count"] > have[part["type"]]:
            told = {"have": have[part["type"]], "count": part["count"]}
            raise DomainError("contest_items_short", **told)
    seasons.set_paper(
        actor=actor,
        contest=contest,
        bank=contest.bank,
        parts=parts,
        minutes=event.minutes or MINUTES,
        at=at,
    )


def words_of(report: bank.ImportReport) -> str:
    """What the file brought, for somebody who never kept a bank."""
    said = [_("已导入%(count)s题。") % {"count": report.added}]
    if report.unchanged:
        said.append(_("另有%(count)s题以前已经导入。") % {"count": report.unchanged})
    if report.revised:
        said.append(_("%(count)s题已按这份文件更新。") % {"count": report.revised})
    if report.repaired:
        said.append(_("%(count)s行内容不全，没有导入。") % {"count": report.repaired})
    return "".join(said)
