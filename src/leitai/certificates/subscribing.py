"""What this room hears: a correction takes an award away, points taken back undo a title."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from leitai.base import events
from leitai.certificates import tasks
from leitai.certificates.models import Certificate, TitleCertificate
from leitai.certificates.services.following import follow_merging
from leitai.people.events import PeopleMerging
from leitai.practice.events import TitlesLost
from leitai.results import events as results


def subscribe() -> None:
    events.in_transaction(results.ResultConfirmed, on_confirmed)
    events.in_transaction(results.AwardRevised, on_award_revised)
    events.in_transaction(TitlesLost, on_titles_lost)
    events.in_transaction(PeopleMerging, follow_merging)


def on_confirmed(event: results.ResultConfirmed) -> None:
    """The season's awards are definitive anew; the job looks which certificates fell."""
    if event.last and Certificate.objects.filter(award__season__code=event.season).exists():
        _after_correction(event.season)


def on_award_revised(event: results.AwardRevised) -> None:
    """Of an award of the season that has a certificate, in whatever version it was issued."""
    if Certificate.objects.filter(award__season__code=event.season, revoked_at=None).exists():
        _after_correction(event.season)


def on_titles_lost(event: TitlesLost) -> None:
    """One job for all that a ruling undid; it looks which certificates are of lost titles."""
    if TitleCertificate.objects.filter(season__code=event.season, revoked_at=None).exists():
        job = tasks.after_loss.configure(queueing_lock=f"certificates.titles:{event.season}")
        with suppress(AlreadyEnqueued), transaction.atomic():
            job.defer(season=event.season)


def _after_correction(season: str) -> None:
    """One job for all the awards of a correction; it runs once the correction is committed."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        tasks.after_correction.configure(queueing_lock=f"certificates:{season}").defer(
            season=season
        )
