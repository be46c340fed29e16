"""Reads of deeds of two officers: what waits for the viewer, the viewer's own, and what is past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitai.base.actor import Actor
from leitai.base.errors import text_of
from leitai.base.words import sentences
from leitai.kernel.errors import DomainError
from leitai.ledger import chains, deeds, effects, rules
from leitai.ledger.enums import ProposalState
from leitai.ledger.models import Proposal

PAGE_SIZE = 20
OPEN_LIMIT = 500  # open ones that are asked whether the viewer may approve them
SHOWS = ("open", "mine", "past")


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A row of the list; `left` says in words how long it stays open."""

    proposal: Proposal
    title: str
    state: ProposalState
    left: str


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """`effect` is as of now in the viewer's language; `seen` is its digest for the form.

    `changed` where it is another than the proposer saw; `refusal` where it is impossible by now;
    `bar` says why this officer, who otherwise could, may not decide it.
    """

    proposal: Proposal
    title: str
    state: ProposalState
    left: str
    effect: list[str]
    seen: str
    changed: bool
    refusal: str
    can_decide: bool
    bar: str
    can_withdraw: bool
    can_renew: bool

    @property
    def told(self) -> str:
        """The effect in one paragraph, for the question before it."""
        return sentences(self.effect)


def list_proposals_for(
    viewer: Actor, show: str, number: str | int | None, *, at: datetime
) -> Page[ProposalLine]:
    """`show`: "open" for the viewer's approval, "mine" still open, "past" of the viewer's."""
    own = Q(proposed_by=viewer.account)
    ended = ~Q(state=ProposalState.OPEN) | Q(expires_at__lte=at)
    if show == "mine":
        found = list_rows(Proposal.objects.filter(own).exclude(ended), at)
    elif show == "past":
        mine = own | Q(decided_by=viewer.account)
        page = Paginator(Proposal.objects.filter(mine).filter(ended), PAGE_SIZE).get_page(number)
        page.object_list = list_rows(page.object_list, at)  # type: ignore[assignment]  # lines now
        return page  # type: ignore[return-value]  # as above
    else:
        waiting = Proposal.objects.exclude(ended).order_by("expires_at")[:OPEN_LIMIT]
        found = list_rows([one for one in waiting if may_decide(viewer, one)], at)
    return Paginator(found, PAGE_SIZE).get_page(number)


def list_rows(rows: object, at: datetime) -> list[ProposalLine]:
    return [
        ProposalLine(one, deeds.title_of(one.deed), one.state_at(at), left_text(one, at))
        for one in rows  # type: ignore[attr-defined]  # a list or a query
    ]


def get_proposal_for(viewer: Actor, number: int) -> Proposal:
    """For who proposed, decided, may decide, or reads its chain; DomainError("not_found")."""
    found = Proposal.objects.filter(pk=number).first()
    if found is None or not _may_see(viewer, found):
        raise DomainError("not_found")
    return found


def proposal_page(viewer: Actor, proposal: Proposal, *, at: datetime) -> ProposalPage:
    """What the page of one proposal shows and offers to the viewer."""
    state, refusal = proposal.state_at(at), ""
    shown, fresh = list(proposal.effect or proposal.preview), list(proposal.preview)
    if state == ProposalState.OPEN:
        try:
            named = deeds.get_deed(proposal.deed)
            fresh = effects.effect_of(named, proposal.data)
            shown = effects.shown_effect(named, proposal.data)
        except DomainError as error:
            refusal = text_of(error)
    waits = state == ProposalState.OPEN
    can_decide = waits and may_decide(viewer, proposal)
    return ProposalPage(
        proposal=proposal,
        title=deeds.title_of(proposal.deed),
        state=state,
        left=left_text(proposal, at),
        effect=shown,
        seen=effects.digest_of(fresh),
        changed=waits and fresh != proposal.preview,
        refusal=refusal,
        can_decide=can_decide,
        bar=_bar_of(viewer, proposal, at) if can_decide else "",
        can_withdraw=waits and rules.can_withdraw(viewer, proposal),
        can_renew=state == ProposalState.EXPIRED and _may_propose(viewer, proposal),
    )


def may_decide(viewer: Actor, proposal: Proposal) -> bool:
    """Another account and person than the proposer's, with the right as of now."""
    if viewer.account == proposal.proposed_by or rules.is_machine(viewer):
        return False
    if viewer.person and viewer.person == proposal.proposed_person:
        return False
    return _may_approve(viewer, proposal)


def left_text(proposal: Proposal, at: datetime) -> str:
    """「还有2天」, 「还有5小时」, 「还有12分钟」; "" when it is over."""
    left = proposal.expires_at - at
    if proposal.state_at(at) != ProposalState.OPEN:
        return ""
    if left >= timedelta(days=2):
        return ngettext("还有%(count)s天", "还有%(count)s天", left.days) % {"count": left.days}
    hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
    if hours:
        return ngettext("还有%(count)s小时", "还有%(count)s小时", hours) % {"count": hours}
    if minutes:
        return ngettext("还有%(count)s分钟", "还有%(count)s分钟", minutes) % {"count": minutes}
    return _("不到1分钟")


def _may_see(viewer: Actor, proposal: Proposal) -> bool:
    if viewer.known and viewer.account in {proposal.proposed_by, proposal.decided_by}:
        return True
    if _may_approve(viewer, proposal):
        return True
    return rules.can_read_chain(viewer, proposal.chain, chains.host_of(proposal.chain))


def _may_approve(viewer: Actor, proposal: Proposal) -> bool:
    if proposal.deed not in deeds.codes():
        return False
    return deeds.get_deed(proposal.deed).can_approve(viewer, proposal.chain, proposal.data)


def _bar_of(viewer: Actor, proposal: Proposal, at: datetime) -> str:
    bar = deeds.get_deed(proposal.deed).bar_of(viewer, proposal.data, at)
    return text_of(DomainError(bar)) if bar else ""


def _may_propose(viewer: Actor, proposal: Proposal) -> bool:
    if proposal.deed not in deeds.codes():
        return False
    return deeds.get_deed(proposal.deed).can_propose(viewer, proposal.chain, proposal.data)
