"""Issue certificates of a title of practice: for one title and period, in one batch."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.certificates import preflight, serials
from leitai.certificates.models import TitleCertificate
from leitai.certificates.rules import can_issue
from leitai.certificates.selectors.titles import record_of, title_words, titles_due
from leitai.certificates.services.papers import write_titles
from leitai.certificates.services.signing import sign_titles
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger import services as ledger
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season


def issue_titles(
    *, actor: Actor, season: Season, name: str, period: str, at: datetime
) -> list[TitleCertificate]:
    """Give everybody who holds the title its certificate, and return all that hold, by serial.

    Repeating it issues only what is new; a file that is missing is written.
    """
    issue_title_records(actor=actor, season=season, name=name, period=period, at=at)
    return write_titles(season=season, name=name, period=period)


@transaction.atomic
def issue_title_records(
    *, actor: Actor, season: Season, name: str, period: str, at: datetime
) -> list[TitleCertificate]:
    """The records alone. Raises Problems with what would not print."""
    demand_titles(actor, season, name)
    rulebook = seasons.rulebook_of(season)
    series = serials.lock(serials.title_prefix(rulebook, name))  # two officers never issue twice
    due = titles_due(season, name, period)
    if not due:
        return []
    records = [record_of(season, row, actor) for row in due]
    numbers = serials.take(series, len(due), serials.TITLE_WIDTH)
    drafts = preflight.draft_titles(season, name, records, numbers, at)
    problems = preflight.inspect(drafts)
    if problems:
        raise Problems(problems)
    made = TitleCertificate.objects.bulk_create(sign_titles(drafts, rulebook, at))
    _supersede(season, made)
    _record(season, made, actor=actor, at=at)
    return made


def demand_titles(actor: Actor, season: Season, name: str) -> str:
    """Raises forbidden, certificate_no_titles, not_found; gives how the rules call the title."""
    if not can_issue(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    return title_words(season, name)


def _supersede(season: Season, made: list[TitleCertificate]) -> None:
    """One that was revoked before says which number holds now."""
    first = made[0]
    new = {one.person_id: one for one in made}
    before = list(
        TitleCertificate.objects.filter(
            season=season, name=first.name, period=first.period, person__in=new, superseded_by=None
        ).exclude(revoked_at=None)
    )
    for one in before:
        one.superseded_by = new[one.person_id]
    TitleCertificate.objects.bulk_update(before, ["superseded_by"])


def _record(season: Season, made: list[TitleCertificate], *, actor: Actor, at: datetime) -> None:
    digests = {one.serial: hashlib.sha256(bytes(one.payload)).hexdigest() for one in made}
    ledger.append(
        chain=season.code,
        actor=actor,
        act="certificates.titles_issued",
        subject=f"title:{made[0].name}"[:128],
        data={
            "by": actor.name,
            "title": made[0].title,
            "period": made[0].period,
            "count": len(made),
            "payloads": digests,
        },
        at=at,
    )
