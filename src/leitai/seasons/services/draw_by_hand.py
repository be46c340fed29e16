"""人工抽签: opened with list and rule for the absent, keyed as it goes, closed by witnesses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel import draw_hand
from leitai.kernel.draw_hand import Call
from leitai.kernel.errors import DomainError
from leitai.seasons import selectors
from leitai.seasons.enums import AbsentRule, DrawKind, DrawState
from leitai.seasons.models import Draw, DrawCall, Season
from leitai.seasons.services.draw_common import (
    Witness,
    check_first,
    check_roster,
    check_witnesses,
    demand,
    locked,
    log,
    next_number,
    office_only,
)


@transaction.atomic
def open_hand_draw(
    *,
    actor: Actor,
    season: Season,
    purpose: str,
    roster: Sequence[Sequence[str]],
    absent_rule: str,
    at: datetime,
    replaces: Draw | None = None,
) -> Draw:
    """Open the draw: its list and its rule for the absent are fixed and on the ledger."""
    office_only(actor, season)
    rows = check_roster(roster)
    pool = [code for code, _ in rows]
    if len(set(pool)) != len(pool) or len(pool) < 2:  # one alone is no draw
        raise DomainError("draw_pool", size=len(pool))
    if absent_rule not in AbsentRule.values:
        raise DomainError("draw_absent_rule")
    number = next_number(season)
    check_first(season, purpose, pool, replaces)
    draw = Draw.objects.create(
        season=season,
        number=number,
        kind=DrawKind.HAND,
        state=DrawState.OPEN,
        purpose=purpose,
        pool=pool,
        roster=rows,
        absent_rule=absent_rule,
        replaces=replaces,
        recorded_by=actor.account,
        at=at,
    )
    data = {"pool": pool, "absent": absent_rule, "count": len(pool)}
    log(draw, actor=actor, act="draw.opened", data=data, at=at)
    return draw


@transaction.atomic
def key_call(
    *,
    actor: Actor,
    draw: Draw,
    member: str,
    number: int | None,
    at: datetime,
    absent: bool = False,
) -> DrawCall:
    """Key the number that a member drew, as it is drawn."""
    draw = locked(draw)
    office_only(actor, draw.season)
    demand(draw, DrawState.OPEN)
    call = _next(draw, member=member, number=number, absent=absent)
    return _keep(draw, call, actor=actor, act="draw.called", reason="", at=at)


@transaction.atomic
def correct_call(
    *, actor: Actor, draw: Draw, seq: int, number: int | None, reason: str, at: datetime
) -> DrawCall:
    """Mend a call by a further one; without a number the call is taken back and keyed anew."""
    draw = locked(draw)
    office_only(actor, draw.season)
    demand(draw, DrawState.OPEN)
    if not reason.strip():
        raise DomainError("draw_call_reason")
    old = draw.calls.filter(seq=seq).first()
    if old is None:
        raise DomainError("draw_call_mended")
    absent = old.absent if number is not None else False
    call = _next(
        draw, member=old.member, number=number, absent=absent, corrects=seq, void=number is None
    )
    return _keep(draw, call, actor=actor, act="draw.corrected", reason=reason.strip(), at=at)


@transaction.atomic
def close_hand_draw(
    *, actor: Actor, draw: Draw, witnesses: Sequence[Witness], at: datetime
) -> Draw:
    """Two witnesses who did not key stand for it; then the order is the draw's."""
    draw = locked(draw)
    office_only(actor, draw.season)
    demand(draw, DrawState.OPEN)
    keyed = list(draw.calls.values_list("recorded_by", "recorded_name"))
    accounts, names = [actor.account], [actor.name]
    draw.witnesses = check_witnesses(
        witnesses,
        accounts + [account for account, _ in keyed],
        names + [name for _, name in keyed],
    )
    draw.outcome = draw_hand.order(draw.pool, selectors.calls_of(draw), draw.absent_rule)
    draw.state = DrawState.DRAWN
    draw.save()
    seen = [one["name"] for one in draw.witnesses]
    data = {"outcome": draw.outcome, "witnesses": seen, "kind": draw.kind}
    log(draw, actor=actor, act="draw.recorded", data=data, at=at)
    return draw


def _next(
    draw: Draw,
    *,
    member: str,
    number: int | None,
    absent: bool,
    corrects: int | None = None,
    void: bool = False,
) -> Call:
    before = selectors.calls_of(draw)
    call = Call(len(before) + 1, member, number, absent, corrects, void)
    draw_hand.check_call(draw.pool, before, call, draw.absent_rule)
    return call


def _keep(draw: Draw, call: Call, *, actor: Actor, act: str, reason: str, at: datetime) -> DrawCall:
    kept = DrawCall.objects.create(
        draw=draw,
        seq=call.seq,
        member=call.member,
        number=call.number,
        absent=call.absent,
        corrects=call.corrects,
        void=call.void,
        reason=reason,
        recorded_by=actor.account,
        recorded_name=actor.name,
        at=at,
    )
    data = {
        "seq": call.seq,
        "member": call.member,
        "drawn": call.number,
        "absent": call.absent,
        "corrects": call.corrects,
        "reason": reason,
    }
    log(draw, actor=actor, act=act, data=data, at=at)
    return kept
