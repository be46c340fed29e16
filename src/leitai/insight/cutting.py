"""Which people are counted: 条线, 编内外, 前后台, each or several of them together. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final, Self

from typing_extensions import override

KINDS: Final = ("staffing", "desk", "line")
_LONG: Final = 60
_TEXT: Final = re.compile(
    r"(?:staffing:(?P<staffing>[a-z]+))?;?(?:desk:(?P<desk>[a-z]+))?;?(?:line:(?P<line>.+))?"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """What is empty is not asked for; everything empty is everybody."""

    staffing: str = ""
    desk: str = ""
    line: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """Of `str(cut)`; what is not understood is everybody."""
        found = _TEXT.fullmatch(text[:_LONG])
        if found is None or "\x00" in text:
            return cls()
        return cls(**{kind: found[kind] or "" for kind in KINDS})

    @classmethod
    def given(cls, values: Mapping[str, str]) -> Self:
        """Of an address: a field for each, or all in one."""
        one = cls.read(values.get("cut", ""))
        return cls.read(
            str(cls(**{kind: values.get(kind) or getattr(one, kind) for kind in KINDS}))
        )

    @override
    def __str__(self) -> str:
        return ";".join(f"{kind}:{value}" for kind, value in asdict(self).items() if value)

    @property
    def asked(self) -> dict[str, object]:
        """For a statement: `part` says whether it is about a part of the people."""
        return {**asdict(self), "part": bool(str(self))}
