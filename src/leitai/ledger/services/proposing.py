"""Deeds of two officers: proposed with a reason, approved by another, or over after a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from leitai.base import events
from leitai.base.actor import Actor, system
from leitai.kernel.errors import DomainError
from leitai.ledger import deeds, policy, rules
from leitai.ledger.deeds import Deed
from leitai.ledger.effects import digest_of, effect_of
from leitai.ledger.enums import ProposalState
from leitai.ledger.events import Decided, Proposed
from leitai.ledger.models import Proposal
from leitai.ledger.services.appending import append

REASON_LIMIT = 300
_CLOCK = system("ledger")


def propose(
    *,
    actor: Actor,
    deed: str,
    chain: str,
    subject: str,
    data: Mapping[str, Any],
    reason: str,
    level: str,
    at: datetime,
) -> Proposal:
    """Ask for a deed. Where the policy is content with one officer at `level`, it is done at once.

    Raises DomainError("forbidden"), ("proposal_reason_empty"), ("proposal_twice") while the same
    deed on the same subject is open, and whatever the deed's own preview refuses.
    """
    named = deeds.get_deed(deed)
    officers = policy.current().officers(deed, level)
    if not named.can_propose(actor, chain, data) or (officers > 1 and rules.is_machine(actor)):
        raise DomainError("forbidden")
    draft = Proposal(
        chain=chain,
        deed=deed,
        subject=subject,
        data=dict(data),
        preview=effect_of(named, data),
        reason=_reason(reason),
        level=level,
        proposed_by=actor.account,
        proposed_person=actor.person,
        proposed_name=actor.name,
        proposed_at=at,
        expires_at=at + timedelta(hours=named.hours),
    )
    return _do_alone(draft, named, actor, at) if officers == 1 else _ask(draft, actor, at)


def approve(*, actor: Actor, proposal: Proposal, at: datetime, seen: str = "") -> Proposal:
    """Carry the deed out as the second officer.

    `seen` is the digest of the effect that the approver saw; without it the effect must be the
    one that the proposer saw. Raises DomainError("proposal_changed") where it is another by now.
    """
    settle(proposal=proposal, at=at)
    with transaction.atomic():
        held = _locked(proposal, at)
        named = deeds.get_deed(held.deed)
        _demand_other(actor, held, named, at)
        effect = effect_of(named, held.data)
        if digest_of(effect) != (seen or digest_of(held.preview)):
            raise DomainError("proposal_changed", deed=str(named.title))
        named.carry_out(actor=actor, data=held.data, at=at, proposal=held)
        held.effect = effect
        _decide(held, ProposalState.DONE, actor, at, officers=2, effect=digest_of(effect))
    return held


def reject(*, actor: Actor, proposal: Proposal, reason: str, at: datetime) -> Proposal:
    """Turn it down as the second officer, with a reason."""
    settle(proposal=proposal, at=at)
    with transaction.atomic():
        held = _locked(proposal, at)
        _demand_other(actor, held, deeds.get_deed(held.deed), at)
        held.note = _reason(reason)
        _decide(held, ProposalState.REJECTED, actor, at, note=held.note)
    return held


def withdraw(*, actor: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """Take back what oneself proposed."""
    settle(proposal=proposal, at=at)
    with transaction.atomic():
        held = _locked(proposal, at)
        if not rules.can_withdraw(actor, held):
            raise DomainError("forbidden")
        _decide(held, ProposalState.WITHDRAWN, actor, at)
    return held


def renew(*, actor: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """Propose again what has expired: a new proposal with the effect as it is now."""
    proposal = settle(proposal=proposal, at=at)
    if proposal.state != ProposalState.EXPIRED:
        raise DomainError("proposal_not_expired", state=_label(proposal))
    with transaction.atomic():
        renewed = propose(
            actor=actor,
            deed=proposal.deed,
            chain=proposal.chain,
            subject=proposal.subject,
            data=proposal.data,
            reason=proposal.reason,
            level=proposal.level,
            at=at,
        )
        renewed.renews = proposal
        renewed.save(update_fields=["renews"])
    return renewed


def expire_due(*, at: datetime, proposals: Q | None = None) -> int:
    """Close every open proposal whose time is over, each with its entry; the number closed."""
    due = Proposal.objects.filter(proposals or Q(), state=ProposalState.OPEN, expires_at__lte=at)
    closed = 0
    for number in due.order_by("id").values_list("id", flat=True):
        with transaction.atomic():
            held = (
                Proposal.objects.select_for_update()
                .filter(pk=number, state=ProposalState.OPEN)
                .first()
            )
            if held is not None:  # somebody else decided it in the meantime
                _decide(held, ProposalState.EXPIRED, _CLOCK, at)
                closed += 1
    return closed


def settle(*, proposal: Proposal, at: datetime) -> Proposal:
    """The proposal as it is at `at`: one whose time is over is closed on sight.

    In a transaction of its own, so that a refusal afterwards does not undo it.
    """
    if proposal.state_at(at) != proposal.state:
        expire_due(at=at, proposals=Q(pk=proposal.pk))
        proposal.refresh_from_db()
    return proposal


def _ask(draft: Proposal, actor: Actor, at: datetime) -> Proposal:
    same = Q(chain=draft.chain, deed=draft.deed, subject=draft.subject)
    expire_due(at=at, proposals=same)  # one that is over does not stand in the way
    with transaction.atomic():
        try:
            with transaction.atomic():
                draft.save()
        except IntegrityError:
            raise DomainError("proposal_twice", deed=deeds.title_of(draft.deed)) from None
        events.publish(Proposed(draft.pk, draft.chain, draft.deed))
        told = {
            "expires": draft.expires_at.isoformat(),
            "effect": digest_of(draft.preview),
            "level": draft.level,
        }
        _record(draft, "deed.proposed", actor, at, **told)
    return draft


def _do_alone(draft: Proposal, named: Deed, actor: Actor, at: datetime) -> Proposal:
    with transaction.atomic():
        draft.state, draft.effect = ProposalState.ALONE, draft.preview
        draft.save()
        named.carry_out(actor=actor, data=draft.data, at=at, proposal=draft)
        told = {"effect": digest_of(draft.effect), "level": draft.level}
        _decide(draft, ProposalState.ALONE, actor, at, officers=1, **told)
    return draft


def _locked(proposal: Proposal, at: datetime) -> Proposal:
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if held.state_at(at) == ProposalState.EXPIRED:
        raise DomainError("proposal_expired", deed=deeds.title_of(held.deed))
    if held.state != ProposalState.OPEN:
        raise DomainError("proposal_closed", state=_label(held))
    return held


def _demand_other(actor: Actor, held: Proposal, named: Deed, at: datetime) -> None:
    """Another account and person than the proposer's, with the right as of now, and not barred."""
    if rules.is_machine(actor) or not named.can_approve(actor, held.chain, held.data):
        raise DomainError("forbidden")
    if actor.account == held.proposed_by:
        raise DomainError("proposal_own")
    if actor.person and actor.person == held.proposed_person:
        raise DomainError("proposal_same_person", name=held.proposed_name)
    bar = named.bar_of(actor, held.data, at)
    if bar:
        raise DomainError(bar)


def _decide(
    held: Proposal, state: ProposalState, actor: Actor, at: datetime, **told: object
) -> None:
    held.state, held.decided_by, held.decided_name = state, actor.account, actor.name
    held.decided_at = at
    held.save()
    events.publish(Decided(held.pk, held.chain, held.deed, state))
    done = state in {ProposalState.DONE, ProposalState.ALONE}
    _record(held, "deed.done" if done else f"deed.{state}", actor, at, **told)


def _record(held: Proposal, act: str, actor: Actor, at: datetime, **told: object) -> None:
    data = {"deed": held.deed, "proposal": held.pk, "reason": held.reason, **told}
    data["proposer"] = held.proposed_name
    append(chain=held.chain, actor=actor, act=act, subject=held.subject, data=data, at=at)


def _reason(text: str) -> str:
    text = text.strip()
    if not text:
        raise DomainError("proposal_reason_empty")
    if len(text) > REASON_LIMIT:
        raise DomainError("proposal_reason_long", limit=REASON_LIMIT)
    return text


def _label(proposal: Proposal) -> str:
    return str(ProposalState(proposal.state).label)
