"""A file on the web: read and weighed for a preview, then carried out exactly as previewed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from django.db import transaction

from leitai.base.actor import Actor
from leitai.base.tables import Table
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problem
from leitai.units import rules
from leitai.units.intake import Node, Plan
from leitai.units.models import UnitImport
from leitai.units.services.importing import (
    ImportReport,
    carry_out,
    known_units,
    read_units,
    weigh,
)
from leitai.units.services.writing import lock_tree

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Changed:
    """A known unit as it is and as the file wants it."""

    number: int
    before: Node
    after: Node


@dataclass(frozen=True, slots=True)
class Preview:
    """What the file would do now. `digest` stands for exactly this outcome."""

    draft: UnitImport
    added: tuple[tuple[int, Node], ...]
    changed: tuple[Changed, ...]
    unchanged: int
    following: int
    problems: tuple[Problem, ...]
    digest: str

    @property
    def nothing_new(self) -> bool:
        return not (self.added or self.changed or self.problems)

    @property
    def ready(self) -> bool:
        return not self.problems and not self.nothing_new


def draft_import(*, actor: Actor, source: BinaryIO, name: str, at: datetime) -> UnitImport:
    """Read the file and keep its rows for a day. Raises Problems for an unreadable file."""
    if not rules.can_upload_units(actor):
        raise DomainError("forbidden")
    table = read_units(source, name=name[-120:], spoken=True)
    with transaction.atomic():
        UnitImport.objects.filter(at__lt=at - KEPT).delete()
        return UnitImport.objects.create(
            name=table.name,
            rows=[[row.number, dict(row.cells)] for row in table.rows],
            problems=[[one.place, one.code, dict(one.data)] for one in table.problems],
            by=actor.account,
            at=at,
        )


def get_draft(actor: Actor, draft: int, *, at: datetime) -> UnitImport:
    """One's own file of the last 24 hours; raises DomainError("unit_import_unknown")."""
    if not rules.can_upload_units(actor):
        raise DomainError("forbidden")
    found = UnitImport.objects.filter(pk=draft, by=actor.account, at__gte=at - KEPT).first()
    if found is None:
        raise DomainError("unit_import_unknown")
    return found


def preview_import(*, actor: Actor, draft: UnitImport) -> Preview:
    """Weigh the kept rows against the tree as it is now."""
    known = known_units()
    todo = _weighed(actor, draft, known)
    return Preview(
        draft=draft,
        added=tuple((todo.numbers[node.code], node) for node in todo.added),
        changed=tuple(
            Changed(todo.numbers[node.code], known[node.code], node) for node in todo.changed
        ),
        unchanged=todo.unchanged,
        following=len(todo.moved),
        problems=(*(Problem(*one) for one in draft.problems), *todo.problems),
        digest=_digest(todo, known),
    )


@transaction.atomic
def confirm_import(*, actor: Actor, draft: UnitImport, digest: str, at: datetime) -> ImportReport:
    """Carry out what the preview with that digest showed.

    Raises DomainError: unit_import_done, unit_import_problems, and unit_import_changed where the
    tree has changed since so that something else would happen.
    """
    lock_tree()
    draft = UnitImport.objects.select_for_update().get(pk=draft.pk)
    if draft.done_at is not None:
        raise DomainError("unit_import_done")
    known = known_units()
    todo = _weighed(actor, draft, known)
    if draft.problems or todo.problems:
        raise DomainError("unit_import_problems")
    if _digest(todo, known) != digest:
        raise DomainError("unit_import_changed")
    draft.done_at, draft.plan = at, digest
    draft.save(update_fields=["done_at", "plan"])
    carry_out(actor, todo, known, draft.name, at)
    return ImportReport(len(todo.added), len(todo.changed), todo.unchanged)


def _weighed(actor: Actor, draft: UnitImport, known: Mapping[str, Node]) -> Plan:
    table = Table(draft.name, (), (), ())
    rows = [(number, cells) for number, cells in draft.rows]
    return weigh(actor, rows, known, table.place)


def _digest(todo: Plan, known: Mapping[str, Node]) -> str:
    """Over every unit that would be written, as it is and as it would be."""
    told = [
        [asdict(known[node.code]) if node.code in known else None, asdict(node)]
        for node in (*todo.added, *todo.changed, *todo.moved)
    ]
    return hashlib.sha256(canonical.encode({"plan": told})).hexdigest()
