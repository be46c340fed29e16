"""At which level which deed asks for two officers: data, read from one TOML file.

The packaged `data/officers.toml`, or the file that LEITAI_OFFICERS names instead of it. A file
that says anything that is not understood is refused as a whole: nothing is done by one officer
because of a slip of the pen.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.ledger import deeds

FORMAT = "leitai-officers-1"
LEVELS = ("province", "prefecture", "county", "township", "village")  # as `units.enums.Level`
PACKAGED = Path(__file__).parent / "data" / "officers.toml"


@dataclass(frozen=True, slots=True)
class Policy:
    """The levels that ask for two officers: of a deed that is named, and of all others."""

    default: frozenset[str]
    deeds: Mapping[str, frozenset[str]]

    def officers(self, deed: str, level: str) -> int:
        """How many officers it takes; raises ValueError for a level that there is not."""
        if level not in LEVELS:
            raise ValueError(level)
        return 2 if level in self.deeds.get(deed, self.default) else 1


def current() -> Policy:
    """The policy of this installation; raises DomainError or Problems where the file is wrong."""
    path = Path(settings.LEITAI_OFFICERS or PACKAGED)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError:
        raise DomainError("officers_missing", file=str(path)) from None


def officers_for(deed: str, level: str) -> int:
    """How many officers this installation asks for."""
    return current().officers(deed, level)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Policy:
    return parse(path.read_bytes(), name=path.name)


def parse(source: bytes, *, name: str) -> Policy:
    """Read the file's bytes; raises Problems naming everything that is wrong in it."""
    try:
        said = tomllib.loads(source.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Problems([Problem(name, "officers_unreadable", {"said": str(error)})]) from None
    problems = list(_problems(said, name))
    if problems:
        raise Problems(problems)
    return Policy(
        default=frozenset(said["default"]["two"]),
        deeds={code: frozenset(levels) for code, levels in said.get("deeds", {}).items()},
    )


def _problems(said: Mapping[str, object], name: str) -> Iterator[Problem]:
    if said.get("format") != FORMAT:
        yield Problem(name, "officers_format", {"format": FORMAT})
    for key in sorted(said.keys() - {"format", "default", "deeds"}):
        yield Problem(name, "officers_key", {"key": key})
    default = said.get("default")
    if not isinstance(default, dict) or default.keys() != {"two"}:
        yield Problem(f"{name} [default]", "officers_default")
    else:
        yield from _levels(default["two"], f"{name} [default] two")
    named = said.get("deeds", {})
    if not isinstance(named, dict):
        yield Problem(f"{name} [deeds]", "officers_deeds")
        return
    for code, levels in named.items():
        if code not in deeds.codes():
            yield Problem(f"{name} [deeds]", "officers_deed", {"deed": code})
        yield from _levels(levels, f"{name} [deeds] {code}")


def _levels(levels: object, place: str) -> Iterator[Problem]:
    if not isinstance(levels, list):
        yield Problem(place, "officers_levels")
        return
    for level in levels:
        if level not in LEVELS:
            yield Problem(place, "officers_level", {"level": str(level)})
