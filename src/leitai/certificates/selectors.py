"""Reads of certificates: the public check, one's own, and the office's list."""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from leitai.base.actor import Actor
from leitai.certificates.enums import Standing
from leitai.certificates.models import Certificate
from leitai.certificates.printing import short_check
from leitai.certificates.rules import can_fetch, can_list
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import suite
from leitai.keyring import Keyring
from leitai.ledger import selectors as ledger
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season

REVOKE = "certificate.revoke"  # the deed of two officers
_WITH = ("award__season__rulebook", "award__entry__person", "award__delegation__unit")


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to a number, as of `at`. `says` is the signed payload, empty for unknown ones."""

    serial: str
    standing: Standing
    at: datetime
    says: dict[str, str]
    certificate: Certificate | None = None

    @property
    def issued(self) -> datetime | None:
        return self.certificate.issued_at if self.certificate else None


def check_serial(serial: str, *, short: str = "", at: datetime) -> Check:
    """Look a number up and check its signature; `short` is what the QR code brought along.

    Never says "valid" of what it could not check: each doubt has its own answer.
    """
    serial = normalise_serial(serial)
    certificate = Certificate.objects.filter(serial=serial).first()
    if certificate is None:
        return Check(serial, Standing.UNKNOWN, at, {})
    standing = _standing(certificate, short)
    says = canonical.decode(bytes(certificate.payload)) if standing != Standing.BROKEN else {}
    return Check(certificate.serial, standing, at, says, certificate)


def normalise_serial(text: str) -> str:
    """Undo how people type a number: case, full-width letters, blanks, other dashes."""
    plain = unicodedata.normalize("NFKC", text).upper()
    letters = ("-" if unicodedata.category(one) == "Pd" else one for one in plain)
    return "".join("".join(letters).split())


def list_certificates(season: str) -> QuerySet[Certificate]:
    """All of a season by serial, with everything that the paper says."""
    return (
        Certificate.objects.filter(award__season__code=season)
        .select_related(
            "award__season__rulebook", "award__entry__person", "award__delegation__unit"
        )
        .order_by("award__position", "serial")
    )


def office_page(season: Season) -> dict[str, object]:
    """What the office's list shows; `officers` is how many it takes to revoke one."""
    return {
        "season": season,
        "certificates": list_certificates(season.code),
        "officers": ledger.officers_for(REVOKE, seasons.host_level(season)),
    }


def list_own_certificates(viewer: Actor, season: str) -> list[Certificate]:
    """What the viewer holds as a person and may fetch."""
    if not viewer.person:
        return []
    return list(
        list_certificates(season).filter(award__entry__person__code=viewer.person, revoked_at=None)
    )


def get_certificate_for(viewer: Actor, serial: str) -> Certificate:
    """A certificate whose paper the viewer may have; raises DomainError("not_found") otherwise."""
    found = (
        Certificate.objects.filter(serial=normalise_serial(serial))
        .select_related(
            "award__season__rulebook", "award__entry__person", "award__delegation__unit"
        )
        .first()
    )
    if found is None or not can_fetch(viewer, found, seasons.host_path(found.award.season)):
        raise DomainError("not_found")
    return found


def get_season_for(viewer: Actor, code: str) -> Season:
    """The season for its office and supervisors; raises DomainError("forbidden")."""
    season = seasons.get_season(code)
    if not can_list(viewer, code, seasons.host_path(season)):
        raise DomainError("forbidden")
    return season


def paper_of(certificate: Certificate) -> Path:
    """The file; raises DomainError("certificate_file_missing")."""
    path = Path(settings.LEITAI_FILES) / certificate.pdf
    if not certificate.pdf or not path.is_file():
        raise DomainError("certificate_file_missing", serial=certificate.serial)
    return path


def papers_of(season: str) -> Path:
    """The one file of all that hold; raises DomainError("certificates_none")."""
    path = Path(settings.LEITAI_FILES) / "certificates" / season / "all.pdf"
    if not path.is_file():
        raise DomainError("certificates_none")
    return path


def _standing(certificate: Certificate, short: str) -> Standing:
    genuine = _signature_holds(certificate)
    if genuine is False:
        return Standing.BROKEN
    if short and not hmac.compare_digest(short, short_check(bytes(certificate.signature))):
        return Standing.FOREIGN
    if certificate.revoked_at:
        return Standing.REVOKED
    return Standing.VALID if genuine else Standing.UNCHECKED


def _signature_holds(certificate: Certificate) -> bool | None:
    """Whether the signature is of these bytes; None where the key is not at hand."""
    try:
        key = Keyring.load(settings.LEITAI_KEYS).get("results", certificate.key_id)
        said = canonical.decode(bytes(certificate.payload))
    except DomainError as error:
        return False if error.code == "not_canonical" else None
    told = (said.get("serial"), said.get("holder"), said.get("award"))
    if told != (certificate.serial, certificate.holder, certificate.title) or key.public is None:
        return False
    payload, signature = bytes(certificate.payload), bytes(certificate.signature)
    return suite(said["suite"]).verify(key.public, payload, signature)
