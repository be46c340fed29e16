"""Short links as visitors use them, and the share block of a page."""

from __future__ import annotations

import base64
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from leitai.documents import qr
from leitai.kernel import ids
from leitai.kernel.errors import DomainError
from leitai.messages import sharing
from leitai.messages.models import ShortLink
from leitai.messages.services.linking import Face, address_of, codes_of


@dataclass(frozen=True, slots=True)
class Share:
    """What a page offers for passing on: the text for a group, and the poster's code."""

    code: str
    text: str


def get_link(code: str) -> ShortLink:
    """By its code as people type it; raises DomainError("not_found")."""
    found = ShortLink.objects.filter(code=ids.normalise_code(code)).first()
    if found is None:
        raise DomainError("not_found")
    return found


def shares_of(faces: Collection[Face], *, at: datetime) -> list[Share]:
    codes = codes_of(faces, at=at)
    return [
        Share(
            codes[face],
            sharing.group_text(face.title, face.what, face.deadline, address_of(codes[face])),
        )
        for face in faces
    ]


def picture_of(link: ShortLink) -> str:
    """The QR code as an image that a phone can keep and recognise: a data address of a PNG."""
    png = base64.b64encode(qr.picture(address_of(link.code))).decode()
    return f"data:image/png;base64,{png}"
