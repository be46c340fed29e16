"""From when on a list is locked, and who may still change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leitai.seasons import selectors
from leitai.seasons.models import Season, Stage


@dataclass(frozen=True, slots=True)
class Freeze:
    """`by` is who approves changes, in the notice's words; "" where it says nothing."""

    since: datetime
    by: str


def freeze_of(season: Season, stage: Stage) -> Freeze | None:
    """By the roster's own window, or else by the end of the nomination; None without a date."""
    law = selectors.rulebook_of(season)
    rule = law.stages[stage.code]
    following = [law.stages[one.to] for one in rule.advance if one.to in law.stages]
    roster = next((one.roster for one in (rule, *following) if one.roster), None)
    windows = selectors.current_windows(season)
    window = windows.get((roster.freeze if roster else None) or "")
    if window is None and rule.method == "nomination":
        window = windows.get(rule.window or "")
    if window is None:
        return None
    return Freeze(window.closes_at, roster.changes_by if roster else "")


def frozen(season: Season, stage: Stage, at: datetime) -> Freeze | None:
    """The freeze, once it has come."""
    found = freeze_of(season, stage)
    return found if found is not None and found.since <= at else None
