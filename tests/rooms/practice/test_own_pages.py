"""Points with their reasons, titles, boards where the rules have them, and the office's shelf."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from leitai.bank.models import Bank
from leitai.people import privacy
from leitai.people.models import Appointment
from leitai.practice.cards import local_day
from leitai.practice.models import Learner, Shelf, Title
from leitai.practice.services.folding import fold_journal
from leitai.seasons.models import Season
from leitai.units.models import Unit
from tests.factories import people, seasons
from tests.factories import practice as make
from tests.factories.practice import Taken
from tests.factories.results import open_season
from tests.web.matrix.practice import PRACTICE, give_practice

pytestmark = pytest.mark.django_db
HOME = "/practice/sichuan-2022/"
SHELF = "/office/sichuan-2022/practice/shelf/"


def account_of(name: str) -> str:
    made = get_user_model().objects.create_user(username=name, consent=privacy.VERSION)
    return str(made.pk)


def signed_in(account: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=account))
    return client


@pytest.fixture
def versions() -> list[int]:
    season = seasons.draft()
    Season.objects.filter(pk=season.pk).update(state="open")
    return make.questions(40)


@pytest.fixture
def one(versions: list[int]) -> Learner:
    return make.learner(account=account_of("zhiqiu"))


def test_points_stand_with_their_reason_and_a_taken_back_line_with_its_sign(
    one: Learner, versions: list[int]
) -> None:
    now = timezone.now()
    make.take(versions, [Taken(one.pk, "daily", now, "11011", name="a")])
    make.take(versions, [Taken(one.pk, "weekly", now, "1111011110", name="b")])
    fold_journal(limit=10, at=now)
    page = signed_in(one.account).get(f"{HOME}points/").content.decode()
    assert "日日学：计4分" in page  # four of five right, a point each
    assert "+16" in page  # eight of ten, two points each
    only = signed_in(one.account).get(f"{HOME}points/?ledger=weekly").content.decode()
    assert "日日学：计4分" not in only
    assert "+16" in only


def test_five_weeks_of_bars_are_as_wide_as_their_place(one: Learner, versions: list[int]) -> None:
    """35 places of 1/35: today's bar begins after 34.1 of them and takes four fifths of one."""
    now = timezone.now()
    make.take(versions, [Taken(one.pk, "daily", now, "11011", name="a")])
    fold_journal(limit=10, at=now)
    page = signed_in(one.account).get(f"{HOME}history/").content.decode()
    days = page[page.index('id="days"') : page.index('id="weeks"')]
    assert re.findall(r'<rect x="([^"]+)" y="\d+" width="([^"]+)"', days) == [("97.43%", "2.29%")]
    svg = days[days.index("<svg") : days.index(">", days.index("<svg"))]
    assert " width=" not in svg  # the style sheet gives it the width of the card


def test_points_of_others_are_nowhere_on_the_page(one: Learner, versions: list[int]) -> None:
    now = timezone.now()
    other = make.learner(account=account_of("other"))
    make.take(versions, [Taken(other.pk, "daily", now, "11111")])
    fold_journal(limit=10, at=now)
    assert "还没有积分" in signed_in(one.account).get(f"{HOME}points/").content.decode()


def test_titles_say_how_each_stands(one: Learner) -> None:
    today = local_day(timezone.now())
    row = {"learner": one, "title": "daily-star", "reached_on": today - timedelta(days=40)}
    Title.objects.create(**row, period="a", until=today - timedelta(days=1))
    Title.objects.create(**row, period="b", until=today)
    Title.objects.create(**row, period="c", lost_on=today)
    page = signed_in(one.account).get(f"{HOME}titles/").content.decode()
    assert "已到期" in page
    assert f"有效至{today:%Y-%m-%d}" in page
    assert f"{today:%Y-%m-%d}起因积分扣回失去" in page


def test_board_ranks_equals_alike_and_leaves_out_who_left() -> None:
    season = open_season()
    give_practice(season)
    year = str(local_day(timezone.now()).year)
    found = []
    for nth, (person, points) in enumerate(
        zip(people.people("5104", 4), ("9", "10.5", "10.5", "30"), strict=True)
    ):
        learner = make.learner(person, season=season.code, account=account_of(f"b{nth}"))
        learner.totals, learner.hidden = {"daily": {year: points}}, points == "30"
        learner.save()
        found.append(learner)
    client = signed_in(found[0].account)
    page = client.get(f"/practice/{season.code}/boards/").content.decode()
    ranks = [row.split("</td>")[0] for row in page.split("<td>")[1::2]]
    assert ranks == ["1", "1", "3"]
    assert found[3].person.name not in page
    found[1].hidden = True  # leaves at once, though the board is counted every ten minutes
    found[1].save()
    page = client.get(f"/practice/{season.code}/boards/").content.decode()
    assert [row.split("</td>")[0] for row in page.split("<td>")[1::2]] == ["1", "2"]


def test_rules_without_a_board_of_persons_have_no_page_of_it(one: Learner) -> None:
    client = signed_in(one.account)
    assert client.get(f"{HOME}boards/").status_code == 404
    assert "排行榜" not in client.get(f"{HOME}titles/").content.decode()


def test_shelf_takes_practice_banks_and_refuses_a_live_one(versions: list[int]) -> None:
    office = account_of("office")
    Appointment.objects.create(
        account_id=int(office),
        role="office",
        unit=Unit.objects.get(code="51"),
        since=timezone.now(),
    )
    client = signed_in(office)
    Bank.objects.create(code="second", title="第二题库", live=False)
    Bank.objects.create(code="sealed", title="竞赛题库", live=True)
    page = client.get(SHELF).content.decode()
    assert "第二题库" in page
    assert "<code>sealed</code>" not in page
    assert client.post(SHELF, {"bank": "second"}).headers["Location"] == SHELF
    assert set(Shelf.objects.values_list("bank__code", flat=True)) == {"drill", "second"}
    refused = client.post(SHELF, {"bank": "sealed"})
    assert refused.status_code == 422
    assert "不能用于练习" in refused.content.decode()
    client.post(f"{SHELF}drill/remove/")
    assert set(Shelf.objects.values_list("bank__code", flat=True)) == {"second"}


def test_shelf_is_the_offices_alone(one: Learner) -> None:
    client = signed_in(one.account)
    assert client.get(SHELF).status_code == 403
    assert client.post(f"{SHELF}drill/remove/").status_code == 403
    assert Shelf.objects.count() == 1


def test_limit_of_the_rules_ends_the_day() -> None:
    season = open_season()
    once = PRACTICE.replace("      figures:", "      attempts: {limit: {day: 1}}\n      figures:")
    give_practice(season, once)
    versions = make.questions(20, season=season.code)
    one = make.learner(season=season.code, account=account_of("limited"))
    client = signed_in(one.account)
    address = f"/practice/{season.code}/study/daily/"
    assert client.get(address).content.decode().count('"ticket"') == 1  # not two, as without it
    make.take(versions, [Taken(one.pk, "daily", timezone.now(), "11111")])
    page = client.get(address).content.decode()
    assert "到了规则的上限" in page
    assert "ticket" not in page
    assert "今天的已经做完" in client.get(f"/practice/{season.code}/").content.decode()


@pytest.mark.parametrize(
    ("page", "most"),
    [("book", 19), ("search/?q=第", 19), ("map", 18), ("history", 17), ("points", 22)],
)
def test_own_pages_ask_the_database_no_more_for_more(
    one: Learner, versions: list[int], page: str, most: int, django_assert_max_num_queries
) -> None:
    now = timezone.now()
    make.take(versions, [Taken(one.pk, "daily", now, "0" * 40, name="all")])
    fold_journal(limit=10, at=now)
    client = signed_in(one.account)
    address = f"{HOME}{page}" if "?" in page else f"{HOME}{page}/"
    client.get(address)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200
