"""Places that a result gave and somebody gave up: who is gone, and who is next."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.results import evidence as evidences
from leitai.results.effects import Effect, preview_renewal
from leitai.results.enums import HELD
from leitai.results.models import Advancement, StageResult
from leitai.results.rules import can_decide, can_see_previews
from leitai.results.wording import text_of
from leitai.rulebook.data import ReserveRow
from leitai.seasons import selectors as seasons
from leitai.seasons.enums import EntryState
from leitai.seasons.models import Entry, Season

GIVEN_UP = (EntryState.WITHDRAWN, EntryState.REFUSED)


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Somebody who came into `to_stage` by this result and does not stand in it any more."""

    entry: str
    name: str
    delegation: str
    to_stage: str
    to_title: str
    state: str


@dataclass(frozen=True, slots=True)
class Reserve:
    """Who is next, in order, where the rules keep a list of reserves."""

    order: int
    name: str
    delegation: str
    reason: str


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A stage whose result gave places that were given up; `refusal` says why nothing helps."""

    result: StageResult
    gone: tuple[GivenUp, ...]
    effect: Effect | None
    reserves: tuple[Reserve, ...]
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class MovingPage:
    season: Season
    vacancies: tuple[Vacancy, ...]
    may_propose: bool


def places_given_up(result: StageResult) -> list[GivenUp]:
    """Of one result. Who was replaced by another of the delegation left no place open, unless
    that other gave it up.
    """
    rows = list(
        Advancement.objects.filter(result=result)
        .select_related("entry__person", "entry__delegation")
        .order_by("pk")
    )
    gone = {
        (entry.stage.code, entry.track, entry.code): entry
        for entry in Entry.objects.filter(
            stage__season=result.stage.season,
            stage__code__in={row.to_stage for row in rows},
            state__in=GIVEN_UP,
        ).select_related("stage", "person")
    }
    replaced = _replacements(result, {row.to_stage for row in rows})
    found = []
    for row in rows:
        code = row.entry.code
        while (row.to_stage, row.track, code) in replaced:
            code = replaced[row.to_stage, row.track, code]
        entry = gone.get((row.to_stage, row.track, code))
        if entry is not None:
            found.append(
                GivenUp(
                    entry=entry.code,
                    name=entry.name,
                    delegation=row.entry.delegation.name,
                    to_stage=row.to_stage,
                    to_title=entry.stage.title,
                    state=str(entry.get_state_display()),
                )
            )
    return found


def _replacements(result: StageResult, stages: set[str]) -> dict[tuple[str, str, str], str]:
    """Stage, track and code of an entry → the code of who was put in its place."""
    rows = Entry.objects.filter(
        stage__season=result.stage.season, stage__code__in=stages, replaced_by__isnull=False
    )
    return {
        (stage, track, code): by
        for stage, track, code, by in rows.values_list(
            "stage__code", "track", "code", "replaced_by__code"
        )
    }


def held_results(season: Season) -> list[StageResult]:
    """What holds of each stage, in their order."""
    held = (
        StageResult.objects.filter(stage__season=season, state__in=HELD)
        .select_related("stage__season__rulebook", "stage__season__host", "rulebook")
        .order_by("stage__position", "-version")
    )
    newest: dict[int, StageResult] = {}
    for result in held:
        newest.setdefault(result.stage_id, result)
    return list(newest.values())


def moving_page(viewer: Actor, code: str) -> MovingPage:
    """Every stage of a season with places given up; raises DomainError("forbidden")."""
    season = seasons.get_season(code)
    host = seasons.host_path(season)
    if not can_see_previews(viewer, code, host):
        raise DomainError("forbidden")
    found = [(result, places_given_up(result)) for result in held_results(season)]
    return MovingPage(
        season=season,
        vacancies=tuple(_vacancy(result, gone) for result, gone in found if gone),
        may_propose=can_decide(viewer, code, host),
    )


def _vacancy(result: StageResult, gone: list[GivenUp]) -> Vacancy:
    try:
        effect = preview_renewal(result)
    except DomainError as error:
        return Vacancy(result, tuple(gone), None, (), refusal=error.code)
    return Vacancy(result, tuple(gone), effect, tuple(_reserves(result)))


def _reserves(result: StageResult) -> list[Reserve]:
    outcome = evidences.decide(evidences.gather(result.stage.season, result.stage.code))
    rows = [row for row in outcome.reserves if row.stage == result.stage.code]
    entries = {
        entry.code: entry
        for entry in Entry.objects.filter(
            stage=result.stage_id, code__in=[row.entry for row in rows]
        ).select_related("person", "delegation")
    }
    return [_reserve(row, entries[row.entry]) for row in rows if row.entry in entries]


def _reserve(row: ReserveRow, entry: Entry) -> Reserve:
    reason = text_of(row.reason.plain())
    return Reserve(row.order, entry.name, entry.delegation.name, reason)
