"""A learner's memory of a question: what an answer makes of it, and how it is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from leitai.kernel.errors import DomainError
from leitai.practice import cards

MORNING = datetime(2022, 4, 1, 1, 0, tzinfo=UTC)  # 1 April, 9:00 in Chengdu
DAY = 19083  # days from 1970 to 1 April 2022, by a calendar


def test_day_turns_at_local_midnight() -> None:
    assert cards.local_day(datetime(2022, 3, 31, 15, 59, tzinfo=UTC)) == date(2022, 3, 31)
    assert cards.local_day(datetime(2022, 3, 31, 16, 0, tzinfo=UTC)) == date(2022, 4, 1)
    assert cards.day_number(date(2022, 4, 1)) == DAY
    assert cards.date_of(DAY) == date(2022, 4, 1)


def test_first_right_answer_comes_back_in_two_days_and_a_wrong_one_tomorrow() -> None:
    """FSRS 6 begins with a stability of 2.3065 days for "good", 0.212 for "again"."""
    right = cards.review(None, item=7, right=True, ms=4000, at=MORNING)
    wrong = cards.review(None, item=7, right=False, ms=4000, at=MORNING)
    assert (right.last, right.due, right.seen, right.wrong, right.in_book) == (
        DAY,
        DAY + 2,
        1,
        0,
        False,
    )
    assert (wrong.last, wrong.due, wrong.seen, wrong.wrong, wrong.in_book) == (
        DAY,
        DAY + 1,
        1,
        1,
        True,
    )
    assert right.stability == pytest.approx(2.3065, abs=1e-6)
    assert wrong.stability == pytest.approx(0.212, abs=1e-6)


def test_right_after_a_minute_is_known_less_well() -> None:
    quick = cards.review(None, item=7, right=True, ms=60_000, at=MORNING)
    slow = cards.review(None, item=7, right=True, ms=60_001, at=MORNING)
    assert slow.stability == pytest.approx(1.2931, abs=1e-6)
    assert slow.stability < quick.stability


def test_intervals_grow_with_right_answers() -> None:
    card = cards.review(None, item=7, right=True, ms=4000, at=MORNING)
    gaps = []
    for _ in range(5):
        at = datetime(1970, 1, 1, 2, tzinfo=UTC) + timedelta(days=card.due)
        before = card.due
        card = cards.review(card, item=7, right=True, ms=4000, at=at)
        gaps.append(card.due - before)
    assert gaps == sorted(gaps)
    assert gaps[0] > 2
    assert all(gap <= 365 for gap in gaps)


def test_book_is_left_by_a_right_answer_on_a_later_day_alone() -> None:
    wrong = cards.review(None, item=7, right=False, ms=4000, at=MORNING)
    same_day = cards.review(wrong, item=7, right=True, ms=4000, at=MORNING + timedelta(hours=1))
    later = cards.review(same_day, item=7, right=True, ms=4000, at=MORNING + timedelta(days=1))
    again = cards.review(later, item=7, right=False, ms=4000, at=MORNING + timedelta(days=9))
    assert [one.in_book for one in (wrong, same_day, later, again)] == [True, True, False, True]
    assert (again.seen, again.wrong) == (4, 2)


def test_late_answer_never_turns_the_last_day_back() -> None:
    card = cards.review(None, item=7, right=True, ms=1, at=MORNING + timedelta(days=5))
    late = cards.review(card, item=7, right=True, ms=1, at=MORNING)
    assert late.last == DAY + 5
    assert late.seen == 2


def test_packed_cards_come_back_exactly() -> None:
    """What `review` gives is what a record keeps: folding in one go or in parts is the same."""
    held = {}
    for item in (900_000, 3, 41):
        first = cards.review(None, item=item, right=item != 3, ms=1, at=MORNING)
        held[item] = cards.review(
            first, item=item, right=True, ms=1, at=MORNING + timedelta(days=3)
        )
    packed = cards.pack(held)
    assert cards.unpack(packed) == held
    assert len(packed) == 1 + 3 * 23
    assert cards.pack(dict(reversed(held.items()))) == packed
    assert cards.unpack(memoryview(packed)) == held


def test_nothing_packed_is_no_cards_and_an_unknown_layout_is_refused() -> None:
    assert cards.unpack(b"") == {}
    with pytest.raises(DomainError) as caught:
        cards.unpack(b"\x09")
    assert caught.value.code == "cards_layout"


def test_retrievability_is_nine_tenths_after_the_stability() -> None:
    card = cards.Card(7, 2, 0, 10.0, 5.0, DAY + 10, DAY, 1, 0, in_book=False)
    assert cards.retrievability(card, DAY) == 1
    assert cards.retrievability(card, DAY + 10) == pytest.approx(0.9)
    assert cards.retrievability(card, DAY - 3) == 1
