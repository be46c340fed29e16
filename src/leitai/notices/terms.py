"""The house's own remedies and terms, where the rulebook is silent: data, in remedies.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from leitai.rulebook.model import Appeal, Publicity, Rulebook, Term

FILE = Path(__file__).parent / "data" / "remedies.toml"
HOUSE = "~"  # before the code of a remedy that is the house's and not the rulebook's


@dataclass(frozen=True, slots=True)
class Terms:
    """`accept` is how soon handlers take a case up; `answer` where the rulebook names no term."""

    accept: Term
    answer: Term
    remedies: Mapping[str, Appeal]


@cache
def current() -> Terms:
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Terms(
        accept=_term({**told["accept"], "from": "filing"}),
        answer=_term({**told["answer"], "from": "filing"}),
        remedies={HOUSE + one.pop("code"): _appeal(one) for one in told["remedy"]},
    )


def remedies_of(law: Rulebook) -> dict[str, Appeal]:
    """The rulebook's own, and the house's for each kind that the rulebook does not name."""
    named = {appeal.kind for appeal in law.appeals.values()}
    house = current().remedies
    return dict(law.appeals) | {
        code: appeal for code, appeal in house.items() if appeal.kind not in named
    }


def term_of(told: Mapping[str, Any]) -> Term:
    """A term as a notice keeps it; it runs from its publication."""
    return _term({**told, "from": "publication"})


def plain_of(term: Term) -> dict[str, Any]:
    return {
        "within": term.within,
        "unit": term.unit,
        "first_day": term.first_day,
        "rolls": term.rolls,
        "closes": term.closes,
    }


def alone(title: str, term: Term) -> Publicity:
    """So that `procedure.when` can say how a term that stands in no rulebook was reckoned."""
    return Publicity(title=title, term=term)


def _term(told: Mapping[str, Any]) -> Term:
    named = {("from_" if key == "from" else key): value for key, value in told.items()}
    return Term(**named)


def _appeal(told: dict[str, Any]) -> Appeal:
    made: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in told.items()
    }
    if "term" in made:
        made["term"] = _term(made["term"])
    return Appeal(**made)
