import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.kernel import draw
from leitai.kernel.errors import DomainError

KEY = "9319./2.5.8.10.12./9.18.26.34.41.45./"
POOL = [f"{number:02d}" for number in range(1, 26)]


def by_hand(algorithm):
    """Digest, modulo, take out of the sorted rest: RFC 3797 with a hash of one's choice."""
    rest, drawn = sorted(POOL), []
    for step in range(len(POOL)):
        edge = bytes([step // 256, step % 256])
        number = int(algorithm(edge + KEY.encode() + edge).hexdigest(), 16)
        drawn.append(rest.pop(number % len(rest)))
    return tuple(drawn)


def test_the_shape_is_that_of_rfc_3797():
    """With MD5 the shape gives the selection that the RFC publishes (§6)."""
    assert by_hand(hashlib.md5)[:10] == (
        "17", "07", "02", "16", "25", "23", "08", "24", "19", "13",
    )  # fmt: skip


def test_order_has_that_shape_with_sha_256():
    assert draw.order(POOL, KEY) == by_hand(hashlib.sha256)


def test_order_keeps_to_its_own_published_vector():
    """By sha256sum: …586 mod 4 is 2, 3d7d… mod 3 is 2, …620 mod 2 is 0, of 丁 丙 乙 甲."""
    assert draw.order(["甲", "乙", "丙", "丁"], "K/") == ("乙", "甲", "丁", "丙")


@given(st.permutations(["甲", "乙", "丙", "丁", "戊"]), st.text(max_size=5))
@settings(max_examples=50, deadline=None)
def test_order_depends_on_names_and_key_alone(pool, key):
    drawn = draw.order(pool, key)
    assert drawn == draw.order(sorted(pool), key)
    assert sorted(drawn) == sorted(pool)


def test_order_refuses_a_name_that_stands_twice():
    with pytest.raises(DomainError) as caught:
        draw.order(["a", "a"], KEY)
    assert caught.value.code == "draw_pool"


def test_order_of_nothing_is_nothing():
    assert draw.order([], KEY) == ()
