"""A draw-1 from its frozen list on: reveals, public numbers, the order; or an abort by two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel import draw as lots
from leitai.kernel import draw_manifest
from leitai.kernel.draw_manifest import Public
from leitai.kernel.errors import DomainError
from leitai.seasons import rules, selectors
from leitai.seasons.enums import DrawRole, DrawState
from leitai.seasons.models import Draw, DrawParty
from leitai.seasons.services.draw_common import (
    Witness,
    check_witnesses,
    demand,
    instant,
    locked,
    log,
    moment,
    office_only,
)
from leitai.seasons.services.draw_planning import seal_place, speaking_for

UNFINISHED = tuple(
    state for state in DrawState.values if state not in {DrawState.DRAWN, DrawState.ABORTED}
)


@transaction.atomic
def reveal_secret(
    *, actor: Actor, draw: Draw, role: str, at: datetime, secret: str = ""
) -> DrawParty:
    """A party shows its secret before the deadline; what the house kept for it needs no typing."""
    draw = locked(draw)
    party = speaking_for(actor, draw, role)
    demand(draw, DrawState.FROZEN)
    if party.secret:
        raise DomainError("draw_revealed", party=party.name)
    if at > moment((draw.manifest or {})["reveal_by"]):
        raise DomainError("draw_reveal_late")
    shown = secret.strip() or sealing.open_sealed(party.sealed, place=seal_place(party))
    if not shown:
        raise DomainError("draw_secret_missing")
    if lots.commitment(shown) != party.commitment:
        raise DomainError("draw_secret_differs")
    party.secret, party.revealed_at, party.sealed = lots.secret_of(shown), at, ""
    party.save()
    if not draw.parties.filter(secret="").exists():
        draw.state = DrawState.REVEALED
        draw.save(update_fields=["state"])
    data = {"party": party.name, "role": role, "secret": party.secret}
    log(draw, actor=actor, act="draw.revealed", data=data, at=at)
    return party


@transaction.atomic
def enter_public(
    *,
    actor: Actor,
    draw: Draw,
    public: Public,
    witnesses: Sequence[Witness],
    at: datetime,
    fallback: bool = False,
    note: str = "",
) -> Draw:
    """Key what the source gave, as two witnesses saw it, not before its declared time."""
    draw = locked(draw)
    office_only(actor, draw.season)
    demand(draw, DrawState.REVEALED)
    manifest = draw_manifest.read(draw.manifest or {})
    if at < moment(manifest.source.at):
        raise DomainError("draw_source_ahead")
    if fallback and not note.strip():
        raise DomainError("draw_fallback_note")
    draw_manifest.check_public(manifest.source, public)
    draw.witnesses = check_witnesses(witnesses, [actor.account], [actor.name])
    draw.public = {
        "numbers": [list(group) for group in public.numbers],
        "value": public.value,
        "at": instant(at),
        "fallback": fallback,
        "note": note.strip(),
    }
    draw.state = DrawState.SOURCED
    draw.save()
    data = draw.public | {"witnesses": [one["name"] for one in draw.witnesses]}
    log(draw, actor=actor, act="draw.sourced", data=data, at=at)
    return draw


@transaction.atomic
def compute_draw(*, actor: Actor, draw: Draw, at: datetime) -> Draw:
    """The order that follows. Once: nothing here can be chosen and nothing can be run again."""
    draw = locked(draw)
    office_only(actor, draw.season)
    demand(draw, DrawState.SOURCED)
    manifest = draw_manifest.read(draw.manifest or {})
    secrets = {party.role: party.secret for party in draw.parties.all()}
    given = draw.public or {}
    public = Public(tuple(map(tuple, given["numbers"])), given["value"])
    key = manifest.key([secrets[party.role] for party in manifest.parties], public)
    outcome = lots.resolve(manifest.pool, key, manifest.constraints, manifest.relax)
    draw.key, draw.attempt, draw.relaxed = key, outcome.attempt, list(outcome.relaxed)
    draw.outcome, draw.state = list(outcome.order), DrawState.DRAWN
    draw.save()
    data = {"key": key, "attempt": outcome.attempt, "relaxed": draw.relaxed}
    log(draw, actor=actor, act="draw.recorded", data=data | {"outcome": draw.outcome}, at=at)
    return draw


@transaction.atomic
def ask_abort(*, actor: Actor, draw: Draw, reason: str, at: datetime) -> Draw:
    """The office asks to give a draw up; a supervisor answers."""
    draw = locked(draw)
    office_only(actor, draw.season)
    demand(draw, *UNFINISHED)
    if not reason.strip():
        raise DomainError("draw_abort_reason")
    draw.abort_reason, draw.abort_asked_by = reason.strip(), actor.account
    draw.save()
    data = {"reason": draw.abort_reason, "state": draw.state}
    log(draw, actor=actor, act="draw.abort_asked", data=data, at=at)
    return draw


@transaction.atomic
def answer_abort(*, actor: Actor, draw: Draw, agree: bool, at: datetime) -> Draw:
    """A supervisor agrees or does not; it is never the account that asked."""
    draw = locked(draw)
    host = selectors.host_path(draw.season)
    if not rules.can_speak_for(actor, DrawRole.SUPERVISOR, "", draw.season.code, host):
        raise DomainError("forbidden")
    demand(draw, *UNFINISHED)
    if not draw.abort_asked_by:
        raise DomainError("draw_abort_unasked")
    if draw.abort_asked_by == actor.account:
        raise DomainError("draw_abort_own")
    reason, state = draw.abort_reason, draw.state
    if agree:
        draw.state = DrawState.ABORTED
        draw.parties.update(sealed="")
    else:
        draw.abort_reason = draw.abort_asked_by = ""
    draw.save()
    act = "draw.aborted" if agree else "draw.abort_declined"
    log(draw, actor=actor, act=act, data={"reason": reason, "state": state}, at=at)
    return draw
