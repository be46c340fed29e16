"""What the services of this room share: the locked match, its frozen event, the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.live.models import Match
from leitai.live.rules import can_plan_matches
from leitai.seasons import selectors as seasons

CHANNEL = "live"  # what wakes the stage process, with what it must read again


def locked(match: Match | int) -> Match:
    """The match's row, held until the transaction ends."""
    key = match if isinstance(match, int) else match.pk
    return Match.objects.select_for_update().get(pk=key)


def host_of(match: Match) -> str:
    return seasons.host_path(seasons.get_season(match.season))


def demand_planner(actor: Actor, match: Match) -> None:
    if not can_plan_matches(actor, match.season, host_of(match)):
        raise DomainError("forbidden")


def demand_state(match: Match, *states: str) -> None:
    if match.state not in states:
        raise DomainError("match_state", title=match.title, state=match.get_state_display())


def reason_of(text: str) -> str:
    """A reason that the ledger keeps; raises match_reason for an empty one."""
    if not text.strip():
        raise DomainError("match_reason")
    return text.strip()[:200]


def wake(match: Match, what: str = "match") -> None:
    """Tell the stage process once this is committed: `match` or `paddles`, and whose."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{what}:{match.pk}"])


def record(
    actor: Actor, match: Match, act: str, at: datetime, data: Mapping[str, object] | None = None
) -> None:
    """One act of the ledger; a rehearsal leaves none."""
    if match.rehearsal:
        return
    title = match.title or gettext("场次")
    ledger.append(
        chain=match.season,
        actor=actor,
        act=act,
        subject=f"match:{match.code}",
        data={"title": title, **(data or {})},
        at=at,
    )
