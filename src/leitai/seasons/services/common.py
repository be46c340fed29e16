"""What every write of a season asks first."""

from __future__ import annotations

from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import Season, Stage


def open_stage(season: Season, code: str) -> Stage:
    """The stage, locked so that two writers of it follow each other; the season must be open."""
    stage = selectors.get_stage(season, code)
    Stage.objects.select_for_update().get(pk=stage.pk)
    state = stage.season.state
    if state == SeasonState.DRAFT:
        raise DomainError("season_not_open", season=season.code)
    if state == SeasonState.CLOSED:
        raise DomainError("season_closed", season=season.code)
    return stage


def demand_unclosed(season: Season, code: str = "season_closed") -> None:
    """Of a season that is over nothing more is written; asked anew, since others may close it."""
    if Season.objects.values_list("state", flat=True).get(pk=season.pk) == SeasonState.CLOSED:
        raise DomainError(code, season=season.code)


def the_track(law: Rulebook, stage: Stage, track: str | None) -> str:
    """The named track, or the only one that there is."""
    if track is None:
        if len(law.tracks) > 1:
            titles = listed(one.title for one in law.tracks.values())
            raise DomainError("track_needed", stage=stage.title, tracks=titles)
        return next(iter(law.tracks))
    if track not in law.tracks:
        raise DomainError("track_unknown", track=track)
    return track
