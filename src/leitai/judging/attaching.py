"""The files of a turn: who may hand them in, and who may open them."""

from __future__ import annotations

from typing import Final

from leitai.base.actor import Actor
from leitai.files import kinds
from leitai.files.kinds import GB, FileKind
from leitai.judging import rules, selectors
from leitai.judging.enums import MaterialState
from leitai.judging.models import Slot
from leitai.seasons.selectors import host_path

MATERIAL: Final = "judging-material"
OWNER: Final = "judged-slot:"
TYPES: Final = ("png", "jpeg", "webp", "pdf", "mp4")


def register() -> None:
    kinds.register(
        FileKind(
            code=MATERIAL,
            max_bytes=2 * GB,
            types=TYPES,
            can_upload=can_attach,
            can_view=can_open,
            quota_bytes=20 * GB,
        )
    )


def is_own(actor: Actor, slot: Slot) -> bool:
    """Whether the actor is the contestant, or one of the team."""
    entry = slot.entry
    if entry is None or not actor.person:
        return False
    return (
        actor.person == entry.person.code
        or entry.members.filter(person__code=actor.person).exists()
    )


def can_attach(actor: Actor, owner: str) -> bool:
    slot = _slot(owner)
    return slot is not None and (is_own(actor, slot) or _staff(actor, slot))


def can_open(actor: Actor, owner: str) -> bool:
    """The contestant and the staff; the panel what is frozen; nobody else."""
    slot = _slot(owner)
    if slot is None:
        return False
    if is_own(actor, slot) or _staff(actor, slot):
        return True
    frozen = slot.materials.filter(state=MaterialState.FROZEN).exists()
    return frozen and selectors.seat_of(actor, slot.event) is not None


def _staff(actor: Actor, slot: Slot) -> bool:
    season = slot.event.stage.season
    return rules.can_watch(actor, season.code, host_path(season))


def _slot(owner: str) -> Slot | None:
    number = owner.removeprefix(OWNER)
    if not owner.startswith(OWNER) or not number.isdecimal():
        return None
    rows = Slot.objects.select_related(
        "event__stage__season__rulebook", "event__stage__season__host", "entry__person"
    )
    return rows.filter(pk=int(number)).first()
