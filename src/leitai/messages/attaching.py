"""Files that come with a complaint: anybody may send them, those who handle it see them."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from leitai.base.actor import Actor
from leitai.files import kinds
from leitai.files import rules as files_rules
from leitai.files import services as files
from leitai.files.kinds import FileKind
from leitai.kernel.errors import DomainError
from leitai.messages.models import Complaint
from leitai.messages.rules import can_handle
from leitai.messages.services import Filed, file_complaint

KIND = "complaint"
MOST = 5
FIELD = "uploads"
_MB = 1024 * 1024


def register() -> None:
    kinds.register(
        FileKind(
            code=KIND,
            max_bytes=50 * _MB,
            types=("pdf", "png", "jpeg", "docx", "xlsx", "mp4"),
            can_upload=lambda _actor, _owner: True,
            can_view=can_view,
            quota_bytes=200 * _MB,
        )
    )


def can_view(actor: Actor, owner: str) -> bool:
    """Who handles the complaint. Whoever filed it has the originals."""
    _kind, _colon, number = owner.partition(":")
    found = Complaint.objects.filter(pk=int(number)).first() if number.isdigit() else None
    return found is not None and can_handle(actor, found.season, found.host)


def take_and_attach(request: HttpRequest, told: dict[str, object], *, at: datetime) -> Filed:
    """File it together with what was uploaded: both hold or neither does."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    tokens, plain = request.POST.getlist(FIELD), request.FILES.getlist(f"{FIELD}_file")
    if len(tokens) + len(plain) > MOST:
        raise DomainError("complaint_files_many", limit=MOST)
    stranger = files_rules.STRANGER + request.COOKIES.get("csrftoken", "")[:40]
    ready = files.take_posted(
        actor=actor,
        holder=actor.account or stranger,
        kind=KIND,
        owner="",
        tokens=tokens,
        plain=plain,  # type: ignore[arg-type]  # what Django uploads is what it asks for
        at=at,
    )

    def attach(owner: str) -> None:
        for token in ready:
            files.attach(actor=actor, upload=token, kind=KIND, owner=owner, at=at)

    return file_complaint(actor=actor, at=at, attach=attach, **told)  # type: ignore[arg-type]
