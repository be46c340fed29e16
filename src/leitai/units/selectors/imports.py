"""Files on their way in, as their pages show them: one's own, of the last day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leitai.kernel.errors import DomainError
from leitai.units import rules
from leitai.units.enums import ROW_CHANGES, ROW_WRONG, Change, ImportState
from leitai.units.models import IMPORT_KEPT, UnitImport, UnitImportLine

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from leitai.base.actor import Actor

# In the order of what needs a person first.
TITLES: Final[Mapping[str, StrOrPromise]] = {
    ROW_WRONG: _("须更正"),
    **{one.value: one.label for one in ROW_CHANGES},
    "following": _("随上级调整"),
    "same": _("未变"),
}


@dataclass(frozen=True, slots=True)
class Count:
    kind: str
    title: StrOrPromise
    count: int
    listed: bool


@dataclass(frozen=True, slots=True)
class ImportPage:
    """`kind` is the kind of the lines; `counts` leave out what there is none of."""

    draft: UnitImport
    counts: tuple[Count, ...]
    kind: str
    lines: QuerySet[UnitImportLine]
    changed: int

    @property
    def tabs(self) -> tuple[Count, ...]:
        return tuple(one for one in self.counts if one.listed)

    @property
    def wrong(self) -> int:
        return int(self.draft.counts.get(ROW_WRONG, 0))

    @property
    def altered(self) -> int:
        return self.changed - int(self.draft.counts.get(Change.CREATED, 0))

    @property
    def nothing_new(self) -> bool:
        return not (self.changed or self.wrong)

    @property
    def percent(self) -> int:
        return self.draft.done * 100 // self.draft.total if self.draft.total else 0


def list_imports(viewer: Actor, *, at: datetime) -> QuerySet[UnitImport]:
    """The viewer's own, newest first."""
    mine = UnitImport.objects.filter(by=viewer.account, at__gt=at - IMPORT_KEPT)
    return mine.defer("rows", "content", "problems").order_by("-at", "-pk")


def get_import_for(viewer: Actor, draft: int, *, at: datetime) -> UnitImport:
    """One's own; raises DomainError("unit_import_unknown") for anything else."""
    if not rules.can_upload_units(viewer):
        raise DomainError("forbidden")
    found = list_imports(viewer, at=at).filter(pk=draft).first()
    if found is None:
        raise DomainError("unit_import_unknown")
    return found


def import_page(draft: UnitImport, kind: str) -> ImportPage:
    """Its counts, and the lines of one kind: the asked one, else what needs a person first."""
    shown = draft.counts if draft.state in {ImportState.READY, ImportState.DONE} else {}
    counts = tuple(
        Count(one, title, shown[one], one not in {"following", "same"})
        for one, title in TITLES.items()
        if shown.get(one)
    )
    kinds = [one.kind for one in counts if one.listed]
    kind = kind if kind in kinds else next(iter(kinds), "")
    lines = UnitImportLine.objects.filter(draft=draft, kind=kind).order_by("number", "pk")
    return ImportPage(draft, counts, kind, lines, sum(shown.get(one, 0) for one in Change.values))
