"""Files of registrations: what the boxes of the form ask for, and the sealed paper as a scan."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from leitai.base.actor import Actor
from leitai.files import kinds
from leitai.files.kinds import MB, FileKind
from leitai.registration import rules
from leitai.registration.enums import OPEN_TO_UNIT
from leitai.registration.models import Registration
from leitai.seasons import filling

KIND: Final = "registration"
SCAN: Final = "registration-scan"


def owner_of(registration: Registration) -> str:
    return f"registration:{registration.pk}"


def register() -> None:
    filling.register(KIND, can_upload=can_upload, can_view=can_view)
    kinds.register(
        FileKind(
            code=SCAN,
            max_bytes=50 * MB,
            types=("pdf", "png", "jpeg"),
            can_upload=can_upload,
            can_view=can_open,
            quota_bytes=2048 * MB,
        )
    )


def can_upload(actor: Actor, owner: str) -> bool:
    found = _registration(owner)
    return found is not None and found.state in OPEN_TO_UNIT and rules.can_write(actor, found)


def can_view(actor: Actor, owner: str) -> bool:
    found = _registration(owner)
    return found is not None and (rules.can_see(actor, found) or rules.can_see_own(actor, found))


def can_open(actor: Actor, owner: str) -> bool:
    """Sealed papers show every number in full."""
    found = _registration(owner)
    return found is not None and rules.reads_numbers(actor, found, timezone.now())


def _registration(owner: str) -> Registration | None:
    _kind, _colon, number = owner.partition(":")
    if not number.isdigit():
        return None
    return (
        Registration.objects.select_related("season__host", "delegation__unit", "person")
        .filter(pk=int(number))
        .first()
    )
