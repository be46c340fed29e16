"""A match is made ready: rules frozen with their hash, the log's first lines, seat cards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.live.enums import MatchState
from leitai.live.models import Line, Match, Refusal
from leitai.live.selectors.frozen import law_of, plain_event, rules_hash, state_of
from leitai.live.services.cards import give_cards
from leitai.live.services.common import (
    demand_planner,
    demand_state,
    locked,
    reason_of,
    record,
    wake,
)


@transaction.atomic
def make_ready(*, actor: Actor, match: Match, at: datetime) -> Match:
    """Freeze what the match is played by. Raises match_no_seats, match_no_questions, match_state,
    and what the referee says to the seats.
    """
    demand_planner(actor, match)
    held = locked(match)
    demand_state(held, MatchState.PLANNED)
    if not held.seats:
        raise DomainError("match_no_seats")
    if not held.questions.exists():
        raise DomainError("match_no_questions")
    freeze(held, actor, at)
    told = {"rules": held.rules_hash[:16], "seats": len(held.seats)}
    record(actor, held, "match.ready", at, told)
    return held


def freeze(match: Match, actor: Actor, at: datetime) -> None:
    """The rules as they are now, and the lines that say who plays; the referee must take them."""
    match.rules = plain_event(law_of(match), match.event)
    match.rules_hash = rules_hash(match.rules)
    match.state, match.version = MatchState.READY, match.version + 1
    match.save(update_fields=["rules", "rules_hash", "state", "version"])
    lines = _first_lines(match, f"office:{actor.account}"[:80], at)
    state_of(match, lines)
    Line.objects.bulk_create(lines)
    give_cards(match)
    wake(match)


@transaction.atomic
def make_unready(*, actor: Actor, match: Match, reason: str, at: datetime) -> Match:
    """Back to planning, before it is opened: nothing has been played, the first lines go.

    Cards stay good for the seats that stay.
    """
    demand_planner(actor, match)
    held = locked(match)
    demand_state(held, MatchState.READY)
    said = reason_of(reason)
    Line.objects.filter(match_id=held.pk).delete()
    Refusal.objects.filter(match_id=held.pk).delete()
    held.rules, held.rules_hash = {}, ""
    held.state, held.version = MatchState.PLANNED, held.version + 1
    held.save(update_fields=["rules", "rules_hash", "state", "version"])
    wake(held)
    record(actor, held, "match.unready", at, {"reason": said})
    return held


def _first_lines(match: Match, by: str, at: datetime) -> list[Line]:
    said: list[tuple[str, str, str]] = []
    for seat, value in match.seats.items():
        said.append(("seat", seat, value))
        said += [
            ("member", seat, f"{number}={person}")
            for number, person in sorted(
                match.members.get(seat, {}).items(), key=lambda one: int(one[0])
            )
        ]
        said += [("present", seat, role) for role in match.present.get(seat, ())]
    return [
        Line(
            match_id=match.pk, seq=seq, at=0, kind=kind, seat=seat, value=value, by=by,
            written_at=at,
        )
        for seq, (kind, seat, value) in enumerate(said, start=1)
    ]  # fmt: skip
