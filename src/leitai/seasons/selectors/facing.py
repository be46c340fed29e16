"""A season as rooms below know it: its title and where its host stands."""

from __future__ import annotations

from leitai.messages.services import SeasonFace
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import Season
from leitai.seasons.selectors.seasons import host_path, rulebook_of


def face_of(code: str) -> SeasonFace | None:
    """None for a season that the public does not know: an unknown one, or one in preparation."""
    found = Season.objects.select_related("rulebook", "host").filter(code=code)
    season = found.exclude(state=SeasonState.DRAFT).first()
    if season is None:
        return None
    law = rulebook_of(season)
    return SeasonFace(code=code, title=law.short_title or law.title, host=host_path(season))
