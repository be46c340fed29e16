"""Papers of a season: put together by chance and sealed at once, by two officers."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.bank import selectors as reads
from leitai.bank import services as bank
from leitai.bank.enums import ItemType
from leitai.bank.models import Bank
from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.ledger.models import Proposal
from leitai.rulebook import numbers
from leitai.rulebook.model import Event
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Stage
from leitai.sittings.rules import can_run_exams
from leitai.sittings.services.arranging import CODE_LIMIT, short_code
from leitai.sittings.services.planning import demand_open, event_of

COMPOSE = "paper.compose"
MOST_PAPERS = 6
LETTERS = "ABCDEF"


def propose_papers(
    *,
    actor: Actor,
    stage: Stage,
    event: str,
    banks: Sequence[str],
    count: int,
    reason: str,
    at: datetime,
) -> Proposal:
    """Ask for `count` papers without an item in common, out of what the season has not used yet.

    Nobody sees a question: the seed is made when the second officer approves, and is not kept.
    Raises papers_count, bank_unknown, paper_parts_missing, Problems(paper_items_short).
    """
    season = stage.season
    if not can_run_exams(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    demand_open(season)
    codes, titles = _planned(stage, event, count)
    return ledger.propose(
        actor=actor,
        deed=COMPOSE,
        chain=season.code,
        subject=f"papers:{stage.code}:{event}",
        data={
            "season": season.code,
            "host": seasons.host_path(season),
            "stage": stage.code,
            "event": event,
            "banks": list(banks),
            "codes": codes,
            "titles": titles,
        },
        reason=reason,
        level=seasons.host_level(season),
        at=at,
    )


def preview_papers(*, stage: Stage, event: str, banks: Sequence[str], count: int) -> list[str]:
    """What would be made, and of what; raises what makes it impossible."""
    demand_open(stage.season)
    _codes, titles = _planned(stage, event, count)
    return _effect(stage.season.code, event_of(stage, event), banks, titles)


def _planned(stage: Stage, event: str, count: int) -> tuple[list[str], list[str]]:
    """The codes and titles of the next papers of an event."""
    rule = event_of(stage, event)
    if not 1 <= count <= MOST_PAPERS:
        raise DomainError("papers_count", most=MOST_PAPERS)
    stem = short_code(f"{stage.season.code}-{stage.code}-{event}-paper", CODE_LIMIT - 6)
    before = reads.list_papers(stage.season.code).filter(code__startswith=f"{stem}-").count()
    numbered = range(before + 1, before + count + 1)
    titles = [_title(stage, rule, number) for number in numbered]
    return [f"{stem}-{number}" for number in numbered], titles


def _effect(season: str, event: Event, banks: Sequence[str], titles: Sequence[str]) -> list[str]:
    if not event.paper:
        raise DomainError("paper_parts_missing", event=event.title)
    if any(part.type not in ItemType.values for part in event.paper):
        raise DomainError("papers_by_hand", event=event.title)
    found = _banks(season, banks)
    stock = reads.stock_of(found, season)
    _demand_enough(event, stock, len(titles))
    parts = listed(
        _("%(type)s%(count)s题、每题%(points)s分")
        % {
            "type": ItemType(part.type).label,
            "count": part.count,
            "points": numbers.show(part.points),
        }
        for part in event.paper
    )
    whole = sum(part.count * part.points for part in event.paper)
    left = listed(f"{ItemType(kind).label}{stock[kind]}" for kind in ItemType.values if stock[kind])
    told = {"count": len(titles), "titles": listed(titles), "parts": parts}
    return [
        _("组成%(count)s份试卷：%(titles)s；各份之间没有相同的试题。") % told,
        _("每份%(items)s题，共%(points)s分：%(parts)s。")
        % {
            "items": sum(part.count for part in event.paper),
            "points": numbers.show(whole),
            "parts": parts,
        },
        _("从%(banks)s中随机抽题，本赛季未用过的试题有：%(left)s。")
        % {"banks": listed(_("“%(title)s”") % {"title": one.title} for one in found), "left": left},
        _("组好立即封存，谁都看不到内容；到开考时间才启封，提前启封须两人办理。"),
    ]


def _banks(season: str, codes: Sequence[str]) -> list[Bank]:
    found = {one.code: one for one in reads.banks_for_papers(season).filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise DomainError("bank_unknown", code=code)
    if not found:
        raise DomainError("papers_banks")
    return [found[code] for code in dict.fromkeys(codes)]


def _demand_enough(event: Event, stock: Counter[str], papers: int) -> None:
    needed: Counter[str] = Counter()
    for part in event.paper:
        needed[part.type] += part.count * papers
    short = [
        Problem(
            "",
            "paper_items_short",
            {
                "type": str(ItemType(kind).label),
                "needed": count,
                "papers": papers,
                "available": stock[kind],
            },
        )
        for kind, count in needed.items()
        if stock[kind] < count
    ]
    if short:
        raise Problems(short)


def _title(stage: Stage, event: Event, number: int) -> str:
    mark = LETTERS[number - 1] if number <= len(LETTERS) else str(number)
    return f"{stage.title} {event.title} {mark}卷"[:120]


def _preview(data: Mapping[str, Any]) -> list[str]:
    season = seasons.get_season(str(data["season"]))
    demand_open(season)
    event = event_of(seasons.get_stage(season, str(data["stage"])), str(data["event"]))
    return _effect(season.code, event, data["banks"], data["titles"])


def _carry_out(*, actor: Actor, data: Mapping[str, Any], at: datetime, **_deed: object) -> None:
    season = seasons.get_season(str(data["season"]))
    bank.compose_papers(
        actor=actor,
        season_code=season.code,
        event=event_of(seasons.get_stage(season, str(data["stage"])), str(data["event"])),
        bank_codes=data["banks"],
        codes=data["codes"],
        titles=data["titles"],
        seed=secrets.token_hex(16),
        at=at,
    )


def _may(actor: Actor, chain: str, data: Mapping[str, Any]) -> bool:
    return chain == data["season"] and can_run_exams(actor, chain, str(data["host"]))


DEED = Deed(
    code=COMPOSE,
    title=gettext_lazy("组卷并封存"),
    can_propose=_may,
    can_approve=_may,
    preview=_preview,
    carry_out=_carry_out,
)
