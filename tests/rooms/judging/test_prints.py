"""What is printed and signed, read back from the PDF."""

from __future__ import annotations

import pypdfium2
import pytest

from leitai.judging import printing, services
from tests.rooms.judging import making

pytestmark = pytest.mark.usefixtures("stage")


def pages(data: bytes) -> list[str]:
    held = pypdfium2.PdfDocument(data)
    try:
        return [held[number].get_textpage().get_text_range() for number in range(len(held))]
    finally:
        held.close()


@pytest.fixture
def day(stage):
    held = making.called()
    held.play(1)
    held.play(2)
    for seat in (1, 2, 3, 4, 5):
        held.mark(2, seat, "50")
    return held


def test_a_sheet_says_whose_it_is_and_which_version(day):
    chief = making.judge(day.seat(1).person)
    given = {"actor": chief, "slot": day.slot(2), "seat": day.seat(3)}
    services.reopen_sheet(reason="笔误", at=day.at(), **given)
    day.mark(2, 3, "53")
    found = pages(printing.score_sheets(day.event, filled=True)[0])
    assert len(found) == 5
    assert all("更改处须由评委签名" in page and "评委签名" in page for page in found)
    assert ["第2版" in page for page in found] == [False, False, True, False, False]
    assert "53" in found[2]
    assert "91" in found[2]  # 53 + 18 + 12 + 8


def test_no_name_stands_on_the_sheet_where_judges_see_numbers_alone(day):
    name = day.slot(2).name
    assert name in pages(printing.score_sheets(day.event, filled=True)[0])[0]
    day.event.anonymous = True
    for filled in (False, True):
        for page in pages(printing.score_sheets(day.event, filled=filled)[0]):
            assert "选手" in page
            assert name not in page
