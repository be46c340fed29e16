"""Scores: a correction is a new row, and whoever computes results is told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import services as ledger
from leitai.rulebook.model import Event
from leitai.seasons import rules, selectors
from leitai.seasons.enums import ScoreState, ScoreStatus
from leitai.seasons.events import ScoreChanged
from leitai.seasons.models import Entry, Score, Season, Stage
from leitai.seasons.services.common import open_stage, the_track


@dataclass(frozen=True, slots=True)
class NewScore:
    """One entry's result: `value` scaled by 10**decimals, `source` as "kind:id" of its record."""

    entry: str
    value: int
    decimals: int
    source: str
    keys: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    status: str = "ok"


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
    law = selectors.rulebook_of(season)
    name = the_track(law, held, track)
    if event not in law.stages[stage].events:
        raise DomainError("event_unknown", event=event)
    problems = list(_wrong(law.events[event], event, scores))
    if problems:
        raise Problems(problems)
    entries = selectors.entries_of(held, name, [score.entry for score in scores])
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
        events.publish(ScoreChanged(season.code, stage, name, event, codes))
        ledger.append(
            chain=season.code,
            actor=actor,
            act="scores.recorded",
            subject=f"stage:{stage}",
            data=_told(held, event, changed, len(old)),
            at=at,
        )
    now = current | {score.entry_id: score for score in made}
    return [now[entries[score.entry].pk] for score in scores]


@transaction.atomic
def confirm_scores(*, actor: Actor, season: Season, stage: str, at: datetime) -> int:
    """Confirm the stage's provisional scores; returns how many there were."""
    if not rules.can_run_office(actor, season.code, selectors.host_path(season)):
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


def _wrong(law: Event, event: str, scores: Sequence[NewScore]) -> Iterator[Problem]:
    seen: set[str] = set()
    for score in scores:
        place = score.entry
        if place in seen:
            yield Problem(place, "score_repeated", {"entry": place})
        seen.add(place)
        if score.status not in ScoreStatus.values:
            yield Problem(place, "score_status", {"entry": place, "status": score.status})
        if score.decimals != law.decimals:
            decimals = {"entry": place, "expected": law.decimals, "got": score.decimals}
            yield Problem(place, "score_places", decimals)
        elif not 0 <= score.value <= law.max * 10**law.decimals:
            value = _decimal(score.value, score.decimals)
            yield Problem(
                place, "score_out_of_range", {"entry": place, "value": value, "max": law.max}
            )
        unknown = sorted(set(score.keys) - set(law.keys))
        if unknown:
            keys = {"entry": place, "event": event, "keys": listed(unknown)}
            yield Problem(place, "score_keys", keys)


def _decimal(value: int, decimals: int) -> str:
    whole, part = divmod(abs(value), 10**decimals)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part:0{decimals}d}" if decimals else f"{sign}{whole}"


def _same(new: NewScore, old: Score | None) -> bool:
    return old is not None and (old.value, old.decimals, old.keys, old.status) == (
        new.value,
        new.decimals,
        dict(new.keys),
        new.status,
    )


def _row(entry: Entry, event: str, new: NewScore, at: datetime) -> Score:
    return Score(
        entry=entry,
        event=event,
        value=new.value,
        decimals=new.decimals,
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
        for score in scores
    )
    return {
        "stage": stage.title,
        "event": event,
        "count": len(scores),
        "corrected": corrected,
        "digest": hashlib.sha256(canonical.encode(listed)).hexdigest(),
    }
