"""Which form of the rulebook a registration fills in, and what of it is known already."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from leitai.people.numbers import birth_of
from leitai.registration.enums import Kind
from leitai.rulebook.model import Form, FormField, Rulebook

_DATA: Final = Path(__file__).parent / "data" / "prefill.toml"
_REMARK: Final = re.compile(r"[（(][^（()）]*[）)]")
_LEADER: Final = "领队"


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows of somebody who is to be registered."""

    name: str
    unit: str
    post: str
    delegation: str
    track: str  # the title of the track
    kind: str
    id_number: str
    phone: str
    today: date


def find_form(law: Rulebook, stage: str, track: str) -> tuple[str, Form] | None:
    """The registration form of a nomination: its own, or that of a stage that it leads to."""
    stages = {None, stage, *(rule.to for rule in law.stages[stage].advance)}
    for code, form in law.forms.items():
        if form.purpose != "registration" or form.per not in {"person", "entry"}:
            continue
        if form.stage in stages and (not track or not form.tracks or track in form.tracks):
            return code, form
    return None


def sealing_field(form: Form) -> FormField | None:
    """The box that somebody seals (盖章)."""
    return next((field for field in form.fields if field.seal), None)


def sealer_of(form: Form) -> str:
    """Who seals the form; "" where nobody does."""
    field = sealing_field(form)
    return form.seal or (field.seal if field else "")


def prefilled(form: Form, known: Known) -> dict[str, object]:
    """The answers that follow from what is known, by the titles of the boxes."""
    answers: dict[str, object] = {}
    used: set[str] = set()
    for field in form.fields:
        source = _sources().get(field.title)
        if source is None or source in used:
            continue
        value = _value(field, source, known)
        if value:
            answers[field.id] = value
            used.add(source)
    return answers


def _value(field: FormField, source: str, known: Known) -> str:
    born = birth_of(known.id_number) if known.id_number else None
    if source == "today":
        return known.today.isoformat() if field.kind == "date" else ""
    if source == "born":
        return "" if born is None else str(born)[: 7 if field.kind == "month" else 10]
    if source == "sex":
        sex = "男" if known.id_number[16:17] in set("13579") else "女"
        return sex if known.id_number and sex in (field.options or (sex,)) else ""
    if source == "track":
        return _option(field, known)
    return str(getattr(known, source))


def _option(field: FormField, known: Known) -> str:
    """The option that means the track (without its remarks), or the team leader."""
    if known.kind == Kind.LEADER:
        return next((one for one in field.options if _LEADER in one), "")
    if not field.options:
        return known.track
    bare = _REMARK.sub("", known.track)
    return next((one for one in field.options if _REMARK.sub("", one) == bare), "")


@cache
def _sources() -> Mapping[str, str]:
    with _DATA.open("rb") as file:
        table = tomllib.load(file)
    return {title: line["from"] for line in table["prefill"] for title in line["titles"]}
