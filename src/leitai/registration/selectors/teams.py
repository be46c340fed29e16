"""The page of teams: where they are entered, by whom, and which there are."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.registration.selectors.lists import delegations_for, senders_for
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors
from leitai.seasons.enums import EntryState
from leitai.seasons.models import Entry, Season

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """`senders` are those for whom the reader may enter a team; `size` in words of numbers."""

    teams: tuple[Entry, ...]
    places: tuple[Choice, ...]
    senders: tuple[Choice, ...]
    sizes: tuple[tuple[str, int, int], ...]
    titles: dict[str, str]
    waiting: tuple[tuple[str, str, int], ...]  # stage's code and title, how many wait


def teams_page(actor: Actor, season: Season) -> TeamsPage:
    """For the office, whoever watches it, and managers of a delegation; raises forbidden."""
    law = selectors.rulebook_of(season)
    places = selectors.team_places(law)
    teams = tuple(selectors.list_teams(season, senders_for(actor, season)))
    stages = dict.fromkeys(stage for stage, _track in places)
    counts = {
        code: sum(one.stage.code == code and one.state == EntryState.NOMINATED for one in teams)
        for code in stages
    }
    return TeamsPage(
        teams,
        tuple((f"{stage}|{track}", _place(law, stage, track)) for stage, track in places),
        tuple((one.unit.code, one.name) for one in delegations_for(actor, season)),
        tuple((law.stages[code].title, *selectors.team_size(law, code)) for code in stages),
        {code: track.title for code, track in law.tracks.items()},
        tuple((code, law.stages[code].title, count) for code, count in counts.items() if count),
    )


def get_team_for(actor: Actor, season: Season, number: int) -> Entry:
    """A team that the reader may change; raises not_found."""
    mine = delegations_for(actor, season)
    found = selectors.list_teams(season, mine).filter(pk=number).first()
    if found is None:
        raise DomainError("not_found")
    return found


def _place(law: Rulebook, stage: str, track: str) -> str:
    return f"{law.stages[stage].title} {law.tracks[track].title}"
