"""What contestants show: the files of an event, and one of them on the stage's screen."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.judging.enums import MaterialState
from leitai.judging.models import JudgedEvent, Material, Slot
from leitai.kernel.errors import DomainError


def materials_of(event: JudgedEvent) -> list[tuple[Slot, list[Material]]]:
    slots = event.slots.prefetch_related("materials__file")
    return [(slot, list(slot.materials.all())) for slot in slots]


def is_frozen(event: JudgedEvent) -> bool:
    """Whether the files of the event were frozen: nothing is added, changed or taken away."""
    return event.frozen_at is not None


def frozen_of(slot: Slot) -> list[Material]:
    return list(slot.materials.filter(state=MaterialState.FROZEN).select_related("file"))


def get_material(event: JudgedEvent, material: int) -> Material | None:
    rows = Material.objects.filter(slot__event=event, pk=material)
    return rows.select_related("file", "slot").first()


@dataclass(frozen=True, slots=True)
class Show:
    """A file on the stage's screen. `rest` are the contestant's frozen ones, in their order."""

    material: Material
    page: int
    rest: tuple[Material, ...]

    @property
    def numbers(self) -> range:
        """Of the pages of a PDF whose pictures are there."""
        return range(1, (self.material.pages or 0) + 1)

    @property
    def waits(self) -> bool:
        return self.material.file.type == "pdf" and self.material.pages is None

    def beside(self, step: int) -> Material | None:
        """The contestant's file before or after this one."""
        held = [one.pk for one in self.rest]
        at = held.index(self.material.pk) + step if self.material.pk in held else -1
        return self.rest[at] if 0 <= at < len(held) else None

    @property
    def before(self) -> Material | None:
        return self.beside(-1)

    @property
    def after(self) -> Material | None:
        return self.beside(1)


def show_of(material: Material, page: int) -> Show:
    """A page that is not there is the last, or the first."""
    return Show(material, max(1, min(page, material.pages or 1)), tuple(frozen_of(material.slot)))


def get_picture(material: Material, page: int) -> bytes:
    """A page of a PDF; raises not_found."""
    found = material.pictures.filter(number=page).first()
    if found is None:
        raise DomainError("not_found")
    return bytes(found.picture)
