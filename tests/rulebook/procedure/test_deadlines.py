"""Deadlines, worked out by hand in cases/deadlines/README.md, and the edges of the reckoning."""

import csv
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Break, Holidays, Term, Window
from leitai.rulebook.procedure import (
    closing,
    deadline,
    is_working_day,
    opening,
    show_end,
    show_start,
    waiting,
    when,
)
from tests.rulebook.procedure.builders import ANNEXES, CASES, DEADLINES

HERE = timezone(timedelta(hours=8))
HOLIDAYS = DEADLINES.holidays
with (CASES / "deadlines" / "deadlines.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']}@{row['from'][:10]}")
def test_worked_out_deadlines(row):
    found = when(DEADLINES, row["rule"], datetime.fromisoformat(row["from"]))
    assert found.instant == datetime.fromisoformat(row["due"])
    assert found.instant.utcoffset() == timedelta(hours=8)
    assert row["words"] in found.words
    assert found.caveats == ()


def test_the_sentence_says_how():
    found = when(DEADLINES, "publicity.selection", at("2022-06-01T09:00"))
    assert found.words == (
        "自2022年6月1日（星期三）9:00起5个工作日（当日不计），至2022年6月9日（星期四）24:00止。"
        "其间休息日不计：2022年6月3日、2022年6月4日、2022年6月5日。"
    )
    rolled = when(DEADLINES, "publicity.winners", at("2022-09-24T10:00"))
    assert rolled.words.endswith("末日2022年10月1日为休息日，顺延至下一个工作日。")
    english = when(DEADLINES, "appeals.event", at("2022-09-21T23:10"), "en")
    assert (
        english.words
        == "2 hours from Wed 21 September 2022, 23:10: until Thu 22 September 2022, 1:10."
    )


def test_the_first_day_may_count():
    start = at("2022-06-06T10:00")
    for unit in ("days", "working-days"):
        assert deadline(Term(3, unit, "publication"), start) == at("2022-06-10T00:00")
        counted = Term(3, unit, "publication", first_day="counts")
        assert deadline(counted, start) == at("2022-06-09T00:00")
    sunday = at("2022-06-05T10:00")  # a day off is no working day even where the first day counts
    counted = Term(1, "working-days", "publication", first_day="counts")
    assert deadline(counted, sunday, HOLIDAYS) == at("2022-06-07T00:00")


def test_the_end_of_a_day_is_on_that_day():
    """From the end of a window at 24:00 the next day is the first; a publication at 0:00 is new."""
    midnight = at("2022-06-11T00:00")  # 10 June, 24:00
    assert deadline(Term(1, "days", "calendar.list"), midnight) == at("2022-06-12T00:00")
    assert deadline(Term(1, "days", "publicity-end"), midnight) == at("2022-06-12T00:00")
    assert deadline(Term(1, "days", "publication"), midnight) == at("2022-06-13T00:00")
    assert deadline(Term(2, "hours", "event-end"), midnight) == at("2022-06-11T02:00")


def test_a_term_over_new_year_says_what_it_does_not_know():
    found = when(DEADLINES, "publicity.selection", at("2022-12-29T10:00"))
    assert found.instant == at("2023-01-06T00:00")  # 30 (1); 2 Jan (2), 3 (3), 4 (4), 5 (5)
    assert found.caveats == (
        "2023年的节假日安排未列入规则，暂按星期六、星期日休息计算；节假日调休的，以公布的安排为准。",
    )
    plain = Term(1, "days", "publication")
    assert deadline(plain, at("2022-12-31T10:00"), HOLIDAYS) == at("2023-01-02T00:00")


def test_without_holidays_saturdays_and_sundays_are_off():
    assert [day for day in range(1, 8) if not is_working_day(date(2022, 10, day))] == [1, 2]
    assert [day for day in range(1, 12) if not is_working_day(date(2022, 10, day), HOLIDAYS)] == [
        *range(1, 8)
    ]
    assert is_working_day(date(2022, 10, 8), HOLIDAYS)


def test_holidays_that_overlap_or_never_end():
    both = Holidays(
        (2022,), (Break("甲", date(2022, 6, 6), date(2022, 6, 9)), Break("乙", date(2022, 6, 7)))
    )
    assert deadline(Term(1, "working-days", "result"), at("2022-06-05T08:00"), both) == at(
        "2022-06-11T00:00"
    )
    ages = Holidays((2022,), (Break("长假", date(2022, 1, 1), date(9999, 12, 31)),))
    with pytest.raises(DomainError) as caught:
        deadline(Term(1, "working-days", "result"), at("2022-06-05T08:00"), ages)
    assert caught.value.code == "deadline_too_far"


@pytest.mark.parametrize("unit", ["minutes", "hours", "days", "working-days"])
def test_the_end_of_all_days(unit):
    with pytest.raises(DomainError) as caught:
        deadline(Term(10_000, unit, "result"), datetime(9999, 12, 31, 23, 59, tzinfo=UTC))
    assert caught.value.code == "deadline_too_far"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("calendar.kickoff", "window_not_fixed"),
        ("awards", "window_not_fixed"),
        ("appeals.spot.levels[0]", "term_not_fixed"),
        ("draws.order", "term_not_fixed"),
        ("publicity.nothing", "no_such_rule"),
        ("", "no_such_rule"),
        ("...", "no_such_rule"),
        ("appeals.event.levels[7]", "no_such_rule"),
        ("appeals.event.levels[" + "9" * 5000 + "]", "no_such_rule"),
        ("appeals.event.levels.body", "no_such_rule"),
        ("title", "rule_has_no_term"),
        ("calendar", "rule_has_no_term"),
        ("appeals.result.by", "rule_has_no_term"),
    ],
)
def test_what_cannot_be_reckoned(path, code):
    with pytest.raises(DomainError) as caught:
        when(DEADLINES, path, at("2022-06-01T09:00"))
    assert caught.value.code == code


def test_an_unsaid_publicity_has_no_end():
    with pytest.raises(DomainError) as caught:
        when(ANNEXES, "publicity.picks", at("2022-03-25T09:00"))
    assert caught.value.code == "term_not_fixed"


def test_a_form_is_due_with_its_window():
    assert when(ANNEXES, "forms.contact", at("2022-03-16T09:00")).instant == at("2022-03-21T00:00")
    with pytest.raises(DomainError) as caught:
        when(ANNEXES, "forms.entry", at("2022-03-16T09:00"))
    assert caught.value.code == "window_not_fixed"
    assert caught.value.data["title"] == "自治区赛"


def test_a_dispute_on_the_spot():
    start = at("2022-09-21T15:00")
    assert when(DEADLINES, "appeals.spot", start).instant == start


def test_what_waits_for_a_day():
    assert [(one.path, one.window) for one in waiting(ANNEXES)] == [
        ("stages.final.window", "region"),
        ("forms.entry.window", "region"),
    ]
    assert waiting(DEADLINES) == ()


def test_windows_open_and_close():
    online = DEADLINES.calendar["online"]
    assert opening(online, HERE) == at("2022-09-01T09:00")
    assert closing(online, HERE) == at("2022-09-30T16:00")
    assert opening(DEADLINES.calendar["list"]) is None
    tentative = Window("暂定", "4月10日", latest=date(2022, 4, 10), tentative=True)
    with pytest.raises(DomainError):
        closing(tentative)
    last = Window("末日", "末日", latest=date.max)
    with pytest.raises(DomainError):
        closing(last)


def test_instants_in_words():
    assert show_end(at("2022-06-11T00:00")) == "2022年6月10日（星期五）24:00"
    assert show_start(at("2022-06-11T00:00")) == "2022年6月11日（星期六）0:00"
    assert show_end(at("2022-06-11T09:05:07")) == "2022年6月11日（星期六）9:05:07"
    assert show_end(at("2022-06-11T00:00"), "en") == "Fri 10 June 2022, 24:00"


STARTS = st.integers(0, 395 * 24 * 60).map(
    lambda minutes: datetime(2021, 12, 1, tzinfo=HERE) + timedelta(minutes=minutes)
)


def brute(start, count, holidays):
    """Count working days one by one, in the plainest way."""
    off = {
        date.fromordinal(day)
        for part in holidays.days_off
        for day in range(part.from_.toordinal(), (part.to or part.from_).toordinal() + 1)
    }
    day = start.date()
    while count:
        day += timedelta(days=1)
        works = day in holidays.days_on or (day.weekday() < 5 and day not in off)
        count -= works
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=start.tzinfo)


@given(STARTS, st.integers(1, 60))
def test_working_days_agree_with_counting_on_fingers(start, count):
    term = Term(count, "working-days", "publication")
    assert deadline(term, start, HOLIDAYS) == brute(start, count, HOLIDAYS)


@given(
    st.sampled_from(["minutes", "hours", "days", "working-days"]),
    STARTS,
    st.integers(1, 400),
    st.booleans(),
)
def test_a_longer_or_later_term_never_ends_earlier(unit, start, within, rolls):
    term = Term(within, unit, "publication", rolls=rolls)
    longer = Term(within + 1, unit, "publication", rolls=rolls)
    end = deadline(term, start, HOLIDAYS)
    assert start < end <= deadline(longer, start, HOLIDAYS)
    assert end <= deadline(term, start + timedelta(hours=7), HOLIDAYS)
