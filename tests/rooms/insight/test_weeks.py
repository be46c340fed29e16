"""The drawing of a unit's weeks, and the steps of the heat map."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from leitai.insight.counting import Figures
from leitai.insight.selectors.weeks import curve, step_of

WEEKS = [date(2022, 4, 4) + timedelta(days=7 * n) for n in range(12)]


def test_a_curve_begins_at_nought_and_breaks_where_a_week_has_no_figure():
    values = [Decimal(50), Decimal(100), None, Decimal(0)]
    drawn = curve("参学率", "%", WEEKS[:4], values, Decimal(100))
    # 420 wide from 44, 162 high from 12: nought stands at 174
    assert drawn.paths == ("M44.0 93.0L184.0 12.0", "M464.0 174.0")
    assert [(one.label, one.value) for one in drawn.points] == [
        ("4.4", "50%"),
        ("4.11", "100%"),
        ("4.25", "0%"),
    ]
    assert [label for _y, label in drawn.ticks] == ["0", "25", "50", "75", "100"]


@pytest.mark.parametrize(
    ("most", "top"),
    [(1, "4"), (4, "4"), (5, "8"), (9, "20"), (37, "40"), (130, "200"), (900, "2000")],
)
def test_a_scale_ends_at_a_round_figure(most, top):
    assert curve("人数", "", WEEKS[:1], [Decimal(most)]).ticks[-1][1] == top


def test_twelve_weeks_have_room_for_every_other_label():
    labels = [label for _x, label in curve("人数", "", WEEKS, [Decimal(1)] * 12).labels]
    assert labels == ["6.20", "6.6", "5.23", "5.9", "4.25", "4.11"]


@pytest.mark.parametrize(
    ("ratio", "step"),
    [(None, None), ("0.0", 0), ("0.1", 1), ("19.9", 1), ("20.0", 2), ("79.9", 4), ("100.0", 5)],
)
def test_a_cell_is_as_deep_as_its_ratio(ratio, step):
    assert step_of(None if ratio is None else Decimal(ratio)) == step


def test_a_roster_that_lags_behind_brings_no_more_than_the_whole():
    late = Figures(due=4, persons=6)
    assert (str(late.ratio), late.lags) == ("100.0", True)
    assert not Figures(due=6, persons=6).lags
    assert not Figures(persons=6).lags
