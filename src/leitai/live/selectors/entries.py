"""Whom a match may seat: the confirmed entries of its stage and track."""

from __future__ import annotations

from leitai.live.models import Match
from leitai.seasons.enums import EntryState
from leitai.seasons.models import Entry

COMPETING = (EntryState.CONFIRMED, EntryState.DONE)


def entries_of(
    match: Match, *, stage: str | None = None, track: str | None = None
) -> dict[str, Entry]:
    """By code; those of another stage or track where an individual score belongs there."""
    rows = Entry.objects.filter(
        stage__season__code=match.season,
        stage__code=stage or match.stage,
        track=track or match.track,
        state__in=COMPETING,
    )
    found = rows.select_related("person__unit", "delegation").order_by("code")
    return {one.code: one for one in found}


def units_of(match: Match) -> dict[str, str]:
    """By seat where somebody comes from, for the hall; false names come from nowhere."""
    if match.rehearsal:
        return {}
    known = entries_of(match)
    codes = {seat: value.partition("=")[0] for seat, value in match.seats.items()}
    return {
        seat: _unit(known[code], str(match.names.get(seat, "")))
        for seat, code in codes.items()
        if code in known
    }


def _unit(entry: Entry, shown: str) -> str:
    """The delegation, and one person's own unit; nothing is said twice."""
    team, unit = entry.delegation.name, "" if entry.team else entry.person.unit.name
    found = [unit] if unit.startswith(team) else [team, *filter(None, [unit])]
    return " ".join(one for one in found if one != shown)


def name_of(entry: Entry) -> str:
    """What the hall shows unless the office writes something else."""
    return entry.name
