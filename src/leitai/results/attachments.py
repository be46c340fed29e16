"""Scans that stand behind what results decide: minutes, signed lists, sealed copies.

One kind of file for all of them; its owner says what it belongs to: "correction:7",
"resolution:12", "score-list:3", "upward:1", "answer:2", each of a season that the owner's record
names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.http import HttpRequest

from leitai.base.actor import Actor
from leitai.files import kinds
from leitai.files import services as files
from leitai.files.kinds import FileKind
from leitai.kernel.errors import DomainError
from leitai.ledger.models import Proposal
from leitai.results.models import ScoreList, UpwardAnswer, UpwardList
from leitai.results.rules import can_see_previews
from leitai.seasons.models import Resolution
from leitai.seasons.selectors import find_host

KIND = "result-record"
FIELD = "uploads"
MOST = 8
_MB = 1024 * 1024
_SEASONS: dict[str, Callable[[int], str | None]] = {}


def register() -> None:
    _SEASONS["correction"] = _finder(Proposal.objects.values_list("chain", flat=True))
    _SEASONS["resolution"] = _finder(Resolution.objects.values_list("season__code", flat=True))
    _SEASONS["score-list"] = _finder(
        ScoreList.objects.values_list("stage__season__code", flat=True)
    )
    _SEASONS["upward"] = _finder(UpwardList.objects.values_list("season__code", flat=True))
    _SEASONS["answer"] = _finder(UpwardAnswer.objects.values_list("list__season__code", flat=True))
    kinds.register(
        FileKind(
            code=KIND,
            max_bytes=50 * _MB,
            types=("pdf", "png", "jpeg", "docx", "xlsx"),
            can_upload=lambda actor, _owner: bool(actor.appointments),
            can_view=can_view,
            quota_bytes=1024 * _MB,
        )
    )


def can_view(actor: Actor, owner: str) -> bool:
    """The committee, its lead and the supervisors of the season that the owner belongs to."""
    kind, _colon, number = owner.partition(":")
    find = _SEASONS.get(kind)
    season = find(int(number)) if find and number.isdigit() else None
    host = find_host(season) if season else None
    return season is not None and host is not None and can_see_previews(actor, season, host)


def take(request: HttpRequest, *, at: datetime) -> list[str]:
    """What a form with `files/_upload.html` brought, ready to be kept."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by the door
    tokens, plain = request.POST.getlist(FIELD), request.FILES.getlist(f"{FIELD}_file")
    if len(tokens) + len(plain) > MOST:
        raise DomainError("result_files_many", limit=MOST)
    return files.take_posted(
        actor=actor,
        holder=actor.account,
        kind=KIND,
        owner="",
        tokens=tokens,
        plain=plain,  # type: ignore[arg-type]  # what Django uploads is what it asks for
        at=at,
    )


def keep(*, actor: Actor, uploads: Sequence[str], owner: str, at: datetime) -> None:
    """Within the caller's transaction: the uploads are the owner's from now on."""
    for token in uploads:
        files.attach(actor=actor, upload=token, kind=KIND, owner=owner, at=at)


def _finder(codes: Iterable[str]) -> Callable[[int], str | None]:
    return lambda number: codes.filter(pk=number).first()  # type: ignore[attr-defined]
