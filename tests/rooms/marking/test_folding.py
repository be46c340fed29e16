"""Journals and points, without a database."""

from fractions import Fraction
from hashlib import sha256

import pytest

from leitai.bank.selectors import KeyedItem
from leitai.kernel.errors import DomainError
from leitai.marking.folding import Marker, fold

BLANK = KeyedItem(1, "blank", [["甲"], ["乙", "丙"], ["丁"]], Fraction(3), "share")


def row(prev: bytes, body: str) -> tuple[bytes, bytes]:
    return body.encode(), sha256(prev + body.encode()).digest()


def test_journal_without_a_batch_folds_to_nothing() -> None:
    start = sha256(b"sitting:7").digest()
    assert fold(7, [], final_seq=0, final_digest=start) == ({}, start)
    assert fold(7, [], final_seq=0, final_digest=None) == ({}, start)


def test_fold_takes_the_latest_of_a_batch_and_of_the_journal() -> None:
    start = sha256(b"sitting:7").digest()
    body1, digest1 = row(start, '{"seq":1,"answers":[[1,"A",5],[2,["甲","乙"],6],[1,"B",7]]}')
    body2, digest2 = row(digest1, '{"seq":2,"answers":[[2,["丙"],8]]}')
    rows = [(1, body1, digest1), (2, body2, digest2)]
    assert fold(7, rows, final_seq=2, final_digest=digest2) == ({1: "B", 2: ["丙"]}, digest2)


@pytest.mark.parametrize(
    "body",
    [
        '{"seq":2,"answers":[]}',  # another number than the row's
        '{"seq":1,"answers":{}}',
        '{"seq":1,"answers":[[1]]}',
        "{",
        "",
    ],
)
def test_batch_that_the_lane_cannot_have_written_breaks_the_journal(body: str) -> None:
    data, digest = row(sha256(b"sitting:7").digest(), body)
    with pytest.raises(DomainError) as refused:
        fold(7, [(1, data, digest)], final_seq=1, final_digest=digest)
    assert (refused.value.code, refused.value.data) == ("journal_broken", {"sitting": 7, "seq": 1})


def test_end_that_is_not_the_journals_is_found() -> None:
    with pytest.raises(DomainError, match="journal_broken"):
        fold(7, [], final_seq=0, final_digest=bytes(32))


@pytest.mark.parametrize(
    ("response", "points"),
    [
        (["甲", "丙", "丁"], 300),
        (["甲", "丙"], 200),
        (["", "", " 丁 "], 100),
        ([], 0),
        ("甲", 0),
    ],
)
def test_share_of_the_blanks_is_kept_exactly(response: object, points: int) -> None:
    assert Marker([BLANK]).points({1: response}) == (points,)


def test_points_that_hundredths_cannot_hold_are_refused() -> None:
    marker = Marker([KeyedItem(4, "blank", BLANK.key, Fraction(1), "share")])
    with pytest.raises(DomainError) as refused:
        marker.points({4: ["甲"]})
    assert (refused.value.code, refused.value.data) == (
        "points_not_exact",
        {"number": 4, "points": "1/3"},
    )
