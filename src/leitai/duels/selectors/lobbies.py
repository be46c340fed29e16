"""Where duels begin: how many today, what was played, who invites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.paginator import Page, Paginator

from leitai.base.actor import Actor
from leitai.duels.enums import DuelState
from leitai.duels.models import Duel, Side
from leitai.duels.selectors.laws import Rules, duel_rules, played_on
from leitai.duels.selectors.tables import name_of
from leitai.kernel.errors import DomainError
from leitai.practice.selectors.grounds import get_ground
from leitai.seasons.models import Season

PAGE_SIZE: Final = 10


@dataclass(frozen=True, slots=True)
class PlayedRow:
    side: Side
    opponent: str
    recorded: bool
    their_right: int

    @property
    def state(self) -> str:
        """won, drawn, lost; or open, playing, expired as the duel stands."""
        return self.side.result or str(self.side.duel.state)


@dataclass(frozen=True, slots=True)
class Lobby:
    """`left` duels may still be played today, None for any number; `stocked`: enough questions."""

    season: Season
    rules: Rules
    left: int | None
    unfinished: Side | None
    invited: Duel | None
    page: Page[Side]
    rows: tuple[PlayedRow, ...]
    stocked: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """`by` invites to a duel; `open` while nobody has taken it up; `mine` is the inviter's side."""

    season: Season
    rules: Rules
    duel: Duel
    by: str
    open: bool
    mine: Side | None


def lobby_for(actor: Actor, season: str, *, number: str | None, at: datetime) -> Lobby:
    """The page where duels begin; raises practice_off, duel_off."""
    ground = get_ground(actor, season, at=at)
    rules = duel_rules(ground)
    day, learner = ground.day, ground.learner
    own = Side.objects.filter(learner=learner, recorded=None, duel__act=rules.name)
    own = own.select_related("duel").order_by("-joined_at")
    page = Paginator(own, PAGE_SIZE).get_page(number)
    today = [side for side in own[: PAGE_SIZE + 1] if side.duel.day == day]
    unfinished = next(
        (one for one in today if one.done_at is None and one.duel.state != DuelState.EXPIRED), None
    )
    invited = next((one.duel for one in today if one.duel.code and _waits(one)), None)
    played = played_on(learner, rules.name, day) if learner else 0
    return Lobby(
        season=ground.season,
        rules=rules,
        left=None if rules.limit is None else max(0, rules.limit - played),
        unfinished=unfinished,
        invited=invited,
        page=page,
        rows=_rows(list(page.object_list)),
        stocked=len(ground.stock) >= rules.count,
    )


def invitation_for(actor: Actor, season: str, code: str, *, at: datetime) -> Invitation:
    """What an invitation says to whoever opened it; raises duel_gone."""
    ground = get_ground(actor, season, at=at)
    held = Duel.objects.filter(season=season, code=code).first() if code else None
    if held is None:
        raise DomainError("duel_gone")
    first = held.sides.select_related("learner__person__unit").order_by("pk")[0]
    is_open = held.state == DuelState.OPEN and held.day == ground.day
    mine = first if ground.learner is not None and first.learner_id == ground.learner.pk else None
    by = name_of(first.learner)
    return Invitation(ground.season, duel_rules(ground), held, by, is_open, mine)


def _waits(side: Side) -> bool:
    return side.duel.state == DuelState.OPEN


def _rows(sides: list[Side]) -> tuple[PlayedRow, ...]:
    others = {
        other.duel_id: other
        for other in Side.objects.filter(duel__in=[side.duel_id for side in sides])
        .exclude(pk__in=[side.pk for side in sides])
        .select_related("learner__person__unit")
    }
    rows = []
    for side in sides:
        other = others.get(side.duel_id)
        rows.append(
            PlayedRow(
                side,
                name_of(other.learner) if other else "",
                other is not None and other.recorded_id is not None,
                other.right if other and side.duel.state == DuelState.OVER else 0,
            )
        )
    return tuple(rows)
