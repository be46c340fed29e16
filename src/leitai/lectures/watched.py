"""Seconds that were really played: ranges joined, and never more than the clock allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

Range = tuple[int, int]
FASTEST: Final = 2  # times the usual speed: what players offer and people can follow
GRACE: Final = 10  # seconds that a slow line may bring late
FIRST: Final = 30  # seconds credited at most with the first report of all
MOST: Final = 200  # ranges in one report


def merged(ranges: Iterable[Sequence[int]]) -> list[Range]:
    """In order, each second once."""
    found: list[Range] = []
    for start, stop in sorted((int(one[0]), int(one[1])) for one in ranges):
        if stop <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found


def total(ranges: Iterable[Sequence[int]]) -> int:
    return sum(stop - start for start, stop in merged(ranges))


def allowance(since_report: int | None) -> int:
    """How many seconds of film can have been played since the last report; None: the first."""
    return FIRST if since_report is None else max(0, since_report) * FASTEST + GRACE


def credited(
    played: Iterable[Sequence[int]], new: Sequence[Sequence[int]], *, length: int, most: int
) -> list[Range]:
    """What has been played together with what is new, of which no more than `most` counts.

    Ranges outside the film are cut to it. What is played again costs the allowance as well: who
    watches a minute twice has not watched two.
    """
    kept: list[Range] = []
    left = most
    for start, stop in new:
        first, last = max(0, start), min(length, stop)
        last = min(last, first + left)
        if last > first:
            kept.append((first, last))
            left -= last - first
    return merged([*played, *kept])
