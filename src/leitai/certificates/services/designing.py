"""Set how an award's certificates look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.certificates import designs
from leitai.certificates.kinds import PICTURE, owner_of
from leitai.certificates.models import Design
from leitai.certificates.printing import PLACES
from leitai.certificates.rules import can_issue
from leitai.certificates.selectors.office import subject_of
from leitai.files import services as files
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season


@transaction.atomic
def set_design(
    *,
    actor: Actor,
    season: Season,
    award: str,
    given: Mapping[str, object],
    uploads: Mapping[str, str],
    removed: Sequence[str],
    at: datetime,
) -> Design:
    """Keep the texts, and the pictures that came (token by place) or shall go.

    What is issued already stays as it was printed.
    """
    if not can_issue(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    rule = subject_of(season, award)
    values = designs.read(given, rule.base)
    design = Design.objects.filter(season=season, award=award).first()
    design = design or Design(season=season, award=award)
    for place in PLACES:
        if place in removed:
            setattr(design, place, None)
        if uploads.get(place):
            stored = files.attach(
                actor=actor,
                upload=uploads[place],
                kind=PICTURE,
                owner=owner_of(season.code),
                at=at,
            )
            setattr(design, place, stored)
    design.values, design.saved_at, design.saved_by = values.plain(), at, actor.account
    design.save()
    _record(season, design, rule.title, actor=actor, at=at)
    return design


def _record(season: Season, design: Design, title: str, *, actor: Actor, at: datetime) -> None:
    pictures = {place: one.sha256 for place in PLACES if (one := getattr(design, place))}
    ledger.append(
        chain=season.code,
        actor=actor,
        act="certificates.designed",
        subject=f"award:{design.award}"[:128],
        data={"by": actor.name, "award": title, "values": design.values, "pictures": pictures},
        at=at,
    )
