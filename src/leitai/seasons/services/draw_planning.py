"""A draw-1 until its list is frozen: the plan, the parties' commitments, the manifest, the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leitai.base import sealing
from leitai.base.actor import Actor
from leitai.kernel import draw as lots
from leitai.kernel import draw_manifest
from leitai.kernel.draw import Constraint
from leitai.kernel.draw_manifest import Group, Manifest, Party, Source
from leitai.kernel.errors import DomainError
from leitai.people import selectors as people
from leitai.seasons import rules, selectors
from leitai.seasons.enums import DrawKind, DrawRole, DrawState
from leitai.seasons.models import Draw, DrawParty, Season
from leitai.seasons.services.draw_common import (
    check_first,
    check_roster,
    demand,
    instant,
    locked,
    log,
    moment,
    next_number,
    office_only,
)

_NO_COMMITMENT = ("1" * 64, "2" * 64, "3" * 64)  # for checking a plan before anybody committed


@dataclass(frozen=True, slots=True)
class DrawPlan:
    """What the office declares. `roster` is (id, name); `third` names the contestants' party."""

    purpose: str
    roster: Sequence[Sequence[str]]
    source_kind: str
    source_identity: str
    source_at: datetime
    groups: Sequence[Group]
    reveal_by: datetime
    fallback: str
    constraints: Sequence[Constraint] = ()
    relax: Sequence[int] = ()
    third: str = ""
    third_account: str = ""


@transaction.atomic
def plan_draw(
    *, actor: Actor, season: Season, plan: DrawPlan, at: datetime, replaces: Draw | None = None
) -> Draw:
    """Open a draft: nobody but the office and the parties sees it before it is published."""
    office_only(actor, season)
    roster = check_roster(plan.roster)
    number = next_number(season)
    parties = _parties(plan)
    manifest = _manifest(season, number, plan, [code for code, _ in roster], parties, replaces)
    draw_manifest.check(manifest)
    if plan.reveal_by <= at:
        raise DomainError("draw_deadline_past")
    check_first(season, plan.purpose, manifest.pool, replaces)
    draw = Draw.objects.create(
        season=season,
        number=number,
        kind=DrawKind.COMMITTED,
        state=DrawState.DRAFT,
        purpose=plan.purpose,
        pool=list(manifest.pool),
        roster=roster,
        manifest=manifest.plain() | {"commitments": []},
        replaces=replaces,
        recorded_by=actor.account,
        at=at,
    )
    DrawParty.objects.bulk_create(
        DrawParty(draw=draw, role=role, name=name, account=account)
        for role, name, account in parties
    )
    log(draw, actor=actor, act="draw.planned", data={"parties": [one[1] for one in parties]}, at=at)
    return draw


@transaction.atomic
def commit_secret(
    *,
    actor: Actor,
    draw: Draw,
    role: str,
    at: datetime,
    commitment: str = "",
    secret: str = "",
    keep: bool = False,
) -> DrawParty:
    """A party's commitment; with `keep` the house seals the secret for it until the reveal.

    Without `keep` a secret that was typed is used to make the commitment and then forgotten.
    """
    draw = locked(draw)
    party = speaking_for(actor, draw, role)
    demand(draw, DrawState.DRAFT)
    if secret.strip():
        made = lots.commitment(secret)
        if commitment.strip() and commitment.strip().lower() != made:
            raise DomainError("draw_commitment_differs")
        commitment = made
    elif keep:
        raise DomainError("draw_secret_missing")
    party.commitment = commitment.strip().lower()
    if len(party.commitment) != 64 or not set(party.commitment) <= set("0123456789abcdef"):
        raise DomainError("draw_commitment")
    if DrawParty.objects.filter(commitment=party.commitment).exclude(pk=party.pk).exists():
        raise DomainError("draw_commitment_used")
    place = seal_place(party)
    party.sealed = sealing.seal(lots.secret_of(secret), place=place) if keep else ""
    party.committed_by, party.committed_at = actor.account, at
    party.save()
    data = {"party": party.name, "role": role, "commitment": party.commitment, "kept": keep}
    log(draw, actor=actor, act="draw.party_committed", data=data, at=at)
    return party


@transaction.atomic
def publish_draw(*, actor: Actor, draw: Draw, at: datetime) -> Draw:
    """Publish the manifest; its hash stands on the ledger and nothing of it changes any more."""
    draw = locked(draw)
    office_only(actor, draw.season)
    demand(draw, DrawState.DRAFT)
    parties = list(draw.parties.all())
    waiting = [party.name for party in parties if not party.commitment]
    if waiting:
        raise DomainError("draw_commitment_missing", party=waiting[0])
    commitments = [
        {"role": one.role, "name": one.name, "commitment": one.commitment} for one in parties
    ]
    manifest = draw_manifest.read((draw.manifest or {}) | {"commitments": commitments})
    if moment(manifest.reveal_by) <= at:
        raise DomainError("draw_deadline_past")
    draw.manifest, draw.manifest_hash = manifest.plain(), manifest.digest()
    draw.state = DrawState.COMMITTED
    draw.save()
    data = {"hash": draw.manifest_hash, "draw_id": manifest.draw_id}
    log(draw, actor=actor, act="draw.committed", data=data, at=at)
    return draw


@transaction.atomic
def freeze_draw(
    *, actor: Actor, draw: Draw, at: datetime, roster: Sequence[Sequence[str]] | None = None
) -> Draw:
    """Fix which name each id stands for. Names may be mended here for the last time."""
    draw = locked(draw)
    office_only(actor, draw.season)
    demand(draw, DrawState.COMMITTED)
    manifest = draw_manifest.read(draw.manifest or {})
    if moment(manifest.reveal_by) <= at:
        raise DomainError("draw_deadline_past")
    rows = check_roster(roster if roster is not None else draw.roster)
    if sorted(code for code, _ in rows) != list(manifest.pool):
        raise DomainError("draw_roster_differs")
    draw.roster, draw.roster_hash = rows, draw_manifest.roster_digest(rows)
    draw.state = DrawState.FROZEN
    draw.save()
    data = {"hash": draw.roster_hash, "count": len(rows)}
    log(draw, actor=actor, act="draw.frozen", data=data, at=at)
    return draw


def speaking_for(actor: Actor, draw: Draw, role: str) -> DrawParty:
    """The party, if the actor may speak for it and for no other; DomainError("forbidden")."""
    parties = list(draw.parties.all())
    party = next((one for one in parties if one.role == role), None)
    if party is None:
        raise DomainError("draw_party_unknown")
    host = selectors.host_path(draw.season)
    if not rules.can_speak_for(actor, role, party.account, draw.season.code, host):
        raise DomainError("forbidden")
    if any(one.committed_by == actor.account for one in parties if one.pk != party.pk):
        raise DomainError("draw_two_hats", party=party.name)
    return party


def seal_place(party: DrawParty) -> str:
    return f"draw:{party.draw_id}:{party.role}"


def _parties(plan: DrawPlan) -> list[tuple[str, str, str]]:
    """(role, name, account) of each party, in the order of the manifest."""
    found = [
        (role.value, str(role.label), "") for role in (DrawRole.ORGANISER, DrawRole.SUPERVISOR)
    ]
    if plan.third.strip():
        username = plan.third_account.strip()
        account = str(people.get_account(username).pk) if username else ""
        found.append((DrawRole.CONTESTANTS.value, plan.third.strip(), account))
    return found


def _manifest(
    season: Season,
    number: int,
    plan: DrawPlan,
    pool: Sequence[str],
    parties: Sequence[tuple[str, str, str]],
    replaces: Draw | None,
) -> Manifest:
    return Manifest(
        draw_id=draw_id(season, number),
        season=season.code,
        purpose=plan.purpose,
        pool=tuple(sorted(pool)),
        parties=tuple(
            Party(role, name, none)
            for (role, name, _), none in zip(parties, _NO_COMMITMENT, strict=False)
        ),
        source=Source(
            plan.source_kind, plan.source_identity, instant(plan.source_at), tuple(plan.groups)
        ),
        reveal_by=instant(plan.reveal_by),
        fallback=plan.fallback,
        constraints=tuple(plan.constraints),
        relax=tuple(plan.relax),
        replaces=draw_id(season, replaces.number) if replaces else "",
    )


def draw_id(season: Season, number: int) -> str:
    return f"{season.code}/draw/{number}"
