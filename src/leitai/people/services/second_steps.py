"""A lost phone: the second step of an account is taken off by two officers, never by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.ledger.models import Proposal
from leitai.people import rules, selectors
from leitai.people.enums import ADMINISTRATORS
from leitai.people.models import Account
from leitai.people.services.accounts import end_sessions
from leitai.people.services.chain import CHAIN
from leitai.units.models import Unit


def propose_reset(*, actor: Actor, username: str, reason: str, at: datetime) -> Proposal:
    """Propose to take off somebody's second step; raises account_unknown, second_step_none."""
    if not rules.can_propose_administrators(actor):
        raise DomainError("forbidden")
    account = selectors.get_account(username.strip())
    _demand_one(account)
    unit = Unit.objects.filter(path__in=actor.unit_paths(*ADMINISTRATORS)).order_by("path").first()
    if unit is None:
        raise DomainError("forbidden")
    return ledger.propose(
        actor=actor,
        deed=RESET.code,
        chain=CHAIN,
        subject=f"account:{account.pk}",
        data={"account": account.pk, "username": account.username},
        reason=reason,
        level=unit.level,
        at=at,
    )


def _demand_one(account: Account) -> None:
    if not Authenticator.objects.filter(user=account).exists():
        raise DomainError("second_step_none", name=account.display_name or account.username)


def _preview(data: Mapping[str, Any]) -> Sequence[str]:
    account = selectors.get_account_by_id(data["account"])
    _demand_one(account)
    name = {"name": account.display_name or account.username, "username": account.username}
    return [
        _("取消%(name)s（登录名%(username)s）手机上的两步验证和全部备用码。") % name,
        _("下次凭密码登录后，必须先重新开启两步验证。"),
    ]


def _carry_out(*, actor: Actor, data: Mapping[str, Any], at: datetime, **_proposal: object) -> None:
    account = selectors.get_account_by_id(data["account"])
    _demand_one(account)
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account, at=at)  # an open one keeps the mark that it has a second step
    ledger.append(
        chain=CHAIN,
        actor=actor,
        act="second_step.reset",
        subject=f"account:{account.pk}",
        data={"name": account.display_name or account.username},
        at=at,
    )


RESET = Deed(
    code="second_step.reset",
    title=gettext_lazy("重置两步验证"),
    can_propose=lambda actor, _chain, _data: rules.can_propose_administrators(actor),
    can_approve=lambda actor, _chain, _data: rules.can_approve_administrators(actor),
    preview=_preview,
    carry_out=_carry_out,
)
