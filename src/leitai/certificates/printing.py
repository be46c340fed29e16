"""From a certificate's record to what the press sets: the sheet's data, pictures, the QR code."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from leitai.certificates.designs import Values, compose
from leitai.certificates.models import Design, Signed
from leitai.certificates.wording import Words
from leitai.documents import qr
from leitai.documents.crew import Crew
from leitai.documents.sheets import Sheets
from leitai.files import store
from leitai.files.models import StoredFile
from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Rulebook

CHECK_BYTES = 12  # of the signature, in the address that older codes hold
PLACES = ("emblem", "seal", "script")
_KINDS = {"png": "png", "jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class Look:
    """An award's design, ready to be set: its values, and each place's picture as "sha256.kind"."""

    values: Values
    pictures: Mapping[str, str]


@cache
def press() -> Sheets:
    """One press a process: it has read the fonts."""
    further = settings.LEITAI_FONTS
    return Sheets(fonts=Path(further) if further else None)


@cache
def crew() -> Crew:
    """For batches, beside the press."""
    return Crew(press())


def look_of(values: Values, design: Design | None) -> Look:
    pictures = {}
    for place in PLACES:
        stored: StoredFile | None = getattr(design, place) if design else None
        if stored is not None and stored.type in _KINDS:
            pictures[place] = f"{stored.sha256}.{_KINDS[stored.type]}"
    return Look(values, pictures)


def short_check(signature: bytes) -> str:
    """The first letters of the signature: a number that was only guessed does not have them."""
    return base64.urlsafe_b64encode(signature[:CHECK_BYTES]).decode()


def address_of(token: str) -> str:
    """What the QR code holds: the page that checks, and behind the # what it needs for that."""
    return f"{settings.LEITAI_PUBLIC_URL.rstrip('/')}/c/v/#{token}"


def code_of(token: str) -> bytes:
    """The QR code as a PNG, a pixel a module."""
    return qr.matrix(address_of(token))


def code_on(png: bytes) -> dict[str, object]:
    """The part of a sheet that is its QR code."""
    return {"qr": base64.b64encode(png).decode(), "modules": qr.modules_of(png)}


def sheet_of(
    look: Look, words: Words, rulebook: Rulebook, *, serial: str, at: datetime
) -> dict[str, object]:
    """Everything that one paper says and shows, but for the QR code."""
    public = urlsplit(settings.LEITAI_PUBLIC_URL)
    facts = [["证书编号", serial]]
    if words.members or not words.team:
        facts += _whose(words)
    facts.append(["查验", f"扫码，或登录 {public.netloc}/c"])
    texts = compose(look.values, words, rulebook, at=at)
    return {
        **texts,
        "key": serial,
        "serial": serial,
        "facts": facts,
        "fits": {},
        "layer": "",
        "pictures": dict(look.pictures),
    }


def _whose(words: Words) -> list[list[str]]:
    """A person's delegation, or a team's and its people; of a title the unit and the reason."""
    if words.members:
        return [["代表队", words.delegation], ["队员", words.members]]
    if not words.basis:
        return [["代表队", words.delegation]] if not words.period else []
    unit = [["单位", words.delegation]] if words.delegation else []
    return [*unit, ["依据", words.basis]]


def texts_in(sheet: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Each part of a sheet with its text, for the search of characters that no font has."""
    for part in ("season", "heading", "holder", "salutation", "award", "date"):
        yield part, str(sheet[part])
    for part in ("body", "closing", "signers"):
        for line in sheet[part]:  # type: ignore[attr-defined]  # lists of lines
            yield part, str(line)
    for name, value in sheet["facts"]:  # type: ignore[attr-defined]  # pairs
        yield "facts", f"{name}{value}"


def document_of(
    sheets: Sequence[Mapping[str, object]], pictures: Mapping[str, str]
) -> dict[str, object]:
    """The press's data for sheets of one design. The pictures lie beside its templates then."""
    first = sheets[0]
    return {
        "title": str(first["heading"]),
        "author": "、".join(first["signers"]),  # type: ignore[arg-type]  # a list of lines
        "sheets": list(sheets),
        **{place: _laid(pictures.get(place, "")) for place in PLACES},
    }


def document_of_certificates(certificates: Sequence[Signed]) -> dict[str, object]:
    """Certificates of one design and the same pictures, as they were issued."""
    sheets = []
    for one in certificates:
        png = bytes(one.qr)
        sheets.append(
            {**one.sheet, **code_on(png)} if png else {**one.sheet, "qr": "", "modules": 0}
        )
    return document_of(sheets, certificates[0].sheet.get("pictures", {}))


def alike(certificates: Iterable[Signed]) -> Iterator[tuple[str, list[Signed]]]:
    """Runs of certificates that one document can hold: the same template, the same pictures."""

    def kind(one: Signed) -> tuple[str, str]:
        return one.design, repr(sorted(one.sheet.get("pictures", {}).items()))

    for (design, _pictures), run in groupby(certificates, key=kind):
        yield design, list(run)


def _laid(picture: str) -> str:
    if not picture:
        return ""
    sha256, _, kind = picture.partition(".")
    path = store.blob_path(sha256)
    if not path.is_file():
        raise DomainError("certificate_picture_gone")
    return press().keep_picture(sha256, kind, path.read_bytes())
