"""Files that come with an objection. A sealed letter names the unit: it opens after a reveal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from leitai.base.actor import Actor
from leitai.files import kinds
from leitai.files import rules as files_rules
from leitai.files import services as files
from leitai.files.kinds import MB, FileKind
from leitai.kernel.errors import DomainError
from leitai.notices.enums import EVIDENCE as KIND
from leitai.notices.enums import SEALED_LETTER as SEAL
from leitai.notices.enums import StepKind
from leitai.notices.models import Objection
from leitai.notices.rules import can_handle
from leitai.notices.selectors.handlers import bar_of

FIELD, SEAL_FIELD = "uploads", "seals"
MOST = 8
_TYPES = ("pdf", "png", "jpeg", "docx", "xlsx", "mp4")


def register() -> None:
    for code, view in ((KIND, can_view), (SEAL, can_view_seal)):
        kinds.register(
            FileKind(
                code=code,
                max_bytes=50 * MB,
                types=_TYPES if code == KIND else ("pdf", "png", "jpeg"),
                can_upload=lambda _actor, _owner: True,
                can_view=view,
                quota_bytes=200 * MB,
            )
        )


def can_view(actor: Actor, owner: str) -> bool:
    """Who handles the case; whoever filed it has the originals."""
    found = _case(owner)
    return (
        found is not None
        and can_handle(actor, found.season.code, found.path)
        and not bar_of(actor, found, at=timezone.now())
    )


def can_view_seal(actor: Actor, owner: str) -> bool:
    """A handler who has looked up who filed it, which is on the record."""
    found = _case(owner)
    return (
        found is not None
        and can_view(actor, owner)
        and found.steps.filter(kind=StepKind.REVEALED, by=actor.account).exists()
    )


class Brought:
    """What a form brought: received first, handed over with the case or not at all."""

    def __init__(self, request: HttpRequest, *, at: datetime) -> None:
        self._actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
        self._at = at
        self.evidence = self._take(request, KIND, FIELD)
        self.seals = self._take(request, SEAL, SEAL_FIELD)
        if len(self.evidence) + len(self.seals) > MOST:
            raise DomainError("objection_files_many", limit=MOST)

    @property
    def attach(self) -> Callable[[str], None]:
        """No name stands beside a file: a list of files tells nobody who objected."""
        actor = self._actor  # a lazy object, which `replace` does not take
        nameless = Actor(actor.account, "", actor.person, actor.appointments)

        def hand_over(owner: str) -> None:
            for kind, tokens in ((KIND, self.evidence), (SEAL, self.seals)):
                for token in tokens:
                    files.attach(actor=nameless, upload=token, kind=kind, owner=owner, at=self._at)

        return hand_over

    def _take(self, request: HttpRequest, kind: str, field: str) -> list[str]:
        stranger = files_rules.STRANGER + request.COOKIES.get("csrftoken", "")[:40]
        return files.take_posted(
            actor=self._actor,
            holder=self._actor.account or stranger,
            kind=kind,
            owner="",
            tokens=request.POST.getlist(field),
            plain=request.FILES.getlist(f"{field}_file"),  # type: ignore[arg-type]  # Django's own
            at=self._at,
        )


def _case(owner: str) -> Objection | None:
    _kind, _colon, number = owner.partition(":")
    if not number.isdigit():
        return None
    return (
        Objection.objects.select_related("season", "notice", "previous")
        .filter(pk=int(number))
        .first()
    )
