"""Who bears which cost, in the office's words."""

from __future__ import annotations

from leitai.paperwork.models import CostNote
from leitai.seasons.models import Season


def cost_note(season: Season) -> CostNote | None:
    """The newest."""
    return CostNote.objects.filter(season=season).first()
