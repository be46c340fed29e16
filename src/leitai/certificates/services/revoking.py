"""Revoke a certificate: the number stays, the public check tells that it holds no longer.

A deed of two officers: one proposes, another approves, where the policy asks for it at the level of
the season's host.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.base.actor import Actor
from leitai.certificates.models import Certificate
from leitai.certificates.rules import can_approve_revoking, can_revoke
from leitai.certificates.selectors.reads import REVOKE
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.ledger.models import Proposal
from leitai.seasons import selectors as seasons

_REASON_LIMIT = 200


def propose_revoking(
    *, actor: Actor, certificate: Certificate, reason: str, at: datetime
) -> Proposal:
    """Ask for it; at once where one officer is enough (the proposal's state says which).

    Raises DomainError for no reason, or a certificate revoked before.
    """
    season = certificate.award.season
    host = seasons.host_path(season)
    if not can_revoke(actor, season.code, host):
        raise DomainError("forbidden")
    if not reason.strip():
        raise DomainError("certificate_reason_empty")
    return ledger.propose(
        actor=actor,
        deed=REVOKE,
        chain=season.code,
        subject=f"certificate:{certificate.serial}",
        data={"serial": certificate.serial, "host": host},
        reason=reason.strip()[:_REASON_LIMIT],
        level=seasons.host_level(season),
        at=at,
    )


def revoke_all(
    *, actor: Actor, certificates: Sequence[Certificate], reason: str, at: datetime
) -> None:
    """Within the caller's transaction, and with the caller's permission."""
    for certificate in certificates:
        certificate.revoked_at, certificate.revoked_reason = at, reason[:_REASON_LIMIT]
        certificate.save(update_fields=["revoked_at", "revoked_reason"])
        ledger.append(
            chain=certificate.award.season.code,
            actor=actor,
            act="certificate.revoked",
            subject=f"certificate:{certificate.serial}",
            data={"by": actor.name, "serial": certificate.serial, "reason": reason},
            at=at,
        )


def _preview(data: Mapping[str, Any]) -> list[str]:
    found = get_holding(str(data["serial"]))
    return [
        _("作废证书%(serial)s：获奖者%(holder)s，奖项“%(award)s”。")
        % {"serial": found.serial, "holder": found.holder, "award": found.title},
        _("公开查验即显示“已作废”，编号不再使用，不能恢复。"),
        _("生成证书时不再为此奖项补发；确须补发的，凭原编号办理换发。"),
    ]


@transaction.atomic
def _carry_out(*, actor: Actor, data: Mapping[str, Any], at: datetime, proposal: Proposal) -> None:
    locked = get_holding(str(data["serial"]), lock=True)
    revoke_all(actor=actor, certificates=[locked], reason=proposal.reason, at=at)
    locked.withheld = True
    locked.save(update_fields=["withheld"])


def get_holding(serial: str, *, lock: bool = False, or_withheld: bool = False) -> Certificate:
    """One that holds (`or_withheld`: or that was revoked without another in its place).

    Raises DomainError("not_found") or, for one revoked before, ("certificate_revoked").
    """
    rows = Certificate.objects.select_related(
        "award__season__host",
        "award__season__rulebook",
        "award__entry__person",
        "award__delegation__unit",
    )
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(serial=serial).first()
    if found is None:
        raise DomainError("not_found")
    if found.revoked_at and not (or_withheld and found.withheld):
        raise DomainError("certificate_revoked", serial=serial)
    return found


DEED = Deed(
    code=REVOKE,
    title=gettext_lazy("作废证书"),
    can_propose=lambda actor, chain, data: can_revoke(actor, chain, str(data["host"])),
    can_approve=lambda actor, chain, data: can_approve_revoking(actor, chain, str(data["host"])),
    preview=_preview,
    carry_out=_carry_out,
)
