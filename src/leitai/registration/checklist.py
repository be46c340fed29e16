"""What a qualification review looks at: lines for a person, and bars that are worked out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from leitai.registration.prefilling import sealer_of
from leitai.rulebook.data import Refusal
from leitai.rulebook.model import Form, Rulebook

_DATA: Final = Path(__file__).parent / "data" / "checklist.toml"


@dataclass(frozen=True, slots=True)
class Barring:
    """A bar of the rules as it stands for one person: nothing refused, or the row that bars."""

    title: str
    source: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class _Line:
    title: str
    kinds: frozenset[str]
    when: str


def lines_for(kind: str, form: Form | None) -> list[str]:
    """What a person ticks for a registration of this kind with this form."""
    has: set[str] = {field.kind for field in form.fields} if form else set()
    if form and sealer_of(form):
        has.add("seal")
    return [
        line.title
        for line in _lines()
        if (not line.kinds or kind in line.kinds) and (not line.when or line.when in has)
    ]


def barrings(law: Rulebook, stage: str, track: str, refusals: tuple[Refusal, ...]) -> list[Barring]:
    """Every bar that applies, with what it found; what is no bar of the stage comes last."""
    by_bar = {one.bar: one for one in refusals}
    found = [
        Barring(bar.title, bar.source, by_bar.pop(bar.id, None))
        for bar in law.stages[stage].bars
        if not bar.tracks or track in bar.tracks
    ]
    return [*found, *(Barring(one.title, one.source, one) for one in by_bar.values())]


@cache
def _lines() -> tuple[_Line, ...]:
    with _DATA.open("rb") as file:
        table = tomllib.load(file)
    return tuple(
        _Line(line["title"], frozenset(line.get("kinds", ())), line.get("when", ""))
        for line in table["check"]
    )
