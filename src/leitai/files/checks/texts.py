"""Plain text: UTF-8 to the last byte, no control characters, no page in disguise."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from leitai.kernel.errors import DomainError

_BLOCK = 1024 * 1024
_OVERLAP = 64  # longer than any mark searched for, so that none hides at a block's edge
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_ACTIVE = re.compile(
    r"<(?:!doctype|\?xml|html|head|body|script|svg|iframe|object|embed|meta|link|img)\b",
    re.IGNORECASE,
)


def read_text(path: Path, *, name: str) -> None:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    tail = ""
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError:
                raise DomainError("files_text_encoding", name=name) from None
            if _CONTROL.search(text):
                raise DomainError("files_text_encoding", name=name)
            if _ACTIVE.search(tail + text):
                raise DomainError("files_text_active", name=name)
            if not block:
                return
            tail = text[-_OVERLAP:]
