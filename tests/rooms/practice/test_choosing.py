"""What a learner is shown next."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from leitai.practice.cards import Card
from leitai.practice.choosing import Candidate, Plan, Wish, budget_of, choose, due_day, new_of

TODAY = 19083
PLAN = Plan(seed="7/19083/1", today=TODAY, budget=10)


def card(item: int, *, due: int, last: int, stability: float = 5.0) -> Card:
    return Card(item, 2, 0, stability, 5.0, due, last, 1, 0, in_book=False)


def pool(
    count: int, *, module: str = "社保", type_: str = "single", first: int = 1
) -> list[Candidate]:
    return [
        Candidate(item, item * 10, type_, module, "知识点") for item in range(first, first + count)
    ]


def items(chosen: object) -> set[int]:
    return {one.item for one in chosen.candidates}  # type: ignore[attr-defined]


def test_same_seed_gives_the_same_set_and_another_seed_another() -> None:
    first = choose(pool(60), {}, Wish(5), PLAN)
    assert choose(list(reversed(pool(60))), {}, Wish(5), PLAN) == first
    assert items(choose(pool(60), {}, Wish(5), replace(PLAN, seed="7/19083/2"))) != items(first)
    assert first.fresh == 5
    assert not first.behind


def test_due_and_new_are_mixed_three_new_of_five() -> None:
    held = {item: card(item, due=TODAY, last=TODAY - 3) for item in range(1, 11)}
    held |= {item: card(item, due=TODAY + 1, last=TODAY - 3) for item in range(11, 21)}
    found = choose(pool(40), held, Wish(5), PLAN)
    assert found.fresh == 3
    assert found.known == 2
    assert {item for item in items(found) if item <= 20} <= set(range(1, 11))


def test_most_forgotten_comes_first() -> None:
    held = {
        1: card(1, due=TODAY, last=TODAY - 4, stability=9),
        2: card(2, due=TODAY, last=TODAY - 4, stability=1),
        3: card(3, due=TODAY, last=TODAY - 4, stability=4),
    }
    assert items(choose(pool(3), held, Wish(2), PLAN)) == {2, 3}


def test_answered_today_is_not_shown_again_while_there_is_anything_else() -> None:
    held = {item: card(item, due=TODAY, last=TODAY) for item in range(1, 6)}
    plan = replace(PLAN, done=frozenset({6, 7}))
    assert items(choose(pool(10), held, Wish(3), plan)) == {8, 9, 10}
    assert len(choose(pool(10), held, Wish(5), plan).candidates) == 5
    assert {8, 9, 10} <= items(choose(pool(10), held, Wish(5), plan))


@pytest.mark.parametrize(("unseen", "days", "wanted"), [(60, 30, 2), (100, 15, 5), (4, 30, 1)])
def test_everything_is_seen_two_thirds_of_the_way_to_the_exam(
    unseen: int, days: int, wanted: int
) -> None:
    """60 in 20 days: 3 a day of 10 answers, 1.5 of 5; 100 in 10 days: 10 a day, all of them."""
    assert new_of(5, unseen, replace(PLAN, exam=TODAY + days)) == wanted


def test_exam_in_a_month_has_everything_seen_before_it() -> None:
    """A simulated month of two sets a day, every answer remembered for long."""
    held: dict[int, Card] = {}
    exam = TODAY + 30
    for today in range(TODAY, exam):
        done: frozenset[int] = frozenset()
        for number in (1, 2):
            plan = Plan(f"7/{today}/{number}", today, 10, exam, done)
            found = choose(pool(150), held, Wish(5), plan)
            done |= items(found)
            held |= {item: card(item, due=today + 200, last=today, stability=200) for item in done}
    assert set(held) == set(range(1, 151))


def test_no_review_is_put_off_beyond_the_exam() -> None:
    plan = replace(PLAN, exam=TODAY + 40)
    days = [due_day(card(item, due=TODAY + 90, last=TODAY), plan) - TODAY for item in range(1, 101)]
    assert (min(days), max(days)) == (26, 39)  # the last fourteen days before it
    assert Counter(days)[26] == 7
    assert due_day(card(1, due=TODAY + 12, last=TODAY), plan) == TODAY + 12
    assert due_day(card(1, due=TODAY + 90, last=TODAY), PLAN) == TODAY + 90
    assert due_day(card(1, due=TODAY + 90, last=TODAY + 39), plan) == TODAY + 90


def test_backlog_begins_with_what_is_still_half_known_and_new_ones_go_on() -> None:
    held = {
        item: card(item, due=TODAY - 20, last=TODAY - 60, stability=item) for item in range(1, 41)
    }
    found = choose(pool(60), held, Wish(5), PLAN)
    assert found.behind
    assert found.fresh == 1
    assert {item for item in items(found) if item <= 40} == {37, 38, 39, 40}


def test_new_questions_come_from_the_module_least_seen() -> None:
    both = [*pool(20), *pool(20, module="就业", first=21)]
    held = {item: card(item, due=TODAY + 9, last=TODAY - 1) for item in range(1, 11)}
    assert {one.module for one in choose(both, held, Wish(5), PLAN).candidates} == {"就业"}


def test_wish_narrows_to_module_type_and_topic() -> None:
    both = [*pool(9), *pool(9, module="就业", type_="blank", first=21)]
    assert items(choose(both, {}, Wish(20, module="就业"), PLAN)) == set(range(21, 30))
    assert items(choose(both, {}, Wish(20, type="single"), PLAN)) == set(range(1, 10))
    assert choose(both, {}, Wish(20, topic="别的"), PLAN).candidates == ()


def test_shape_is_kept_by_type_in_order_and_filled_where_a_type_is_short() -> None:
    shape = {"single": 3, "multiple": 3, "truefalse": 2, "blank": 2}
    stock = [
        *pool(9),
        *pool(9, type_="multiple", first=21),
        *pool(9, type_="truefalse", first=41),
        *pool(9, type_="blank", first=61),
    ]
    found = choose(stock, {}, Wish(10, shape=shape), PLAN)
    assert [one.type for one in found.candidates] == [
        type_ for type_, count in shape.items() for _ in range(count)
    ]
    short = choose(stock[:-8], {}, Wish(10, shape=shape), PLAN)
    assert len(short.candidates) == 10
    assert Counter(one.type for one in short.candidates)["blank"] == 1


def test_budget_is_two_answers_a_minute() -> None:
    assert (budget_of(5), budget_of(0), budget_of(10)) == (10, 1, 20)
