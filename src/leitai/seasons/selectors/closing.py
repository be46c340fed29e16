"""What is still open before a season is closed: of this room, and of those above, which say so.

A room above registers a source when the house opens, as for duties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.ledger.enums import ProposalState
from leitai.ledger.models import Proposal
from leitai.rulebook.model import Rulebook
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import Season
from leitai.seasons.selectors.pages import may_run
from leitai.seasons.selectors.seasons import current_windows, host_level, rulebook_of


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of thing, and how many of it are open. `must`: it holds the closing up."""

    key: str
    title: str
    count: int
    must: bool
    url: str = ""

    @property
    def shape(self) -> str:
        if not self.count:
            return "ok"
        return "late" if self.must else "warn"


@dataclass(frozen=True, slots=True)
class ClosingPage:
    season: Season
    law: Rulebook
    checks: tuple[Check, ...]
    may_run: bool
    level: str

    @property
    def held_up(self) -> bool:
        return any(one.count for one in self.checks if one.must)

    @property
    def left(self) -> bool:
        """Something is open that closing leaves as it is: a reason is asked for."""
        return any(one.count for one in self.checks if not one.must)

    @property
    def draft(self) -> bool:
        return self.season.state == SeasonState.DRAFT

    @property
    def closed(self) -> bool:
        return self.season.state == SeasonState.CLOSED


Source = Callable[[Season, datetime], Iterable[Check]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a room above say what is open in a season."""
    if source not in _sources:
        _sources.append(source)


def list_checks(season: Season, *, at: datetime) -> tuple[Check, ...]:
    """Everything that was looked at, what must be done first; done things count nought."""
    found = [one for source in (_own, *_sources) for one in source(season, at)]
    return tuple(sorted(found, key=lambda one: not one.must))


def closing_page(actor: Actor, season: Season, *, at: datetime) -> ClosingPage:
    return ClosingPage(
        season=season,
        law=rulebook_of(season),
        checks=list_checks(season, at=at),
        may_run=may_run(actor, season),
        level=host_level(season),
    )


def _own(season: Season, at: datetime) -> Iterator[Check]:
    waiting = Proposal.objects.filter(
        chain=season.code, state=ProposalState.OPEN, expires_at__gt=at
    ).exclude(deed="season.reopen")
    yield Check(
        "proposals", _("等待批准的两人办理事项"), waiting.count(), True, reverse("ledger:acts")
    )
    ahead = sum(window.closes_at > at for window in current_windows(season).values())
    url = reverse("seasons:calendar", args=[season.code])
    yield Check("windows", _("日程中尚未到期的事项"), ahead, False, url)
