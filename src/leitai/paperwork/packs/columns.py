"""Columns of a printed list: a unit that is its own team stands in one of them, not in two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

UNIT, TEAM = "单位", "代表队"
T = TypeVar("T")


def kept(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> list[int]:
    """The places of the columns to print: without the units where each is called as its team."""
    every = list(range(len(heads)))
    if not rows or UNIT not in heads or TEAM not in heads:
        return every
    unit, team = heads.index(UNIT), heads.index(TEAM)
    echoes = all(row[unit] in ("", row[team]) for row in rows)
    return [at for at in every if at != unit] if echoes else every


def pick(row: Sequence[T], places: Sequence[int]) -> tuple[T, ...]:
    return tuple(row[at] for at in places)
