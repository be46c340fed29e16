"""Issue certificates: a serial without gaps, a signed payload, then the paper."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from leitai.base.actor import Actor
from leitai.certificates import printing, wording
from leitai.certificates.models import Certificate, Series
from leitai.certificates.rules import can_issue
from leitai.certificates.services.papers import write_documents
from leitai.certificates.services.revoking import revoke_all
from leitai.kernel import canonical, ids
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.kernel.suites import SUITE, suite
from leitai.keyring import Key, Keyring
from leitai.ledger import services as ledger
from leitai.results.models import Award
from leitai.results.selectors import standing_result
from leitai.rulebook import reasons
from leitai.rulebook.data import Reason
from leitai.rulebook.model import Rulebook
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season, Stage

WIDTH = 4
_PREFIX_LIMIT = 40 - WIDTH


def issue_certificates(*, actor: Actor, season: Season, at: datetime) -> list[Certificate]:
    """Give every definitive award its certificate, and return all that hold, by serial.

    Repeating it issues only what is new: after a correction, awards that stand as before keep
    their certificates, and those of awards that fell away are revoked. The files are written after
    the records hold; a repetition writes what is missing.
    """
    with transaction.atomic():
        _issue(actor, season, at)
    return write_documents(season=season)


def _issue(actor: Actor, season: Season, at: datetime) -> None:
    if not can_issue(actor, season.code, seasons.host_path(season)):
        raise DomainError("forbidden")
    rulebook = seasons.rulebook_of(season)
    awards = _definitive_awards(season, rulebook)
    standing = {
        _identity(certificate.award): certificate
        for certificate in Certificate.objects.filter(award__season=season, revoked_at=None)
        .select_related("award__season", "award__entry")
        .order_by("serial")
    }
    fallen = [
        certificate
        for identity, certificate in standing.items()
        if identity not in {_identity(award) for award in awards}
    ]
    revoke_all(actor=actor, certificates=fallen, reason=wording.FALLEN, at=at)
    new = [award for award in awards if _identity(award) not in standing]
    _refuse_boxes(new, rulebook)
    made = Certificate.objects.bulk_create(_signed(new, rulebook, at))
    if made:
        _record(season, made, actor=actor, at=at)


def _definitive_awards(season: Season, rulebook: Rulebook) -> list[Award]:
    """The awards of the last stage's standing result, which is locked meanwhile."""
    last = list(rulebook.stages)[-1]
    title = rulebook.stages[last].title
    Stage.objects.select_for_update().get(season=season, code=last)
    result = standing_result(season.code, last)
    if result is None:
        raise DomainError("certificates_not_confirmed", stage=title)
    if result.stale_at:
        raise DomainError("certificates_stale", stage=title)
    awards = result.awards.select_related("season", "entry__person", "delegation__unit")
    return list(awards.order_by("position"))


def _identity(award: Award) -> tuple[str, str, str, int]:
    """What makes two awards of two versions the same: which, for which place, to whom."""
    return (
        award.award,
        award.basis,
        award.entry.code if award.entry else "",
        award.delegation_id,
    )


def _refuse_boxes(awards: Sequence[Award], rulebook: Rulebook) -> None:
    """Name each character that would print as an empty box, before any number is given."""
    texts = [text for award in awards for text in printing.texts_of(award, rulebook)]
    missing = printing.compiler().missing_glyphs(texts)
    if missing:
        raise Problems(
            Problem("", "certificate_glyph_missing", {"text": one.text, "character": one.character})
            for one in missing
        )


def _signed(awards: Sequence[Award], rulebook: Rulebook, at: datetime) -> list[Certificate]:
    key = Keyring.load(settings.LEITAI_KEYS).current("results")
    serials = _serials(awards, rulebook)
    certificates = []
    for award in awards:
        words = wording.words_of(award, rulebook)
        payload = _payload(award, words, rulebook, serial=serials[award.pk], key=key, at=at)
        certificates.append(
            Certificate(
                serial=serials[award.pk],
                award=award,
                holder=words.holder,
                title=award.title,
                payload=payload,
                key_id=key.id,
                signature=suite(SUITE).sign(key.secret, payload),
                issued_at=at,
            )
        )
    return certificates


def _serials(awards: Sequence[Award], rulebook: Rulebook) -> dict[int, str]:
    """Number awards by kind; each series' row stays locked until the commit: no gap, no twin."""
    by_prefix: defaultdict[str, list[Award]] = defaultdict(list)
    for award in awards:
        by_prefix[_prefix(rulebook, award.award)].append(award)
    serials = {}
    for prefix in sorted(by_prefix):  # in one order, so that two issuers never wait in a ring
        Series.objects.get_or_create(prefix=prefix)
        series = Series.objects.select_for_update().get(prefix=prefix)
        for award in by_prefix[prefix]:
            series.last += 1
            serials[award.pk] = ids.serial(prefix, series.last, WIDTH)
        series.save(update_fields=["last"])
    return serials


def _prefix(rulebook: Rulebook, award: str) -> str:
    """From the rulebook: its id (with the year, if that lacks it) and the award's."""
    year = "" if str(rulebook.year) in rulebook.id else f"{rulebook.year}-"
    prefix = f"{year}{rulebook.id}-{award}-".upper()
    if len(prefix) > _PREFIX_LIMIT:
        raise DomainError("certificate_prefix_long", prefix=prefix)
    return prefix


def _payload(
    award: Award,
    words: wording.Words,
    rulebook: Rulebook,
    *,
    serial: str,
    key: Key,
    at: datetime,
) -> bytes:
    return canonical.encode(
        {
            "kind": "certificate",
            "serial": serial,
            "season": award.season.code,
            "title": rulebook.title,
            "holder": words.holder,
            "delegation": words.delegation,
            "award": award.title,
            "basis": reasons.render(Reason.from_plain(award.reason), "zh"),
            "issuer": rulebook.host.name if rulebook.host else "",
            "issued": ledger.instant(at),
            "suite": SUITE,
            "key": key.fingerprint,
        }
    )


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
