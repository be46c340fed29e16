"""Boards, groups inside them, and cuts, taken by themselves: every value worked out by hand."""

import pytest

from leitai.rulebook.chain import Key
from leitai.rulebook.columns import column
from leitai.rulebook.data import ResolutionIn
from leitai.rulebook.ranking import Admitted, Sheet, cut, differences, inside, rank

TOTAL = Key("total", "", "", 0, "higher")


def board(*keys, rows=None, better="higher"):
    """Rank a, b, c … by keys given as lists, one figure an entry."""
    ids = [chr(ord("a") + at) for at in range(len(keys[0]))]
    chain = tuple(Key(f"k{at}", "", "", 0, better) for at in range(len(keys)))
    columns = tuple(column(key) for key in keys)
    return rank(Sheet(ids, ids, columns[0], chain, columns, ()), rows)


def groups(one):
    return [(tie.start, tie.end, list(tie.ids)) for tie in one.ties()]


def everyone(rows):
    return Admitted(list(rows))


def taken(found):
    return [(one.row, one.rank, one.place) for one in found.taken]


def torn(found):
    return [(list(one.tie.ids), one.border, one.limited) for one in found.torn]


def test_ties_come_one_after_the_other_and_end_with_the_board():
    assert groups(board([9, 8, 8, 5])) == [(0, 1, ["a"]), (1, 3, ["b", "c"]), (3, 4, ["d"])]
    assert groups(board([])) == []
    assert groups(board([7, 7])) == [(0, 2, ["a", "b"])]


def test_dense_ranks_count_the_ties_before():
    """9, 8, 8, 7, 6: ranks 1, 2, 3 and 4, where the usual ones are 1, 2, 4 and 5."""
    sheet = board([9, 8, 8, 7, 6]).sheet
    assert [tie.rank for tie in rank(sheet, dense=True).ties()] == [1, 2, 3, 4]
    assert [tie.rank for tie in rank(sheet).ties()] == [1, 2, 4, 5]


def test_less_is_better_where_a_key_says_so():
    assert board([30, 10, 20], better="lower").names() == ("b", "c", "a")


@pytest.mark.parametrize("great", [10**17, 10**30])
def test_keys_too_wide_for_one_integer_rank_the_same(great):
    """Two keys of 10**17 fit no 62 bits together, and 10**30 fits none by itself."""
    one = board([great, 0, great, great], [0, 5, great, 0])
    assert groups(one) == [(0, 1, ["c"]), (1, 3, ["a", "d"]), (3, 4, ["b"])]


def test_a_group_has_its_own_places_and_who_has_no_result_is_in_none():
    """Ranked a 9, b and c 8, d 5 (e, alone in its group, is not): x holds a and c, y b and d."""
    whole = board([9, 8, 8, 5, 1], rows=column([0, 1, 2, 3]).units)
    found = inside(whole, ["x", "y", "x", "y", "z"])
    assert {name: groups(one) for name, one in found.items()} == {
        "x": [(0, 1, ["a"]), (1, 2, ["c"])],
        "y": [(0, 1, ["b"]), (1, 2, ["d"])],
    }
    tied = inside(board([8, 8, 8, 7]), ["x", "x", "", "x"])
    assert {name: groups(one) for name, one in tied.items()} == {
        "x": [(0, 2, ["a", "b"]), (2, 3, ["d"])]
    }


def test_places_are_counted_among_those_who_may_have_one():
    """b is passed over, c takes a place without getting it: d has the third."""

    def admit(rows):
        if rows == [1]:
            return Admitted([])
        return Admitted([], wasted=1) if rows == [2] else Admitted(list(rows))

    one = board([9, 8, 7, 6, 5])
    assert taken(cut(one, 1, 3, admit)) == [(0, 1, 1), (3, 4, 3)]
    assert taken(cut(one, 3, 4, admit)) == [(3, 4, 3), (4, 5, 4)]


def test_a_shared_place_is_taken_in_the_order_of_the_sheet():
    one = board([5, 8, 8, 8])
    assert taken(cut(one, 1, 3, lambda rows: Admitted(rows[::-1]))) == [
        (1, 1, 1),
        (2, 1, 1),
        (3, 1, 1),
    ]


@pytest.mark.parametrize(
    ("answer", "first", "second", "open_"),
    [
        ("share", [0, 1, 2], [], []),  # the tie is above: the line below begins after it
        ("out", [0], [1, 2, 3], []),  # for the line below b and c are the first
        ("", [], [], [(["b", "c"], 2, False)]),
    ],
)
def test_a_tie_at_a_line_is_above_it_below_it_or_open(answer, first, second, open_):
    """a 9, b and c 8, d 5: the first line after the second place, the next after the fourth."""
    one = board([9, 8, 8, 5])
    upper = cut(one, 1, 2, everyone, lambda _tie, _border: answer)
    assert torn(upper) == open_
    if answer:
        assert [row for row, _, _ in taken(upper)] == first
        lower = cut(one, 3, 4, everyone, lambda _tie, _border: answer, (2,))
        assert [row for row, _, _ in taken(lower)] == (second or [3])


def test_a_tie_that_begins_where_a_line_further_up_ends_is_not_shared_by_it():
    """a 9, then b and c 8: the line after the first place does not run through b and c."""
    one = board([9, 8, 8, 5])
    found = cut(one, 2, 3, everyone, lambda _tie, _border: "share", (1,))
    assert [row for row, _, _ in taken(found)] == [1, 2]
    after = cut(one, 2, 4, everyone, lambda _tie, _border: "share", (3,))
    assert [row for row, _, _ in taken(after)] == [1, 2, 3]


def test_a_tie_through_two_lines_belongs_to_whoever_shares_it_above():
    """a, b and c tie for the first three places; the line after the first shares them out."""
    one = board([8, 8, 8, 5])
    found = cut(one, 2, 2, everyone, lambda _tie, border: "share" if border == 1 else "")
    assert (taken(found), torn(found)) == ([], [])
    open_ = cut(one, 2, 2, everyone, lambda _tie, border: "" if border == 1 else "share")
    assert torn(open_) == [(["a", "b", "c"], 1, False)]


def test_a_limit_is_a_line_and_what_it_takes_counts():
    """Of b, c and d only one may go on (c and d are torn by the limit)."""

    def admit(rows):
        tied = [row for row in rows if row in (1, 2, 3)]
        return Admitted(list(rows), torn=frozenset(tied[1:])) if len(tied) > 1 else everyone(rows)

    one = board([9, 8, 8, 8, 5])
    asked = cut(one, 1, 5, admit)
    assert torn(asked) == [(["b", "c", "d"], 4, True)]
    short = cut(one, 1, 3, admit)
    assert torn(short) == [(["b", "c", "d"], 3, False)]
    left = cut(one, 1, 5, admit, lambda _tie, _border: "out")
    assert taken(left) == [(0, 1, 1), (1, 2, 2), (4, 5, 3)]
    shared = cut(one, 1, 5, admit, lambda _tie, _border: "share")
    assert [row for row, _, _ in taken(shared)] == [0, 1, 2, 3, 4]
    assert taken(shared)[-1] == (4, 5, 5)


def test_a_limit_with_a_place_lost_counts_the_lost_place():
    """b and c tie, c is torn by a limit, and d's place among them is lost: e is fourth."""

    def admit(rows):
        if len(rows) == 1:
            return everyone(rows)
        return Admitted([1, 2], wasted=1, torn=frozenset([2]))

    one = board([9, 8, 8, 8, 5])
    found = cut(one, 1, 5, admit, lambda _tie, _border: "out")
    assert taken(found) == [(0, 1, 1), (1, 2, 2), (4, 5, 4)]


def test_a_tie_that_is_shared_out_above_is_not_asked_about_for_a_limit():
    """a, b and c tie for three places; the line after the first shares them out, c's limit or not."""
    one = board([8, 8, 8, 5])

    def admit(rows):
        return Admitted(list(rows), torn=frozenset(rows[2:]))

    found = cut(one, 2, 3, admit, lambda _tie, border: "share" if border == 1 else "")
    assert (taken(found), torn(found)) == ([], [])


def test_who_is_left_of_a_limited_tie_before_the_first_place_is_not_taken():
    """a and b tie, b is over a limit: a has the first place, c the second, which is asked for."""
    one = board([8, 8, 7])

    def admit(rows):
        return Admitted(list(rows), torn=frozenset(rows[1:]))

    found = cut(one, 2, 3, admit, lambda _tie, _border: "out")
    assert taken(found) == [(2, 3, 2)]


@pytest.mark.parametrize("great", [10**12, 10**17])
def test_the_first_two_may_be_level_in_keys_too_wide_for_one_integer(great):
    """10**12 twice is 80 bits, 10**17 twice is 113: both over 62, and the first over no more."""
    one = board([great, great, 0, great], [7, 7, great, 0])
    assert groups(one) == [(0, 2, ["a", "b"]), (2, 3, ["d"]), (3, 4, ["c"])]
    other = board([0, great, great // 2, 1, great], [great, 5, 3, 0, 6])
    assert other.names() == ("e", "b", "c", "d", "a")


def test_keys_that_would_run_over_in_one_integer_are_not_packed():
    """Written as one, b's keys are 2**80, which is nought in 64 bits: b would be before a."""
    one = board([2**40, 0], [0, 2**40 - 1])
    assert one.names() == ("a", "b")


def test_who_differs_from_a_neighbour_of_the_same_total_and_in_which_key():
    """Totals 9, 8, 8, 7: the second key tells b from c; a and d are alone with their totals."""
    neighbour, key = differences(board([9, 8, 8, 7], [1, 5, 3, 2]))
    assert (neighbour.tolist(), key.tolist()) == ([-1, 2, 1, -1], [-1, 1, 1, -1])
    three, keys = differences(board([8, 8, 8], [5, 5, 3], [1, 0, 0]))
    assert (three.tolist(), keys.tolist()) == ([1, 2, 1], [2, 1, 1])


def test_members_whose_tie_was_answered_differ_in_no_key():
    one = board([9, 8, 8])
    one.split(one.tie(1), ResolutionIn("one", "solo", "main", "advance:up", ("c", "b"), "draw"))
    neighbour, key = differences(one)
    assert (one.names(), neighbour.tolist(), key.tolist()) == (
        ("a", "c", "b"),
        [-1, 2, 1],
        [-1, -1, -1],
    )
