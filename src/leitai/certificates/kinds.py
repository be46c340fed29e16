"""The pictures of a design: emblem, seal, a second script. The season's office uploads them."""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.certificates.rules import can_issue, can_list
from leitai.files.kinds import MB, FileKind
from leitai.seasons import selectors as seasons

PICTURE = "certificate-picture"
_PREFIX = "season:"


def owner_of(season: str) -> str:
    return _PREFIX + season


def _may_upload(actor: Actor, owner: str) -> bool:
    code = owner.removeprefix(_PREFIX)
    if not owner.startswith(_PREFIX) or not actor.known:
        return False
    return can_issue(actor, code, seasons.host_path(seasons.get_season(code)))


def _may_view(actor: Actor, owner: str) -> bool:
    code = owner.removeprefix(_PREFIX)
    return can_list(actor, code, seasons.host_path(seasons.get_season(code)))


KIND = FileKind(
    code=PICTURE,
    max_bytes=5 * MB,
    types=("png", "jpeg"),
    can_upload=_may_upload,
    can_view=_may_view,
    quota_bytes=100 * MB,
)
