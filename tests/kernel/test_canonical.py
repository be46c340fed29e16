import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.kernel import canonical
from leitai.kernel.errors import DomainError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
@settings(max_examples=80, deadline=None)
def test_decode_undoes_encode(value):
    data = canonical.encode(value)
    assert canonical.decode(data) == value
    assert canonical.encode(canonical.decode(data)) == data
    assert json.loads(data) == value


@pytest.mark.parametrize(
    ("value", "data"),
    [
        ({"b": 1, "a": [True, None, "x"]}, b'{"a":[true,null,"x"],"b":1}'),
        ({"名": "擂台", "Z": -0}, '{"Z":0,"名":"擂台"}'.encode()),
        # By code point, not by UTF-16 unit: U+FF21 comes before U+10000.
        ({"\U00010000": 1, "Ａ": 2}, '{"Ａ":2,"\U00010000":1}'.encode()),
        ('"\\\b\f\n\r\t', rb'"\"\\\b\f\n\r\t"'),
        ("\x00\x1f\x7f/", b'"\\u0000\\u001f\x7f/"'),
        ((1, 2), b"[1,2]"),
        (10**30, b"1000000000000000000000000000000"),
    ],
)
def test_encode_has_one_form(value, data):
    assert canonical.encode(value) == data


@pytest.mark.parametrize("value", [1.5, float("nan"), {1: 2}, {"a": {2}}, b"x", {"a": [0.0]}])
def test_encode_refuses_what_json_would_bend(value):
    with pytest.raises(TypeError):
        canonical.encode(value)


def test_encode_refuses_half_a_character():
    with pytest.raises(DomainError) as caught:
        canonical.encode({"a": "\ud800"})
    assert caught.value.code == "lone_surrogate"


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (b"", 0),
        (b"1.5", 0),
        (b'{"a":0.0}', 5),
        (b"1e3", 0),
        (b"-0", 0),
        (b"NaN", 0),
        (b"Infinity", 0),
        (b'{"a":1,"a":2}', 5),
        (b'{"b":1,"a":2}', 2),
        (b"[1, 2]", 3),
        (b"[1,2]\n", 5),
        (b"[1,2]x", 5),
        (b'"\\u0041"', 1),
        (b'"\\/"', 1),
        (b'"\\u001F"', 6),
        (b'"\\ud800"', 1),
        (b'"\xff"', 1),
        (b'\xef\xbb\xbf"a"', 0),
        ("[“".encode(), 1),
        (b"[" * 100_000, 0),
        (b"1" * 5000, 0),
    ],
)
def test_decode_names_the_first_wrong_byte(data, at):
    with pytest.raises(DomainError) as caught:
        canonical.decode(data)
    assert (caught.value.code, caught.value.data) == ("not_canonical", {"at": at})
