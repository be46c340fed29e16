"""What somebody sees of the own registrations and teams: as what, how far, what the form says."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.registration import rules
from leitai.registration.enums import ChangeState, Step
from leitai.registration.models import Change, Registration, RegistrationStep
from leitai.registration.selectors import shape
from leitai.rulebook.model import Form
from leitai.seasons import filling
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Entry
from leitai.seasons.selectors import Lot

_INNER = (Step.OPENED, Step.DROPPED, Step.UNSEALED)  # who looked at papers is the unit's to know


@dataclass(frozen=True, slots=True)
class OwnPage:
    registration: Registration
    form: Form | None
    track: str
    lines: list[filling.Line]
    steps: list[RegistrationStep]
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class OwnTeam:
    """A team that the reader is in; `lots` are the draws of the season that put it in a place."""

    entry: Entry
    track: str
    lots: tuple[Lot, ...]


def list_own_teams(actor: Actor) -> list[OwnTeam]:
    """Its captain's from the first day, its members' once it is confirmed; the newest first."""
    rows = (
        seasons.entries_with(actor.person)
        .exclude(team="")
        .select_related("stage__season__rulebook", "delegation", "person")
        .prefetch_related("members__person")
        .order_by("-stage__season", "-stage__position", "track", "code")
    )
    return [_team(one) for one in rows]


def _team(entry: Entry) -> OwnTeam:
    law = seasons.rulebook_of(entry.stage.season)
    track = law.tracks[entry.track].title if entry.track in law.tracks else ""
    return OwnTeam(entry, track, tuple(seasons.lots_of(entry)))


def list_own(actor: Actor) -> list[Registration]:
    """Every registration of the reader that was not dropped as a draft, newest first."""
    if not actor.person:
        return []
    rows = Registration.objects.filter(person__code=actor.person).exclude(steps__step=Step.DROPPED)
    return list(
        rows.select_related("season__rulebook", "stage", "delegation", "entry").order_by("-pk")
    )


def own_page(actor: Actor, number: int) -> OwnPage:
    """Numbers are masked: one's own are no exception on a screen in a hall."""
    found = (
        Registration.objects.filter(pk=number)
        .select_related("season__host", "stage", "delegation", "person__unit", "entry")
        .first()
    )
    if found is None or not rules.can_see_own(actor, found):
        raise DomainError("forbidden")
    form = shape.form_of(found)
    about = found.entry or found
    return OwnPage(
        registration=found,
        form=form,
        track=shape.track_title(found),
        lines=filling.lines(form, shape.answers_of(found)) if form else [],
        steps=list(found.steps.exclude(step__in=_INNER)),
        changes=[one for one in about.change_requests.all() if one.state != ChangeState.DECLINED],
    )
