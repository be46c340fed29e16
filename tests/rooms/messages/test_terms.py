from datetime import date, datetime

from leitai.messages import terms
from leitai.messages.terms import Terms

TWO_FIFTEEN = Terms(accept_working_days=2, answer_days=15)


def china(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}:00+08:00")


def test_two_working_days_end_with_the_second_after_the_day_of_filing():
    # Tuesday 24 November: Wednesday is the first, Thursday the second
    assert TWO_FIFTEEN.accept_by(china("11-24T09:00")) == china("11-27T00:00")


def test_friday_evening_runs_over_the_weekend():
    assert TWO_FIFTEEN.accept_by(china("11-20T20:00")) == china("11-25T00:00")  # Mon 23, Tue 24


def test_saturday_and_sunday_begin_on_monday():
    assert TWO_FIFTEEN.accept_by(china("11-21T10:00")) == china("11-25T00:00")
    assert TWO_FIFTEEN.accept_by(china("11-22T23:59")) == china("11-25T00:00")


def test_the_day_is_that_of_shanghai():
    late = datetime.fromisoformat("2026-11-23T16:30:00+00:00")  # Tuesday 00:30 in Shanghai
    assert TWO_FIFTEEN.accept_by(late) == china("11-27T00:00")


def test_holidays_and_worked_weekends_come_from_data():
    some = Terms(2, 15, frozenset({date(2026, 11, 23)}), frozenset({date(2026, 11, 28)}))
    assert some.accept_by(china("11-20T09:00")) == china("11-26T00:00")  # Tue 24, Wed 25
    assert some.accept_by(china("11-26T09:00")) == china("11-29T00:00")  # Fri 27, Sat 28


def test_the_answer_counts_days_of_the_calendar():
    assert TWO_FIFTEEN.answer_by(china("11-20T09:00")) == china("12-06T00:00")  # until 5 December


def test_the_packaged_terms_are_two_and_fifteen():
    found = terms.current()
    assert (found.accept_working_days, found.answer_days) == (2, 15)


def test_a_file_of_ones_own_replaces_them(settings, tmp_path):
    file = tmp_path / "days.toml"
    file.write_text("accept_working_days = 1\nanswer_days = 7\nholidays = [2026-11-23]\n", "utf-8")
    settings.LEITAI_COMPLAINT_DAYS = str(file)
    assert terms.current() == Terms(1, 7, frozenset({date(2026, 11, 23)}))
