"""Issue certificates: inspected as a whole, a serial without gaps, a signed payload, the paper."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.certificates import preflight, serials
from leitai.certificates.models import Certificate
from leitai.certificates.rules import can_issue
from leitai.certificates.selectors.awards import Plan, plan_of
from leitai.certificates.services.papers import write_documents
from leitai.certificates.services.signing import sign_all
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger import services as ledger
from leitai.results.models import Award
from leitai.results.selectors import awarding_stage
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season, Stage


def issue_certificates(*, actor: Actor, season: Season, at: datetime) -> list[Certificate]:
    """Give every definitive award its certificate, and return all that hold, by serial.

    Repeating it issues only what is new. Where a correction has taken awards away it refuses
    (`certificate_fallen`): certificates are replaced by two officers, in `replacing`. The files
    are written after the records hold; a repetition writes what is missing.
    """
    issue_records(actor=actor, season=season, at=at)
    return write_documents(season=season)


@transaction.atomic
def issue_records(*, actor: Actor, season: Season, at: datetime) -> list[Certificate]:
    """The records alone: numbers, signatures, codes. Raises Problems with what would not print."""
    if not can_issue(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    plan = plan_locked(season)
    if plan.fallen:
        raise DomainError("certificate_fallen", count=len(plan.fallen))
    return issue_awards(actor=actor, season=season, awards=plan.new, at=at)


def plan_locked(season: Season) -> Plan:
    """What is to be issued; the awards' stage is locked, so that two officers never issue twice."""
    last = awarding_stage(seasons.rulebook_of(season))
    Stage.objects.select_for_update().get(season=season, code=last)
    return plan_of(season)


def issue_awards(
    *, actor: Actor, season: Season, awards: Sequence[Award], at: datetime
) -> list[Certificate]:
    """Within the caller's transaction, and with the caller's permission."""
    rulebook = seasons.rulebook_of(season)
    drafts = preflight.draft_all(season, awards, serials.draw(awards, rulebook), at)
    problems = preflight.inspect(drafts) if drafts else []
    if problems:
        raise Problems(problems)
    made = Certificate.objects.bulk_create(sign_all(drafts, rulebook, at))
    if made:
        _record(season, made, actor=actor, at=at)
    return made


def _record(
    season: Season, certificates: Sequence[Certificate], *, actor: Actor, at: datetime
) -> None:
    digests = {
        one.serial: hashlib.sha256(bytes(one.payload)).hexdigest()
        for one in sorted(certificates, key=lambda one: one.serial)
    }
    ledger.append(
        chain=season.code,
        actor=actor,
        act="certificates.issued",
        subject=f"season:{season.code}"[:128],
        data={"by": actor.name, "count": len(certificates), "payloads": digests},
        at=at,
    )
