"""What contestants show, and what the 模拟来访者 plays: handed in, checked, frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from leitai.base.actor import Actor
from leitai.base.jobs import app
from leitai.files import services as files
from leitai.files.selectors import content_of
from leitai.judging import attaching, picturing, rules, selectors
from leitai.judging.enums import EventState, MaterialState
from leitai.judging.models import JudgedEvent, Material, MaterialPage, Scenario, Slot
from leitai.judging.services.common import (
    demand,
    demand_state,
    locked,
    locked_slot,
    note,
    the_reason,
)
from leitai.kernel.errors import DomainError

BEFORE: Final = (EventState.PLANNED, EventState.CALLED)
MOST_FILES: Final = 12
PAGES: Final = "judging.pages"
LARGEST_PDF: Final = 200 * 1024**2  # what is larger is not shown page by page
MOST_REVEALS: Final = 30


@transaction.atomic
def hand_material(
    *, actor: Actor, slot: Slot, uploads: Sequence[str], note_text: str, at: datetime
) -> list[Material]:
    """Keep a contestant's files: by the contestant or the stage's staff, until they are frozen.

    Raises judging_material_none, judging_material_many, judging_material_frozen.
    """
    slot = locked_slot(slot)
    event = slot.event
    if event.rehearsal:
        raise DomainError("judging_rehearsal_files")
    if not attaching.is_own(actor, slot):
        demand(rules.can_stage, actor, event)
    demand_state(event, *BEFORE)
    _demand_open(slot)
    _demand_in_time(actor, slot, at)
    held = slot.materials.exclude(state=MaterialState.REFUSED)
    if not uploads:
        raise DomainError("judging_material_none")
    if held.count() + len(uploads) > MOST_FILES:
        raise DomainError("judging_material_many", most=MOST_FILES)
    made = []
    for token in uploads:
        stored = files.attach(
            actor=actor,
            upload=token,
            kind=attaching.MATERIAL,
            owner=slot.owner,
            at=at,
        )
        one = Material.objects.create(slot=slot, file=stored, note=note_text[:200], handed_at=at)
        if stored.type == "pdf":
            app.configure_task(PAGES).defer(material=one.pk)
        made.append(one)
    return made


def _demand_open(slot: Slot) -> None:
    """All of an event is frozen at once: also who had nothing then, and what was given back."""
    if selectors.is_frozen(slot.event):
        raise DomainError("judging_material_frozen", number=slot.number)


def _demand_in_time(actor: Actor, slot: Slot, at: datetime) -> None:
    """A contestant until the day that was set; the stage's staff as long as nothing is frozen."""
    until = slot.event.videos_by
    if until is not None and at > until and attaching.is_own(actor, slot):
        raise DomainError("judging_material_late")


@transaction.atomic
def take_back_material(*, actor: Actor, material: Material, at: datetime) -> None:
    """The contestant, or the stage's staff, takes a file away that is not frozen.

    Raises judging_material_frozen, judging_material_late.
    """
    slot = locked_slot(material.slot)
    if not attaching.is_own(actor, slot):
        demand(rules.can_stage, actor, slot.event)
    demand_state(slot.event, *BEFORE)
    held = Material.objects.select_for_update().get(pk=material.pk)
    _demand_open(slot)
    _demand_in_time(actor, slot, at)
    file = held.file_id
    held.delete()
    files.remove_file(owner=slot.owner, kind=attaching.MATERIAL, file=file)


def make_pages(*, material: int) -> None:
    """Draw a PDF's pages; 0 of them where it cannot be done. Idempotent."""
    found = _undrawn().filter(pk=material).select_related("file").first()
    if found is None:
        return
    pictures = _drawn(found)
    with transaction.atomic():
        if _undrawn().select_for_update().filter(pk=material).exists():
            MaterialPage.objects.bulk_create(
                MaterialPage(material=found, number=number, picture=picture)
                for number, picture in enumerate(pictures, start=1)
            )
            Material.objects.filter(pk=material).update(pages=len(pictures))


def make_pages_left() -> None:
    for material in list(_undrawn().values_list("pk", flat=True)):
        make_pages(material=material)


def _undrawn() -> QuerySet[Material]:
    return Material.objects.filter(pages=None, file__type="pdf")


def _drawn(material: Material) -> tuple[bytes, ...]:
    if material.file.size > LARGEST_PDF:
        return ()
    try:
        return picturing.pictures_of(content_of(material.file))
    except FileNotFoundError:  # lost from the store: there is nothing to draw
        return ()


@transaction.atomic
def check_material(
    *, actor: Actor, material: Material, sound: bool, reason: str, at: datetime
) -> None:
    """Opened on the machine of the stage and found to run, or given back with a reason."""
    slot = locked_slot(material.slot)
    demand(rules.can_stage, actor, slot.event)
    demand_state(slot.event, *BEFORE)
    _demand_open(slot)
    material.note = material.note if sound else the_reason(reason)
    material.state = MaterialState.CHECKED if sound else MaterialState.REFUSED
    material.checked_by, material.checked_name = actor.account, actor.name[:50]
    material.checked_at = at
    # not the pages: a job may be writing them
    kept = ["note", "state", "checked_by", "checked_name", "checked_at"]
    material.save(update_fields=kept)


@transaction.atomic
def freeze_materials(*, actor: Actor, event: JudgedEvent, at: datetime) -> int:
    """From now on nothing is added or taken back; each file's SHA-256 is on the ledger."""
    event = locked(event)
    demand(rules.can_stage, actor, event)
    demand_state(event, *BEFORE)
    held = Material.objects.filter(slot__event=event).select_related("file", "slot")
    open_ = held.filter(state=MaterialState.HANDED).first()
    if open_ is not None:
        raise DomainError("judging_material_unchecked", number=open_.slot.number)
    checked = list(held.filter(state=MaterialState.CHECKED).order_by("slot__code", "pk"))
    for one in checked:
        one.state, one.sha256, one.frozen_at = MaterialState.FROZEN, one.file.sha256, at
    Material.objects.bulk_update(checked, ["state", "sha256", "frozen_at"])
    event.frozen_at = event.frozen_at or at
    event.save(update_fields=["frozen_at"])
    rows = [[one.slot.code, one.file.name, one.sha256] for one in checked]
    note(event, actor=actor, act="judging.frozen", at=at, count=len(rows), files=rows)
    return len(rows)


@dataclass(frozen=True, slots=True)
class Card:
    """A scenario as the office writes it; `reveals` are pairs of when and what."""

    code: str
    title: str
    brief: str = ""
    script: str = ""
    reveals: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def keep_scenario(*, actor: Actor, event: JudgedEvent, card: Card, at: datetime) -> Scenario:
    """Write a card, or its next version; once somebody has played it, it stands.

    Raises judging_card_empty, judging_card_many, judging_card_played.
    """
    event = locked(event)
    demand(rules.can_plan, actor, event)
    demand_state(event, EventState.PLANNED, EventState.CALLED, EventState.RUNNING)
    code, title = card.code.strip()[:16], card.title.strip()[:120]
    if not code or not title:
        raise DomainError("judging_card_empty")
    if len(card.reveals) > MOST_REVEALS:
        raise DomainError("judging_card_many", most=MOST_REVEALS)
    held = event.scenarios.filter(code=code).first()
    if held is not None and held.slots.exclude(state__in=("waiting", "isolated", "late")).exists():
        raise DomainError("judging_card_played", code=code)
    found = held or Scenario(event=event, code=code, version=0)
    found.title, found.brief, found.script = title, card.brief.strip(), card.script.strip()
    found.reveals = [[when.strip(), what.strip()] for when, what in card.reveals if what.strip()]
    found.version, found.edited_at = found.version + 1, at
    found.save()
    return found


@transaction.atomic
def give_scenarios(
    *, actor: Actor, event: JudgedEvent, chosen: dict[int, str], at: datetime
) -> None:
    """Say which contestant meets which card, by the turns' ids; "" takes it away."""
    event = locked(event)
    demand(rules.can_plan, actor, event)
    demand_state(event, EventState.PLANNED, EventState.CALLED)
    cards = {card.code: card for card in event.scenarios.all()}
    slots = {slot.pk: slot for slot in event.slots.all()}
    for pk, code in chosen.items():
        if pk not in slots or (code and code not in cards):
            raise DomainError("judging_card_unknown", code=code)
        slots[pk].scenario = cards.get(code)
    Slot.objects.bulk_update(slots.values(), ["scenario"])
    rows = [[slot.code, slot.scenario.code if slot.scenario else ""] for slot in slots.values()]
    note(event, actor=actor, act="judging.cards", at=at, cards=sorted(rows))
