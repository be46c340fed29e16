"""A few cards found and put among many: as if all were unpacked and packed anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leitai.practice import cards

ITEMS = st.integers(min_value=0, max_value=60)


def card(item: int, seen: int) -> cards.Card:
    return cards.Card(item, 2, 0, 1.5, 5.0, 19_100, 19_090, seen, 1, in_book=False)


@given(st.sets(ITEMS), st.sets(ITEMS), st.sets(ITEMS))
def test_found_and_put_in_their_places(before: set[int], after: set[int], asked: set[int]) -> None:
    standing = {item: card(item, 1) for item in before}
    packed = cards.pack(standing)
    assert cards.find(packed, asked) == {
        item: one for item, one in standing.items() if item in asked
    }
    new = {item: card(item, 2) for item in after}
    assert cards.put(packed, new.values()) == cards.pack({**standing, **new})


def test_into_nothing() -> None:
    assert cards.find(b"", [1]) == {}
    assert cards.put(b"", [card(3, 1), card(1, 1)]) == cards.pack([card(1, 1), card(3, 1)])
