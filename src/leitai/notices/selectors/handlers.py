"""Who handles a case: by appointment, and none of those who decided it."""

from __future__ import annotations

from datetime import datetime

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.messages.selectors import officers_of
from leitai.notices.enums import StepKind
from leitai.notices.models import Objection, ObjectionStep
from leitai.notices.rules import can_handle
from leitai.people.selectors import separation
from leitai.results.models import StageResult
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Resolution

DEED = "handle_objection"
_TOOK_PART = (StepKind.ACCEPTED, StepKind.HANDLED, StepKind.PROPOSED, StepKind.RULED)


def bar_of(actor: Actor, objection: Objection, *, at: datetime) -> str:
    """The code of the sentence that keeps somebody out of this case; "" for nothing.

    Whoever computed, confirmed or published what it is about decided it; so did whoever keyed the
    scores, settled a tie, or handled the level below.
    """
    if _handled_below(actor, objection):
        return "objection_handled_below"
    about = _subjects(objection)
    touched = LedgerEntry.objects.filter(
        chain=objection.season.code, actor=actor.account, subject__in=about
    )
    for subject in ["", *touched.values_list("subject", flat=True).distinct()]:
        bar = separation.bar_for(
            account=actor.account,
            deed=DEED,
            season=objection.season.code,
            subject=subject,
            at=at,
        )
        if bar is not None:
            return bar.code
    return ""


def demand_handler(actor: Actor, objection: Objection, *, at: datetime) -> None:
    """Raises DomainError("not_found") for a stranger to the case, or why somebody is kept out."""
    if not can_handle(actor, objection.season.code, objection.path):
        raise DomainError("not_found")
    bar = bar_of(actor, objection, at=at)
    if bar:
        raise DomainError(bar)


def handlers_of(objection: Objection, *, at: datetime) -> list[str]:
    """The accounts that may handle it, for telling them."""
    return [
        officer.account
        for officer in officers_of(objection.season.code, at=at)
        if can_handle(officer, objection.season.code, objection.path)
        and not bar_of(officer, objection, at=at)
    ]


def _subjects(objection: Objection) -> list[str]:
    """How the ledger names what the case is about."""
    about = []
    below = objection.previous
    while below is not None:
        about.append(f"objection:{below.number}")
        below = below.previous
    if objection.notice is not None:
        about.append(f"notice:{objection.notice.number}")
    if objection.stage:
        stage = objection.stage
        versions = StageResult.objects.filter(
            stage__season=objection.season_id, stage__code=stage
        ).values_list("version", flat=True)
        ties = Resolution.objects.filter(season=objection.season_id, stage=stage)
        about.append(f"stage:{stage}")
        about += [f"result:{stage}:{version}" for version in versions]
        about += [f"resolution:{pk}" for pk in ties.values_list("pk", flat=True)]
    if objection.entry:
        entry = objection.entry
        events = seasons.rulebook_of(objection.season).stages[objection.stage].events
        about.append(f"entry:{entry}")
        about += [
            f"score:{objection.stage}:{objection.track}:{one}:{entry}"[:128] for one in events
        ]
    return about


def _handled_below(actor: Actor, objection: Objection) -> bool:
    below = objection.previous_id
    return (
        below is not None
        and ObjectionStep.objects.filter(
            objection=below, kind__in=_TOOK_PART, by=actor.account
        ).exists()
    )
