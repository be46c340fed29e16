"""The awards that certificates are made for: definitive ones, and what fell with a correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from leitai.certificates.models import Certificate
from leitai.kernel.errors import DomainError
from leitai.results.models import Award, StageResult
from leitai.results.selectors import awarding_stage, standing_result
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

Identity = tuple[str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """What issuing would do: new awards, and certificates of awards that are no more.

    An award whose certificate the office revoked for good is not new: it comes back only if asked.

    `heirs` says which new award takes the place of a fallen certificate: the same holder's.
    """

    new: tuple[Award, ...]
    fallen: tuple[Certificate, ...]
    heirs: dict[int, int]  # certificate → award, by row


def definitive_result(season: Season) -> StageResult:
    """The result that holds and with which all awards of the season are definitive.

    Raises DomainError("certificates_not_confirmed") and ("certificates_stale").
    """
    law = seasons.rulebook_of(season)
    stage = awarding_stage(law)
    result = standing_result(season.code, stage)
    if result is None:
        raise DomainError("certificates_not_confirmed", stage=law.stages[stage].title)
    if result.stale_at:
        raise DomainError("certificates_stale", stage=law.stages[stage].title)
    return result


def definitive_awards(season: Season) -> list[Award]:
    awards = definitive_result(season).awards.select_related(
        "season", "entry__person", "delegation__unit"
    )
    return list(awards.order_by("position"))


def plan_of(season: Season) -> Plan:
    """Compare the definitive awards with the certificates that hold."""
    awards = definitive_awards(season)
    known = list(
        Certificate.objects.filter(award__season=season)
        .filter(Q(revoked_at=None) | Q(withheld=True))
        .select_related("award__season", "award__entry", "award__delegation")
        .order_by("serial")
    )
    holding = [one for one in known if one.revoked_at is None]
    held = {identity_of(one.award) for one in holding}
    withheld = {holding_of(one.award) for one in known if one.withheld}
    due = {identity_of(award) for award in awards}
    free = [award for award in awards if holding_of(award) not in withheld]
    new = tuple(award for award in free if identity_of(award) not in held)
    fallen = tuple(one for one in holding if identity_of(one.award) not in due)
    return Plan(new, fallen, _heirs(fallen, new))


def identity_of(award: Award) -> Identity:
    """What makes two awards of two versions the same: which, for which place, to whom."""
    return (
        award.award,
        award.title,
        award.basis,
        award.entry.code if award.entry else "",
        award.delegation_id,
    )


def holding_of(award: Award) -> tuple[str, str, int]:
    """Who holds which award, whatever the place it was given for."""
    return award.award, award.entry.code if award.entry else "", award.delegation_id


def _heirs(fallen: Sequence[Certificate], new: Sequence[Award]) -> dict[int, int]:
    """Each new award follows at most one certificate; the same award before another."""
    heirs: dict[int, int] = {}
    free = {award.pk: award for award in new}
    for same in (True, False):
        for one in fallen:
            if one.pk in heirs:
                continue
            found = next((a for a in free.values() if _follows(one.award, a, same=same)), None)
            if found is not None:
                heirs[one.pk] = found.pk
                del free[found.pk]
    return heirs


def _follows(before: Award, after: Award, *, same: bool) -> bool:
    if same and before.award != after.award:
        return False
    if before.entry is None or after.entry is None:
        return before.entry is after.entry and before.delegation_id == after.delegation_id
    told = (before.entry.person_id, before.entry.team)
    return told == (after.entry.person_id, after.entry.team)
