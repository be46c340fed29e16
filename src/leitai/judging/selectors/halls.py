"""What the hall and the public see: scores that were announced, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.judging.enums import EventState
from leitai.judging.models import JudgedEvent, Slot
from leitai.judging.selectors.desks import scores_of
from leitai.judging.selectors.tallying import recorded_of, tally_of
from leitai.kernel.errors import DomainError

SHOWN = (EventState.RUNNING, EventState.MARKED, EventState.ANNOUNCED, EventState.CLOSED)


@dataclass(frozen=True, slots=True)
class Hall:
    event: JudgedEvent
    rows: tuple[tuple[Slot, str], ...]
    now: Slot | None
    latest: tuple[Slot, str] | None


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
    return Hall(found, rows, on, latest)
