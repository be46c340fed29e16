"""From a certificate's record to what the press sets: data for the template, and the QR code."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from leitai.certificates import wording
from leitai.certificates.models import Certificate
from leitai.documents import qr
from leitai.documents.pdf import Compiler
from leitai.results.models import Award
from leitai.rulebook.model import Rulebook

TEMPLATE = "certificate"
CHECK_BYTES = 12  # of the signature, in the address that the QR code holds


@cache
def compiler() -> Compiler:
    """One compiler a process: it has read the fonts."""
    further = settings.LEITAI_FONTS
    return Compiler(fonts=Path(further) if further else None)


def short_check(signature: bytes) -> str:
    """The first letters of the signature: a number that was only guessed does not have them."""
    return base64.urlsafe_b64encode(signature[:CHECK_BYTES]).decode()


def address_of(certificate: Certificate) -> str:
    """What the QR code holds: where to check it, its number, and the short check."""
    base = settings.LEITAI_PUBLIC_URL.rstrip("/")
    return f"{base}/c/{certificate.serial}/?s={short_check(bytes(certificate.signature))}"


def texts_of(award: Award, rulebook: Rulebook) -> tuple[str, ...]:
    """Every text of a certificate that could hold a character of a rare name."""
    words = wording.words_of(award, rulebook)
    issuer = rulebook.host.name if rulebook.host else ""
    return (words.holder, words.line, words.award, words.delegation, rulebook.title, issuer)


def document_of(pages: Sequence[Mapping[str, object]], rulebook: Rulebook) -> dict[str, object]:
    """The template's data for these pages in one file."""
    issuer = rulebook.host.name if rulebook.host else ""
    return {"title": wording.HEADING, "issuer": issuer, "certificates": list(pages)}


def page_of(certificate: Certificate, rulebook: Rulebook) -> dict[str, object]:
    """What the template prints on one certificate."""
    issuer = rulebook.host.name if rulebook.host else ""
    words = wording.words_of(certificate.award, rulebook)
    code = qr.draw(address_of(certificate))
    public = urlsplit(settings.LEITAI_PUBLIC_URL)
    return {
        "season": rulebook.title,
        "heading": wording.HEADING,
        "holder": words.holder,
        "salutation": words.salutation,
        "line": words.line,
        "award": words.award,
        "closing": wording.CLOSING,
        "serial": certificate.serial,
        "delegation": words.delegation,
        "lookup": f"扫码，或登录 {public.netloc}/c",
        "issuer": issuer,
        "date": wording.day_of(certificate.issued_at),
        "qr": code.svg,
        "modules": code.modules,
    }
