"""What the hall and the public see: scores that were announced, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.judging.enums import EventState
from leitai.judging.models import JudgedEvent, Slot
from leitai.judging.selectors.desks import scores_of
from leitai.judging.selectors.laws import law_of
from leitai.judging.selectors.tallying import recorded_of, tally_of
from leitai.kernel.errors import DomainError
from leitai.rulebook.procedure import names_open

SHOWN = (EventState.RUNNING, EventState.MARKED, EventState.ANNOUNCED, EventState.CLOSED)


@dataclass(frozen=True, slots=True)
class Hall:
    """`named`: whose name may stand beside the number; where judges see numbers alone, not yet."""

    event: JudgedEvent
    rows: tuple[tuple[Slot, str], ...]
    now: Slot | None
    latest: tuple[Slot, str] | None
    named: frozenset[int] = frozenset()


def hall_of(season: str, event: int) -> Hall:
    """A rehearsal has no public page; raises not_found."""
    found = (
        JudgedEvent.objects.select_related("stage__season__rulebook", "law")
        .filter(pk=event, stage__season__code=season, rehearsal=False, state__in=SHOWN)
        .first()
    )
    if found is None:
        raise DomainError("not_found")
    recorded = recorded_of(found)
    told = [one for one in recorded if one.slot.announced_at is not None and one.complete]
    scores = scores_of(found, tally_of(found, told))
    rows = tuple((one.slot, scores.get(one.slot.code, "")) for one in told)
    on = next((one.slot for one in recorded if one.slot.state == "on-stage"), None)
    latest = max(
        rows, key=lambda row: (row[0].announced_at or found.starts_at, row[0].order), default=None
    )
    shown = [slot for slot, _score in rows] + ([on] if on is not None else [])
    return Hall(found, rows, on, latest, frozenset(one.pk for one in shown if _named(found, one)))


def _named(event: JudgedEvent, slot: Slot) -> bool:
    """By the layers of the rulebook's numbers; without any, once all marks have been checked."""
    if not event.anonymous:
        return True
    told = event.state in (EventState.ANNOUNCED, EventState.CLOSED)
    unlock = names_open(law_of(event), stage=event.stage.code, event=event.event, track=event.track)
    return {
        "score-announced": slot.announced_at is not None,
        "marks-entered": told or event.state == EventState.MARKED,
        "marks-checked": told or event.checked_at is not None,
    }.get(unlock or "marks-checked", False)
