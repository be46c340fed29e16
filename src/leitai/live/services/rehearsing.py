"""彩排: the same match with false names and empty questions, which leaves no trace."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.live.enums import MatchState
from leitai.live.models import Line, Match, Question, Refusal
from leitai.live.selectors import keys
from leitai.live.selectors.frozen import live_of
from leitai.live.services.common import demand_planner, demand_state, locked, wake
from leitai.live.services.readying import freeze

_FAMILY: Final = "甲乙丙丁戊己庚辛壬癸"
_GIVEN: Final = ("一心", "二木", "三川", "四海", "五岳", "六合", "七星", "八方", "九如", "十全")
_FIGURE: Final = "80"
_JOBS: Final = "DELETE FROM procrastinate_jobs WHERE queueing_lock = %s AND status <> 'doing'"


@transaction.atomic
def rehearse(*, actor: Actor, match: Match, at: datetime) -> Match:
    """Make the rehearsal of a match, ready to be opened; the one that there was is deleted.

    As many seats and questions as the match has; no name and no question of it.
    """
    demand_planner(actor, match)
    real = locked(match)
    if real.rehearsal:
        raise DomainError("match_rehearsal")
    demand_state(real, MatchState.PLANNED, MatchState.READY)
    if not real.seats:
        raise DomainError("match_no_seats")
    for older in Match.objects.filter(season=real.season, code=f"r{real.code}", rehearsal=True):
        _delete(older)
    held = _copy(real)
    _false_questions(held, real)
    freeze(held, actor, at)
    return held


@transaction.atomic
def drop_rehearsal(*, actor: Actor, match: Match) -> None:
    """Delete a rehearsal with its lines, refusals, devices and questions, at whatever state."""
    demand_planner(actor, match)
    held = locked(match)
    if not held.rehearsal:
        raise DomainError("match_not_rehearsal", title=held.title)
    _delete(held)


def false_name(number: int, code: str) -> str:
    """A name that nobody bears: the same for the same seat of the same match."""
    given = random.Random(code).sample(_GIVEN, len(_GIVEN))  # noqa: S311  # no secret
    family = _FAMILY[(number - 1) % len(_FAMILY)]
    return family + given[(number - 1) // len(_FAMILY) % len(given)]


def _copy(real: Match) -> Match:
    live = live_of(real)
    seats = {
        seat: f"R{number}={_FIGURE}" if live.carried else f"R{number}"
        for number, seat in enumerate(real.seats, start=1)
    }
    names = {seat: false_name(number, real.code) for number, seat in enumerate(real.seats, start=1)}
    members = {
        seat: {number: f"{names[seat]}{number}" for number in people}
        for seat, people in real.members.items()
    }
    return Match.objects.create(
        season=real.season,
        stage=real.stage,
        track=real.track,
        event=real.event,
        code=f"r{real.code}",
        title=(_("彩排：%(title)s") % {"title": real.title})[:80],
        starts_at=real.starts_at,
        rehearsal=True,
        seats=seats,
        names=names,
        members=members,
        present=real.present,
    )


def _false_questions(held: Match, real: Match) -> None:
    """A question for each of the match's, of the same type as most: its number and a false key."""
    key = keys.make_key(held)
    held.save(update_fields=["wrapped_key"])
    Question.objects.bulk_create(
        Question(
            match=held,
            number=one.number,
            name=one.name,
            segment=one.segment,
            spare=one.spare,
            sealed=keys.seal_question(held, key, one.name, _false_question(one.number)),
        )
        for one in real.questions.order_by("number")
    )


def _false_question(number: int) -> dict[str, object]:
    options = [[letter, _("彩排选项%(letter)s") % {"letter": letter}] for letter in "ABCD"]
    return {
        "type": "single",
        "stem": _("彩排第%(number)s题：请选B。") % {"number": number},
        "options": options,
        "key": "B",
        "answer": "B",
        "explanation": "",
    }


def _delete(match: Match) -> None:
    Line.objects.filter(match_id=match.pk).delete()
    Refusal.objects.filter(match_id=match.pk).delete()
    with connection.cursor() as cursor:  # the job that would score it, which the stage deferred
        cursor.execute(_JOBS, [f"live.score:{match.pk}"])
    wake(match)
    match.delete()  # devices, questions and paddles go with it
