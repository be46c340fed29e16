"""Scores: a correction is a new row, and whoever computes results is told.

A correction comes from a deed of two officers or a ruling, which knows its effect beforehand;
`record_reported` brings in a list that was signed elsewhere and checked by a second person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext

from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.rulebook import numbers
from leitai.rulebook.keys import event_keys
from leitai.rulebook.model import Event
from leitai.seasons import rules, selectors
from leitai.seasons.enums import ScoreState, ScoreStatus
from leitai.seasons.events import ScoreChanged
from leitai.seasons.models import Entry, Score, Season, Stage
from leitai.seasons.services.common import open_stage, the_track
from leitai.units.rules import is_house


@dataclass(frozen=True, slots=True)
class NewScore:
    """One entry's result: `value` scaled by 10**decimals, `source` as "kind:id" of its record.

    A figure that no decimal can write is `value / over` with no decimals.
    """

    entry: str
    value: int
    decimals: int
    source: str
    keys: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    status: str = "ok"
    over: int = 1

    @property
    def exact(self) -> Fraction:
        return Fraction(self.value, self.over * 10**self.decimals)


@dataclass(frozen=True, slots=True)
class OtherMark:
    """Another mark in the place of the one that stands in an event of a stage."""

    stage: str
    event: str
    score: NewScore
    track: str | None = None


def record_score(
    *,
    actor: Actor,
    season: Season,
    stage: str,
    event: str,
    score: NewScore,
    at: datetime,
    track: str | None = None,
) -> Score:
    """Record one score; see `record_scores`."""
    return record_scores(
        actor=actor, season=season, stage=stage, event=event, scores=[score], at=at, track=track
    )[0]


@transaction.atomic
def record_scores(
    *,
    actor: Actor,
    season: Season,
    stage: str,
    event: str,
    scores: Sequence[NewScore],
    at: datetime,
    track: str | None = None,
) -> list[Score]:
    """Record a batch of one event, all or none, and announce what changed.

    A score that differs from the standing one supersedes it; the same score again changes
    nothing. Raises Problems with every score that the rulebook's event does not allow.
    """
    if not rules.can_record_scores(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    held = open_stage(season, stage)
    name = the_track(selectors.rulebook_of(season), held, track)
    return _record(actor, held, name, event, scores, at=at)


@transaction.atomic
def record_reported(
    *,
    actor: Actor,
    season: Season,
    stage: str,
    event: str,
    scores: Sequence[NewScore],
    at: datetime,
    track: str | None = None,
) -> list[Score]:
    """Record the marks of a signed list, by whoever approved it as the second officer.

    Whoever calls it has asked both officers; a mark that stands is corrected by it.
    """
    _demand_officer(actor, season)
    held = open_stage(season, stage)
    name = the_track(selectors.rulebook_of(season), held, track)
    return _record(actor, held, name, event, scores, at=at, corrected=True)


def correct_score(
    *,
    actor: Actor,
    season: Season,
    stage: str,
    event: str,
    score: NewScore,
    reason: str,
    at: datetime,
    track: str | None = None,
) -> Score:
    """Correct one mark; see `correct_scores`."""
    wanted = OtherMark(stage, event, score, track)
    made = correct_scores(actor=actor, season=season, marks=[wanted], reason=reason, at=at)
    return made[0]


@transaction.atomic
def correct_scores(
    *,
    actor: Actor,
    season: Season,
    marks: Sequence[OtherMark],
    reason: str,
    at: datetime,
) -> list[Score]:
    """Put other marks in the place of those that stand, as a ruling or two officers decided.

    All or none. The old marks stay on record. Results are computed anew within the same
    transaction, once, when every mark is in its place. Raises DomainError where there is no mark
    to correct, or it is the same, and Problems as `record_scores` does.
    """
    _demand_officer(actor, season)
    if not reason.strip():
        raise DomainError("score_correction_reason")
    law = selectors.rulebook_of(season)
    groups: dict[tuple[Stage, str, str], list[NewScore]] = {}
    for one in marks:
        held = open_stage(season, one.stage)
        name = the_track(law, held, one.track)
        _demand_other(held, name, one)
        groups.setdefault((held, name, one.event), []).append(one.score)
    # The earliest stage comes last: its announcement has everything computed anew from there on.
    ordered = sorted(groups.items(), key=lambda group: -group[0][0].position)
    made: list[Score] = []
    for place, ((held, name, event), scores) in enumerate(ordered, start=1):
        last = place == len(ordered)
        made += _record(actor, held, name, event, scores, at=at, corrected=last)
    for (held, name, event), scores in ordered:
        for score in scores:
            _record_correction(actor, held, name, event, score, reason=reason.strip(), at=at)
    return made


def _demand_other(held: Stage, track: str, wanted: OtherMark) -> None:
    """Raises DomainError where no mark stands, or the same."""
    score = wanted.score
    entry = selectors.entries_of(held, track, [score.entry])[score.entry]
    old = selectors.score_of(entry, wanted.event)
    if old is None:
        raise DomainError("score_correction_none", entry=score.entry)
    if _same(score, old):
        raise DomainError("score_correction_same", entry=score.entry)


def _record_correction(
    actor: Actor,
    held: Stage,
    track: str,
    event: str,
    score: NewScore,
    *,
    reason: str,
    at: datetime,
) -> None:
    ledger.append(
        chain=held.season.code,
        actor=actor,
        act="score.corrected",
        subject=f"score:{held.code}:{track}:{event}:{score.entry}"[:128],
        data={
            "stage": held.title,
            "event": event,
            "entry": score.entry,
            "reason": reason,
            "source": score.source,
        },
        at=at,
    )


def _record(
    actor: Actor,
    held: Stage,
    track: str,
    event: str,
    scores: Sequence[NewScore],
    *,
    at: datetime,
    corrected: bool = False,
) -> list[Score]:
    season, law = held.season, selectors.rulebook_of(held.season)
    if event not in law.stages[held.code].events:
        raise DomainError("event_unknown", event=event)
    problems = list(_wrong(law.events[event], event, scores))
    if problems:
        raise Problems(problems)
    entries = selectors.entries_of(held, track, [score.entry for score in scores])
    current = {
        score.entry_id: score
        for score in Score.objects.filter(entry__in=entries.values(), event=event).exclude(
            state=ScoreState.SUPERSEDED
        )
    }
    changed = [score for score in scores if not _same(score, current.get(entries[score.entry].pk))]
    old = [current[pk] for score in changed if (pk := entries[score.entry].pk) in current]
    Score.objects.filter(pk__in=[score.pk for score in old]).update(state=ScoreState.SUPERSEDED)
    made = Score.objects.bulk_create(_row(entries[one.entry], event, one, at) for one in changed)
    if changed:
        codes = tuple(sorted(score.entry for score in changed))
        events.publish(ScoreChanged(season.code, held.code, track, event, codes, corrected))
        ledger.append(
            chain=season.code,
            actor=actor,
            act="scores.recorded",
            subject=f"stage:{held.code}",
            data=_told(held, event, changed, len(old)),
            at=at,
        )
    now = current | {score.entry_id: score for score in made}
    return [now[entries[score.entry].pk] for score in scores]


def _demand_officer(actor: Actor, season: Season) -> None:
    """The committee's office, its lead or a supervisor: who may be the second of two officers."""
    host = selectors.host_path(season)
    if not is_house(actor) and not rules.can_see_office(actor, season.code, host):
        raise DomainError("forbidden")


@transaction.atomic
def confirm_scores(*, actor: Actor, season: Season, stage: str, at: datetime) -> int:
    """Confirm the stage's provisional scores; returns how many there were."""
    if not rules.can_record_scores(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    held = open_stage(season, stage)
    count = Score.objects.filter(entry__stage=held, state=ScoreState.PROVISIONAL).update(
        state=ScoreState.CONFIRMED
    )
    if count:
        ledger.append(
            chain=season.code,
            actor=actor,
            act="scores.confirmed",
            subject=f"stage:{stage}",
            data={"stage": held.title, "count": count},
            at=at,
        )
    return count


def wrong_scores(law: Event, event: str, scores: Sequence[NewScore]) -> list[Problem]:
    """Everything that the rulebook's event does not allow, each under its entry's code."""
    return list(_wrong(law, event, scores))


def _wrong(law: Event, event: str, scores: Sequence[NewScore]) -> Iterator[Problem]:
    seen: set[str] = set()
    for score in scores:
        place = score.entry
        if place in seen:
            yield Problem(place, "score_repeated", {"entry": place})
        seen.add(place)
        if score.status not in ScoreStatus.values:
            yield Problem(place, "score_status", {"entry": place, "status": score.status})
        if score.decimals != (law.decimals if score.over == 1 else 0):
            decimals = {"entry": place, "expected": law.decimals, "got": score.decimals}
            yield Problem(place, "score_places", decimals)
        elif not _allowed(law, score.exact):
            value = numbers.show(score.exact, law.decimals)
            bounds = {"min": numbers.show(law.min), "max": _most(law)}
            yield Problem(place, "score_out_of_range", {"entry": place, "value": value, **bounds})
        unknown = sorted(set(score.keys) - set(event_keys(law)))
        if unknown:
            keys = {"entry": place, "event": event, "keys": listed(unknown)}
            yield Problem(place, "score_keys", keys)


def _allowed(law: Event, value: Fraction) -> bool:
    return law.min <= value and (law.max is None or value <= law.max)


def _most(law: Event) -> str:
    return gettext("不限") if law.max is None else numbers.show(law.max)


def _same(new: NewScore, old: Score | None) -> bool:
    return old is not None and (old.exact, old.keys, old.status) == (
        new.exact,
        dict(new.keys),
        new.status,
    )


def _row(entry: Entry, event: str, new: NewScore, at: datetime) -> Score:
    return Score(
        entry=entry,
        event=event,
        value=new.value,
        decimals=new.decimals,
        over=new.over,
        keys=dict(new.keys),
        status=new.status,
        source=new.source,
        recorded_at=at,
    )


def _told(
    stage: Stage, event: str, scores: Sequence[NewScore], corrected: int
) -> dict[str, object]:
    """The chain holds the batch's digest, not its marks: nobody reads results in the ledger."""
    listed = sorted(
        [score.entry, score.value, score.decimals, score.status, dict(score.keys)]
        + ([score.over] if score.over > 1 else [])  # as it always was where decimals suffice
        for score in scores
    )
    return {
        "stage": stage.title,
        "event": event,
        "count": len(scores),
        "corrected": corrected,
        "digest": hashlib.sha256(canonical.encode(listed)).hexdigest(),
    }
