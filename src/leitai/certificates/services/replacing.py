"""Replace certificates: after a correction those of awards that fell, or one that was misprinted.

Deeds of two officers. The old number stays and says which number holds instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.base.actor import Actor
from leitai.certificates import wording
from leitai.certificates.models import Certificate
from leitai.certificates.preflight import holder_as_printed
from leitai.certificates.rules import can_approve_revoking, can_issue
from leitai.certificates.selectors.awards import (
    Plan,
    definitive_awards,
    definitive_result,
    holding_of,
    plan_of,
)
from leitai.certificates.selectors.reads import REISSUE, REPLACE
from leitai.certificates.services.batches import defer_documents
from leitai.certificates.services.issuing import issue_awards, plan_locked
from leitai.certificates.services.revoking import get_holding, revoke_all
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.ledger.models import Proposal
from leitai.people import selectors as people
from leitai.results.models import Award
from leitai.results.selectors import list_versions
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

SHOWN = 40  # lines of a preview


def propose_replacing(*, actor: Actor, season: Season, reason: str, at: datetime) -> Proposal:
    """Ask for the certificates that a correction has made wrong to be replaced, all at once.

    Raises DomainError("certificate_none_fallen") where every certificate stands.
    """
    if not plan_of(season).fallen:
        raise DomainError("certificate_none_fallen")
    return ledger.propose(
        actor=actor,
        deed=REPLACE,
        chain=season.code,
        subject=f"season:{season.code}",
        data={"season": season.code, "host": seasons.host_path(season)},
        reason=reason.strip() or wording.CHANGED,
        level=seasons.host_level(season),
        at=at,
    )


def propose_reissuing(
    *, actor: Actor, certificate: Certificate, reason: str, at: datetime
) -> Proposal:
    """Ask for one certificate to be made anew, with the name and texts as they are now."""
    season = certificate.award.season
    if not reason.strip():
        raise DomainError("certificate_reason_empty")
    return ledger.propose(
        actor=actor,
        deed=REISSUE,
        chain=season.code,
        subject=f"certificate:{certificate.serial}",
        data={"serial": certificate.serial, "host": seasons.host_path(season)},
        reason=reason,
        level=seasons.host_level(season),
        at=at,
    )


def propose_after_correction(*, season: str, at: datetime) -> Proposal | None:
    """What a confirmed correction leads to by itself: whoever confirmed it proposes this too.

    So nothing is left for anybody to remember, and a second officer still has to approve. Safe to
    repeat; None where nothing fell, or somebody has proposed it already.
    """
    held = seasons.get_season(season)
    try:
        if not plan_of(held).fallen:
            return None
        return propose_replacing(
            actor=_confirmer(held, at), season=held, reason=wording.CHANGED, at=at
        )
    except DomainError as error:
        if error.code in _NOT_NOW:
            return None
        raise


_NOT_NOW = {
    "certificates_not_confirmed",
    "certificates_stale",
    "proposal_twice",
    "forbidden",
    "account_unknown",
}


def _confirmer(season: Season, at: datetime) -> Actor:
    """The officer who confirmed the stage last: what a ruling put in place, the house confirmed."""
    versions = list_versions(definitive_result(season).stage).filter(confirmed_at__isnull=False)
    officers = [by for by in versions.values_list("confirmed_by", flat=True) if by.isdecimal()]
    if not officers:
        raise DomainError("forbidden")
    return people.actor_of(people.get_account_by_id(int(officers[0])), at=at)


def _preview_all(data: Mapping[str, Any]) -> list[str]:
    plan = plan_of(seasons.get_season(str(data["season"])))
    if not plan.fallen:
        raise DomainError("certificate_none_fallen")
    awards = {award.pk: award for award in plan.new}
    lines = [_line(one, awards.get(plan.heirs.get(one.pk, 0))) for one in plan.fallen]
    taken = set(plan.heirs.values())
    lines += [
        _("新发证书：获奖者%(holder)s，奖项“%(award)s”。")
        % {"holder": _holder(award), "award": award.title}
        for award in plan.new
        if award.pk not in taken
    ]
    rest = len(lines) - SHOWN
    more = [_("另有%(count)s张，见“奖项与证书”。") % {"count": rest}] if rest > 0 else []
    return [*lines[:SHOWN], *more]


def _line(one: Certificate, heir: Award | None) -> str:
    told = {"serial": one.serial, "holder": one.holder, "award": one.title}
    if heir is None:
        return _("作废证书%(serial)s：%(holder)s不再获“%(award)s”。") % told
    if heir.title == one.title:  # the paper says the place, which is another now
        ranks = {"before": _rank(one.award), "after": _rank(heir)}
        return _(
            "换发证书%(serial)s：%(holder)s的“%(award)s”由第%(before)s名改为第%(after)s名。"
        ) % {**told, **ranks}
    return _("换发证书%(serial)s：%(holder)s由“%(award)s”改为“%(after)s”。") % {
        **told,
        "after": heir.title,
    }


def _rank(award: Award) -> str:
    return award.basis.rpartition("/")[2]


@transaction.atomic
def _carry_out_all(
    *, actor: Actor, data: Mapping[str, Any], at: datetime, proposal: Proposal
) -> None:
    season = seasons.get_season(str(data["season"]))
    plan = plan_locked(season)
    fell = [one for one in plan.fallen if one.pk not in plan.heirs]
    changed = [one for one in plan.fallen if one.pk in plan.heirs]
    revoke_all(actor=actor, certificates=fell, reason=wording.FALLEN, at=at)
    revoke_all(actor=actor, certificates=changed, reason=proposal.reason, at=at)
    made = issue_awards(actor=actor, season=season, awards=plan.new, at=at)
    _link(plan, changed, made)
    defer_documents(season.code)


def _link(plan: Plan, changed: Sequence[Certificate], made: Sequence[Certificate]) -> None:
    by_award = {one.award_id: one for one in made}
    for one in changed:
        one.superseded_by = by_award[plan.heirs[one.pk]]
    Certificate.objects.bulk_update(changed, ["superseded_by"])


def _preview_one(data: Mapping[str, Any]) -> list[str]:
    found = get_holding(str(data["serial"]), or_withheld=True)
    _award_now(found)
    return [
        _("换发证书%(serial)s：获奖者%(holder)s，奖项“%(award)s”，换发后姓名为%(name)s。")
        % {
            "serial": found.serial,
            "holder": found.holder,
            "award": found.title,
            "name": holder_as_printed(found.award),
        },
        _("原编号即作废，公开查验时指明新的编号，不能恢复。"),
    ]


@transaction.atomic
def _carry_out_one(
    *, actor: Actor, data: Mapping[str, Any], at: datetime, proposal: Proposal
) -> None:
    old = get_holding(str(data["serial"]), lock=True, or_withheld=True)
    award, season = _award_now(old), old.award.season
    if old.revoked_at is None:
        revoke_all(actor=actor, certificates=[old], reason=proposal.reason, at=at)
    [made] = issue_awards(actor=actor, season=season, awards=[award], at=at)
    old.superseded_by, old.withheld = made, False
    old.save(update_fields=["superseded_by", "withheld"])
    defer_documents(season.code)


def _award_now(old: Certificate) -> Award:
    """What the new certificate is for. One that was withheld comes back only if its award stands.

    Raises DomainError("certificate_revoked") where it does not.
    """
    if old.revoked_at is None:
        return old.award
    same = holding_of(old.award)
    for award in definitive_awards(old.award.season):
        if holding_of(award) == same:
            return award
    raise DomainError("certificate_revoked", serial=old.serial)


def _holder(award: Award) -> str:
    return award.delegation.name if award.entry is None else award.entry.name


REPLACE_DEED = Deed(
    code=REPLACE,
    title=gettext_lazy("成绩更正后换发证书"),
    # whoever may approve may also propose: what it does follows from the correction alone
    can_propose=lambda actor, chain, data: can_approve_revoking(actor, chain, str(data["host"])),
    can_approve=lambda actor, chain, data: can_approve_revoking(actor, chain, str(data["host"])),
    preview=_preview_all,
    carry_out=_carry_out_all,
    hours=24 * 14,
)
REISSUE_DEED = Deed(
    code=REISSUE,
    title=gettext_lazy("换发一张证书"),
    can_propose=lambda actor, chain, data: can_issue(actor, chain, str(data["host"])),
    can_approve=lambda actor, chain, data: can_approve_revoking(actor, chain, str(data["host"])),
    preview=_preview_one,
    carry_out=_carry_out_one,
)
