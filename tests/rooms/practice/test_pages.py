"""What a learner sees: the day, the sets, the book, the map, points and settings."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from leitai.bank.models import ItemVersion
from leitai.base.sealing import keyring
from leitai.lane import tickets
from leitai.people import privacy
from leitai.practice.cards import local_day, pack, review
from leitai.practice.models import Day, Learner, Mark, Memory
from leitai.seasons.models import Season
from tests.factories import practice as make
from tests.factories import seasons
from tests.factories.practice import Taken
from tests.factories.results import open_season

pytestmark = pytest.mark.django_db
HOME = "/practice/sichuan-2022/"


@pytest.fixture
def versions() -> list[int]:
    season = seasons.draft()
    Season.objects.filter(pk=season.pk).update(state="open")
    return make.questions(40)


def account_of(name: str) -> str:
    made = get_user_model().objects.create_user(
        username=name, display_name="知秋", consent=privacy.VERSION
    )
    return str(made.pk)


def client_of(learner: Learner) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=learner.account))
    return client


@pytest.fixture
def one(versions: list[int]) -> Learner:
    return make.learner(account=account_of("zhiqiu"))


@pytest.fixture
def client(one: Learner) -> Client:  # the learner's
    return client_of(one)


def remember(learner: Learner, items: dict[int, str], *, back: int = 2) -> None:
    """Cards from answers "1" and "0", one a day from `back` days ago."""
    held = {}
    now = timezone.now()
    for item, answers in items.items():
        card = None
        for nth, mark in enumerate(answers):
            at = now - timedelta(days=back - nth)
            card = review(card, item=item, right=mark == "1", ms=3000, at=at)
        held[item] = card
    Memory.objects.update_or_create(learner=learner, defaults={"cards": pack(held)})


def items(versions: list[int]) -> list[int]:
    found = dict(ItemVersion.objects.filter(pk__in=versions).values_list("pk", "item_id"))
    return [found[version] for version in versions]


def data_of(page: str) -> dict:
    found = re.search(r'<script id="practice-data" type="application/json">(.*?)</script>', page)
    return json.loads(found[1])


def test_today_shows_the_set_in_words_and_nothing_that_presses(
    client: Client, one: Learner
) -> None:
    page = client.get(HOME).content.decode()
    assert "知秋，今天练5题" in page
    assert "新题5道，约3分钟" in page
    assert "即可获得“月月比能手”" in page  # by the rules: 60 points of a month
    for word in ("连续签到", "已连续", "榜", "打卡", "签到"):
        assert word not in page


def test_today_says_what_is_new_and_what_is_due(
    client: Client, one: Learner, versions: list[int]
) -> None:
    remember(one, dict.fromkeys(items(versions)[:6], "1"), back=5)
    page = client.get(HOME).content.decode()
    assert "新题3道，该复习的2道，约3分钟" in page


def test_today_counts_the_days_of_the_month_as_a_fact(client: Client, one: Learner) -> None:
    today = local_day(timezone.now())
    Day.objects.create(learner=one, day=today, sets=2, answers=10, right=7)
    page = client.get(HOME).content.decode()
    assert "本月已学1天，答10题，正确率70%" in page


def test_today_asks_the_database_a_fixed_number_of_questions(
    client: Client, one: Learner, versions: list[int], django_assert_max_num_queries
) -> None:
    remember(one, dict.fromkeys(items(versions), "0"))
    client.get(HOME)
    with django_assert_max_num_queries(22):
        client.get(HOME)


def test_visitor_does_a_set_that_is_not_recorded(versions: list[int]) -> None:
    assert "登录后计入学习记录" in Client().get(HOME).content.decode()
    data = data_of(Client().get(f"{HOME}study/daily/").content.decode())
    (given,) = data["sets"][:1]
    assert (given["ticket"], given["set"], data["learner"], data["atOnce"]) == ("", "", 0, True)
    assert len(given["questions"]) == 5
    assert all("key" in question for question in given["questions"])


def test_first_press_makes_a_learner_and_a_look_does_not(versions: list[int]) -> None:
    account = account_of("new")
    client = Client()
    client.force_login(get_user_model().objects.get(pk=account))
    assert client.get(HOME).status_code == 200
    assert client.get(f"{HOME}study/daily/").headers["Location"] == HOME
    assert not Learner.objects.exists()
    answer = client.post(f"{HOME}join/")
    assert answer.headers["Location"] == f"{HOME}study/daily/"
    assert Learner.objects.get().account == account


def test_daily_set_carries_a_ticket_for_just_these_questions(client: Client, one: Learner) -> None:
    data = data_of(client.get(f"{HOME}study/daily/").content.decode())
    assert [len(given["questions"]) for given in data["sets"]] == [5, 5]
    first, second = data["sets"]
    now = int(timezone.now().timestamp() * 1000)
    claim = tickets.verify_set(keyring(), first["ticket"], now_ms=now)
    assert claim.learner == one.pk
    assert claim.act == "daily"
    assert claim.day == local_day(timezone.now())
    assert list(claim.items) == [question["version"] for question in first["questions"]]
    assert claim.set == first["set"]
    assert not set(claim.items) & {question["version"] for question in second["questions"]}
    # A day offline: until the end of the day and three days more.
    midnight = datetime.combine(claim.day, datetime.min.time(), tzinfo=make.CHINA)
    assert claim.exp == int((midnight + timedelta(days=4)).timestamp() * 1000)
    again = data_of(client.get(f"{HOME}study/daily/").content.decode())
    assert [given["set"] for given in again["sets"]] == [given["set"] for given in data["sets"]]


def test_weekly_set_keeps_its_keys_until_it_is_handed_in(client: Client) -> None:
    data = data_of(client.get(f"{HOME}study/weekly/").content.decode())
    (given,) = data["sets"]
    assert len(given["questions"]) == 10
    assert not data["atOnce"]
    assert not any("key" in question for question in given["questions"])
    assert {q["blanks"] for q in given["questions"] if q["type"] == "blank"} <= {1}


def test_picked_module_and_type_narrow_the_set(client: Client) -> None:
    address = f"{HOME}study/daily/?module=社会保险&type=single"
    data = data_of(client.get(address).content.decode())
    (given,) = data["sets"]
    # Modules come every fifth, types every fourth: of 40 questions 2 are both.
    assert {(q["module"], q["type"]) for q in given["questions"]} == {("社会保险", "single")}
    assert len(given["questions"]) == 2


def test_unknown_exercise_and_a_duel_are_no_set(client: Client) -> None:
    for act in ("monthly", "nothing"):
        assert client.get(f"{HOME}study/{act}/").status_code == 404


def test_marked_set_shows_right_wrong_and_open_at_once(
    client: Client, one: Learner, versions: list[int]
) -> None:
    make.take(versions, [Taken(one.pk, "weekly", timezone.now(), "110-0", name="mine")])
    given = _set("mine").hex()
    page = client.get(f"{HOME}sets/{given}/").content.decode()
    assert page.count("答对</span>") == 2
    assert page.count("答错</span>") == 2
    assert page.count("未作答</span>") == 1
    told = client.get(f"{HOME}sets/{given}/", headers={"Accept": "application/json"}).json()
    assert (told["right"], told["count"]) == (2, 5)
    assert [one["right"] for one in told["questions"]] == [True, True, False, False, False]
    assert told["questions"][2]["key"] == "T"


def test_marked_set_of_somebody_else_is_not_found(
    client: Client, one: Learner, versions: list[int]
) -> None:
    other = make.learner(account=account_of("other"))
    make.take(versions, [Taken(other.pk, "daily", timezone.now(), "11111", name="theirs")])
    given = _set("theirs").hex()
    assert client.get(f"{HOME}sets/{given}/").status_code == 404
    assert client.get(f"{HOME}sets/not-a-set/").status_code == 404
    assert client_of(other).get(f"{HOME}sets/{given}/").status_code == 200


def test_sets_of_today_are_counted_before_they_are_folded(
    client: Client, one: Learner, versions: list[int]
) -> None:
    make.take(versions, [Taken(one.pk, "daily", timezone.now(), "11111")])
    page = client.get(HOME).content.decode()
    assert "今天已做1套，各类练习共答5题" in page
    data = data_of(client.get(f"{HOME}study/daily/").content.decode())
    shown = {question["version"] for given in data["sets"] for question in given["questions"]}
    assert not shown & set(versions[:5])


def test_book_lists_by_syllabus_and_type_and_practises_again(
    client: Client, one: Learner, versions: list[int]
) -> None:
    own = items(versions)
    remember(one, {own[0]: "0", own[1]: "0", own[2]: "01", own[5]: "0"})
    page = client.get(f"{HOME}book/").content.decode()
    assert "共3题" in page  # the third was right on a later day
    assert f"{HOME}items/{own[2]}/" not in page
    # Numbers 1 and 6 are of the first module; of these, number 1 is the single choice.
    page = client.get(f"{HOME}book/?module=就业创业").content.decode()
    assert "共2题" in page
    page = client.get(f"{HOME}book/?module=就业创业&type=single").content.decode()
    assert "共1题" in page
    data = data_of(client.get(f"{HOME}study/daily/?from=wrong&module=就业创业").content.decode())
    assert {q["item"] for q in data["sets"][0]["questions"]} == {own[0], own[5]}


def test_taken_out_stays_out_until_it_goes_wrong_again(
    client: Client, one: Learner, versions: list[int]
) -> None:
    (item, *_rest) = items(versions)
    remember(one, {item: "0"})
    assert client.post(f"{HOME}items/{item}/out/").headers["Location"] == f"{HOME}book/"
    assert "没有错题" in client.get(f"{HOME}book/").content.decode()
    remember(one, {item: "00"})
    assert "共1题" in client.get(f"{HOME}book/").content.decode()


def test_favourite_cause_and_note_are_kept_apart(
    client: Client, one: Learner, versions: list[int]
) -> None:
    (item, *_rest) = items(versions)
    client.post(f"{HOME}items/{item}/mark/", {"favourite": "1"})
    client.post(f"{HOME}items/{item}/mark/", {"cause": "mixed", "note": "和工伤保险混了"})
    mark = Mark.objects.get()
    assert (mark.favourite, mark.cause, mark.note) == (True, "mixed", "和工伤保险混了")
    assert "共1题" in client.get(f"{HOME}book/?view=favourite").content.decode()
    assert "和工伤保险混了" in client.get(f"{HOME}book/?view=note").content.decode()
    client.post(f"{HOME}items/{item}/mark/", {"favourite": "0"})
    assert "还没有收藏" in client.get(f"{HOME}book/?view=favourite").content.decode()
    assert client.post(f"{HOME}items/{item}/mark/", {"cause": "no"}).status_code == 422


def test_only_questions_of_the_shelf_are_shown(client: Client, versions: list[int]) -> None:
    seasons_bank = make.questions(1, season="elsewhere", code="other")
    (foreign,) = items(seasons_bank)
    assert client.get(f"{HOME}items/{foreign}/").status_code == 404
    (own, *_rest) = items(versions)
    assert client.get(f"{HOME}items/{own}/").status_code == 200


def test_live_bank_on_the_shelf_by_mishap_shows_nothing(
    client: Client, versions: list[int]
) -> None:
    (own, *_rest) = items(versions)
    ItemVersion.objects.get(pk=versions[0]).item.bank.__class__.objects.update(live=True)
    assert client.get(f"{HOME}items/{own}/").status_code == 404
    assert "还没有练习题" in client.get(HOME).content.decode()


def test_search_finds_two_characters_of_a_stem(client: Client, versions: list[int]) -> None:
    ItemVersion.objects.filter(pk=versions[3]).update(stem="失业保险金的领取期限是多久？")
    page = client.get(f"{HOME}search/?q=失业").content.decode()
    assert "找到1题" in page
    assert "失业保险金的领取期限" in page
    assert "没有找到" in client.get(f"{HOME}search/?q=工伤").content.decode()


def test_map_weighs_unseen_questions_as_unknown(
    client: Client, one: Learner, versions: list[int]
) -> None:
    """One of the eight questions of the first module, answered today: an eighth, 12 or 13 %."""
    (item, *_rest) = items(versions)
    remember(one, {item: "1"}, back=0)
    page = client.get(f"{HOME}map/").content.decode()
    assert "起步 12%" in page
    assert "学过1/8题" in page
    assert page.count("未学 0%") == 4


def test_settings_keep_minutes(client: Client, one: Learner) -> None:
    assert client.post(f"{HOME}settings/", {"minutes": "90"}).status_code == 422
    client.post(f"{HOME}settings/", {"minutes": "10"})
    one.refresh_from_db()
    assert one.minutes == 10


@pytest.mark.parametrize("page", ["book", "map", "history", "points", "titles", "settings"])
def test_own_pages_ask_to_join_first(versions: list[int], page: str) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=account_of("new")))
    answer = client.get(f"{HOME}{page}/")
    assert answer.status_code == 422
    assert "请先打开“今天”页" in answer.content.decode()
    assert Client().get(f"{HOME}{page}/").status_code == 302


def test_history_draws_weeks_and_modules(client: Client, one: Learner) -> None:
    today = local_day(timezone.now())
    for back, right in ((0, 4), (1, 8), (40, 2)):
        Day.objects.create(
            learner=one,
            day=today - timedelta(days=back),
            sets=1,
            answers=10,
            right=right,
            seconds=120,
            modules={"社会保险": [10, right]},
        )
    page = client.get(f"{HOME}history/").content.decode()
    assert page.count("<rect") >= 3
    assert '<td class="r">47%</td>' in page  # 14 of 30


def test_season_without_practice_says_so() -> None:
    season = open_season()
    answer = Client().get(f"/practice/{season.code}/")
    assert answer.status_code == 422
    assert "没有岗位练兵" in answer.content.decode()
    assert Client().get("/practice/nowhere/").status_code == 404


def _set(name: str) -> bytes:
    """As `make.take` names a set."""
    return hashlib.blake2b(name.encode(), digest_size=16).digest()
