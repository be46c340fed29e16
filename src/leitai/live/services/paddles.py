"""Manual mode: two recorders key the order of paddles apart; the stage logs what they agree on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.live.enums import MatchState, Mode
from leitai.live.models import Match, Paddles
from leitai.live.rules import can_record_paddles
from leitai.live.selectors.frozen import lines_of
from leitai.live.selectors.stage import playing_of
from leitai.live.services.common import demand_state, host_of, locked, record, wake
from leitai.rulebook import live as referee


@transaction.atomic
def key_paddles(
    *, actor: Actor, match: Match, order: Sequence[str], after: int, at: datetime
) -> Paddles:
    """One recorder's order for the question on the stage; the stage logs it when two are equal.

    `after` is the question's epoch as the recorder's page had it, the line that put it on stage or
    opened it again. The third who keys an order where two differ decides. Raises match_not_manual,
    match_paddles_none, _order, _third.
    """
    if not can_record_paddles(actor, match.season, host_of(match)):
        raise DomainError("forbidden")
    held = locked(match)
    demand_state(held, MatchState.RUNNING)
    if held.mode != Mode.MANUAL:
        raise DomainError("match_not_manual", title=held.title)
    playing = playing_of(held, lines_of(held))
    free = referee.may_press(playing.match)
    if not free or playing.q != after:
        raise DomainError("match_paddles_none")
    wanted = [seat.strip() for seat in order]
    if not wanted or len(set(wanted)) != len(wanted) or set(wanted) - set(free):
        raise DomainError("match_paddles_order", order=">".join(wanted))
    others = list(held.paddles.filter(after=after).exclude(account=actor.account))
    mine = _keep(actor, held, wanted, others, after=after, at=at)
    if mine.decides or [one.order for one in others] == [wanted]:
        wake(held, "paddles")
    if mine.decides:
        record(actor, held, "match.paddles", at, {"order": ">".join(wanted), "after": after})
    return mine


def _keep(
    actor: Actor,
    match: Match,
    order: list[str],
    others: Sequence[Paddles],
    *,
    after: int,
    at: datetime,
) -> Paddles:
    """A recorder may key again until the other has spoken; from then on a third alone decides."""
    mine = next(iter(match.paddles.filter(after=after, account=actor.account)), None)
    agreed = len(others) >= 2 and others[0].order == others[1].order
    if (mine is not None and others) or agreed or any(one.decides or one.sent for one in others):
        raise DomainError("match_paddles_third")
    made, _new = Paddles.objects.update_or_create(
        match=match,
        after=after,
        account=actor.account,
        defaults={
            "name": actor.name[:120],
            "order": order,
            "decides": len(others) >= 2,
            "at": at,
        },
    )
    return made
