"""What the rules do not have is nowhere: no streak, no board, no sign-in, no evening reminder."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leitai.base.jobs import app
from leitai.design.moments import SHANGHAI
from leitai.messages.models import Delivery, Message
from leitai.practice.models import Credit, Learner
from leitai.practice.services.folding import fold_journal
from leitai.seasons.models import Season
from tests.factories import practice as make
from tests.factories.practice import Taken
from tests.web import routes
from tests.web.matrix.practice import give_practice
from tests.world import HOME, World

pytestmark = pytest.mark.django_db
# A week's practice as a house begins with it: acts, points and a title.
RULES = """
practice:
  ledgers:
    daily: {title: 日日学}
    monthly: {title: 月月比}
  acts:
    daily:
      title: 日日学
      exercise: {questions: 5, answers: at-once}
      figures:
        right: {title: 答对, unit: 题, most: "5"}
      credits:
        - {ledger: daily, each: "1"}
    monthly:
      title: 月月比
      exercise: {questions: 2, against: either}
      figures:
        result: {title: 结果, words: {won: 胜, drawn: 平, lost: 负}, required: true}
      credits:
        - {ledger: monthly, words: {won: "3", drawn: "2", lost: "1"}}
    video:
      title: 收看视频
      credits: [{ledger: daily, points: "1"}]
  titles:
    star: {title: 学习之星, per: year, when: {act: daily, count: days, least: "3"}}
"""
STREAKS = """  streaks:
    row: {title: 连续学习三天, acts: [daily], points: "1", days: 3, ledger: daily}
"""
UNITS = """  boards:
    units: {title: 各单位参学率, of: unit, figure: ratio}
"""
BOARDS = f"""{UNITS}    persons: {{title: 积分榜, ledger: daily}}
"""
# What presses: rows of days, boards and places on them, signing in for its own sake. 签收 is another
# word, and so is signing in to one's account (登录).
BURDEN = re.compile(
    r"连续|已坚持|连胜|断签|补签|签到|打卡|榜|排行|排名|名次|击败|还没有?学|未学习|快来"
)
LINKS = re.compile(rf'href="(?:/practice/{HOME}/boards/|/s/{HOME}/figures/)')
ROOMS = ("practice", "practice_office", "practice_exams", "lectures", "duels", "training")
ROUTES = [route for route in routes.walk() if route.pattern.startswith("/practice/<slug:season>/")]
PLAYER = Path(__file__).parents[2] / "frontend/src/islands/practice"


@pytest.fixture
def learner(come) -> Client:
    return come("contestant")


def given(world: World, room: str, rules: str) -> dict[str, Any]:
    """What the room's routes are asked about, in a season with just these rules of practice."""
    before = Season.objects.get(code=HOME).rulebook_id
    found = routes.given(world, room, "own")
    Season.objects.filter(code=HOME).update(rulebook=before)
    give_practice(Season.objects.get(code=HOME), rules)
    return found


def practised(world: World) -> None:
    """Four days one after another: a streak, a title and a place on a board, where there are any."""
    account = str(world.accounts["contestant"].pk)
    own = Learner.objects.get(season=HOME, account=account)
    versions = make.questions(5, season=HOME, code="burden")
    days = [world.now - timedelta(days=back) for back in range(3, -1, -1)]
    make.take(versions, [Taken(own.pk, "daily", day, "11111") for day in days])
    while fold_journal(at=world.now):
        pass
    assert Credit.objects.filter(learner=own.pk).count() >= len(days)


def walked(learner: Client, world: World, room: str, rules: str) -> tuple[set[str], dict[str, str]]:
    """The routes that showed the learner something, and what on them presses."""
    arguments = given(world, room, rules)
    learner.post(f"/practice/{HOME}/join/")
    practised(world)
    shown, pressing = set(), {}
    for route in ROUTES:
        if routes.home(route) != room or route.pattern in routes.patterns("NO_PAGE"):
            continue
        answer = routes.ask(learner, route, "GET", arguments)
        assert answer.status_code in {200, 403, 404, 405}, route.pattern
        if answer.status_code != 200:
            continue
        shown.add(route.name)
        page = answer.content.decode()
        found = BURDEN.findall(page) + LINKS.findall(page)
        if found:
            pressing[route.name] = "".join(found)
    return shown, pressing


def test_rooms_are_all_that_practice_has():
    assert {routes.home(route) for route in ROUTES} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_no_page_of_practice_presses(learner, world, room):
    shown, pressing = walked(learner, world, room, RULES)
    assert shown
    assert pressing == {}
    assert "practice:boards" not in shown
    assert learner.get(f"/practice/{HOME}/boards/").status_code == 404
    assert learner.get(f"/s/{HOME}/figures/").status_code == 404


def test_the_walk_sees_what_the_rules_switch_on(learner, world):
    """The proof that the walk above would find it."""
    shown, pressing = walked(learner, world, "practice", RULES + STREAKS + BOARDS)
    assert "practice:boards" in shown
    own = {"practice:titles", "practice:points", "practice:history", "practice:settings"}
    assert set(pressing) >= own | {"practice:boards"}
    assert "连续" in pressing["practice:points"]


@pytest.mark.parametrize(
    ("boards", "offered"), [(UNITS, False), (BOARDS, True)], ids=["units", "persons"]
)
def test_only_a_board_of_persons_can_be_left(learner, world, boards, offered):
    """Nobody stands on a board of units by name; a form sent nevertheless hides nobody."""
    given(world, "practice", RULES + boards)
    page = f"/practice/{HOME}/settings/"
    assert ("不进入排行榜" in learner.get(page).content.decode()) is offered
    assert learner.post(page, {"minutes": "10", "hidden": "on"}).status_code == 302
    account = str(world.accounts["contestant"].pk)
    assert Learner.objects.get(season=HOME, account=account).hidden is offered


def test_nobody_has_to_sign_in_to_practise(come, world):
    given(world, "practice", RULES)
    for page in ("", "modules/", "study/daily/", "search/"):
        answer = come("").get(f"/practice/{HOME}/{page}")
        assert answer.status_code == 200, page
        assert BURDEN.findall(answer.content.decode()) == []


def test_the_player_says_nothing_of_it_either():
    texts = [file.read_text(encoding="utf-8") for file in PLAYER.rglob("*.ts*")]
    assert texts
    assert [found for text in texts for found in BURDEN.findall(text)] == []


def test_no_evening_reminder(learner, world, monkeypatch):
    """Whoever practised for days and not today hears nothing, though every job has its turn."""
    given(world, "practice", RULES)
    practised(world)
    Season.objects.filter(code=HOME).update(remind_days=3, remind_loud=True)
    own = Delivery.objects.filter(account=world.accounts["contestant"])
    before = set(own.values_list("pk", flat=True))
    said = set(Message.objects.values_list("pk", flat=True))
    tomorrow = timezone.localdate(world.now, SHANGHAI) + timedelta(days=1)
    evening = datetime.combine(tomorrow, time(20, 30), SHANGHAI)
    monkeypatch.setattr("django.utils.timezone.now", lambda: evening)
    ran = []
    for periodic in app.periodic_registry.periodic_tasks.values():
        periodic.task.func(timestamp=int(evening.timestamp()))
        ran.append(periodic.task.name)
    assert {"seasons.remind", "practice.fold_left", "duels.end", "insight.roll_up"} <= set(ran)
    assert set(own.values_list("pk", flat=True)) == before
    later = Message.objects.exclude(pk__in=said).values_list("title", "body")
    assert [text for text in map("".join, later) if BURDEN.search(text)] == []
