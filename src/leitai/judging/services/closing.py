"""After the marks: tallied and checked by two, announced, handed to the season, corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.base.words import clauses, listed
from leitai.judging import rules, selectors
from leitai.judging.enums import EventState
from leitai.judging.models import JudgedEvent, Reopening, Slot
from leitai.judging.selectors import Tally
from leitai.judging.services.common import (
    demand,
    demand_state,
    locked,
    locked_slot,
    note,
    the_reason,
)
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.selectors import officers_for
from leitai.rulebook.data import ScoreIn
from leitai.seasons import selectors as seasons
from leitai.seasons import services as season_services
from leitai.seasons.services import NewScore, OtherMark

DEED = "judging.check"  # the policy's name of a tally that another checks
SHOWN = (EventState.RUNNING, EventState.MARKED, EventState.ANNOUNCED)


@transaction.atomic
def sign_tally(*, actor: Actor, event: JudgedEvent, at: datetime) -> Tally:
    """统分: everything is in and the rules make figures of it. The first of two signatures.

    Raises judging_lacks, judging_waits, and Problems with everything that is wrong in the marks.
    """
    event = locked(event)
    demand(rules.can_tally, actor, event)
    demand_state(event, EventState.RUNNING, EventState.ANNOUNCED, EventState.CLOSED)
    tally = _demand_done(event)
    if event.state == EventState.RUNNING:
        event.state = EventState.MARKED
    event.tallied_by, event.tallied_name, event.tallied_at = actor.account, actor.name[:50], at
    event.checked_by, event.checked_name, event.checked_at = "", "", None
    event.save()
    data = {"count": len(tally.scores), "digest": tally.digest}
    note(event, actor=actor, act="judging.tallied", at=at, **data)
    return tally


@transaction.atomic
def check_tally(*, actor: Actor, event: JudgedEvent, at: datetime) -> Tally:
    """复核: another person looks through the same tally; one alone where the level lets one."""
    event = locked(event)
    if not _may_check(actor, event):
        demand(rules.can_tally, actor, event)
    demand_state(event, EventState.MARKED, EventState.ANNOUNCED, EventState.CLOSED)
    if event.tallied_at is None:
        raise DomainError("judging_untallied")
    two = officers_for(DEED, seasons.host_level(event.stage.season)) > 1
    if two and event.tallied_by == actor.account and not event.rehearsal:
        raise DomainError("judging_check_other")
    tally = _demand_done(event)
    event.checked_by, event.checked_name, event.checked_at = actor.account, actor.name[:50], at
    event.save()
    note(event, actor=actor, act="judging.checked", at=at, digest=tally.digest)
    return tally


def _may_check(actor: Actor, event: JudgedEvent) -> bool:
    """Supervisors and the chief judge may check what others tallied."""
    season = event.stage.season
    own = selectors.seat_of(actor, event)
    return rules.can_supervise(actor, season.code, seasons.host_path(season)) or (
        own is not None and own.chief
    )


def _demand_done(event: JudgedEvent) -> Tally:
    recorded = selectors.recorded_of(event)
    lacks = selectors.lacks_of(event, recorded)
    if lacks:
        raise DomainError("judging_lacks", numbers=listed(lacks), count=len(lacks))
    if Reopening.objects.filter(slot__event=event, used_at=None).exists():
        raise DomainError("judging_reopened_waits")
    tally = selectors.tally_of(event, recorded)
    if tally.problems:
        raise Problems(tally.problems)
    if tally.waits:
        raise DomainError("judging_waits", why=clauses(dict.fromkeys(tally.waits)))
    return tally


@transaction.atomic
def announce_slot(*, actor: Actor, slot: Slot, at: datetime) -> None:
    """Tell one contestant's score on stage, as soon as it hangs on nobody else's."""
    slot = locked_slot(slot)
    event = slot.event
    demand(rules.can_stage, actor, event)
    demand_state(event, *SHOWN)
    recorded = selectors.recorded_of(event, [slot])[0]
    if not selectors.alone(event):
        raise DomainError("judging_together", title=event.title)
    if selectors.lacks_of(event, [recorded]):
        raise DomainError("judging_lacks", numbers=slot.number, count=1)
    tally = selectors.tally_of(event, [recorded])
    if not tally.done:
        raise DomainError("judging_waits", why=clauses(tally.waits) or slot.number)
    slot.announced_at = at
    slot.save(update_fields=["announced_at"])
    note(event, actor=actor, act="judging.announced", at=at, count=1, entry=slot.code)


@transaction.atomic
def announce_event(*, actor: Actor, event: JudgedEvent, at: datetime) -> None:
    """Tell all scores: the tally has both signatures."""
    event = locked(event)
    demand(rules.can_stage, actor, event)
    demand_state(event, EventState.MARKED)
    _demand_signed(event)
    event.slots.filter(announced_at=None).update(announced_at=at)
    event.state, event.announced_at = EventState.ANNOUNCED, at
    event.save(update_fields=["state", "announced_at"])
    note(event, actor=actor, act="judging.announced", at=at, count=event.slots.count())


def _demand_signed(event: JudgedEvent) -> None:
    if event.tallied_at is None or event.checked_at is None:
        raise DomainError("judging_unsigned")


@transaction.atomic
def close_event(*, actor: Actor, event: JudgedEvent, at: datetime) -> int:
    """Hand the scores to the season, which computes results anew; gives how many there are."""
    event = locked(event)
    demand(rules.can_plan, actor, event)
    demand_state(event, EventState.MARKED, EventState.ANNOUNCED)
    if event.rehearsal:
        raise DomainError("judging_rehearsal")
    _demand_signed(event)
    tally = _demand_done(event)
    season_services.record_scores(
        actor=actor,
        season=event.stage.season,
        stage=event.stage.code,
        event=event.event,
        track=event.track,
        scores=[_new(event, one) for one in tally.scores],
        at=at,
    )
    event.state, event.closed_at = EventState.CLOSED, at
    event.save(update_fields=["state", "closed_at"])
    data = {"count": len(tally.scores), "digest": tally.digest}
    note(event, actor=actor, act="judging.closed", at=at, **data)
    return len(tally.scores)


def _new(event: JudgedEvent, one: ScoreIn) -> NewScore:
    source = f"judging:{event.pk}"
    return NewScore(one.entry, one.value, one.decimals, source, one.keys, one.status, one.over)


@transaction.atomic
def correct_closed(*, actor: Actor, event: JudgedEvent, reason: str, at: datetime) -> int:
    """Put what changed after the closing in the place of the scores that stand; results follow.

    The chief judge has allowed the new sheet; another officer hands it on. Raises
    judging_same, judging_two_officers.
    """
    event = locked(event)
    demand(rules.can_plan, actor, event)
    demand_state(event, EventState.CLOSED)
    why = the_reason(reason)
    _demand_signed(event)
    season = event.stage.season
    changed = list(changes_of(event, _demand_done(event)))
    if not changed:
        raise DomainError("judging_same")
    allowed = Reopening.objects.filter(slot__event=event, used_at__gte=event.closed_at)
    if set(allowed.values_list("by", flat=True)) == {actor.account}:
        raise DomainError("judging_two_officers")
    stage, name = event.stage.code, event.event
    season_services.correct_scores(
        actor=actor,
        season=season,
        marks=[OtherMark(stage, name, _new(event, one), event.track) for one in changed],
        reason=why,
        at=at,
    )
    event.closed_at = at
    event.save(update_fields=["closed_at"])
    note(event, actor=actor, act="judging.corrected", at=at, count=len(changed), reason=why)
    return len(changed)


def changes_of(event: JudgedEvent, tally: Tally) -> Iterable[ScoreIn]:
    """The scores that differ from those which stand in the season."""
    codes = [one.entry for one in tally.scores]
    entries = seasons.entries_of(event.stage, event.track, codes)
    for one in tally.scores:
        standing = seasons.score_of(entries[one.entry], event.event)
        new = _new(event, one)
        same = standing is not None and (standing.exact, standing.status, standing.keys) == (
            new.exact,
            new.status,
            dict(new.keys),
        )
        if standing is not None and not same:
            yield one
