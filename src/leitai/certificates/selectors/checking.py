"""The public check: what can honestly be said of a number."""

from __future__ import annotations

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from leitai.certificates.enums import Standing
from leitai.certificates.models import Certificate, Signed, TitleCertificate
from leitai.certificates.printing import short_check
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.kernel.suites import suite
from leitai.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to a number, as of `at`. `says` is the signed payload, empty for unknown ones."""

    serial: str
    standing: Standing
    at: datetime
    says: dict[str, str]
    certificate: Certificate | TitleCertificate | None = None

    @property
    def issued(self) -> datetime | None:
        return self.certificate.issued_at if self.certificate else None


def check_serial(serial: str, *, short: str = "", at: datetime) -> Check:
    """Look a number up and check its signature; `short` is what the QR code brought along.

    Never says "valid" of what it could not check: each doubt has its own answer.
    """
    serial = normalise_serial(serial)
    certificate = _find(serial)
    if certificate is None:
        return Check(serial, Standing.UNKNOWN, at, {})
    standing = _standing(certificate, short)
    says = canonical.decode(bytes(certificate.payload)) if standing != Standing.BROKEN else {}
    return Check(certificate.serial, standing, at, says, certificate)


def _find(serial: str) -> Certificate | TitleCertificate | None:
    award = Certificate.objects.filter(serial=serial).select_related("superseded_by").first()
    if award is not None:
        return award
    return TitleCertificate.objects.filter(serial=serial).select_related("superseded_by").first()


def normalise_serial(text: str) -> str:
    """Undo how people type a number: case, full-width letters, blanks, other dashes."""
    plain = unicodedata.normalize("NFKC", text).upper()
    letters = ("-" if unicodedata.category(one) == "Pd" else one for one in plain)
    return "".join("".join(letters).split())


def _standing(certificate: Certificate | TitleCertificate, short: str) -> Standing:
    genuine = _signature_holds(certificate)
    if genuine is False:
        return Standing.BROKEN
    wanted = short_check(bytes(certificate.signature))
    if short and not hmac.compare_digest(short.encode(), wanted.encode()):
        return Standing.FOREIGN
    if certificate.revoked_at:
        return Standing.SUPERSEDED if certificate.superseded_by else Standing.REVOKED
    return Standing.VALID if genuine else Standing.UNCHECKED


def _signature_holds(certificate: Signed) -> bool | None:
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
