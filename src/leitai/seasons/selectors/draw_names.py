"""Who stands behind the numbers of a draw: what its page shows beside each."""

from __future__ import annotations

from typing import NamedTuple

from leitai.seasons.models import Draw, Entry
from leitai.units import selectors as units


class Face(NamedTuple):
    name: str
    unit: str


def faces_of(draw: Draw) -> dict[str, Face]:
    """By number: the name that the draw's own list gives, else the entry's or the delegation's.

    A draw of public numbers keeps its numbers alone, so that anybody recomputes it; a tie's numbers
    are entries or delegations of the season, and a reader should not have to look them up.
    """
    found = {
        delegation.unit.code: Face(delegation.name, "")
        for delegation in units.list_delegations(draw.season.code)
        if delegation.unit.code in draw.pool
    }
    entries = Entry.objects.filter(stage__season=draw.season_id, code__in=draw.pool)
    rows = entries.values_list("code", "team", "person__name", "person__unit__name")
    found |= {
        code: Face(team or name or code, unit or "")
        for code, team, name, unit in rows.order_by("pk")
    }
    given = {
        code: Face(name, found[code].unit if code in found else "") for code, name in draw.roster
    }
    return found | given
