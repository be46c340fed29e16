"""What one judge's marks have in common, worked out exactly for supervisors. It changes no score.

`offset`: how much higher than the mean of the others of the same kind, on average. `tau`: of all
pairs of contestants that both order, how many in the same way less how many in the other, as a
share of them (Goodman and Kruskal). `alpha`: how far a panel agrees about points (Krippendorff's,
of intervals): 1 where all give the same, 0 as if by chance. `same`: the offset for contestants of
the judge's own unit or delegation against that for all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from leitai.judging.models import JudgedEvent, Recusal, Seat
from leitai.judging.selectors.laws import is_arbiter, judging_of
from leitai.judging.selectors.panels import relations_of, seats_of
from leitai.judging.selectors.tallying import recorded_of, sums_of
from leitai.rulebook.model.judging import Judging

Sums = Mapping[int, Mapping[str, Fraction]]  # turn → judge → what the sheet comes to


@dataclass(frozen=True, slots=True)
class Line:
    """`missed` are contestants whom a judge of the panel has not marked, `recused` those of them
    from whom the judge has withdrawn. A reserve who has marked nobody has missed nobody.
    """

    seat: Seat
    sheets: int
    offset: Fraction | None
    tau: Fraction | None
    same: Fraction | None
    missed: int
    recused: int

    @property
    def shown(self) -> dict[str, str]:
        """Rounded for the eye alone."""
        return {
            "offset": _shown(self.offset),
            "tau": _shown(self.tau),
            "same": _shown(self.same),
            "missed": str(self.missed) if self.missed else "",
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
    seats, judging = seats_of(event), judging_of(event)
    kinds = {seat.judge: seat.kind for seat in seats}
    withdrawn = set(Recusal.objects.filter(slot__event=event).values_list("seat_id", "slot_id"))
    near = {(one.seat.pk, one.slot.pk) for one in relations_of(event)}
    lines = []
    for seat in seats:
        gaps = _gaps(seat, sums, kinds)
        own = [gap for slot, gap in gaps.items() if (seat.pk, slot) in near]
        rest = [gap for slot, gap in gaps.items() if (seat.pk, slot) not in near]
        marked = sum(seat.judge in found for found in sums.values())
        left = [] if _asked_for_nobody(seat, marked, judging) else _without(seat, sums)
        lines.append(
            Line(
                seat,
                marked,
                mean(list(gaps.values())),
                tau(_pairs(seat, sums, kinds)),
                None if not own or not rest else _mean(own) - _mean(rest),
                len(left),
                sum((seat.pk, slot) in withdrawn for slot in left),
            )
        )
    return lines


def _asked_for_nobody(seat: Seat, marked: int, judging: Judging) -> bool:
    """A reserve who stepped in nowhere, and an arbiter, who marks only where the others differ."""
    return (seat.reserve and not marked) or is_arbiter(judging, seat.judge)


def _without(seat: Seat, sums: Sums) -> list[int]:
    """The turns of which there is no sheet of this judge."""
    return [slot for slot, judges in sums.items() if seat.judge not in judges]


def agreement_of(event: JudgedEvent) -> list[tuple[str, str]]:
    """Each kind of judge by its title, and its alpha as shown; "" where there is none."""
    kinds = judging_of(event).kinds
    by_kind: dict[str, list[list[Fraction]]] = {kind: [] for kind in kinds or ("",)}
    for one in recorded_of(event):
        if not one.complete:
            continue
        sums = sums_of(one)
        for kind, turns in by_kind.items():
            turns.append(
                [sums[judge] for judge, sheet in one.sheets.items() if sheet.seat.kind == kind]
            )
    return [
        (kinds[kind].title if kind in kinds else "", _shown(alpha(turns)).lstrip("+"))
        for kind, turns in by_kind.items()
    ]


def alpha(turns: Iterable[Sequence[Fraction]]) -> Fraction | None:
    """One less the disagreement within contestants as a share of that among all marks."""
    held = [turn for turn in turns if len(turn) > 1]
    every = [value for turn in held for value in turn]
    among = _squares(every) / (len(every) - 1) if held else Fraction(0)
    if not among:
        return None
    within = sum((_squares(turn) / (len(turn) - 1) for turn in held), Fraction(0))
    return 1 - within / among


def _squares(values: Sequence[Fraction]) -> Fraction:
    return sum(((one - other) ** 2 for one, other in combinations(values, 2)), Fraction(0))


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
