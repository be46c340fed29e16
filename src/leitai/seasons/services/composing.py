"""The rules of a contest that a unit holds for itself, out of a template and a few words.

Templates are rulebooks: our own short ones, and those of the library whose contest is one exam or
one reported score of single persons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from leitai import rulebook as language
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.rulebook import editing, numbers, writing
from leitai.rulebook.loading import library
from leitai.rulebook.model import Rulebook
from leitai.rulebook.model.events import Event
from leitai.units.models import Unit

OWN = ("written", "teams", "reported")
ABOVE = "above"  # the contest of the season for which this one chooses
ENTRY, CONTEST = "entry", "contest"
PRIZES = ("一等奖", "二等奖", "三等奖")
MOST_PRIZES = 500
TITLE_LIMIT = 60
ISSUER_LIMIT = 40
_DROPPED = ("source", "assumption", "words", "concerns")


@dataclass(frozen=True, slots=True)
class Template:
    """`kind` is that of its one event; `teams` says that units are ranked too."""

    code: str
    title: str
    kind: str
    teams: bool


def templates() -> tuple[Template, ...]:
    """What a contest of one's own can be made of: our own templates first."""
    return tuple(_described(code) for code in (*OWN, *_fitting()))


@cache
def _fitting() -> tuple[str, ...]:
    return tuple(code for code in library() if _arena(language.load(language.packaged(code))))


@cache
def _described(code: str) -> Template:
    law = language.load(_text(code))
    event, _stage = _arena(law) or ("", "")
    stage = law.stages[_stage]
    title = law.title if code in OWN else f"{law.short_title or law.title}：{stage.title}"
    return Template(code, title, law.events[event].kind, code in OWN and stage.team is not None)


def event_of(law: Rulebook) -> tuple[str, Event]:
    """The one event of such a contest; raises DomainError("contest_rules") for other rules."""
    stage = law.stages.get(CONTEST)
    if stage is None or len(stage.events) != 1:
        raise DomainError("contest_rules")
    return stage.events[0], law.events[stage.events[0]]


def can_follow(law: Rulebook) -> bool:
    """Whether a contest of one's own can be held as these rules hold theirs."""
    return _arena(law) is not None


def compose(
    template: str,
    *,
    code: str,
    title: str,
    unit: Unit,
    year: int,
    prizes: Sequence[int],
    issuer: str = "",
    base: Rulebook | None = None,
) -> str:
    """The rules' text; `prizes` are how many first, second and third prizes there are.

    `issuer` is the body whose name stands under certificates, where it is not the unit's own.
    The contest's name is that of its one stage too: tickets, papers and certificates say it.
    The template `ABOVE` takes event and tie rules from `base`.
    """
    follows = template == ABOVE and base is not None and can_follow(base)
    if not follows and template not in {one.code for one in templates()}:
        raise DomainError("contest_template", template=template)
    title = title.strip()
    if not title or len(title) > TITLE_LIMIT:
        raise DomainError("contest_title", limit=TITLE_LIMIT)
    issuer = issuer.strip() or unit.name
    if len(issuer) > ISSUER_LIMIT:
        raise DomainError("contest_issuer", limit=ISSUER_LIMIT)
    tree = _borrowed(base) if follows and base is not None else _tree(template)
    tree |= {"id": code, "title": title, "year": year}
    tree["host"] = {"unit": unit.code, "name": issuer}
    tree["stages"][CONTEST]["title"] = title
    tree["delegations"]["also"] = [{"unit": unit.code, "name": unit.name}]
    awards = list(_awards(prizes))
    if awards:
        tree["awards"] = awards
    return _written(tree)


def with_units(text: str, units: Sequence[Unit]) -> str:
    """The same rules with these units as delegations."""
    tree = editing.read(text)
    tree["delegations"]["also"] = [{"unit": one.code, "name": one.name} for one in units]
    return _written(tree)


def with_paper(text: str, parts: Sequence[Mapping[str, Any]], minutes: int) -> str:
    """The same rules with another paper: its points together are the most that can be had."""
    tree = editing.read(text)
    event = tree["events"][tree["stages"][CONTEST]["events"][0]]
    whole = sum((part["count"] * numbers.parse(part["points"]) for part in parts), start=0)
    event["paper"], event["minutes"] = [dict(part) for part in parts], minutes
    event["max"] = numbers.show(whole)
    return _written(tree)


def with_minutes(text: str, minutes: int) -> str:
    """The same rules with so much time for the paper."""
    tree = editing.read(text)
    tree["events"][tree["stages"][CONTEST]["events"][0]]["minutes"] = minutes
    return _written(tree)


def _awards(prizes: Sequence[int]) -> list[dict[str, Any]]:
    """Ranks from the top down; a prize of which there is none is left out."""
    found: list[dict[str, Any]] = []
    taken = 0
    for number, (title, count) in enumerate(zip(PRIZES, prizes, strict=False), start=1):
        if not 0 <= count <= MOST_PRIZES:
            raise DomainError("contest_prizes", most=MOST_PRIZES)
        if count:
            ranks = [taken + 1, taken + count]
            award = {"id": str(number), "title": title, "to": "person", "stage": CONTEST}
            found.append(award | {"ranks": ranks})
            taken += count
    return found


def _tree(template: str) -> dict[str, Any]:
    if template in OWN:
        return editing.read(_text(template))
    return _borrowed(language.load(_text(template)))


def _borrowed(law: Rulebook) -> dict[str, Any]:
    """Event and tie rules of a library's contest in the frame of our own template."""
    found = _arena(law)
    if found is None:
        raise DomainError("contest_template", template=law.id)
    event, stage = found
    plain: Any = canonical.decode(law.canonical)
    tree = editing.read(_text("written"))
    tree["events"] = {event: _bare(plain["events"][event])}
    keys = [
        key
        for key in law.stages[stage].ranking.keys  # type: ignore[union-attr]  # an arena has one
        if key in {"total", event} or key.startswith(f"{event}.")
    ]
    tree["stages"][CONTEST] |= {
        "events": [event],
        "total": {"sum": [event]},
        "ranking": {"keys": keys or ["total"], "unbroken": "share"},
    }
    return tree


def _bare(plain: Any) -> Any:
    """Without what quotes a notice or points to questions that this contest does not ask."""
    if isinstance(plain, dict):
        return {key: _bare(value) for key, value in plain.items() if key not in _DROPPED}
    return [_bare(one) for one in plain] if isinstance(plain, list) else plain


def _arena(law: Rulebook) -> tuple[str, str] | None:
    """Event and stage of a contest that fits: one exam by paper or one reported score."""
    persons = {code for code, track in law.tracks.items() if track.kind == "person"}
    for code, stage in law.stages.items():
        fits = stage.method == "contest" and len(stage.events) == 1 and stage.ranking is not None
        if not fits or not persons or (stage.tracks and not persons & set(stage.tracks)):
            continue
        event = law.events[stage.events[0]]
        own = law.id in OWN
        if (event.kind == "exam" and event.paper) or (own and event.kind == "reported"):
            return stage.events[0], code
    return None


def _text(code: str) -> str:
    if code not in OWN:
        return language.packaged(code)
    file = resources.files("leitai.seasons") / "data" / "local" / f"{code}.yaml"
    return file.read_text(encoding="utf-8")


def _written(tree: dict[str, Any]) -> str:
    text = writing.text_of(tree)
    language.load(text)  # raises Problems for what nobody could hold
    return text
