"""The questions of a match: drawn from banks by a seed, frozen and sealed at once."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from leitai.bank import selectors as banks
from leitai.bank.models import Bank, ItemVersion
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.live.enums import MatchState
from leitai.live.models import Match, Question
from leitai.live.selectors import keys
from leitai.live.services.common import demand_planner, demand_state, locked, record

OBJECTIVE: Final = ("single", "multiple", "truefalse", "blank")


@transaction.atomic
def choose_questions(
    *,
    actor: Actor,
    match: Match,
    bank_codes: Sequence[str],
    counts: Mapping[str, int],
    spares: int,
    types: Sequence[str] = OBJECTIVE,
    seed: str,
    at: datetime,
) -> Match:
    """Draw so many questions for each segment, and spares, and seal them; asked again, others.

    None that stands on a paper of the season or in another of its matches. The seed is as secret
    as the questions and stands in no record. Raises match_state, match_bank, match_items_short.
    """
    demand_planner(actor, match)
    held = locked(match)
    demand_state(held, MatchState.PLANNED)
    if held.rehearsal:
        raise DomainError("match_rehearsal")
    pool = _pool(held, bank_codes, types)
    needed = sum(counts.values()) + spares
    if not needed or len(pool) < needed:
        raise DomainError("match_items_short", there=len(pool), needed=needed)
    chosen = random.Random(f"{held.season}/{held.code}/{seed}").sample(pool, needed)  # noqa: S311  # repeatable
    held.questions.all().delete()
    key = keys.make_key(held)
    _seal(held, key, _places(counts, spares), banks.versions_of(chosen))
    held.version += 1
    held.save(update_fields=["wrapped_key", "version"])
    told = {"count": needed - spares, "spares": spares, "banks": sorted(bank_codes)}
    record(actor, held, "match.questions", at, told)
    return held


def _pool(match: Match, codes: Sequence[str], types: Sequence[str]) -> list[int]:
    """The newest versions that may be asked, each question once, in the order of their numbers."""
    offered = {bank.code: bank for bank in banks.banks_for_papers(match.season)}
    for code in codes:
        if code not in offered:
            raise DomainError("match_bank", bank=code)
    found = list(Bank.objects.select_for_update().filter(code__in=codes).order_by("pk"))
    used = set(
        Question.objects.filter(match__season=match.season, version__isnull=False)
        .exclude(match=match)
        .exclude(match__state=MatchState.CANCELLED)
        .values_list("version", flat=True)
    )
    by_digest = {
        one.digest: one.version_id
        for one in banks.pool_of(found, match.season)
        if one.type in types and one.version_id not in used
    }
    return sorted(by_digest.values())


def _places(counts: Mapping[str, int], spares: int) -> list[tuple[str, str]]:
    """Segment and name of each question in order; spares belong to no segment."""
    planned = [
        (segment, f"{segment}-{number}")
        for segment, count in counts.items()
        for number in range(1, count + 1)
    ]
    return planned + [("", f"spare-{number}") for number in range(1, spares + 1)]


def _seal(
    match: Match, key: bytes, places: list[tuple[str, str]], versions: Sequence[ItemVersion]
) -> None:
    Question.objects.bulk_create(
        Question(
            match=match,
            number=number,
            name=name[:40],
            segment=segment,
            spare=not segment,
            version=version.pk,
            sealed=keys.seal_question(match, key, name[:40], plain_of(version)),
        )
        for number, ((segment, name), version) in enumerate(
            zip(places, versions, strict=True), start=1
        )
    )


def plain_of(version: ItemVersion) -> dict[str, Any]:
    """What the host reads: the question, and its answer in words."""
    return {
        "type": version.type,
        "stem": version.stem,
        "options": version.options,
        "key": version.key,
        "answer": answer_of(version.type, version.key),
        "explanation": version.explanation,
    }


def answer_of(kind: str, key: Any) -> str:
    if kind == "truefalse":
        return _("正确") if key == "T" else _("错误")
    if kind == "blank":
        return "；".join("／".join(variants) for variants in key or ())
    return "、".join(key or "")
