"""The three administrators: appointed by two officers, never one alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.ledger.models import Proposal
from leitai.people import rules, selectors
from leitai.people.enums import ADMINISTRATORS, Role
from leitai.people.services.appointing import appoint
from leitai.people.services.chain import CHAIN
from leitai.units import selectors as units
from leitai.units.models import Unit


def propose_administrator(
    *, actor: Actor, username: str, role: str, reason: str, at: datetime
) -> Proposal:
    """Propose somebody by login name; raises account_unknown, role_unknown, forbidden."""
    if not rules.can_propose_administrators(actor):
        raise DomainError("forbidden")
    if role not in ADMINISTRATORS:
        raise DomainError("role_unknown", role=role)
    account = selectors.get_account(username.strip())
    paths = actor.unit_paths(*ADMINISTRATORS)
    unit = Unit.objects.filter(path__in=paths).order_by("path").first()
    if unit is None:
        raise DomainError("forbidden")
    return ledger.propose(
        actor=actor,
        deed="admin.appoint",
        chain=CHAIN,
        subject=f"account:{account.pk}",
        data={"account": account.pk, "username": account.username, "role": role, "unit": unit.code},
        reason=reason,
        level=unit.level,
        at=at,
    )


def _preview(data: Mapping[str, Any]) -> Sequence[str]:
    account = selectors.get_account_by_id(data["account"])
    role, unit = Role(data["role"]), units.get_unit(str(data["unit"]))
    lines = [
        _("任命%(name)s（登录名%(username)s）为%(role)s，管理范围是%(unit)s。")
        % {
            "name": account.display_name or account.username,
            "username": account.username,
            "role": role.label,
            "unit": unit.name,
        }
    ]
    lines.append(_("系统管理员、安全管理员、审计管理员互不兼任。"))
    return lines


def _carry_out(*, actor: Actor, data: Mapping[str, Any], at: datetime, **_proposal: object) -> None:
    appoint(
        actor=actor,
        account=selectors.get_account_by_id(data["account"]),
        role=str(data["role"]),
        unit=units.get_unit(str(data["unit"])),
        since=at,
        at=at,
        by_two=True,
    )


APPOINT = Deed(
    code="admin.appoint",
    title=gettext_lazy("任命管理员"),
    can_propose=lambda actor, _chain, _data: rules.can_propose_administrators(actor),
    can_approve=lambda actor, _chain, _data: rules.can_approve_administrators(actor),
    preview=_preview,
    carry_out=_carry_out,
)
