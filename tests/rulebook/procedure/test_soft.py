"""The declared reading of soft words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.rulebook.procedure import Span, read_soft, soft_span
from tests.rulebook.procedure.builders import ANNEXES, DEADLINES


def span(first, last, year=2022):
    def day(text):
        return date.fromisoformat(f"{year}-{text}") if text else None

    return Span(day(first), day(last))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("3月下旬", "03-21", "03-31"),
        ("2月下旬", "02-21", "02-28"),
        ("九月中旬", "09-11", "09-20"),
        ("十一月上旬", "11-01", "11-10"),
        ("3月底", "03-21", "03-31"),
        ("8月底前", None, "08-31"),
        ("8月末之前", None, "08-31"),
        ("6月10日前", None, "06-10"),
        ("3月20日以前", None, "03-20"),
        ("截止到4月10日", None, "04-10"),
        ("截至4月10日止", None, "04-10"),
        ("4月1日起", "04-01", None),
        ("自4月1日起", "04-01", None),
        ("原则上于2022年3月举办", "03-01", "03-31"),
        ("暂定于2022年4月举办，具体时间、地点另行通知", "04-01", "04-30"),
        ("6月10日至20日", "06-10", "06-20"),
        ("6月10-20日", "06-10", "06-20"),
        ("6月10日－7月5日", "06-10", "07-05"),
        ("3-4月", "03-01", "04-30"),
        ("3月底至4月初", "03-21", "04-10"),
        ("第三季度", "07-01", "09-30"),
        ("二季度", "04-01", "06-30"),
        ("上半年", "01-01", "06-30"),
        ("2022年下半年", "07-01", "12-31"),
        ("年底前", None, "12-31"),
        ("２０２２年６月", "06-01", "06-30"),
        ("六月三十日", "06-30", "06-30"),
    ],
)
def test_the_table(words, first, last):
    assert read_soft(words, 2022) == span(first, last)


@pytest.mark.parametrize(
    "words",
    ["7月前", "6月上旬前", "6月以后", "另行通知", "近期", "6月31日", "13月", "0月", "底", "", "6月20日至10日",
     "第五季度", "三月三日后", "十一二月", "6月十二三日", "十十一月", "6月十十一日", "一二月", "比赛结束后", "6月10日至", "9" * 100],
)  # fmt: skip
def test_what_is_not_read(words):
    assert read_soft(words, 2022) is None


def test_years():
    assert read_soft("3月", None) is None
    assert read_soft("2023年3月", None) == span("03-01", "03-31", 2023)
    assert read_soft("2月底", 2024) == span("02-21", "02-29", 2024)
    assert read_soft("12月至1月", 2022) == Span(date(2022, 12, 1), date(2023, 1, 31))
    assert read_soft("12月至1月", 9999) is None
    assert read_soft("0000年3月", 2022) is None


def test_only_where_the_window_says_soft():
    assert soft_span(DEADLINES.calendar["kickoff"], 2022) == span("03-21", "03-31")
    assert soft_span(DEADLINES.calendar["list"], 2022) is None
    assert soft_span(DEADLINES.calendar["final"], 2022) is None  # fixed by a supplementary notice
    assert soft_span(ANNEXES.calendar["region"], 2022) == span("04-01", "04-30")


@given(st.text(alphabet="年月日旬上中下底前起至-—十一二三123456789 第季度半暂定于", max_size=14))
def test_any_words_are_read_or_not(words):
    found = read_soft(words, 2022)
    if found is not None and found.first and found.last:
        assert found.first <= found.last
