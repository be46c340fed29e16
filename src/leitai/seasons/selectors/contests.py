"""Contests that people hold for their own unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel.errors import DomainError
from leitai.people.enums import Role
from leitai.people.models import Person
from leitai.seasons import rules
from leitai.seasons.models import LightContest, Season
from leitai.seasons.selectors.eligibility import bars_for
from leitai.seasons.selectors.seasons import rulebook_of
from leitai.units.models import Unit


def get_contest(code: str) -> LightContest:
    """The contest of that season's code; raises DomainError("season_unknown")."""
    found = LightContest.objects.filter(season__code=code)
    contest = found.select_related(
        "season__rulebook", "season__host", "above__stage__season__rulebook"
    ).first()
    if contest is None:
        raise DomainError("season_unknown", season=code)
    return contest


def barred_above(
    contest: LightContest, people: Sequence[Person], *, at: datetime
) -> dict[str, str]:
    """By person's code why the season above would not take them, where this chooses for it.

    By a fact that stands against them: what the season asks for beyond that may still come.
    """
    plan = contest.above
    if plan is None:
        return {}
    season, stage = plan.stage.season, plan.stage.code
    law = rulebook_of(season)
    tracks = law.stages[stage].tracks or tuple(law.tracks)
    found = [_barred(season, stage, track, people, at) for track in tracks]
    return {code: found[0][code] for code in found[0] if all(code in one for one in found)}


def _barred(
    season: Season, stage: str, track: str, people: Sequence[Person], at: datetime
) -> dict[str, str]:
    bars = bars_for(season, stage, track, people, at=at)
    told = {
        code: [bar.source or bar.title for bar in refusals if bar.fact is not None]
        for code, refusals in bars.items()
    }
    return {code: listed(words) for code, words in told.items() if words}


def window_follows(season: Season) -> bool:
    """Whether one person holds it as a contest: its one window is where its exam is."""
    return LightContest.objects.filter(season=season).exists()


def get_contest_for(actor: Actor, code: str) -> LightContest:
    """For its office alone."""
    contest = get_contest(code)
    host = contest.season.host
    if not rules.can_run_office(actor, code, host.path if host else ""):
        raise DomainError("forbidden")
    return contest


def list_contests_for(actor: Actor) -> QuerySet[LightContest]:
    """Those that somebody is the office of, the newest first."""
    codes = [one.season for one in actor.appointments if one.role == Role.OFFICE]
    found = LightContest.objects.filter(season__code__in=codes, dropped_at=None)
    return found.select_related("season__rulebook", "season__host").order_by("-season__created_at")


def units_to_found(actor: Actor) -> list[Unit]:
    """The units that somebody may hold a contest of: those of the own appointments."""
    paths = {one.unit_path for one in actor.appointments if one.role in rules.FOUNDERS}
    return list(Unit.objects.filter(path__in=paths, closed_on=None).order_by("path"))
