"""What one judge's marks have in common, worked out exactly for supervisors. It changes no score.

`offset`: how much higher than the mean of the others of the same kind, on average. `tau`: of all
pairs of contestants that both order, how many in the same way less how many in the other, as a
share of them (Goodman and Kruskal). `same`: the offset for contestants of the judge's own unit or
delegation against that for all others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from leitai.judging.models import JudgedEvent, Seat
from leitai.judging.selectors.panels import relations_of, seats_of
from leitai.judging.selectors.tallying import recorded_of, sums_of

Sums = Mapping[int, Mapping[str, Fraction]]  # turn → judge → what the sheet comes to


@dataclass(frozen=True, slots=True)
class Line:
    """`missed` are contestants whom the judge marked not, though no withdrawal kept from it."""

    seat: Seat
    sheets: int
    offset: Fraction | None
    tau: Fraction | None
    same: Fraction | None
    missed: int

    @property
    def shown(self) -> dict[str, str]:
        """Rounded for the eye alone."""
        return {
            "offset": _shown(self.offset),
            "tau": _shown(self.tau),
            "same": _shown(self.same),
        }


def _shown(value: Fraction | None) -> str:
    if value is None:
        return ""
    hundredths = round(value * 100)
    sign = "-" if hundredths < 0 else "+" if hundredths > 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02}"


def diagnostics_of(event: JudgedEvent) -> list[Line]:
    """By judge, over the contestants whose sheets are all in."""
    recorded = [one for one in recorded_of(event) if one.complete and one.sheets]
    sums = {one.slot.pk: sums_of(one) for one in recorded}
    seats = seats_of(event)
    kinds = {seat.judge: seat.kind for seat in seats}
    near = {(one.seat.pk, one.slot.pk) for one in relations_of(event)}
    lines = []
    for seat in seats:
        gaps = _gaps(seat, sums, kinds)
        own = [gap for slot, gap in gaps.items() if (seat.pk, slot) in near]
        rest = [gap for slot, gap in gaps.items() if (seat.pk, slot) not in near]
        marked = sum(seat.judge in found for found in sums.values())
        asked = sum(one.panel.has(seat) for one in recorded)
        lines.append(
            Line(
                seat,
                marked,
                mean(list(gaps.values())),
                tau(_pairs(seat, sums, kinds)),
                None if not own or not rest else _mean(own) - _mean(rest),
                asked - marked,
            )
        )
    return lines


def _gaps(seat: Seat, sums: Sums, kinds: Mapping[str, str]) -> dict[int, Fraction]:
    """By turn, how far above the mean of the others of the kind the judge's sheet lies."""
    found = {}
    for slot, judges in sums.items():
        others = _others(seat, judges, kinds)
        if seat.judge in judges and others:
            found[slot] = judges[seat.judge] - _mean(others)
    return found


def _pairs(seat: Seat, sums: Sums, kinds: Mapping[str, str]) -> list[tuple[Fraction, Fraction]]:
    """Of each turn the judge's sheet and the mean of the others."""
    return [
        (judges[seat.judge], _mean(others))
        for judges in sums.values()
        if seat.judge in judges and (others := _others(seat, judges, kinds))
    ]


def _others(seat: Seat, judges: Mapping[str, Fraction], kinds: Mapping[str, str]) -> list[Fraction]:
    return [
        value
        for judge, value in judges.items()
        if judge != seat.judge and kinds.get(judge) == seat.kind
    ]


def _mean(figures: Sequence[Fraction]) -> Fraction:
    return sum(figures, Fraction(0)) / len(figures)


def mean(figures: Sequence[Fraction]) -> Fraction | None:
    return _mean(figures) if figures else None


def tau(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Pairs ordered alike less pairs ordered the other way, as a share of both."""
    alike = against = 0
    for (one, rest), (other, their) in combinations(pairs, 2):
        turn = (one - other) * (rest - their)
        alike, against = alike + (turn > 0), against + (turn < 0)
    return Fraction(alike - against, alike + against) if alike + against else None
