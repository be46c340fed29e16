"""The ruling: proposed with its whole effect in view, approved by a second officer, carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.ledger.deeds import Deed
from leitai.ledger.models import Proposal
from leitai.notices import effects, remedies
from leitai.notices.enums import OPEN_STATES, ObjectionState, Outcome, StepKind
from leitai.notices.events import ObjectionRuled
from leitai.notices.models import Objection, Ruling
from leitai.notices.rules import can_rule
from leitai.notices.selectors.handlers import bar_of
from leitai.notices.services.filing import RECORD, add_step, record, subject_of
from leitai.notices.services.handling import demand_unnamed, locked
from leitai.results.selectors import standing_result
from leitai.seasons import selectors as seasons
from leitai.seasons.services import demand_unclosed

RULE = "objection.rule"
REASON_LIMIT = 2000
_ASKED = 280  # of the reason, as the proposal keeps it


@dataclass(frozen=True, slots=True)
class Decision:
    """`effects` as `notices.effects` makes them, none where nothing is to change."""

    outcome: str
    reason: str
    effects: Sequence[Mapping[str, Any]] = ()
    nothing: bool = False  # said on purpose: upheld, and yet nothing changes


@transaction.atomic
def propose_ruling(
    *, actor: Actor, objection: Objection, decision: Decision, at: datetime
) -> Proposal:
    """Ask for it; at once where one officer is enough (the proposal's state says which)."""
    found = locked(actor, objection, (ObjectionState.ACCEPTED,), at=at)
    reason = _checked(found, decision)
    if decision.effects:
        demand_unclosed(found.season, "ruling_season_closed")
    for one in (found, *found.merged.all()):
        demand_unnamed(one, reason)
    season = found.season
    add_step(found, StepKind.PROPOSED, text=reason, actor=actor, at=at)
    return ledger.propose(
        actor=actor,
        deed=RULE,
        chain=season.code,
        subject=subject_of(found),
        data={
            "objection": found.pk,
            "path": found.path,
            "outcome": decision.outcome,
            "reason": reason,
            "effects": [dict(one) for one in decision.effects],
        },
        reason=reason[:_ASKED],
        level=seasons.host_level(season),
        at=at,
    )


def _checked(objection: Objection, decision: Decision) -> str:
    """The reason in its one form; raises DomainError for what does not go together."""
    if decision.outcome not in Outcome.values:
        raise DomainError("ruling_reason_empty")
    reason = decision.reason.replace("\r\n", "\n").strip()
    if not reason:
        raise DomainError("ruling_reason_empty")
    if len(reason) > REASON_LIMIT:
        raise DomainError("ruling_reason_long", length=len(reason), limit=REASON_LIMIT)
    rejected = decision.outcome == Outcome.REJECTED
    if rejected and decision.effects:
        raise DomainError("ruling_effect_unwanted")
    if not rejected and not decision.effects and not decision.nothing:
        raise DomainError("ruling_effect_needed")
    _demand_apart(decision.effects)
    law = seasons.rulebook_of(objection.season)
    if decision.effects and remedies.get_appeal(law, objection.remedy).effect == "note":
        raise DomainError("ruling_note_only")
    return reason


def _demand_apart(asked: Sequence[Mapping[str, Any]]) -> None:
    """An entry whose marks are voided has none corrected, and nothing is done to it twice."""
    seen: set[tuple[str, str, str]] = set()
    voided = {(one["stage"], one["entry"]) for one in asked if one["kind"] in effects.VOIDING}
    for one in asked:
        mark = one.get("event", "")
        key = (one["stage"], one["entry"], mark or "entry")
        if key in seen or (mark and key[:2] in voided):
            raise DomainError("ruling_effect_twice", entry=one["entry"])
        seen.add(key)


def _preview(data: Mapping[str, Any]) -> list[str]:
    """Raises DomainError where the case is closed by now, or a score has moved since."""
    found = (
        Objection.objects.select_related("season__rulebook", "season__host")
        .filter(pk=int(data["objection"]))
        .first()
    )
    if found is None:
        raise DomainError("not_found")
    if found.state not in OPEN_STATES:
        raise DomainError("objection_state", state=found.get_state_display())
    told = {"number": found.number, "outcome": Outcome(data["outcome"]).label}
    lines = [_("第%(number)s号%(outcome)s。") % told]
    asked = list(data["effects"])
    if not asked:
        return [*lines, _("成绩和名单不作变动。")]
    lines += effects.lines_of(found.season, asked)
    return [*lines, *effects.preview_of(found.season, asked)]


@transaction.atomic
def _carry_out(*, actor: Actor, data: Mapping[str, Any], at: datetime, proposal: Proposal) -> None:
    found = Objection.objects.get(pk=int(data["objection"]))
    found = locked(actor, found, (ObjectionState.ACCEPTED,), at=at)
    season, asked = found.season, list(data["effects"])
    lines = effects.lines_of(season, asked)
    stages = effects.stages_of(asked)
    before = {stage: _standing(season.code, stage) for stage in stages}
    ruling = Ruling.objects.create(
        objection=found,
        outcome=data["outcome"],
        reason=data["reason"],
        effects=asked,
        lines=lines,
        before={stage: version for stage, version in before.items() if version},
        proposal=proposal.pk,
        decided_by=actor.account,
        decided_at=at,
    )
    for one in (found, *found.merged.filter(state=ObjectionState.MERGED)):
        one.ended_at = at
        one.state = ObjectionState.RULED if one.pk == found.pk else ObjectionState.MERGED
        one.save(update_fields=["state", "ended_at"])
        add_step(one, StepKind.RULED, text=ruling.reason, actor=actor, at=at)
    by = _named(actor, proposal)
    effects.carry_out(season, asked, source=subject_of(found), by=by, at=at)
    follow_versions(season.code, stages)
    events.publish(ObjectionRuled(season.code, found.number, ruling.outcome, stages))
    told = {"outcome": ruling.outcome, "changes": len(asked), "proposer": proposal.proposed_name}
    record(found, "objection.ruled", actor=actor, at=at, **told)


def _named(actor: Actor, proposal: Proposal) -> str:
    """Who ruled and on whose approval, as the record of every change says it."""
    if proposal.proposed_by == actor.account:
        return actor.name
    with translation.override(RECORD):
        told = {"proposer": proposal.proposed_name, "approver": actor.name}
        return _("%(proposer)s提出，%(approver)s批准") % told


def follow_versions(season: str, stages: Iterable[str]) -> None:
    """Note for each ruling which version of the result came of it: the newest that holds."""
    for stage in stages:
        version = _standing(season, stage)
        waiting = Ruling.objects.filter(
            objection__season__code=season, before__has_key=stage
        ).exclude(after__has_key=stage)
        for ruling in waiting.select_for_update():
            if version and version > ruling.before[stage]:
                ruling.after = {**ruling.after, stage: version}
                ruling.save(update_fields=["after"])


def _standing(season: str, stage: str) -> int:
    held = standing_result(season, stage)
    return held.version if held else 0


def _bar(actor: Actor, data: Mapping[str, Any], at: datetime) -> str:
    found = Objection.objects.select_related("season__rulebook").filter(pk=int(data["objection"]))
    return "".join(bar_of(actor, one, at=at) for one in found)


DEED = Deed(
    code=RULE,
    title=gettext_lazy("异议处理决定"),
    can_propose=lambda actor, chain, data: can_rule(actor, chain, str(data["path"])),
    can_approve=lambda actor, chain, data: can_rule(actor, chain, str(data["path"])),
    preview=_preview,
    carry_out=_carry_out,
    bar=_bar,
)
