"""Correct one wrong mark: proposed with a reason, approved with its whole effect in view.

A deed of two officers where the policy asks for it. With the approval the mark is corrected, and
every result that rests on it is computed anew in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.ledger.models import Proposal
from leitai.results.attachments import keep
from leitai.results.effects import MarkChange, preview_change
from leitai.results.rules import can_approve, can_decide
from leitai.results.wording import shown_mark
from leitai.seasons import selectors as seasons
from leitai.seasons import services as season_services
from leitai.seasons.models import Score, Season
from leitai.seasons.services import NewScore

CORRECT = "score.correct"


@dataclass(frozen=True, slots=True)
class Correction:
    """The mark as it should be; `value` scaled by the event's decimals."""

    stage: str
    track: str
    event: str
    entry: str
    value: int
    status: str = "ok"
    keys: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@transaction.atomic
def propose_correction(
    *,
    actor: Actor,
    season: Season,
    correction: Correction,
    reason: str,
    at: datetime,
    uploads: Sequence[str] = (),
) -> Proposal:
    """Ask for it; at once where one officer is enough (the proposal's state says which).

    Raises DomainError where the mark stands already or does not exist, Problems for a mark that
    the event does not allow.
    """
    host = seasons.host_path(season)
    if not can_decide(actor, season.code, host):
        raise DomainError("forbidden")
    season_services.demand_unclosed(season)
    standing = _standing(season, correction)
    event = seasons.rulebook_of(season).events[correction.event]
    new = _new(correction, event.decimals, "")
    wrong = season_services.wrong_scores(event, correction.event, [new])
    if wrong:
        raise Problems(wrong)
    data = {
        "season": season.code,
        "host": host,
        "stage": correction.stage,
        "track": correction.track,
        "event": correction.event,
        "entry": correction.entry,
        "value": correction.value,
        "decimals": event.decimals,
        "status": correction.status,
        "keys": dict(correction.keys),
        "before": standing.pk,
    }
    asked = ledger.propose(
        actor=actor,
        deed=CORRECT,
        chain=season.code,
        subject=_subject(correction),
        data=data,
        reason=reason,
        level=seasons.host_level(season),
        at=at,
    )
    keep(actor=actor, uploads=uploads, owner=f"correction:{asked.pk}", at=at)
    return asked


def _standing(season: Season, correction: Correction) -> Score:
    """Raises DomainError("score_correction_none") or ("score_correction_same")."""
    held = seasons.get_stage(season, correction.stage)
    entry = seasons.entries_of(held, correction.track, [correction.entry])[correction.entry]
    score = seasons.score_of(entry, correction.event)
    if score is None:
        raise DomainError("score_correction_none", entry=correction.entry)
    same = (score.value, score.status, score.keys)
    if same == (correction.value, correction.status, dict(correction.keys)):
        raise DomainError("score_correction_same", entry=correction.entry)
    return score


def _subject(correction: Correction) -> str:
    places = (correction.stage, correction.track, correction.event, correction.entry)
    return f"score:{':'.join(places)}"[:128]


def _read(data: Mapping[str, Any]) -> Correction:
    words = {name: str(data[name]) for name in ("stage", "track", "event", "entry", "status")}
    return Correction(value=int(data["value"]), keys=dict(data["keys"]), **words)


def _new(correction: Correction, decimals: int, source: str) -> NewScore:
    return NewScore(
        entry=correction.entry,
        value=correction.value,
        decimals=decimals,
        source=source,
        keys=correction.keys,
        status=correction.status,
    )


def _preview(data: Mapping[str, Any]) -> list[str]:
    """Raises DomainError("correction_moved") where the mark has been corrected since."""
    season, correction = seasons.get_season(str(data["season"])), _read(data)
    if _standing(season, correction).pk != data["before"]:
        raise DomainError("correction_moved", entry=correction.entry)
    return foresee(season=season, correction=correction)


def foresee(*, season: Season, correction: Correction) -> list[str]:
    """What the correction would do, one sentence a line; nothing is written."""
    standing = _standing(season, correction)
    law = seasons.rulebook_of(season)
    change = MarkChange(
        track=correction.track,
        event=correction.event,
        entry=correction.entry,
        value=correction.value,
        decimals=law.events[correction.event].decimals,
        status=correction.status,  # type: ignore[arg-type]  # checked when it was proposed
        keys=correction.keys,
    )
    told = {
        "name": standing.entry.name,
        "delegation": standing.entry.delegation.name,
        "stage": law.stages[correction.stage].title,
        "event": law.events[correction.event].title,
        "old": shown_mark(standing.value, standing.decimals, standing.status, standing.over),
        "new": shown_mark(correction.value, change.decimals, correction.status),
    }
    words = _("%(name)s（%(delegation)s）%(stage)s%(event)s由%(old)s更正为%(new)s。") % told
    effect = preview_change(season=season, stage=correction.stage, changes=[change])
    return [words, *effect.lines()]


@transaction.atomic
def _carry_out(*, actor: Actor, data: Mapping[str, Any], at: datetime, proposal: Proposal) -> None:
    correction = _read(data)
    season_services.correct_score(
        actor=actor,
        season=seasons.get_season(str(data["season"])),
        stage=correction.stage,
        event=correction.event,
        track=correction.track,
        score=_new(correction, int(data["decimals"]), f"correction:{proposal.pk}"),
        reason=proposal.reason,
        at=at,
    )


DEED = Deed(
    code=CORRECT,
    title=gettext_lazy("更正成绩"),
    can_propose=lambda actor, chain, data: can_decide(actor, chain, str(data["host"])),
    can_approve=lambda actor, chain, data: can_approve(actor, chain, str(data["host"])),
    preview=_preview,
    carry_out=_carry_out,
)
