"""Only what really ran counts, and never more than the clock allows."""

import pytest

from leitai.lectures import lengths, watched
from tests.rooms.lectures.hall import film_of


def test_ranges_are_joined_and_each_second_counts_once():
    assert watched.merged([(10, 20), (0, 5), (5, 12), (30, 30)]) == [(0, 20)]
    assert watched.total([(0, 10), (5, 15), (100, 130)]) == 45


@pytest.mark.parametrize(
    ("since", "allowed"),
    [(None, 30), (0, 10), (15, 40), (600, 1210)],  # twice the speed and ten seconds of grace
)
def test_the_clock_bounds_what_can_have_been_played(since, allowed):
    assert watched.allowance(since) == allowed


def test_what_is_beyond_the_allowance_or_the_film_is_not_credited():
    assert watched.credited([], [(0, 300)], length=300, most=40) == [(0, 40)]
    assert watched.credited([(0, 40)], [(290, 900)], length=300, most=600) == [(0, 40), (290, 300)]
    assert watched.credited([], [(-50, 20)], length=300, most=600) == [(0, 20)]


def test_a_minute_played_twice_costs_twice_and_counts_once():
    again = watched.credited([], [(0, 30), (0, 30), (30, 60)], length=300, most=70)
    assert again == [(0, 40)]


def test_the_length_is_read_from_the_film_itself():
    for content, seconds in ((film_of(300), 300), (film_of(5400, scale=90000), 5400), (b"", 0)):
        read = lambda start, stop, data=content: data[start:stop]  # noqa: E731
        assert lengths.seconds_of(read, len(content)) == seconds
