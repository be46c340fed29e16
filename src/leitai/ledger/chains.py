"""Whose chain is it: rooms above say where the host of a chain stands in the tree."""

from __future__ import annotations

from collections.abc import Callable

_finders: list[Callable[[str], str | None]] = []


def register(finder: Callable[[str], str | None]) -> None:
    """`finder(chain)` gives the path of the unit that hosts the season, None for no season."""
    if finder not in _finders:
        _finders.append(finder)


def host_of(chain: str) -> str | None:
    for finder in _finders:
        found = finder(chain)
        if found is not None:
            return found
    return None
