"""The signed list of a delegation's own contest: a scan beside the marks that it reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest

from leitai.base.actor import Actor
from leitai.files import kinds
from leitai.files import services as files
from leitai.files.kinds import FileKind
from leitai.files.models import StoredFile
from leitai.files.selectors import list_files
from leitai.kernel.errors import DomainError
from leitai.seasons import rules
from leitai.seasons.models import LocalStage
from leitai.seasons.selectors import host_path

KIND = "local-result"
FIELD = "signed"
MOST = 8
_MB = 1024 * 1024


def register() -> None:
    kinds.register(
        FileKind(
            code=KIND,
            max_bytes=50 * _MB,
            types=("pdf", "png", "jpeg"),
            can_upload=lambda actor, _owner: bool(actor.appointments),
            can_view=can_view,
            quota_bytes=1024 * _MB,
        )
    )


def can_view(actor: Actor, owner: str) -> bool:
    """The delegation's own people, and the committee of the season."""
    _kind, _colon, number = owner.partition(":")
    plan = (
        LocalStage.objects.filter(pk=int(number) if number.isdigit() else 0)
        .select_related("stage__season__host", "delegation__unit")
        .first()
    )
    if plan is None:
        return False
    season = plan.stage.season
    host = host_path(season)
    return rules.can_see_office(actor, season.code, host) or rules.can_hold_local(
        actor, season.code, host, plan.delegation.unit.path
    )


def take(request: HttpRequest, *, at: datetime) -> list[str]:
    """What the form brought, ready to be kept."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    tokens, plain = request.POST.getlist(FIELD), request.FILES.getlist(f"{FIELD}_file")
    if len(tokens) + len(plain) > MOST:
        raise DomainError("local_files_many", limit=MOST)
    return files.take_posted(
        actor=actor,
        holder=actor.account,
        kind=KIND,
        owner="",
        tokens=tokens,
        plain=plain,  # type: ignore[arg-type]  # what Django uploads is what it asks for
        at=at,
    )


def keep(*, actor: Actor, uploads: Sequence[str], plan: LocalStage, at: datetime) -> None:
    """Within the caller's transaction. What an earlier report was signed with stays beside it."""
    for token in uploads:
        files.attach(actor=actor, upload=token, kind=KIND, owner=_owner(plan), at=at)


def list_signed(plan: LocalStage | None) -> list[StoredFile]:
    return list(list_files(_owner(plan), KIND)) if plan else []


def _owner(plan: LocalStage) -> str:
    return f"local:{plan.pk}"
