"""The list of those who are put forward, as it may be published: names and units, no number."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.registration.enums import Kind, Route, State
from leitai.registration.models import Registration
from leitai.seasons import selectors
from leitai.seasons.models import Season


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One row of a public notice."""

    entry: str
    name: str
    unit: str
    delegation: str
    track: str
    route: str


def list_public(season: Season, stage: str, delegation: str = "") -> list[ListedEntry]:
    """Everybody of a stage whose registration passed, by delegation and number."""
    law = selectors.rulebook_of(season)
    rows = Registration.objects.filter(
        season=season,
        stage__code=stage,
        kind=Kind.CONTESTANT,
        state=State.PASSED,
        entry__isnull=False,
    ).select_related("person__unit", "delegation__unit", "entry")
    if delegation:
        rows = rows.filter(delegation__unit__code=delegation)
    return [
        ListedEntry(
            entry=one.entry.code if one.entry else "",
            name=one.person.name,
            unit=one.person.unit.name,
            delegation=one.delegation.name,
            track=law.tracks[one.track].title if one.track in law.tracks else "",
            route=str(Route(one.route).label),
        )
        for one in rows.order_by("delegation__position", "track", "entry__code")
    ]
