"""A team as a unit or the office keys it: a name, and a line for each of its people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leitai.base.actor import Actor
from leitai.registration.services.listing import people_of
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, Season
from leitai.seasons.services import NewTeam
from leitai.units import selectors as units


@dataclass(frozen=True, slots=True)
class TeamLines:
    """The first line is the captain; a line has a code, or a name and perhaps the unit."""

    stage: str
    track: str
    delegation: str
    name: str
    lines: tuple[str, ...]


def save_team(
    *, actor: Actor, season: Season, team: TeamLines, at: datetime, entry: Entry | None = None
) -> Entry:
    """A new team, or `entry` with what is keyed now."""
    seasons.demand_unclosed(season)
    sender = units.get_delegation(season.code, team.delegation)
    people = tuple(one.code for one in people_of(season, sender, team.lines))
    new = NewTeam(team.stage, team.track, team.delegation, team.name.strip(), people)
    if entry is None:
        return seasons.enter_team(actor=actor, season=season, team=new, at=at)
    return seasons.change_team(actor=actor, season=season, entry=entry, team=new, at=at)
