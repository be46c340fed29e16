"""An award's table is kept as it was when its body decided: later figures change nothing of it."""

from __future__ import annotations

import hashlib
from typing import Final

from django.db import transaction

from leitai.base.actor import system
from leitai.insight.models import FrozenRubric
from leitai.insight.selectors.rubrics import figures_of_units, get_rubric, reckon, rubrics_of
from leitai.kernel import canonical
from leitai.ledger import services as ledger
from leitai.rulebook import numbers
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Resolution

HOUSE: Final = system("insight")


@transaction.atomic
def freeze_rubric(*, season: str, award: str, resolution: int) -> FrozenRubric | None:
    """With the decision itself, by its moment; None where the award has no rubric."""
    held = seasons.get_season(season)
    if all(one.id != award for one in rubrics_of(held)):
        return None
    rule, rubric = get_rubric(held, award)
    decision = Resolution.objects.get(pk=resolution)
    span, _teams, scores = reckon(held, rule, rubric, at=decision.at)
    exact = figures_of_units(held, rule, rubric, span, decision.at)
    frozen = FrozenRubric(
        season=held,
        award=award,
        resolution=decision,
        rulebook=held.rulebook,
        first=span.first,
        last=span.last,
        figures={
            unit: {name: None if one is None else str(one) for name, one in lines.items()}
            for unit, lines in exact.items()
        },
        standing=[[one.unit, one.rank, numbers.show(one.total)] for one in scores],
        at=decision.at,
    )
    frozen.digest = digest_of(frozen)
    frozen.save()
    ledger.append(
        chain=season,
        actor=HOUSE,
        act="insight.rubric_frozen",
        subject=f"resolution:{resolution}",
        data={"award": rule.title, "sha256": frozen.digest, "count": len(scores)},
        at=decision.at,
    )
    return frozen


def digest_of(frozen: FrozenRubric) -> str:
    """SHA-256 of everything that it says."""
    told = {
        "season": frozen.season.code,
        "award": frozen.award,
        "rules": frozen.rulebook.hash,
        "first": frozen.first.isoformat(),
        "last": frozen.last.isoformat(),
        "figures": frozen.figures,
        "standing": frozen.standing,
        "at": ledger.instant(frozen.at),
    }
    return hashlib.sha256(canonical.encode(told)).hexdigest()
