"""Names and codes of units at the door: one form, and nothing that cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from leitai.kernel.errors import DomainError

CODE_LIMIT = 32
NAME_LIMIT = 80
PATH_LIMIT = 255
_CODE = re.compile(r"[0-9A-Za-z]+(-[0-9A-Za-z]+)*")
# Not "Cn" or "Co": rare characters of GB 18030 are newer than Python's tables, or for private use.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})

Wrong = Iterator[tuple[str, dict[str, object]]]


def normal_name(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def name_faults(name: str, code: str) -> Wrong:
    if not name:
        yield "unit_name_empty", {"code": code}
    if len(name) > NAME_LIMIT:
        yield "unit_name_long", {"limit": NAME_LIMIT}
    if any(unicodedata.category(letter) in _UNSEEN for letter in name):
        yield "unit_name_unseen", {"name": name}


def code_faults(code: str) -> Wrong:
    if len(code) > CODE_LIMIT or not _CODE.fullmatch(code) or code in RESERVED:
        yield "unit_code_form", {"code": code, "limit": CODE_LIMIT}


RESERVED = frozenset({"import"})  # a page's own address stands where the codes stand


def clean_name(text: str, code: str) -> str:
    """The name as it is kept; raises DomainError for the first fault."""
    name = normal_name(text)
    for fault, data in name_faults(name, code):
        raise DomainError(fault, **data)
    return name


def clean_code(text: str) -> str:
    """The code as it is kept; raises DomainError("unit_code_form")."""
    code = text.strip()
    for fault, data in code_faults(code):
        raise DomainError(fault, **data)
    return code
