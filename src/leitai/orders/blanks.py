"""The templates of orders, read once from the package's data: what an order begins with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from leitai.kernel.errors import DomainError

_FILE = Path(__file__).parent / "data" / "templates.toml"


@dataclass(frozen=True, slots=True)
class BlankThing:
    """`form_purpose`: where the rulebook has a form of that purpose, it takes this one's place."""

    title: str
    kind: str
    columns: str = ""
    form_purpose: str = ""
    hint: str = ""
    required: bool = True
    record: bool = False
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """`title` names the template; `heading` and `text` may name {host}, {season} and {year}."""

    code: str
    title: str
    heading: str
    text: str
    number: str
    sign_days: int | None
    things: tuple[BlankThing, ...]


@lru_cache(maxsize=1)
def list_blanks() -> tuple[Blank, ...]:
    """All templates in the order of the file."""
    with _FILE.open("rb") as opened:
        data = tomllib.load(opened)
    return tuple(
        Blank(
            code=one["code"],
            title=one["title"],
            heading=one["heading"],
            text=one.get("text", "").strip(),
            number=one.get("number", ""),
            sign_days=one.get("sign_days"),
            things=tuple(
                BlankThing(**{**thing, "columns": thing.get("columns", "").strip()})
                for thing in one.get("thing", [])
            ),
        )
        for one in data["template"]
    )


def get_blank(code: str) -> Blank:
    """Raises DomainError("orders_template_unknown")."""
    found = next((one for one in list_blanks() if one.code == code), None)
    if found is None:
        raise DomainError("orders_template_unknown")
    return found
