"""What the public may see of units: the rulebook's boards, never a handful of people."""

from __future__ import annotations

from decimal import Decimal

import pytest

from leitai.insight.counting import Figures, Held
from leitai.insight.protecting import hidden
from leitai.insight.selectors.boards import board_of, unit_boards
from leitai.rulebook.model.practice import Practice, PracticeBoard
from leitai.units.models import Unit

RATIO = PracticeBoard(title="各单位参学率", of="unit", figure="ratio")


@pytest.mark.parametrize(
    ("persons", "want"),
    [
        ({"a": 40, "b": 5, "c": 0}, set()),
        ({"a": 40, "b": 3, "c": 2}, {"b", "c"}),
        # one alone follows from the sum: the next smallest goes with it
        ({"a": 40, "b": 4, "c": 9, "d": 9}, {"b", "c"}),
        # two that are still only two people
        ({"a": 40, "b": 1, "c": 1, "d": 8}, {"b", "c", "d"}),
        ({"b": 4}, {"b"}),
    ],
)
def test_few_people_are_hidden_and_cannot_be_worked_out(persons, want):
    assert hidden(persons) == want


def _rows(board, figures):
    units = {key: Unit(code=key, name=key) for key in figures}
    return [
        (row.rank, row.unit.code, None if row.value is None else str(row.value), row.protected)
        for row in board_of(board, units, figures).rows
    ]


def test_a_board_ranks_by_its_figure_and_equals_share_a_place():
    figures = {
        "a": Figures(due=10, registered=9, persons=5),
        "b": Figures(due=20, registered=20, persons=10),
        "c": Figures(due=8, registered=8, persons=8),
        "d": Figures(due=100, registered=30, persons=10),
        "e": Figures(registered=7, persons=6, days=9),
        "f": Figures(),
    }
    assert _rows(RATIO, figures) == [
        (1, "c", "100.0", False),
        (2, "a", "50.0", False),
        (2, "b", "50.0", False),
        (4, "d", "10.0", False),
        (None, "e", None, False),
    ]


def test_a_share_of_few_people_is_hidden_however_many_took_part_outside_the_rosters():
    figures = {
        "a": Figures(due=10, registered=10, persons=20, outside=17),
        "b": Figures(due=10, registered=10, persons=6),
        "c": Figures(due=10, registered=10, persons=8),
    }
    assert _rows(RATIO, figures) == [
        (1, "c", "80.0", False),
        (None, "a", None, True),
        (None, "b", None, True),
    ]


def test_a_small_unit_and_the_one_that_would_betray_it_have_no_figure():
    figures = {
        "a": Figures(due=10, registered=9, persons=6),
        "b": Figures(due=4, registered=4, persons=4),
        "c": Figures(due=60, registered=60, persons=30),
    }
    assert _rows(RATIO, figures) == [
        (1, "c", "50.0", False),
        (None, "a", None, True),
        (None, "b", None, True),
    ]


def test_means_and_holders_and_the_best_few():
    figures = {
        "a": Figures(
            due=9, persons=6, points={"weekly": Decimal(100)}, titles={"star": Held(2, 5)}
        ),
        "b": Figures(due=9, persons=7, points={"weekly": Decimal(7)}, titles={"star": Held(5, 5)}),
    }
    mean = PracticeBoard(title="人均", of="unit", figure="mean", ledger="weekly", top=1)
    assert _rows(mean, figures) == [(1, "a", "16.67", False)]
    holders = PracticeBoard(title="人数", of="unit", figure="holders", award="star")
    assert [row[1:3] for row in _rows(holders, figures)] == [("b", "5"), ("a", "2")]


def test_only_boards_of_units_are_public():
    boards = {"r": RATIO, "p": PracticeBoard(title="个人积分", figure="points")}
    practice = Practice(ledgers={}, acts={}, boards=boards)
    assert list(unit_boards(practice)) == ["r"]
    assert unit_boards(None) == {}
