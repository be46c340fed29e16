"""What a season's rules say of practice, with the dates that its calendar has now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Rulebook
from leitai.rulebook.model.practice import Practice
from leitai.rulebook.practice import CLOSES, Follower, zone
from leitai.seasons import selectors as seasons
from leitai.seasons.models import CalendarWindow, Season

ACCOUNT_FORM = 1  # raised when what `Follower` puts down, or a line's identity, changes its meaning


@dataclass(frozen=True, slots=True)
class Law:
    """The practice of one season. `mark` names these rules with these dates."""

    season: str
    rules: Rulebook
    practice: Practice
    windows: Mapping[str, datetime]
    mark: str

    @property
    def zone(self) -> timezone:
        return zone(self.practice)

    @property
    def offset(self) -> timedelta:
        return self.zone.utcoffset(None)

    @property
    def source(self) -> str:
        """What stands beside every figure of the house's own, as against an outside platform's."""
        return f"本平台{self.practice.title}（{self.season}）"[:200]

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def follower(self) -> Follower:
        return Follower(self.rules, self.windows)


def law_of(season: str | Season, *, windows: Mapping[str, CalendarWindow] | None = None) -> Law:
    """`windows`: the season's, where they have been read. Raises season_unknown, practice_off."""
    one = seasons.get_season(season) if isinstance(season, str) else season
    rules = seasons.rulebook_of(one)
    if rules.practice is None:
        raise DomainError("practice_off", season=one.code)
    windows = seasons.current_windows(one) if windows is None else windows
    moments = _moments(windows, rules.practice)
    said = [
        ACCOUNT_FORM,
        one.rulebook.hash,
        [[name, at.isoformat()] for name, at in sorted(moments.items())],
    ]
    mark = hashlib.sha256(canonical.encode(said)).hexdigest()
    return Law(one.code, rules, rules.practice, moments, mark)


def _moments(windows: Mapping[str, CalendarWindow], practice: Practice) -> dict[str, datetime]:
    """The calendar's windows that the rules of practice name: their beginnings and ends."""
    found: dict[str, datetime] = {}
    named = set(_names(practice))
    for name, window in windows.items():
        if name in named:
            found[name] = window.opens_at
            found[f"{name}{CLOSES}"] = window.closes_at
    return found


def _names(practice: Practice) -> Iterator[str]:
    for change in practice.changes:
        yield change.from_
    acts = [*practice.acts.values()]
    acts += [act for change in practice.changes for act in change.acts.values()]
    bounds = [(practice.from_, practice.to)]
    bounds += [(act.from_, act.to) for act in acts]
    bounds += [(board.from_, board.to) for board in practice.boards.values()]
    for begin, end in bounds:
        yield from (name for name in (begin, end) if name is not None)
