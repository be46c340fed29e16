"""The months of the journal: made ahead, rows put where they belong, dropped when a season is over."""

from datetime import date

import pytest
from django.db import connection

from leitai.base import events
from leitai.practice.models import Act, Journal, Learner
from leitai.practice.services import months
from leitai.seasons.events import SeasonsForgotten
from leitai.seasons.models import CalendarWindow
from tests.factories import practice as make
from tests.factories import seasons
from tests.factories.practice import at

pytestmark = pytest.mark.django_db
NAMES = ("practice_journal", "practice_act", "practice_credit")


def rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of this file
        return cursor.fetchone()[0]


def partition_of(set_id):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tableoid::regclass::text FROM practice_journal WHERE set = %s", [set_id]
        )
        return cursor.fetchone()[0]


def indexes(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_inherits i JOIN pg_index x ON x.indexrelid = i.inhrelid"
            " WHERE x.indrelid = %s::regclass", [table]
        )  # fmt: skip
        return cursor.fetchone()[0]


def a_row(nth, day, learner=7, folded=None):
    name = bytes([nth]) * 16
    make.put([(day, name, learner, "daily", [1], b"{}", at(f"{day} 12:00"))])
    if folded:
        Journal.objects.filter(set=name).update(folded_at=folded)
    return name


def test_without_a_season_this_month_and_two_more_are_made():
    made = months.make_months(at=at("2022-11-30 23:59"))

    assert made == [f"{name}_{month}" for month in ("202211", "202212", "202301") for name in NAMES]
    assert months.make_months(at=at("2022-11-30 23:59")) == []
    # A minute later it is December on the house's clock.
    assert months.make_months(at=at("2022-12-01 00:00")) == [f"{name}_202302" for name in NAMES]


def test_the_months_of_an_open_season_are_made_and_two_more():
    season = seasons.opened()
    CalendarWindow.objects.filter(season=season).update(closes_at=at("2023-03-31 18:00"))

    made = months.make_months(at=at("2023-01-15 12:00"))

    assert [name for name in made if "journal" in name] == [
        f"practice_journal_2023{month}" for month in ("01", "02", "03", "04", "05")
    ]


def test_a_date_by_mistake_makes_no_thousand_months():
    season = seasons.opened()
    CalendarWindow.objects.filter(season=season).update(closes_at=at("2222-03-31 18:00"))

    assert len(months.make_months(at=at("2023-01-15 12:00"))) == 3 * 37


def test_a_row_of_a_month_finds_it_and_has_the_same_indexes():
    months.make_months(at=at("2022-04-10 12:00"))
    name = a_row(1, date(2022, 4, 30))

    assert partition_of(name) == "practice_journal_202204"
    assert indexes("practice_journal_202204") == indexes("practice_journal_rest") == 3


def test_rows_that_fell_aside_are_moved_into_a_month_of_their_own():
    first, last = a_row(1, date(2024, 2, 1)), a_row(2, date(2024, 2, 29))
    other = a_row(3, date(2024, 3, 1))
    Act.objects.create(
        day=date(2024, 2, 5), source="set:x", learner=7, act="daily", at=at("2024-02-05 12:00")
    )
    assert partition_of(first) == "practice_journal_rest"

    assert months.sort_rest() == 4

    found = [partition_of(name) for name in (first, last, other)]
    assert found == ["practice_journal_202402"] * 2 + ["practice_journal_202403"]
    assert rows("practice_journal_rest") == rows("practice_act_rest") == 0
    assert rows("practice_act_202402") == 1
    assert Journal.objects.get(set=first, day=date(2024, 2, 1)).learner == 7
    assert months.sort_rest() == 0


def test_months_are_made_although_rows_fell_aside():
    name = a_row(1, date(2022, 4, 3))

    assert len(months.make_months(at=at("2022-04-10 12:00"))) == 9
    assert partition_of(name) == "practice_journal_202204"


@pytest.fixture
def two():
    """A learner of a season that is over and one of another."""
    over = Learner.objects.create(season="over", account="a", joined_at=at("2022-04-01 08:00"))
    other = Learner.objects.create(season="goes-on", account="a", joined_at=at("2022-04-01 08:00"))
    months.make_months(at=at("2022-04-01 12:00"))
    return over, other


def test_a_forgotten_season_s_months_go_as_a_whole(two):
    over, other = two
    folded = at("2022-05-01 00:00")
    a_row(1, date(2022, 4, 3), over.pk, folded)
    mixed = (
        a_row(2, date(2022, 5, 3), over.pk, folded),
        a_row(3, date(2022, 5, 3), other.pk, folded),
    )
    waits = a_row(4, date(2022, 6, 3), over.pk)
    Act.objects.create(day=date(2022, 4, 3), source="s", learner=over.pk, act="daily", at=folded)

    dropped = months.forget_journal(seasons=["over"], at=at("2024-01-01 12:00"))

    assert dropped == ["practice_journal_202204"]
    assert [bytes(one) for one in Journal.objects.order_by("day").values_list("set", flat=True)] == [
        mixed[1], waits,
    ]  # fmt: skip
    assert Act.objects.count() == 1
    assert months.forget_journal(seasons=["over"], at=at("2024-01-01 12:00")) == []
    # A later answer of that month falls aside and is put in order like any other.
    again = a_row(5, date(2022, 4, 4), other.pk)
    assert months.sort_rest() == 1
    assert partition_of(again) == "practice_journal_202204"


def test_a_month_that_is_not_over_stays(two):
    over, _ = two
    name = a_row(1, date(2022, 4, 3), over.pk, at("2022-04-04 00:00"))

    assert months.forget_journal(seasons=["over"], at=at("2022-04-30 12:00")) == []
    assert partition_of(name) == "practice_journal_202204"
    # Sets of the last days of a month may still come on the first days of the next.
    assert months.forget_journal(seasons=["over"], at=at("2022-05-03 12:00")) == []
    assert months.forget_journal(seasons=["over"], at=at("2022-05-04 12:00")) != []


def test_the_night_s_forgetting_asks_for_it(django_capture_on_commit_callbacks):
    season = seasons.draft()
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            events.publish(SeasonsForgotten((season.code,), at("2024-01-01 12:00")))

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->'seasons'->>0, jsonb_array_length(args->'seasons')"
            " FROM procrastinate_jobs WHERE task_name = 'practice.forget'"
        )
        assert cursor.fetchall() == [("sichuan-2022", 1)]
