"""Small cells of public tables: what could name a few people is not shown. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FEW: Final = 5


def hidden(persons: Mapping[str, int]) -> set[str]:
    """Which rows may not be shown: those of fewer than five, but nought.

    One alone, or several that are still fewer than five, could be worked out from a sum that is
    known otherwise: then the next smallest rows are hidden with them.
    """
    found = {key for key, count in persons.items() if 0 < count < FEW}
    others = sorted((count, key) for key, count in persons.items() if count >= FEW)
    while found and others and (len(found) < 2 or sum(persons[key] for key in found) < FEW):
        found.add(others.pop(0)[1])
    return found
