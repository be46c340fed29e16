"""Reads of templates: the list, one with its fields checked, a preview, the house's own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from leitai.documents.markers import Marker
from leitai.kernel.errors import DomainError
from leitai.paperwork.material.subjects import Known, Scope, check_fields, known_fields
from leitai.paperwork.models import Template
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

DATA: Final = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Packaged:
    """A template of the house's own that fits a form of the season."""

    code: str
    title: str
    form: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """A template with what its markers come to. `offered` are the names that could be used."""

    template: Template
    fields: tuple[Known, ...]
    offered: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def unknown(self) -> tuple[Known, ...]:
        return tuple(one for one in self.fields if not one.known)

    @property
    def personal(self) -> bool:
        return any(one.personal for one in self.fields)


def list_templates(season: Season) -> list[Template]:
    """Those in use, by number; without their content."""
    return list(
        Template.objects.filter(season=season, removed_at=None).defer("content").order_by("number")
    )


def get_template(season: Season, number: int) -> Template:
    """Raises DomainError("not_found")."""
    found = (
        Template.objects.filter(season=season, number=number, removed_at=None)
        .select_related("season__rulebook")
        .first()
    )
    if found is None:
        raise DomainError("not_found")
    return found


def markers_of(template: Template) -> tuple[Marker, ...]:
    return tuple(Marker(*one) for one in template.fields)


def checked(template: Template) -> Checked:
    law = seasons.rulebook_of(template.season)
    scope = Scope(template.subject, template.stage, template.form)
    fields = check_fields(law, scope, markers_of(template))
    return Checked(template, tuple(fields), tuple(known_fields(law, scope).items()))


def packaged_for(season: Season) -> list[Packaged]:
    """What fits a form of the season's rules by its title, and is not there yet."""
    law = seasons.rulebook_of(season)
    there = set(
        Template.objects.filter(season=season, removed_at=None).values_list("packaged", flat=True)
    )
    listed = tomllib.loads((DATA / "annexes.toml").read_text(encoding="utf-8"))
    found = []
    for code, told in listed.items():
        form = next((name for name, one in law.forms.items() if one.title == told["form"]), "")
        if form and code not in there:
            path = DATA / told["file"]
            title = law.forms[form].annex + told["form"]
            found.append(Packaged(code, title, form, path.name, path.read_bytes()))
    return found
