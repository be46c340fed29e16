from datetime import datetime, time

import pytest

from leitai.messages.quiet import Quiet, first_loud, leave_time, parse

HOUSE = Quiet(time(22), time(8))


def china(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 by the clock of Shanghai."""
    return datetime.fromisoformat(f"2026-11-{day:02d}T{hour:02d}:{minute:02d}:00+08:00")


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (china(21, 21, 59), china(21, 21, 59)),
        (china(21, 22), china(22, 8)),
        (china(21, 23, 30), china(22, 8)),
        (china(22, 0), china(22, 8)),
        (china(22, 7, 59), china(22, 8)),
        (china(22, 8), china(22, 8)),
        (china(22, 12), china(22, 12)),
    ],
)
def test_the_night_waits_for_eight(at, due):
    assert first_loud(at, [HOUSE]) == due


def test_own_hours_come_on_top_of_the_houses():
    noon = Quiet(time(12), time(14))
    assert first_loud(china(22, 12, 30), [HOUSE, noon]) == china(22, 14)


def test_one_span_may_lead_into_the_next():
    assert first_loud(china(21, 23), [HOUSE, Quiet(time(7), time(9, 15))]) == china(22, 9, 15)


def test_without_spans_nothing_waits():
    assert first_loud(china(22, 3), []) == china(22, 3)


def test_the_answer_is_in_utc():
    assert first_loud(china(21, 23), [HOUSE]).isoformat() == "2026-11-22T00:00:00+00:00"


def test_hours_are_read():
    assert parse("22:00-08:00") == HOUSE
    assert parse("") is None


@pytest.mark.parametrize("text", ["22-8", "24:00-08:00", "22:60-08:00", "22:00–08:00"])
def test_other_forms_are_refused(text):
    with pytest.raises(ValueError, match="2"):
        parse(text)


def test_some_of_the_day_must_be_left():
    assert leave_time([HOUSE, Quiet(time(8), time(21, 59))])
    assert not leave_time([HOUSE, Quiet(time(8), time(22))])
