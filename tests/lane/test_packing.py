"""Sets as they lie in the journal: what goes in comes out, and what is spoilt is refused."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.kernel.errors import DomainError
from leitai.lane import packing

LETTERS = st.text("ABCDEFT", max_size=5)
GIVEN = LETTERS | st.text(max_size=12) | st.lists(st.text(max_size=6), max_size=4)
NUMBER = st.integers(1, 200)
ANSWERS = st.lists(st.tuples(NUMBER, GIVEN, st.integers(0, 86_400_000)), max_size=8)
CLOCK = st.integers(0, 2**53 - 1)


@given(CLOCK, CLOCK, ANSWERS)
def test_what_goes_in_comes_out(began, ended, answers):
    body = packing.unpack(packing.pack(began, ended, answers))

    assert (body.began, body.ended, body.answers) == (began, ended, answers)


@given(CLOCK, CLOCK, ANSWERS)
def test_the_older_form_says_the_same(began, ended, answers):
    older = json.dumps({"began": began, "ended": ended, "answers": answers}).encode()

    assert packing.unpack(older) == packing.unpack(packing.pack(began, ended, answers))


@given(st.lists(st.integers(0, 2**62 - 1), max_size=9))
def test_questions_come_out_in_their_order(items):
    assert packing.unpack_items(packing.pack_items(items)) == items
    assert packing.unpack_items(json.dumps(items).encode()) == items


def test_a_usual_set_takes_forty_bytes():
    answers = [
        (1, "A", 8123),
        (2, "BD", 15004),
        (3, "T", 6040),
        (4, ["一百"], 12650),
        (5, "C", 9377),
    ]

    assert len(packing.pack(1_700_000_000_000, 1_700_000_060_000, answers)) == 35
    assert len(packing.pack_items([100_001, 100_008, 100_015, 100_022, 100_029])) == 8


@given(st.binary(max_size=40))
def test_spoilt_bytes_are_read_or_refused(data):
    for read in (packing.unpack, packing.unpack_items):
        with contextlib.suppress(DomainError):
            read(data)


@pytest.mark.parametrize(
    "data", [b"", b"\x02", b"{", b"null", b"\x01", b"\x01\xe8", b"\x01\x01\x00\x00\x05ab", b"\x01" + b"\xff" * 12]
)  # fmt: skip
def test_what_is_cut_off_or_of_no_form_is_refused(data):
    with pytest.raises(DomainError, match="set_body"):
        packing.unpack(data)
