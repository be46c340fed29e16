"""A draft takes effect: as the season's next version of the rules, or as a season to come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Count, ProtectedError, Q

from leitai.base import events
from leitai.base.actor import Actor
from leitai.base.words import clauses, listed
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors
from leitai.seasons.enums import RulesDraftState, ScoreState
from leitai.seasons.events import RulesChanged
from leitai.seasons.models import Entry, RulesDraft, Score, Season, SeasonRules, Stage
from leitai.seasons.services.common import demand_unclosed
from leitai.seasons.services.drafting import lock_draft
from leitai.seasons.services.opening import create_season, demand_host, store


@transaction.atomic
def adopt_draft(
    *,
    actor: Actor,
    draft: RulesDraft,
    revision: int,
    reason: str,
    effective: str = "",
    at: datetime,
) -> SeasonRules:
    """Let the draft's rules take effect as the season's next version.

    Refused with a coded error while they have errors, while another version was adopted meanwhile,
    while a question of theirs is not confirmed (in a season that has begun), or where something
    that is in use would vanish. What was decided stays as it was decided.
    """
    Season.objects.select_for_update().get(pk=draft.season_id)
    held = lock_draft(actor, draft, revision)
    season, now = held.season, selectors.newest_rules(held.season)
    demand_unclosed(season)
    reason = reason.strip()
    if not reason:
        raise DomainError("rules_reason")
    law = _sound(held)
    if now.pk != held.base_id:
        raise DomainError("rules_moved", number=now.number, name=now.adopter)
    if law.hash == now.rulebook.hash:
        raise DomainError("rules_same", number=now.number)
    _demand_adoptable(held, law)
    _follow(season, law)
    version = SeasonRules.objects.create(
        season=season,
        number=now.number + 1,
        rulebook=store(law, at),
        adopted_at=at,
        adopted_by=actor.account,
        adopted_name=actor.name[:120],
        reason=reason,
        effective=effective.strip(),
    )
    season.rulebook = version.rulebook
    season.save(update_fields=["rulebook"])
    _close(held, at)
    events.publish(RulesChanged(season.code, version.number, law.hash))
    told = {
        "number": version.number,
        "hash": law.hash,
        "before": now.rulebook.hash,
        "reason": reason,
        "effective": version.effective,
    }
    subject = f"season:{season.code}"
    ledger.append(
        chain=season.code, actor=actor, act="rules.adopted", subject=subject, data=told, at=at
    )
    return version


@transaction.atomic
def found_season(*, actor: Actor, draft: RulesDraft, revision: int, at: datetime) -> Season:
    """Make the season to come from its draft; it is being prepared then, as every new season."""
    held = lock_draft(actor, draft, revision)
    law = _sound(held)
    season = create_season(
        actor=actor, rulebook=held.text, code=held.next_code, after=held.season, at=at
    )
    _close(held, at)
    told = {"season": season.code, "rulebook": law.id, "hash": law.hash}
    ledger.append(
        chain=held.season.code,
        actor=actor,
        act="season.followed",
        subject=f"season:{season.code}",
        data=told,
        at=at,
    )
    return season


def _sound(draft: RulesDraft) -> Rulebook:
    checked = selectors.check(draft.text)
    if checked.law is None:
        raise DomainError("rules_wrong", count=len(checked.problems))
    return checked.law


def _close(draft: RulesDraft, at: datetime) -> None:
    draft.state, draft.saved_at = RulesDraftState.ADOPTED, at
    draft.save(update_fields=["state", "saved_at"])


def _demand_adoptable(draft: RulesDraft, law: Rulebook) -> None:
    season = draft.season
    demand_host(season, law)
    asked = selectors.asked_by(draft, law)
    if asked:
        names = clauses(state.assumption.question for state in asked)
        raise DomainError("rules_questions", count=len(asked), names=names)
    kept = Q(stage__code__in=law.stages) & Q(track__in=law.tracks)
    gone = Entry.objects.filter(stage__season=season).exclude(kept)
    lost = gone.values("stage__title", "track").annotate(count=Count("pk")).order_by("stage")
    if lost:
        raise DomainError(
            "rules_entries",
            count=sum(one["count"] for one in lost),
            names=listed(dict.fromkeys(one["stage__title"] for one in lost)),
        )
    _demand_scores(season, law)


def _demand_scores(season: Season, law: Rulebook) -> None:
    """What was scored must still be an event of its stage: a score is never without a place."""
    held = Score.objects.filter(entry__stage__season=season).exclude(state=ScoreState.SUPERSEDED)
    lost = [
        stage
        for stage, event in held.values_list("entry__stage__code", "event").distinct()
        if event not in law.stages[stage].events
    ]
    if lost:
        raise DomainError(
            "rules_scores", names=listed(law.stages[one].title for one in dict.fromkeys(lost))
        )


def _follow(season: Season, law: Rulebook) -> None:
    """Bring the season's stages in step: added, retitled, reordered; unused ones go."""
    standing = {stage.code: stage for stage in Stage.objects.filter(season=season)}
    for code, stage in standing.items():
        if code not in law.stages:
            try:
                stage.delete()
            except ProtectedError:
                raise DomainError("rules_stage_used", stage=stage.title) from None
    for position, code in enumerate(law.stage_order, start=1):
        title = law.stages[code].title
        Stage.objects.update_or_create(
            season=season, code=code, defaults={"title": title, "position": position}
        )
