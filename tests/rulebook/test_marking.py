from fractions import Fraction

import pytest

from leitai.kernel.errors import DomainError
from leitai.rulebook.marking import mark

POINTS = Fraction(3, 2)


@pytest.mark.parametrize(
    ("item_type", "key", "response", "share"),
    [
        ("single", "B", "B", 1),
        ("single", "B", "b", 1),
        ("single", "B", " Ｂ ", 1),
        ("single", "B", "A", 0),
        ("single", "B", "AB", 0),
        ("single", "B", "", 0),
        ("single", "B", None, 0),
        ("single", "B", ["B"], 0),
        ("multiple", "AC", "AC", 1),
        ("multiple", "AC", "CA", 1),
        ("multiple", "AC", "A", 0),
        ("multiple", "AC", "ABC", 0),
        ("multiple", "AC", "", 0),
        ("truefalse", "T", "T", 1),
        ("truefalse", "T", "F", 0),
        ("truefalse", "F", "", 0),
        ("blank", [["15"]], ["15"], 1),
        ("blank", [["十五日", "15日"]], [" １５ 日"], 1),
        ("blank", [["Labor"]], ["LABOR"], 1),
        ("blank", [["15"]], [""], 0),
        ("blank", [["15"]], [], 0),
        ("blank", [["15"]], "15", 0),
        ("blank", [["15"]], None, 0),
        ("blank", [["15"]], [15], 0),
        ("blank", [["一"], ["二"]], ["一", "三"], 0),
        ("blank", [["一"], ["二"]], ["二", "一"], 0),
        ("blank", [["一"], ["二"]], ["一", "二", "多余"], 1),
    ],
)
def test_mark_is_all_or_nothing(item_type, key, response, share):
    assert mark(item_type, key, response, POINTS) == POINTS * share


@pytest.mark.parametrize(
    ("item_type", "key", "response", "share"),
    [
        ("multiple", "ABC", "AB", Fraction(2, 3)),
        ("multiple", "ABC", "ABC", 1),
        ("multiple", "ABC", "ABD", 0),
        ("multiple", "ABC", "", 0),
        ("single", "A", "AB", 0),
        ("blank", [["一"], ["二"], ["三"]], ["一", "", "三"], Fraction(2, 3)),
        ("blank", [["一"], ["二"], ["三"]], ["一"], Fraction(1, 3)),
        ("blank", [["一"]], [], 0),
    ],
)
def test_share_gives_part_marks(item_type, key, response, share):
    assert mark(item_type, key, response, POINTS, "share") == POINTS * share


@pytest.mark.parametrize(
    ("item_type", "key"),
    [
        ("single", ""),
        ("single", "AB"),
        ("single", "1"),
        ("single", ["A"]),
        ("multiple", "AA"),
        ("multiple", ""),
        ("truefalse", "A"),
        ("truefalse", "TF"),
        ("essay", "A"),
        ("blank", "A"),
        ("blank", []),
        ("blank", ["A"]),
        ("blank", [[]]),
        ("blank", [["A"], [" "]]),
    ],
)
def test_a_key_that_is_none_is_refused(item_type, key):
    with pytest.raises(DomainError) as caught:
        mark(item_type, key, "A", POINTS)
    assert caught.value.code == "bad_key"
