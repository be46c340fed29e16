"""Who may be entered: bars over recorded facts and what the tree tells; places taken and left."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.people.models import Person
from leitai.people.selectors import separation
from leitai.rulebook.data import FactIn, Refusal
from leitai.rulebook.eligibility import refusals
from leitai.rulebook.model import Quota, Rulebook
from leitai.seasons.enums import EntryState
from leitai.seasons.models import Entry, Season, Stage
from leitai.seasons.selectors.inputs import facts_of
from leitai.seasons.selectors.seasons import rulebook_of
from leitai.units.models import Delegation

LEFT: Final = (EntryState.WITHDRAWN, EntryState.REPLACED, EntryState.REFUSED)
UNIT: Final = "unit"  # the kind of fact that names somebody's unit
_PLAIN: Final = ("delegation", "stage")  # what `places_of` counts
FROM_TREE: Final = "单位信息："  # how the source of a fact begins that the tree told
_LEVELS: Final = Path(__file__).parent.parent / "data" / "unit-levels.toml"


@dataclass(frozen=True, slots=True)
class Places:
    """How many entries of a track a delegation may send (None: no bound), and has sent."""

    limit: int | None
    taken: int

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.taken)


@dataclass(frozen=True, slots=True)
class _Over:
    """A cap that would be passed, for which value, and how many stand there and would come."""

    quota: Quota
    value: str
    standing: int
    wanted: int


def places_of(season: Season, stage: Stage, track: str, sender: Delegation) -> Places:
    """By the stage's quota; one for the stage as a whole is shared by all delegations."""
    quota = rulebook_of(season).stages[stage.code].quota
    standing = Entry.objects.filter(stage=stage, track=track).exclude(state__in=LEFT)
    mine = standing.filter(delegation=sender)
    if quota is None or (quota.tracks and track not in quota.tracks):
        return Places(None, mine.count())
    if quota.per == "delegation":
        return Places(quota.counts.get(sender.unit.code, quota.count), mine.count())
    if quota.per == "stage":
        return Places(quota.count, standing.count())
    return Places(None, mine.count())


def demand_within_caps(
    stage: Stage, track: str, sender: Delegation, people: Sequence[Person]
) -> None:
    """Raises DomainError("nomination_over") where these further people would pass a cap.

    As the engine counts them. A quota for each value of a kind of fact is such a cap too; the unit
    that somebody serves in is known from the roster where no fact names another.
    """
    over = _passed(_caps_of(stage, track), _standing(stage, track), sender, people)
    if over is not None:
        raise DomainError("nomination_over", **_told(over, stage, sender), wanted=over.wanted)


def demand_replacement_within_caps(entry: Entry, person: Person) -> None:
    """Raises DomainError("replacement_over") where the person in the entry's place passes a cap.

    In this stage and each later one that it stands in: those of the stage, and of the rule of
    advancement by which the entry came, counted over all who came by the same.
    """
    for row in stands_in(entry):
        others = _standing(row.stage, row.track).exclude(pk=row.pk)
        source, caps = _came_by(row)
        over = _passed(_caps_of(row.stage, row.track), others, row.delegation, [person]) or _passed(
            caps, others.filter(reason__data__source=source), row.delegation, [person]
        )
        if over is not None:
            told = _told(over, row.stage, row.delegation)
            raise DomainError("replacement_over", name=person.name, stage=row.stage.title, **told)


def stands_in(entry: Entry) -> QuerySet[Entry]:
    """The entry in its stage and each later one that it stands in, earliest first."""
    rows = Entry.objects.filter(
        stage__season=entry.stage.season_id,
        stage__position__gte=entry.stage.position,
        track=entry.track,
        code=entry.code,
    ).exclude(state__in=LEFT)
    return rows.select_related("stage", "person", "delegation__unit").order_by("stage__position")


def _standing(stage: Stage, track: str) -> QuerySet[Entry]:
    return Entry.objects.filter(stage=stage, track=track).exclude(state__in=LEFT)


def _caps_of(stage: Stage, track: str) -> list[Quota]:
    rule = rulebook_of(stage.season).stages[stage.code]
    quotas = [*rule.caps, *([rule.quota] if rule.quota and rule.quota.per not in _PLAIN else [])]
    return [one for one in quotas if not one.tracks or track in one.tracks]


def _came_by(entry: Entry) -> tuple[str, list[Quota]]:
    """The rule of advancement that the entry's reason names, and its caps on this track."""
    source = str((entry.reason or {}).get("data", {}).get("source", ""))
    for code, stage in rulebook_of(entry.stage.season).stages.items():
        for place, rule in enumerate(stage.advance):
            if source == f"stages.{code}.advance[{place}]":
                return source, [
                    one for one in rule.cap if not one.tracks or entry.track in one.tracks
                ]
    return source, []


def _passed(
    quotas: Sequence[Quota],
    standing: QuerySet[Entry],
    sender: Delegation,
    people: Sequence[Person],
) -> _Over | None:
    """The first cap that these further people would pass."""
    if not quotas or not people:
        return None
    rows = standing.select_related("person__unit", "delegation__unit")
    held = [(one.person, one.delegation) for one in rows]
    coming = [(one, sender) for one in people]
    facts = facts_of([person.code for person, _ in (*held, *coming)])
    for quota in quotas:
        there = Counter(_value(quota, *one, facts) for one in held)
        more = Counter(_value(quota, *one, facts) for one in coming)
        for name in filter(None, more):
            if there[name] + more[name] > quota.counts.get(name, quota.count):
                return _Over(quota, name, there[name], more[name])
    return None


def _told(over: _Over, stage: Stage, sender: Delegation) -> dict[str, object]:
    quota = over.quota
    return {
        "of": {"delegation": sender.name, "stage": stage.title}.get(quota.per, over.value),
        "limit": quota.counts.get(over.value, quota.count),
        "standing": over.standing,
        "source": quota.source or gettext("竞赛规则"),
    }


def _value(
    quota: Quota, person: Person, sender: Delegation, facts: Mapping[str, Sequence[FactIn]]
) -> str:
    """Under what somebody counts; "" where nothing is known, and then nowhere."""
    if quota.per == "delegation":
        return sender.unit.code
    if quota.per == "stage":
        return "stage"
    told = next((fact.value for fact in facts[person.code] if fact.kind == quota.per), "")
    return told or (person.unit.name if quota.per == UNIT else "")


def bars_for(
    season: Season, stage: str, track: str, people: Sequence[Person], *, at: datetime
) -> dict[str, tuple[Refusal, ...]]:
    """By person's code every bar that keeps them out, with its sentence and the fact that bars."""
    law = rulebook_of(season)
    facts = facts_of([person.code for person in people])
    told = told_by_tree(law, people)
    source = gettext("回避规定")
    apart = separation.bars_for(
        [person.code for person in people], deed="enter_exam", season=season.code, at=at
    )
    found: dict[str, tuple[Refusal, ...]] = {}
    for person in people:
        known = [fact for fact in facts[person.code] if not fact.source.startswith(FROM_TREE)]
        known += [fact for fact in told[person.code] if not _recorded(fact, known)]
        bars = refusals(law, stage, known, track=track)
        if person.code in apart:
            code = apart[person.code].code
            bars += (Refusal(code, text_of(DomainError(code)), source, None),)
        if bars:
            found[person.code] = bars
    return found


def told_by_tree(law: Rulebook, people: Sequence[Person]) -> dict[str, tuple[FactIn, ...]]:
    """What the person's unit says of them: kinds of facts whose values are words for levels."""
    kinds = _level_kinds(law)
    return {
        person.code: tuple(
            FactIn(
                person=person.code,
                kind=kind,
                key="",
                value=words[person.unit.level],
                source=f"{FROM_TREE}{person.unit.name}",
            )
            for kind, words in kinds.items()
            if person.unit.level in words
        )
        for person in people
    }


def _recorded(told: FactIn, known: Sequence[FactIn]) -> bool:
    """Whether somebody recorded the same kind of fact: a record is stronger than the tree."""
    return any(fact.kind == told.kind for fact in known)


def _level_kinds(law: Rulebook) -> dict[str, dict[str, str]]:
    levels = _level_words()
    found = {}
    for kind, fact in law.facts.items():
        words = {levels[value]: value for value in fact.values if value in levels}
        if words and len(words) == len(fact.values):
            found[kind] = words
    return found


@cache
def _level_words() -> Mapping[str, str]:
    """A word for a level → the level."""
    with _LEVELS.open("rb") as file:
        table = tomllib.load(file)
    return {word: level for level, words in table.items() for word in words}
