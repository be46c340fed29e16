"""A rulebook in plain Chinese or English, clause by clause: a page that an organiser proof-reads.

Each part of the language has a file with ``sections(words)``; ``write`` puts them in the order in
which people read a notice.
"""

import dataclasses
from collections.abc import Collection, Mapping
from typing import Final

from leitai.rulebook.model import Award, Honour, Rulebook
from leitai.rulebook.plain import (
    awards,
    judging,
    live,
    practice,
    procedure,
    render,
    season,
    stages,
)
from leitai.rulebook.plain.words import Clause, Section, Words

__all__ = ["Clause", "Section", "Words", "html", "text", "write"]

_PARTS: Final = (season, stages, awards, judging, live, practice, procedure)
# By the place of a section's first clause; places that are not named here come before the awards.
_ORDER: Final = (
    "title",
    "delegations",
    "calendar",
    "holidays",
    "forms",
    "draws",
    "events",
    "stages",
    "",
    "awards",
    "honours",
    "practice",
    "publicity",
    "appeals",
    "visibility",
    "assumptions",
)


def write(rules: Rulebook, lang: str = "zh") -> tuple[Section, ...]:
    """Write the whole rulebook."""
    words = Words(rules, lang)
    found = sorted((section for part in _PARTS for section in part.sections(words)), key=_place)
    paths = {clause.path for section in found for clause in section.clauses}
    asked: dict[str, list[str]] = {}
    for name, one in rules.assumptions.items():
        for concern in one.concerns:
            asked.setdefault(_nearest(_named(rules, concern), paths), []).append(name)
    return tuple(_finished(section, asked, words) for section in found)


def _named(rules: Rulebook, concern: str) -> str:
    """Give a path the way clauses have it: awards and honours by their ids."""
    top, _, rest = concern.replace("[", ".").replace("]", "").partition(".")
    index, _, below = rest.partition(".")
    items: tuple[Award | Honour, ...] = ()
    if top in ("awards", "honours"):
        items = rules.awards if top == "awards" else rules.honours
    if index.isdigit() and int(index) < len(items):
        return f"{top}.{items[int(index)].id}" + (f".{below}" if below else "")
    return concern


def _nearest(path: str, paths: Collection[str]) -> str:
    """Find the clause that says a place: its own, or the nearest one above it."""
    while path and path not in paths:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return path


def _finished(section: Section, asked: Mapping[str, list[str]], words: Words) -> Section:
    """Name the open questions that concern a clause; begin English sentences with a capital."""
    clauses, seen = [], set()
    for clause in section.clauses:
        said = clause.text[:1].upper() + clause.text[1:] if words.lang == "en" else clause.text
        concerned = [] if clause.path in seen else asked.get(clause.path, [])
        seen.add(clause.path)
        every = tuple(dict.fromkeys((*clause.questions, *concerned)))
        clauses.append(
            dataclasses.replace(
                clause, text=said, assumption=every[0] if every else "", others=every[1:]
            )
        )
    return Section(section.title, tuple(clauses))


def text(rules: Rulebook, lang: str = "zh") -> str:
    """Write the whole rulebook as plain text."""
    return render.as_text(Words(rules, lang), write(rules, lang))


def html(rules: Rulebook, lang: str = "zh") -> str:
    """Write the whole rulebook as a page of HTML."""
    return render.as_html(Words(rules, lang), write(rules, lang))


def _place(section: Section) -> int:
    path = next((clause.path for clause in section.clauses if clause.path), "")
    top = path.partition(".")[0].partition("[")[0]
    return _ORDER.index(top if top in _ORDER else "")
