"""A season, the rules it is bound to, its calendar and its assumptions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from leitai import rulebook as language
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Assumption, Rulebook
from leitai.seasons.enums import SeasonState
from leitai.seasons.models import AssumptionConfirmation, CalendarWindow, Season, Stage
from leitai.seasons.rules import PRACTICE_EXAM
from leitai.units.enums import Level
from leitai.units.models import Delegation

PARSED_KEPT = 16


@dataclass(frozen=True, slots=True)
class AssumptionState:
    """An open question of the notice, and who confirmed the chosen answer when."""

    key: str
    assumption: Assumption
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    note: str = ""

    @property
    def confirmed(self) -> bool:
        return self.confirmed_at is not None


def get_season(code: str) -> Season:
    """The season of that code with its rulebook; raises DomainError("season_unknown")."""
    try:
        return Season.objects.select_related("rulebook", "host").get(code=code)
    except Season.DoesNotExist:
        raise DomainError("season_unknown", season=code) from None


def list_seasons() -> QuerySet[Season]:
    """Every season, the newest first, but for contests that were given up before they opened.

    What exams of practice stand on is no season to anybody.
    """
    kept = Season.objects.exclude(light__dropped_at__isnull=False).exclude(
        code__startswith=PRACTICE_EXAM
    )
    return kept.select_related("rulebook", "host").order_by("-created_at", "code")


def rulebook_of(season: Season) -> Rulebook:
    """The season's rules, parsed once a process: the text behind a hash never changes."""
    version = season.rulebook
    return parse(version.hash, version.text)


@lru_cache(maxsize=PARSED_KEPT)
def parse(_hash: str, text: str) -> Rulebook:
    return language.load(text)


def is_closed(season: Season) -> bool:
    """Whether it is over: its pages show what was done, and offer no more of it."""
    return season.state == SeasonState.CLOSED


def host_path(season: Season) -> str:
    """Where the host stands in the tree; its code alone where the tree did not know it."""
    if season.host is not None:
        return season.host.path
    host = rulebook_of(season).host
    return f"{host.unit}/" if host else ""


def find_host(code: str) -> str | None:
    """Where the host of the season of that code stands; None where there is no such season."""
    try:
        return host_path(get_season(code))
    except DomainError:
        return None


def host_level(season: Season) -> str:
    """The host's level in the tree; the highest where the tree did not know the host."""
    return season.host.level if season.host is not None else Level.PROVINCE


def get_stage(season: Season, code: str) -> Stage:
    """The stage with its season; raises DomainError("stage_unknown")."""
    try:
        return Stage.objects.select_related("season__rulebook", "season__host").get(
            season=season, code=code
        )
    except Stage.DoesNotExist:
        raise DomainError("stage_unknown", stage=code) from None


def current_windows(season: Season) -> dict[str, CalendarWindow]:
    """The window that counts for each name of the calendar: the newest record."""
    newest = CalendarWindow.objects.filter(season=season, delegation=None)
    return {window.name: window for window in newest.order_by("recorded_at", "pk")}


def own_windows(season: Season) -> dict[tuple[str, int], CalendarWindow]:
    """By name and delegation's id the dates that single delegations have of their own."""
    own = CalendarWindow.objects.filter(season=season, delegation__isnull=False)
    own = own.select_related("delegation__unit").order_by("recorded_at", "pk")
    return {(one.name, one.delegation_id): one for one in own if one.delegation_id is not None}


def window_for(
    season: Season, name: str, delegation: Delegation | None = None
) -> CalendarWindow | None:
    """The newest window of a name: everybody's, or just the delegation's own."""
    found = CalendarWindow.objects.filter(season=season, name=name, delegation=delegation)
    return found.order_by("recorded_at", "pk").last()


def window_of(
    season: Season, stage: str, delegation: Delegation | None = None
) -> CalendarWindow | None:
    """When a stage is held, as the calendar says now; for a delegation its own date, if any."""
    name = rulebook_of(season).stages[stage].window
    if not name:
        return None
    own = window_for(season, name, delegation) if delegation is not None else None
    return own or window_for(season, name)


def answer_of(assumption: Assumption) -> str:
    """Name a question with its chosen answer: a confirmation holds for this alone."""
    said = [assumption.question, assumption.chosen]
    return hashlib.sha256(canonical.encode(said)).hexdigest()


def list_assumptions(season: Season, law: Rulebook | None = None) -> list[AssumptionState]:
    """Every assumption of the rules (the season's, or those of a draft), confirmed or not."""
    confirmed = {
        (confirmation.key, confirmation.answer): confirmation
        for confirmation in AssumptionConfirmation.objects.filter(season=season)
    }
    states = []
    for key, assumption in (law or rulebook_of(season)).assumptions.items():
        by = confirmed.get((key, answer_of(assumption)))
        state = (
            AssumptionState(key, assumption, by.confirmed_by, by.at, by.note)
            if by
            else AssumptionState(key, assumption)
        )
        states.append(state)
    return states


def open_assumptions(season: Season, law: Rulebook | None = None) -> list[AssumptionState]:
    """What the committee must still confirm before the season opens (or the rules take effect)."""
    return [state for state in list_assumptions(season, law) if not state.confirmed]
