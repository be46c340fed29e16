"""What every step of a draw needs: the row locked, the step before it done, the ledger told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from leitai.base.actor import Actor
from leitai.base.words import listed
from leitai.kernel import draw_hand
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import selectors as people
from leitai.seasons import rules, selectors
from leitai.seasons.enums import DrawState
from leitai.seasons.models import Draw, Season
from leitai.seasons.services.common import demand_unclosed

LONGEST_ID = 64
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Witness:
    """`account` is a name to sign in with, or "" for somebody without one."""

    name: str
    post: str = ""
    account: str = ""


def office_only(actor: Actor, season: Season) -> None:
    if not rules.can_run_office(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
    demand_unclosed(season)


def locked(draw: Draw) -> Draw:
    """The draw as it stands now, nobody else's until the end of the transaction."""
    rows = Draw.objects.select_for_update(of=("self",)).select_related("season__rulebook")
    return rows.get(pk=draw.pk)


def demand(draw: Draw, *states: str) -> None:
    """Raise DomainError("draw_state") unless the draw is at one of the states."""
    if draw.state not in states:
        wanted = listed(DrawState(state).label for state in states)
        raise DomainError("draw_state", state=draw.get_state_display(), wanted=wanted)


def next_number(season: Season) -> int:
    """Numbers have no gaps; the season's row is the lock."""
    Season.objects.select_for_update().get(pk=season.pk)
    return Draw.objects.filter(season=season).count() + 1


def check_roster(roster: Sequence[Sequence[str]]) -> list[list[str]]:
    """Ids in their order with their names; raises DomainError for what cannot be a list."""
    rows = [[code.strip(), name.strip() or code.strip()] for code, name in roster]
    if any(not code or len(code) > LONGEST_ID or len(name) > LONGEST_NAME for code, name in rows):
        raise DomainError("draw_roster", limit=LONGEST_ID, name_limit=LONGEST_NAME)
    return rows


def check_first(season: Season, purpose: str, pool: Sequence[str], replaces: Draw | None) -> None:
    """No silent second run: what was aborted is named, what stands is not drawn again."""
    same = [
        draw
        for draw in Draw.objects.filter(season=season, purpose=purpose)
        if sorted(draw.pool) == sorted(pool)
    ]
    standing = [draw for draw in same if draw.state != DrawState.ABORTED]
    if standing:
        raise DomainError("draw_again", number=standing[-1].number)
    if replaces is not None and (
        replaces.season_id != season.pk or replaces.state != DrawState.ABORTED
    ):
        raise DomainError("draw_replaces_unknown")
    if same and (replaces is None or replaces.pk != same[-1].pk):
        raise DomainError("draw_replaces", number=same[-1].number)


def check_witnesses(
    witnesses: Sequence[Witness], accounts: Sequence[str], names: Sequence[str]
) -> list[dict[str, str]]:
    """The witnesses as they are kept; none of them is of those who keyed."""
    kept = []
    for witness in witnesses:
        account = people.get_account(witness.account.strip()) if witness.account.strip() else None
        if account is not None and str(account.pk) in accounts:
            raise DomainError("draw_witness_keyed", name=witness.name)
        kept.append(
            {
                "name": witness.name.strip(),
                "post": witness.post.strip(),
                "account": str(account.pk) if account else "",
            }
        )
    used = [one["account"] for one in kept if one["account"]]
    if len(set(used)) != len(used):
        raise DomainError("draw_witnesses", least=draw_hand.LEAST_WITNESSES)
    draw_hand.check_witnesses([one["name"] for one in kept], names)
    return kept


def log(draw: Draw, *, actor: Actor, act: str, data: Mapping[str, object], at: datetime) -> None:
    """One entry of the season's chain; the last write of the step."""
    ledger.append(
        chain=draw.season.code,
        actor=actor,
        act=act,
        subject=f"draw:{draw.pk}",
        data={"number": draw.number, "purpose": draw.purpose, **data},
        at=at,
    )


def instant(at: datetime) -> str:
    """A moment as manifests and records write it: 2022-07-15T01:30:00Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
