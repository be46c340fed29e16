"""Two records of one person become one: certificates of titles go along."""

from __future__ import annotations

from leitai.certificates import wording
from leitai.certificates.models import TitleCertificate
from leitai.certificates.services.revoking import revoke_all
from leitai.people.events import PeopleMerging


def follow_merging(event: PeopleMerging) -> None:
    """Of the same title and period the older certificate holds, the other says its number."""
    held = TitleCertificate.objects.filter(person=event.into_id, revoked_at=None)
    kept = {(one.season_id, one.name, one.period): one for one in held}
    moving = TitleCertificate.objects.filter(person=event.from_id, revoked_at=None)
    for one in moving.select_related("season"):
        twin = kept.get((one.season_id, one.name, one.period))
        if twin is not None:
            old, new = sorted((one, twin), key=lambda each: (each.issued_at, each.serial))
            revoke_all(actor=event.by, certificates=[new], reason=wording.TWICE, at=event.at)
            new.superseded_by = old
            new.save(update_fields=["superseded_by"])
    TitleCertificate.objects.filter(person=event.from_id).update(person=event.into_id)
