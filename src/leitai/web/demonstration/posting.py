"""What a browser would post: typed values and brought files, as the rooms' services take them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from leitai.files.services.attaching import Posted


@dataclass
class Brought:
    """One file."""

    name: str | None
    size: int | None
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class Typed:
    values: Mapping[str, str]

    def getlist(self, key: str) -> list[str]:
        return [self.values[key]] if key in self.values else []

    def get(self, key: str, default: str = "") -> str | None:
        return self.values.get(key, default)


@dataclass(frozen=True, slots=True)
class Attached:
    """By its box one file, or none."""

    files: Mapping[str, Brought]

    def getlist(self, key: str) -> list[Posted]:
        return [self.files[key]] if key in self.files else []


def brought(name: str, content: bytes) -> Brought:
    return Brought(name, len(content), io.BytesIO(content))
