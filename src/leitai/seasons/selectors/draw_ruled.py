"""The draws that the rulebook asks for, and what the form of one begins with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leitai.base.words import remarked
from leitai.rulebook.model import Draw as Ruled
from leitai.rulebook.model import Rulebook
from leitai.seasons.enums import AbsentRule, DrawState, EntryState
from leitai.seasons.models import Draw, Entry, Season
from leitai.seasons.selectors.seasons import rulebook_of

_ABSENT = {
    "organiser": AbsentRule.SUPERVISOR,
    "forfeit": AbsentRule.FORFEIT,
    "last": AbsentRule.LAST,
}

_DRAWN = (EntryState.CONFIRMED, EntryState.DONE)


@dataclass(frozen=True, slots=True)
class RuledDraw:
    """One draw to hold; `held` is the one of this purpose that was not aborted."""

    key: str  # the rulebook's name of it, and the track
    purpose: str
    source: str
    by_seed: bool
    count: int
    held: Draw | None


def ruled_draws(season: Season) -> list[RuledDraw]:
    """By the rulebook's order, one a track; who is drawn is counted from those who take part."""
    law = rulebook_of(season)
    held = {
        draw.purpose: draw
        for draw in Draw.objects.filter(season=season)
        .exclude(state=DrawState.ABORTED)
        .order_by("-number")
    }
    found = []
    for key, ruled, track in _held_apart(law):
        purpose = _purpose(law, ruled, track)
        count = len(_pool(season, law, ruled, track))
        found.append(
            RuledDraw(key, purpose, ruled.source, ruled.method == "seed", count, held.get(purpose))
        )
    return found


def begun_with(season: Season, key: str) -> dict[str, str]:
    """What a form starts from: purpose, list and rule for the absent; nothing for another key."""
    law = rulebook_of(season)
    for known, ruled, track in _held_apart(law):
        if known == key:
            rows = _pool(season, law, ruled, track)
            return {
                "purpose": _purpose(law, ruled, track),
                "roster": "\n".join(f"{code} {name}" for code, name in rows),
                "absent_rule": _ABSENT[ruled.absent].value,
            }
    return {}


def _held_apart(law: Rulebook) -> Iterator[tuple[str, Ruled, str]]:
    """Each draw once a track where the rules hold it so."""
    for name, ruled in law.draws.items():
        stage = law.stages[ruled.stage] if ruled.stage else None
        tracks = ruled.tracks or (stage.tracks if stage else ()) or tuple(law.tracks)
        if ruled.per != "track" or len(law.tracks) == 1:
            yield name, ruled, ""
        else:
            yield from ((f"{name}.{track}", ruled, track) for track in tracks)


def _purpose(law: Rulebook, ruled: Ruled, track: str) -> str:
    return remarked(ruled.title, law.tracks[track].title) if track else ruled.title


def _pool(season: Season, law: Rulebook, ruled: Ruled, track: str) -> list[tuple[str, str]]:
    """Those who take part, by their codes; empty where the draw is of something else."""
    if ruled.pool not in ("entries", "delegations") or not ruled.stage:
        return []
    entries = Entry.objects.filter(stage__season=season, stage__code=ruled.stage, state__in=_DRAWN)
    tracks = [track] if track else list(ruled.tracks or law.tracks)
    entries = entries.filter(track__in=tracks).select_related("person", "delegation__unit")
    if ruled.pool == "delegations":
        return sorted({(one.delegation.unit.code, one.delegation.unit.name) for one in entries})
    return [(one.code, one.name) for one in entries.order_by("code")]
