"""The choice of items, without a database."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.bank.composition import Candidate, Part, compose, spread
from leitai.kernel.errors import Problems


def pool(**modules: int) -> list[Candidate]:
    """Items of one type, so many of each module."""
    names = [f"{module}{at}" for module, count in modules.items() for at in range(count)]
    return [Candidate(name, at, "single", name[0], name.encode()) for at, name in enumerate(names)]


@pytest.mark.parametrize(
    ("count", "room", "expected"),
    [
        (6, {"a": 9, "b": 9, "c": 9}, {"a": 2, "b": 2, "c": 2}),
        (8, {"a": 9, "b": 9, "c": 9}, {"a": 3, "b": 3, "c": 2}),
        (8, {"a": 1, "b": 9, "c": 9}, {"a": 1, "b": 4, "c": 3}),
        (8, {"a": 1, "b": 2, "c": 9}, {"a": 1, "b": 2, "c": 5}),
        (8, {"a": 0, "b": 9, "c": 9}, {"a": 0, "b": 4, "c": 4}),
        (0, {"a": 3}, {"a": 0}),
        (3, {"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 1, "c": 1}),
    ],
)
def test_spread_gives_equal_shares_within_the_room(count: int, room: dict, expected: dict) -> None:
    assert spread(count, room, list(room)) == expected


def test_what_a_part_leaves_uneven_the_next_part_evens_out() -> None:
    items = pool(a=9, b=9, c=9, d=9, e=9, f=9)
    more = [
        Candidate(f"m{it.name}", 100 + it.version_id, "multiple", it.module, b"m" + it.digest)
        for it in items
    ]
    (chosen,) = compose(items + more, [Part("single", 16), Part("multiple", 8)], papers=1, seed="s")
    assert Counter(it.module for part in chosen for it in part) == dict.fromkeys("abcdef", 4)


def test_small_module_is_shared_by_the_papers() -> None:
    papers = compose(pool(a=2, b=40), [Part("single", 10)], papers=2, seed="s")
    assert [sum(it.module == "a" for it in chosen[0]) for chosen in papers] == [1, 1]


def test_question_that_two_banks_hold_is_chosen_once() -> None:
    twice = [*pool(a=2), Candidate("other/1", 9, "single", "b", b"a0")]
    with pytest.raises(Problems):
        compose(twice, [Part("single", 3)], papers=1, seed="s")
    (chosen,) = compose(twice, [Part("single", 2)], papers=1, seed="s")
    assert len({it.digest for it in chosen[0]}) == 2


def test_order_of_the_pool_changes_nothing() -> None:
    items = pool(a=5, b=7, c=9)
    once = compose(items, [Part("single", 6)], papers=3, seed="s")
    assert compose(items[::-1], [Part("single", 6)], papers=3, seed="s") == once


@settings(max_examples=60, deadline=None)
@given(
    modules=st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1),
    counts=st.lists(st.integers(1, 4), min_size=1, max_size=3),
    papers=st.integers(1, 4),
    seed=st.text(max_size=5),
)
def test_enough_items_always_make_the_papers(
    modules: dict, counts: list, papers: int, seed: str
) -> None:
    items = pool(**modules)
    parts = [Part("single", count) for count in counts]
    if len(items) < sum(counts) * papers:
        with pytest.raises(Problems):
            compose(items, parts, papers=papers, seed=seed)
        return
    made = compose(items, parts, papers=papers, seed=seed)
    assert [[len(part) for part in chosen] for chosen in made] == [counts] * papers
    names = [it.name for chosen in made for part in chosen for it in part]
    assert len(names) == len(set(names))
