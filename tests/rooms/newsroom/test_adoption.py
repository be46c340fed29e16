"""采用情况 by hand: which month counts what, sums, the spreadsheet, subtrees for an award."""

import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from leitai.newsroom import exporting, selectors, services
from leitai.newsroom.selectors import Counts
from tests.rooms.newsroom.desk import DESK, adopted, handed_in, open_season

pytestmark = pytest.mark.django_db
# 30 April, 23:59 in the office, and one minute later: two months.
LAST = datetime(2022, 4, 30, 15, 59, tzinfo=UTC)
FIRST = datetime(2022, 4, 30, 16, 0, tzinfo=UTC)
JUNE = datetime(2022, 6, 20, 2, 0, tzinfo=UTC)


def held_figures():
    """成都: two in April, one in June; one of April adopted in May, published in June.

    自贡: one in May, adopted and published in May; a draft that counts nowhere.
    """
    held = open_season("5101", "5103")
    handed_in(held, at=LAST)
    second = handed_in(held, at=LAST)
    handed_in(held, at=JUNE)
    article = services.adopt_item(actor=DESK, item=second, at=FIRST)
    services.publish_article(actor=DESK, article=article, at=JUNE)
    other = adopted(held, "5103", at=FIRST)
    services.publish_article(actor=DESK, article=other, at=FIRST)
    services.take_down_article(actor=DESK, article=other, reason="更正", at=JUNE)
    services.publish_article(actor=DESK, article=other, at=JUNE)
    return held


def test_every_step_counts_once_in_the_month_of_the_office_clock():
    table = selectors.adoption_of(held_figures().season)
    assert table.months == ((2022, 4), (2022, 5), (2022, 6))
    assert [(row.code, row.total) for row in table.rows] == [
        ("5101", Counts(3, 1, 1)),
        ("5103", Counts(1, 1, 1)),
    ]
    assert [[row.of(month) for month in table.months] for row in table.rows] == [
        [Counts(2, 0, 0), Counts(0, 1, 0), Counts(1, 0, 1)],
        [Counts(), Counts(1, 1, 1), Counts()],
    ]
    assert table.totals == (Counts(2, 0, 0), Counts(1, 2, 1), Counts(1, 0, 1))
    assert table.total == Counts(4, 2, 2)


def test_the_figures_of_some_days_and_of_subtrees():
    season = held_figures().season
    may = selectors.adoption_of(season, since=date(2022, 5, 1), until=date(2022, 5, 31))
    assert [(row.code, row.total) for row in may.rows] == [
        ("5103", Counts(1, 1, 1)),
        ("5101", Counts(0, 1, 0)),
    ]
    under = selectors.adoption_under(season, ["51/", "51/5101/", "51/5105/"])
    assert under == {
        "51/": Counts(1, 1, 1),
        "51/5101/": Counts(3, 1, 1),
        "51/5105/": Counts(),
    }


def test_the_spreadsheet_says_the_same():
    data = exporting.adoption_sheet(selectors.adoption_of(held_figures().season))
    sheet = load_workbook(io.BytesIO(data)).active
    months = ["2022年4月", None, None, "2022年5月", None, None, "2022年6月", None, None]
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["单位", "代码", *months, "合计", None, None],
        [None, None, *["报送", "采用", "发布"] * 4],
        ["成都市", "5101", 2, 0, 0, 0, 1, 0, 1, 0, 1, 3, 1, 1],
        ["自贡市", "5103", 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1],
        ["合计", None, 2, 0, 0, 1, 2, 1, 1, 0, 1, 4, 2, 2],
    ]


def test_reading_takes_whole_minutes():
    assert [selectors.minutes_of(text) for text in ("", "字" * 400, "字 \n" * 401)] == [1, 1, 2]
