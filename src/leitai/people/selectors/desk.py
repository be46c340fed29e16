"""What the unit manager's desk shows: a unit of the own subtrees and its people, by page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.people import rules
from leitai.people.models import Person
from leitai.people.selectors.slips import list_with_password, list_without_password
from leitai.units import selectors as units
from leitai.units.models import Unit

PER_PAGE: Final = 50
CHILDREN: Final = 200
_NUMBER: Final = re.compile(r"\d{6}")  # here names are looked for, and stand in the address
TO_DO, DONE = "todo", "done"


@dataclass(frozen=True, slots=True)
class DeskQuery:
    """What the address asks for; what is not understood asks for nothing."""

    unit: str = ""
    words: str = ""
    state: str = TO_DO
    page: str = "1"

    @classmethod
    def read(cls, data: QueryDict) -> DeskQuery:
        return cls(
            unit=data.get("unit", "")[:32],
            words=data.get("q", "").strip()[:50].replace("\x00", ""),
            state=DONE if data.get("state") == DONE else TO_DO,
            page=data.get("page", "1"),
        )


@dataclass(frozen=True, slots=True)
class Desk:
    unit: Unit
    above: Unit | None
    below: Sequence[Unit]
    query: DeskQuery
    page: Page[Any]


def desk_of(actor: Actor, query: DeskQuery) -> Desk:
    """Raises forbidden to who keeps no roster, and for a unit outside their subtrees."""
    if _NUMBER.search(unicodedata.normalize("NFKC", query.words)):
        raise DomainError("search_number")
    unit = units.get_unit(query.unit) if query.unit else _first(actor)
    if unit is None or not rules.can_issue_slips(actor, unit.path):
        raise DomainError("forbidden")
    above = unit.parent
    listed = list_with_password if query.state == DONE else list_without_password
    return Desk(
        unit=unit,
        above=above if above and rules.can_issue_slips(actor, above.path) else None,
        below=list(Unit.objects.filter(parent=unit).order_by("code")[:CHILDREN]),
        query=query,
        page=Paginator(listed(unit.path, words=query.words), PER_PAGE).get_page(query.page),
    )


def people_to_print(unit: Unit, codes: list[str], *, everybody: bool) -> list[Person]:
    """The chosen people of the unit's subtree; with `everybody` all who cannot sign in yet."""
    people = list_without_password(unit.path)
    if not everybody:
        people = people.filter(code__in=codes)
    return list(people[: rules.SLIPS_MOST + 1])


def _first(actor: Actor) -> Unit | None:
    """Where the actor's own subtrees begin; the whole tree for who may see all."""
    paths = rules.keeper_paths(actor)
    if paths and paths != ("",):
        return Unit.objects.filter(path__in=paths).order_by("path").first()
    if rules.can_reset_anybody(actor):
        return Unit.objects.filter(parent=None).order_by("path").first()
    return None
