"""Which delegations claim a unit. Pure: paths of parts in, claims out.

A delegation claims a unit if the deepest of its own parts around that unit is not carved out.
What two claim would be counted twice. Claims change only at the parts' own paths.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from posixpath import commonpath


@dataclass(frozen=True, slots=True)
class Part:
    delegation: int
    path: str
    out: bool = False


@dataclass(frozen=True, slots=True)
class Overlap:
    """From `path` downwards, `delegations` all claim the same units."""

    path: str
    delegations: tuple[int, ...]


def above(path: str) -> list[str]:
    """The paths of a unit's ancestors, the nearest first."""
    steps = path.rstrip("/").split("/")
    return ["/".join(steps[:depth]) + "/" for depth in range(len(steps) - 1, 0, -1)]


def claimants(path: str, parts: Iterable[Part]) -> tuple[int, ...]:
    """The delegations that claim a unit of that path, in ascending order."""
    nearest: dict[int, Part] = {}
    for part in parts:
        held = nearest.get(part.delegation)
        if path.startswith(part.path) and (held is None or len(part.path) > len(held.path)):
            nearest[part.delegation] = part
    return tuple(sorted(one for one, part in nearest.items() if not part.out))


def overlaps(parts: Sequence[Part]) -> list[Overlap]:
    """Every place where a double claim begins, from the top down."""
    shared: dict[str, tuple[int, ...]] = {}
    for path in sorted({part.path for part in parts}):
        claiming = claimants(path, parts)
        shared[path] = claiming if len(claiming) > 1 else ()
    return [
        Overlap(path, claiming)
        for path, claiming in shared.items()
        if claiming and claiming != next((shared[up] for up in above(path) if up in shared), ())
    ]


def shared_root(paths: Iterable[str]) -> str:
    """The deepest path around all of them, "" if there is none."""
    held = list(paths)
    shared = commonpath(held) if held else ""
    return f"{shared}/" if shared else ""
