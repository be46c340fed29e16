"""Reads of draws and of the committee's answers to ties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from leitai.base.actor import Actor
from leitai.kernel import draw as lots
from leitai.kernel import draw_hand, draw_manifest
from leitai.kernel.draw_hand import Call
from leitai.kernel.errors import DomainError
from leitai.seasons import rules
from leitai.seasons.enums import DrawKind, DrawState
from leitai.seasons.models import Draw, Entry, Resolution, Season
from leitai.seasons.selectors.seasons import get_season, host_path

PAGE = 30


def list_draws(season: Season) -> QuerySet[Draw]:
    return Draw.objects.filter(season=season).order_by("at", "pk")


class Lot(NamedTuple):
    """The place of an entry in a draw that put the entries of a stage in an order."""

    draw: int
    purpose: str
    place: int


def lots_of(entry: Entry) -> list[Lot]:
    """An entry's places in the draws among its stage and track, as everybody may look them up."""
    here = Entry.objects.filter(stage=entry.stage_id, track=entry.track)
    known = set(here.values_list("code", flat=True))
    drawn = Draw.objects.filter(
        season=entry.stage.season_id, state=DrawState.DRAWN, outcome__contains=[entry.code]
    )
    return [
        Lot(one.number, one.purpose, one.outcome.index(entry.code) + 1)
        for one in drawn.order_by("number")
        if set(one.outcome) == set(one.pool) <= known
    ]


def page_of_draws(season: Season, number: str, *, public: bool) -> Page[Draw]:
    """Newest first; the public sees them from publication on."""
    draws = Draw.objects.filter(season=season).order_by("-number").select_related("replaces")
    if public:
        draws = draws.exclude(state=DrawState.DRAFT).exclude(
            state=DrawState.ABORTED, manifest_hash="", kind=DrawKind.COMMITTED
        )
    return Paginator(draws, PAGE).get_page(number)


def list_resolutions(season: Season) -> QuerySet[Resolution]:
    return Resolution.objects.filter(season=season).select_related("draw").order_by("at", "pk")


def list_aborted(season: Season) -> list[Draw]:
    """What a new draw may take the place of."""
    return list(Draw.objects.filter(season=season, state=DrawState.ABORTED).order_by("-number"))


def draws_answering(season: Season, pool: Sequence[str]) -> list[Draw]:
    """Draws of exactly these that were not aborted and have answered no tie yet, oldest first.

    The oldest alone may answer: whoever could choose among draws could choose the outcome.
    """
    used = Resolution.objects.filter(season=season, draw__isnull=False).values("draw_id")
    draws = (
        Draw.objects.filter(season=season)
        .exclude(state=DrawState.ABORTED)
        .exclude(pk__in=used)
        .order_by("number")
    )
    return [draw for draw in draws if sorted(draw.pool) == sorted(pool)]


def draw_holds(draw: Draw) -> bool:
    """Whether the recorded order is the one that pool and key give; by hand nothing says so."""
    if draw.kind == DrawKind.HAND:
        return bool(draw_hand.order(draw.pool, calls_of(draw), draw.absent_rule) == draw.outcome)
    return bool([one.drawn for one in steps_of(draw)] == draw.outcome)


def steps_of(draw: Draw) -> tuple[lots.Step, ...]:
    """Every lot of a finished draw that can be recomputed."""
    if draw.kind == DrawKind.HAND or draw.state != DrawState.DRAWN:
        return ()
    if draw.kind == DrawKind.SIMPLE:
        return lots.steps(draw.pool, draw.key)
    manifest = draw_manifest.read(draw.manifest or {})
    return lots.resolve(manifest.pool, draw.key, manifest.constraints, manifest.relax).steps


def calls_of(draw: Draw) -> list[Call]:
    return [
        Call(one.seq, one.member, one.number, one.absent, one.corrects, one.void)
        for one in draw.calls.order_by("seq")
    ]


def get_draw(season: Season, number: int) -> Draw:
    """The draw of that number; raises DomainError("draw_unknown")."""
    draws = Draw.objects.select_related("season__rulebook", "season__host", "replaces")
    try:
        return draws.get(season=season, number=number)
    except Draw.DoesNotExist:
        raise DomainError("draw_unknown", number=number) from None


def get_draw_for_desk(actor: Actor, code: str, number: int) -> Draw:
    """For the office, supervisors and whoever speaks for a party of this draw."""
    season = get_season(code)
    draw = get_draw_or_forbidden(actor, season, number)
    host = host_path(season)
    speaks = any(
        rules.can_speak_for(actor, one.role, one.account, code, host) for one in draw.parties.all()
    )
    if not speaks and not rules.can_see_office(actor, code, host):
        raise DomainError("forbidden")
    return draw


def get_draw_or_forbidden(actor: Actor, season: Season, number: int) -> Draw:
    """A stranger learns nothing from the numbers: what is missing is forbidden to him as well."""
    try:
        return get_draw(season, number)
    except DomainError:
        if rules.can_see_draw_desk(actor, season.code, host_path(season)):
            raise
        raise DomainError("forbidden") from None


def get_season_of_draws(actor: Actor, code: str) -> Season:
    """The season for whoever may see the steps of its draws; DomainError("forbidden") else."""
    season = get_season(code)
    if not rules.can_see_draw_desk(actor, code, host_path(season)):
        raise DomainError("forbidden")
    return season


def get_public_draw(season: Season, number: int) -> Draw:
    """From publication on; a draft, or one aborted before it, is unknown."""
    draw = get_draw(season, number)
    hidden = draw.kind == DrawKind.COMMITTED and not draw.manifest_hash
    if hidden:
        raise DomainError("draw_unknown", number=number)
    return draw


def get_season_of_desk(actor: Actor, code: str) -> Season:
    """The season for who opens draws: the office alone; DomainError("forbidden") else."""
    season = get_season(code)
    if not rules.can_run_office(actor, code, host_path(season)):
        raise DomainError("forbidden")
    return season
