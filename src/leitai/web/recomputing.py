"""All that a stage was decided by, for whoever computes it again with `leitai rulebook decide`.

Marks and logs lie in rooms that know nothing of each other; here they come into one archive, and
no figure is in it twice: what marks or a log come to is not written down beside them.
"""

from __future__ import annotations

from leitai.base.actor import Actor
from leitai.judging.selectors.exports import judged_of, marked_tables
from leitai.kernel.errors import DomainError
from leitai.live.selectors.exports import matches_of, stage_tables
from leitai.results.rules import can_see_previews
from leitai.rulebook.tables.packing import RULES, packed
from leitai.seasons import selectors as seasons


def archive_of(actor: Actor, season: str, stage: str) -> bytes:
    """The tables of the stage and the rules, as a ZIP; refused to who may not see results early."""
    found = seasons.get_season(season)
    if not can_see_previews(actor, season, seasons.host_path(found)):
        raise DomainError("forbidden")
    place = seasons.get_stage(found, stage)
    judged, law = judged_of(place), seasons.rulebook_of(found)
    apart = {(one.track, one.event) for one in judged}
    tables = stage_tables(place, matches_of(place), tracks=law.tracks, apart=apart)
    return packed({RULES: law.text, **tables, **(marked_tables(judged) if judged else {})})
