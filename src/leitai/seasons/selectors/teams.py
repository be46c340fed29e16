"""Where teams are entered, how many people they have, which there are, and whose they are."""

from __future__ import annotations

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from leitai.rulebook.model import Rulebook
from leitai.seasons.enums import EntryState
from leitai.seasons.models import Entry, Season
from leitai.seasons.selectors.eligibility import LEFT
from leitai.seasons.team_models import TeamMember
from leitai.units.models import Delegation

MOST = 100
_SETTLED = (EntryState.CONFIRMED, EntryState.DONE, EntryState.VOID)


def team_places(law: Rulebook) -> list[tuple[str, str]]:
    """Stage and track of every list of teams: nominations, and contests that nobody advances to."""
    reached = {rule.to for stage in law.stages.values() for rule in stage.advance}
    return [
        (code, track)
        for code in law.stage_order
        for track in law.stages[code].tracks or tuple(law.tracks)
        if law.tracks[track].kind == "team"
        and (law.stages[code].method == "nomination" or code not in reached)
    ]


def team_size(law: Rulebook, stage: str) -> tuple[int, int]:
    """The fewest and the most people of a team, by the roster of the stage or of what follows."""
    later = [rule.to for rule in law.stages[stage].advance if rule.to in law.stages]
    for code in (stage, *later):
        roster = law.stages[code].roster
        if roster is not None:
            least = roster.players if roster.least is None else roster.least
            return least, roster.players + roster.substitutes
    return 1, MOST


def name_in(path: str = "") -> Coalesce:
    """For queries what `Entry.name` says; `path` leads to the entry: `entry__`."""
    return Coalesce(NullIf(f"{path}team", Value("")), f"{path}person__name")


def entries_with(person: str) -> QuerySet[Entry]:
    """What somebody takes part in, by the person's code: the own entries, and teams of others.

    A team is its captain's from the day it is entered, its members' once it is confirmed: until
    then they may still change. Two short lists in one, so that neither reads a whole season.
    """
    if not person:
        return Entry.objects.none()
    own = Entry.objects.filter(person__code=person).values("pk")
    teams = TeamMember.objects.filter(person__code=person, entry__state__in=_SETTLED)
    return Entry.objects.filter(pk__in=own.union(teams.values("entry")))


def list_teams(season: Season, senders: list[Delegation]) -> QuerySet[Entry]:
    """The teams that these delegations have entered, with their people."""
    return (
        Entry.objects.filter(stage__season=season, delegation__in=senders)
        .exclude(team="")
        .exclude(state__in=LEFT)
        .select_related("stage", "person", "delegation__unit")
        .prefetch_related("members__person")
        .order_by("stage__position", "track", "delegation__position", "code")
    )
