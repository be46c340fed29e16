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
from leitai.certificates import wording
from leitai.certificates.models import Certificate, Signed, TitleCertificate
from leitai.certificates.rules import can_approve_revoking, can_revoke
from leitai.certificates.selectors.reads import REVOKE, season_of
from leitai.certificates.selectors.titles import REVOKE_LOST, fallen_titles
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.ledger.models import Proposal
from leitai.people import selectors as people
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

_REASON_LIMIT = 200
SHOWN = 40  # lines of a preview


def propose_revoking(
    *, actor: Actor, certificate: Signed, reason: str, anew: bool = False, at: datetime
) -> Proposal:
    """Ask for it; at once where one officer is enough (the proposal's state says which).

    `anew`: the next issue makes another of the title; otherwise there is none any more.
    Raises DomainError for no reason, or a certificate revoked before.
    """
    season = season_of(certificate)
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
        data={"serial": certificate.serial, "host": host, **({"anew": True} if anew else {})},
        reason=reason.strip()[:_REASON_LIMIT],
        level=seasons.host_level(season),
        at=at,
    )


def revoke_all(*, actor: Actor, certificates: Sequence[Signed], reason: str, at: datetime) -> None:
    """Within the caller's transaction, and with the caller's permission."""
    for certificate in certificates:
        certificate.revoked_at, certificate.revoked_reason = at, reason[:_REASON_LIMIT]
        certificate.save(update_fields=["revoked_at", "revoked_reason"])
        ledger.append(
            chain=season_of(certificate).code,
            actor=actor,
            act="certificate.revoked",
            subject=f"certificate:{certificate.serial}",
            data={"by": actor.name, "serial": certificate.serial, "reason": reason},
            at=at,
        )


def _preview(data: Mapping[str, Any]) -> list[str]:
    found = get_signed(str(data["serial"]))
    return [
        _("作废证书%(serial)s：获奖者%(holder)s，奖项“%(award)s”。")
        % {"serial": found.serial, "holder": found.holder, "award": found.title},
        _("公开查验即显示“已作废”，编号不再使用，不能恢复。"),
        _("批准后重新生成，新证书另编号，原编号指明新编号。")
        if data.get("anew")
        else _("生成证书时不再为此奖项补发；确须补发的，凭原编号办理换发。"),
    ]


@transaction.atomic
def _carry_out(*, actor: Actor, data: Mapping[str, Any], at: datetime, proposal: Proposal) -> None:
    locked = get_signed(str(data["serial"]), lock=True)
    revoke_all(actor=actor, certificates=[locked], reason=proposal.reason, at=at)
    locked.withheld = not data.get("anew")
    locked.save(update_fields=["withheld"])


def get_signed(serial: str, *, lock: bool = False) -> Signed:
    """One of an award or of a title of practice; raises as `get_holding`."""
    rows = TitleCertificate.objects.select_related("season__host", "season__rulebook", "person")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(serial=serial).first()
    if found is None:
        return get_holding(serial, lock=lock)
    if found.revoked_at:
        raise DomainError("certificate_revoked", serial=serial)
    return found


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


def propose_revoking_lost(*, actor: Actor, season: Season, at: datetime) -> Proposal:
    """Ask for all certificates whose titles are lost to be revoked, at once.

    Raises DomainError("certificate_none_lost") where every title stands.
    """
    if not fallen_titles(season).exists():
        raise DomainError("certificate_none_lost")
    return ledger.propose(
        actor=actor,
        deed=REVOKE_LOST,
        chain=season.code,
        subject=f"season:{season.code}",
        data={"season": season.code, "host": seasons.host_path(season)},
        reason=wording.LOST,
        level=seasons.host_level(season),
        at=at,
    )


def propose_after_loss(*, season: str, at: datetime) -> Proposal | None:
    """What points taken back lead to by themselves: whoever issued proposes this too.

    Safe to repeat; None where nothing fell, somebody has proposed it already, or the officer serves
    no more: the desk then shows it to the next.
    """
    held = seasons.get_season(season)
    first = fallen_titles(held).first()
    if first is None:
        return None
    try:
        account = people.get_account_by_id(int(first.issued_by))
        return propose_revoking_lost(actor=people.actor_of(account, at=at), season=held, at=at)
    except DomainError as error:
        if error.code in {"proposal_twice", "forbidden", "account_unknown"}:
            return None
        raise


def _preview_lost(data: Mapping[str, Any]) -> list[str]:
    fallen = fallen_titles(seasons.get_season(str(data["season"])))
    if not fallen:
        raise DomainError("certificate_none_lost")
    lines = [
        _("作废证书%(serial)s：%(holder)s已失去称号“%(title)s”。")
        % {"serial": one.serial, "holder": one.holder, "title": one.title}
        for one in fallen[:SHOWN]
    ]
    rest = fallen.count() - len(lines)
    return [*lines, *([_("另有%(count)s张，见“称号证书”。") % {"count": rest}] if rest else [])]


@transaction.atomic
def _carry_out_lost(
    *, actor: Actor, data: Mapping[str, Any], at: datetime, proposal: Proposal
) -> None:
    """Those that are lost now: of a title that was given back meanwhile the certificate stands."""
    fallen = fallen_titles(seasons.get_season(str(data["season"])))
    revoke_all(
        actor=actor,
        certificates=list(fallen.select_for_update(of=("self",))),
        reason=proposal.reason,
        at=at,
    )


LOST_DEED = Deed(
    code=REVOKE_LOST,
    title=gettext_lazy("称号失去后作废证书"),
    # whoever may approve may also propose: what it does follows from practice alone
    can_propose=lambda actor, chain, data: can_approve_revoking(actor, chain, str(data["host"])),
    can_approve=lambda actor, chain, data: can_approve_revoking(actor, chain, str(data["host"])),
    preview=_preview_lost,
    carry_out=_carry_out_lost,
    hours=24 * 14,
)
DEED = Deed(
    code=REVOKE,
    title=gettext_lazy("作废证书"),
    can_propose=lambda actor, chain, data: can_revoke(actor, chain, str(data["host"])),
    can_approve=lambda actor, chain, data: can_approve_revoking(actor, chain, str(data["host"])),
    preview=_preview,
    carry_out=_carry_out,
)
