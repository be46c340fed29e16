"""Names as people see them: of files, without what could deceive; of sizes, in words."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

_LONGEST = 120
_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control marks, also those that turn text
_FORBIDDEN = set('<>:"|?*')


def clean_name(name: str) -> str:
    """The last part of a path, without control marks; the extension survives a cut."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = "".join(
        character
        for character in last
        if unicodedata.category(character) not in _CATEGORIES and character not in _FORBIDDEN
    ).strip(" .")
    if len(plain) <= _LONGEST:
        return plain
    stem, dot, extension = plain.rpartition(".")
    return stem[: _LONGEST - len(extension) - 1] + dot + extension if dot else plain[:_LONGEST]


def show_size(size: int) -> str:
    """2 GB, 3.5 MB, 12 KB."""
    for unit, name in ((1024**3, "GB"), (1024**2, "MB"), (1024, "KB")):
        if size >= unit:
            tenths = size * 10 // unit
            number = str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
            return f"{number} {name}"
    return _("%(count)s字节") % {"count": size}
