"""The real bank of judicial-examination questions, where it is there beside the project."""

import os
from pathlib import Path

import pytest

from leitai.interchange import read_items

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "items" / "agieval" / "jec-qa.xlsx"


@pytest.fixture
def real() -> bytes:
    if not REAL.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{REAL} is missing")
        pytest.skip(f"the real question bank is not there: {REAL}")
    return REAL.read_bytes()


def test_real_bank_gives_1999_drafts_and_one_repair(real: bytes) -> None:
    reading = read_items(real, REAL.name)
    assert len(reading.drafts) == 1999
    assert [(it.row, it.codes) for it in reading.repairs] == [
        (213, (("type_empty", "题型"), ("key_empty", "答案")))
    ]
    assert reading.refusals == ()
    keys = [len(it.key) for it in reading.drafts]
    assert [keys.count(length) for length in (1, 2, 3, 4)] == [
        1012,
        413,
        377,
        197,
    ]  # one key reads "ACD。"
