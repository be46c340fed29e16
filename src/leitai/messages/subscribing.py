"""What happens below and concerns somebody becomes a message."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from leitai.base import events
from leitai.design.moments import moment_text
from leitai.ledger import deeds
from leitai.ledger.enums import ProposalState
from leitai.ledger.events import Decided, Proposed
from leitai.ledger.models import Proposal
from leitai.messages.enums import Category, Kind
from leitai.messages.events import ComplaintAnswered, ComplaintFiled
from leitai.messages.models import Complaint
from leitai.messages.selectors import handlers_of, officers_of
from leitai.messages.services import face_of, tell
from leitai.people.events import PasswordReset
from leitai.people.models import Account

RECORD = "zh-hans"  # messages are written once for all their readers


def subscribe() -> None:
    events.in_transaction(Proposed, on_proposed)
    events.in_transaction(Decided, on_decided)
    events.in_transaction(PasswordReset, on_password_reset)
    events.in_transaction(ComplaintFiled, on_complaint_filed)
    events.in_transaction(ComplaintAnswered, on_complaint_answered)


def on_proposed(event: Proposed) -> None:
    """Those who may approve are told; the ledger itself demands another person than this one."""
    proposal = Proposal.objects.get(pk=event.proposal_id)
    if proposal.state != ProposalState.OPEN:  # one officer was enough
        return
    deed, now = deeds.get_deed(event.deed), timezone.now()
    to = [
        actor.account
        for actor in officers_of(event.chain, at=now)
        if actor.account != proposal.proposed_by
        and not (actor.person and actor.person == proposal.proposed_person)
        and deed.can_approve(actor, event.chain, proposal.data)
    ]
    with translation.override(RECORD):
        tell(
            to=to,
            kind=Kind.APPROVAL,
            title=_("待您批准：%(deed)s") % {"deed": deed.title},
            body=_("%(name)s提出办理，理由：%(reason)s。请核对将要发生的变化，再批准或不批准。")
            % {"name": proposal.proposed_name, "reason": proposal.reason.rstrip("。")},
            link=_proposal_link(proposal.pk),
            deadline=proposal.expires_at,
            season=_season(event.chain),
            key=f"proposed:{proposal.pk}",
            at=now,
        )


def on_decided(event: Decided) -> None:
    """The proposer hears of it, unless it was the proposer's own doing."""
    proposal = Proposal.objects.get(pk=event.proposal_id)
    if event.state in {ProposalState.ALONE, ProposalState.WITHDRAWN}:
        return
    with translation.override(RECORD):
        tell(
            to=[proposal.proposed_by],
            kind=Kind.APPROVAL,
            title=_("%(deed)s：%(state)s")
            % {"deed": deeds.title_of(event.deed), "state": ProposalState(event.state).label},
            body=proposal.note or _("您提请的事项有了结果。"),
            link=_proposal_link(proposal.pk),
            season=_season(event.chain),
            key=f"decided:{proposal.pk}:{event.state}",
            at=timezone.now(),
        )


def on_password_reset(event: PasswordReset) -> None:
    """The owner of the account learns who did it, and what to do if nobody had asked for it."""
    by = Account.objects.filter(pk=event.by).first() if event.by.isdigit() else None
    now = timezone.now()
    with translation.override(RECORD):
        tell(
            to=[event.account_id],
            kind=Kind.ACCOUNT,
            title=_("您的密码已重设"),
            body=_("%(name)s于%(moment)s为您重设了密码。如果不是您要求的，请从这里向我们反映。")
            % {
                "name": by.display_name or by.username if by else _("系统"),
                "moment": moment_text(now, "full"),
            },
            link=reverse("messages:complain"),
            at=now,
        )


def on_complaint_filed(event: ComplaintFiled) -> None:
    """Its supervisors, in the inbox only: what it says goes through no channel of others."""
    complaint = Complaint.objects.get(pk=event.complaint)
    face = face_of(complaint.season)
    with translation.override(RECORD):
        tell(
            to=handlers_of(complaint, at=complaint.filed_at),
            kind=Kind.COMPLAINT,
            title=_("收到投诉建议：%(category)s")
            % {"category": Category(complaint.category).label},
            body=_("%(season)s请在期限内受理。") % {"season": f"{face.title}。" if face else ""},
            link=reverse("messages:complaint", args=(complaint.pk,)),
            deadline=complaint.accept_by,
            season=complaint.season,
            key=f"complaint:{complaint.pk}",
            inbox_only=True,
            at=complaint.filed_at,
        )


def on_complaint_answered(event: ComplaintAnswered) -> None:
    """Whoever asked for it hears that there is an answer; the code still opens it."""
    complaint = Complaint.objects.get(pk=event.complaint)
    if complaint.account_id is None:
        return
    with translation.override(RECORD):
        tell(
            to=[complaint.account_id],
            kind=Kind.COMPLAINT,
            title=_("您提交的投诉建议有了答复"),
            body=_("凭提交时给出的查询码查看。"),
            link=reverse("messages:track"),
            season=complaint.season,
            inbox_only=True,
            at=timezone.now(),
        )


def _season(chain: str) -> str:
    return chain if face_of(chain) else ""


def _proposal_link(proposal: int) -> str:
    return reverse("ledger:act", args=(proposal,))
