"""Filing a complaint or suggestion, and adding to it once, by anybody who holds its code."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from leitai.base import events, sealing
from leitai.base.actor import Actor, system
from leitai.kernel import ids
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.messages import terms
from leitai.messages.enums import Category, ComplaintState, StepKind
from leitai.messages.events import ComplaintFiled
from leitai.messages.models import Complaint, ComplaintStep
from leitai.messages.services.seasons import face_of
from leitai.people import numbers
from leitai.people.services.chain import CHAIN

TEXT_LIMIT = 2000
STRANGER = system("complaint")  # whoever complains stands in no record of ours


@dataclass(frozen=True, slots=True)
class Filed:
    """`code` exists here and on the page that shows it once; only its digest is kept."""

    complaint: Complaint
    code: str


def place_of(complaint: int, column: str) -> str:
    return f"complaint:{complaint}:{column}"


@transaction.atomic
def file_complaint(
    *,
    actor: Actor,
    category: str,
    text: str,
    season: str = "",
    name: str = "",
    phone: str = "",
    nonce: UUID,
    receive: bool = False,
    attach: Callable[[str], None] | None = None,
    at: datetime,
) -> Filed:
    """Keep it sealed and start its clock.

    `receive`: tell the signed-in account of an answer. `attach(owner)` hands its files over.
    """
    face = face_of(season)
    if season and face is None:
        raise DomainError("complaint_season_unknown")
    text = _tidy(text)
    if Complaint.objects.filter(nonce=nonce).exists():
        raise DomainError("complaint_twice")
    code, limits = ids.admission_code(os.urandom(ids.CODE_BYTES)), terms.current()
    complaint = Complaint.objects.create(
        digest=sealing.code_digest(code),
        nonce=nonce,
        category=Category(category),
        season=season,
        host=face.host if face else "",
        account_id=int(actor.account) if receive and actor.account.isdigit() else None,
        filed_at=at,
        accept_by=limits.accept_by(at),
        answer_by=limits.answer_by(at),
    )
    tidy_phone = numbers.parse_phone(phone) if phone.strip() else ""
    for column, value in (("text", text), ("name", name.strip()), ("phone", tidy_phone)):
        sealed = sealing.seal(value, place=place_of(complaint.pk, column))
        setattr(complaint, column, sealed)
    complaint.save(update_fields=["text", "name", "phone"])
    add_step(complaint, StepKind.FILED, text="", actor=STRANGER, at=at)
    if attach:
        attach(f"complaint:{complaint.pk}")
    events.publish(ComplaintFiled(complaint=complaint.pk, season=season))
    record(complaint, "complaint.filed", text=text, actor=STRANGER, at=at)
    return Filed(complaint, code)


@transaction.atomic
def follow_up(*, code: str, text: str, at: datetime) -> Complaint:
    """Add something, once. What had been answered goes back to work, with a new term."""
    found = Complaint.objects.filter(digest=sealing.code_digest(ids.normalise_code(code)))
    complaint = found.select_for_update().first()
    if complaint is None:
        raise DomainError("complaint_code_wrong")
    if complaint.state == ComplaintState.CLOSED:
        raise DomainError("complaint_closed")
    if complaint.followed_at:
        raise DomainError("complaint_followed")
    text = _tidy(text)
    complaint.followed_at = at
    if complaint.state == ComplaintState.ANSWERED:
        complaint.state = ComplaintState.ACCEPTED
        complaint.answer_by = terms.current().answer_by(at)
    complaint.save(update_fields=["followed_at", "state", "answer_by"])
    add_step(complaint, StepKind.FOLLOWED, text=text, actor=STRANGER, at=at)
    record(complaint, "complaint.followed", text=text, actor=STRANGER, at=at)
    return complaint


def add_step(
    complaint: Complaint, kind: StepKind, *, text: str, actor: Actor, at: datetime
) -> ComplaintStep:
    """A step is sealed with its own id in the place: it is written, then sealed."""
    known = actor is not STRANGER
    step = ComplaintStep.objects.create(
        complaint=complaint,
        kind=kind,
        by=actor.account if known else "",
        by_name=actor.name if known else "",
        at=at,
    )
    if text:
        step.text = sealing.seal(text, place=step_place(step.pk))
        step.save(update_fields=["text"])
    return step


def step_place(step: int) -> str:
    return f"complaint-step:{step}:text"


def record(complaint: Complaint, act: str, *, text: str, actor: Actor, at: datetime) -> None:
    """In the season's record, else the house's. The words stay out: a keyed digest proves them."""
    data = {"category": complaint.category}
    if text:
        data["digest"] = sealing.digest("complaint", text).hex()
    ledger.append(
        chain=complaint.season or CHAIN,
        actor=actor,
        act=act,
        subject=f"complaint:{complaint.pk}",
        data=data,
        at=at,
    )


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise DomainError("complaint_text_empty")
    if len(text) > TEXT_LIMIT:
        raise DomainError("complaint_text_long", limit=TEXT_LIMIT, length=len(text))
    return text
