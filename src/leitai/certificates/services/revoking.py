"""Revoke a certificate: the number stays, the public check tells that it holds no longer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.certificates.models import Certificate
from leitai.certificates.rules import can_revoke
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.seasons import selectors as seasons

_REASON_LIMIT = 200


@transaction.atomic
def revoke_certificate(
    *, actor: Actor, certificate: Certificate, reason: str, at: datetime
) -> Certificate:
    """Revoke one; raises DomainError for no reason, or a certificate revoked before."""
    season = certificate.award.season
    if not can_revoke(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    reason = reason.strip()
    if not reason:
        raise DomainError("certificate_reason_empty")
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if locked.revoked_at:
        raise DomainError("certificate_revoked", serial=locked.serial)
    revoke_all(actor=actor, certificates=[locked], reason=reason, at=at)
    return locked


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
