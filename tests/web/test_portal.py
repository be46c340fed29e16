from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.test import Client
from django.utils import timezone

from leitai.people import privacy
from leitai.people import services as people
from leitai.people.selectors import actor_of_account
from leitai.seasons.models import CalendarWindow, Season
from leitai.seasons.selectors.apart import told_apart
from leitai.units.selectors import get_unit
from leitai.web import portal, state
from tests.factories import sittings as hall
from tests.factories.units import HOUSE
from tests.world import AWAY, HOME, PASSWORD


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("office", f"/office/{HOME}/"),
        ("exam_officer", f"/office/{HOME}/exams/"),
        ("supervisor", f"/supervision/{HOME}/"),
        ("unit_manager", f"/unit/{HOME}/"),
        ("item_writer", "/bank/"),
        ("operator", "/state/"),
        ("contestant", "/me/"),
    ],
)
def test_home_leads_each_role_to_its_first_screen(sign_in, role, address):
    response = sign_in(role).get("/home/")
    assert (response.status_code, response.url) == (302, address)


def test_home_of_an_account_without_any_role_says_whom_to_ask(world):
    account = people.create_account(
        actor=HOUSE,
        username="new",
        password=PASSWORD,
        display_name="路遥",
        consent=privacy.VERSION,
        at=world.now,
    )
    client = Client()
    client.force_login(account)
    response = client.get("/home/")
    assert response.status_code == 200
    assert "请联系组委会办公室" in text(response)


def test_home_prefers_an_open_season_to_a_closed_one_that_is_newer(world, sign_in):
    Season.objects.filter(code=HOME).update(state="closed")
    people.appoint(
        actor=HOUSE,
        account=world.accounts["office"],
        role="office",
        unit=get_unit("51"),
        season=AWAY,
        since=world.now,
        at=world.now,
    )
    assert sign_in("office").get("/home/").url == f"/office/{AWAY}/"


def test_front_lists_the_seasons_that_are_open_to_the_public(world):
    Season.objects.filter(code=HOME).update(state="closed")
    page = portal.front_page(now=world.now)
    assert page.front.season.code == AWAY  # the one that is on stands at the head
    html = text(Client().get("/"))
    assert html.count("2022年度窗口业务练兵比武</a>") == 1  # one contest, one card
    assert f'href="/s/{AWAY}/home/"' in html
    assert f'href="/s/{HOME}/home/"' in html
    assert "已结束" in html


def test_seasons_of_one_title_are_told_apart_by_time_and_state(world):
    """One is over, the other runs; where even that is alike there is still the code."""
    Season.objects.filter(code=HOME).update(state="closed")
    (card,) = portal.front_page(now=world.now).cards
    assert card.season.code == AWAY  # the livelier stands for both
    cards = {one.season.code: one.apart for one in card.twins}
    periods = {}
    for code in (HOME, AWAY):
        windows = CalendarWindow.objects.filter(season__code=code)
        days = [
            timezone.localtime(day)
            for day in (
                windows.order_by("opens_at").first().opens_at,
                windows.order_by("-closes_at").first().closes_at,
            )
        ]
        periods[code] = "—".join(f"{day.year}年{day.month}月{day.day}日" for day in days)
    assert cards == {HOME: f"{periods[HOME]} · 已结束", AWAY: f"{periods[AWAY]} · 进行中"}
    assert cards[AWAY] in text(Client().get("/"))
    CalendarWindow.objects.all().delete()
    Season.objects.update(state="open")
    apart = told_apart(list(Season.objects.order_by("code")))
    assert apart == {HOME: f"进行中 · {HOME}", AWAY: f"进行中 · {AWAY}"}


def test_front_of_one_season_is_its_home_page_with_its_ways(world):
    Season.objects.filter(code=AWAY).update(state="draft")
    html = text(Client().get("/"))
    for path in (f"/s/{HOME}/", f"/s/{HOME}/news/", f"/s/{HOME}/notices/", f"/s/{HOME}/rules/"):
        assert f'href="{path}"' in html
    assert f'<a href="/s/{HOME}/home/" aria-current="page">首页</a>' in html
    assert "正在举办和已经举办的竞赛" not in html


def test_a_local_contest_stands_behind_the_seasons_of_committees(world):
    Season.objects.filter(code=HOME).update(code="local-1")
    page = portal.front_page(now=world.now)
    assert page.front.season.code == AWAY
    assert [card.season.code for card in page.cards] == [AWAY, "local-1"]
    Season.objects.filter(code=AWAY).update(state="draft")
    alone = portal.front_page(now=world.now)
    assert (alone.front.season.code, alone.cards) == ("local-1", ())


def test_a_stranger_finds_the_open_data_at_the_foot_of_every_public_page(world):
    client = Client()
    for path in ("/", f"/s/{HOME}/home/"):
        assert '<a href="/api/1/">开放数据</a>' in text(client.get(path))
    assert client.get(client.get("/api/1/").json()["openapi"]).status_code == 200


def test_front_without_a_season_says_what_will_be_here(world):
    Season.objects.update(state="draft")
    html = text(Client().get("/"))
    assert "还没有对外公布的赛季" in html
    assert 'href="/exam/"' in html


def test_mine_shows_the_next_exam_with_the_own_code_in_the_hash_only(world, sign_in):
    page = portal.mine_of(_contestant(), now=world.now)
    code = page.agenda.ahead[0].code
    response = sign_in("contestant").get("/me/")
    html = text(response)
    assert f'href="/exam/#{code}"' in html
    assert html.count(code) == 1
    assert "no-store" in response.headers["Cache-Control"]
    assert "下一场考试在这里" in html


def test_mine_shows_the_published_result_and_the_receipt(world, sign_in):
    html = text(sign_in("contestant").get("/me/"))
    assert "晋级赛成绩" in html
    assert "95.00" in html
    assert "RC000001" in html
    assert ("01" * 32) in html


def test_mine_shows_nobody_elses_exam(world, sign_in):
    html = text(sign_in("office").get("/me/"))
    assert "没有对应的参赛选手" in html
    assert "/exam/#" not in html


def test_mine_without_any_exam_says_what_comes(world, sign_in):
    world.home.past.sittings.all().delete()
    world.home.ahead.sittings.all().delete()
    html = text(sign_in("contestant").get("/me/"))
    assert "还没有给您编排考试" in html


def test_mine_of_a_running_exam_counts_down_to_the_own_deadline(world, sign_in):
    exam = hall.start(world.home.ahead, timezone.now())
    html = text(sign_in("contestant").get("/me/"))
    assert "考试已经开始" in html
    assert f'datetime="{exam.closes_at.isoformat()}" data-lt-countdown' in html


def test_unit_shows_the_own_people_with_ranks_only_where_published(world):
    season, stages = portal.unit_page(actor_of_account("unit_manager", at=world.now), HOME)
    assert season == world.home.season
    rows = {
        stage.stage.code: [(row.entry.code, row.rank, row.total) for row in stage.rows]
        for stage in stages
    }
    assert rows == {
        "selection": [(f"2022-5101-{n}", None, "") for n in (1, 2, 3)],
        "heat": [
            ("2022-5101-1", 1, "95.00"),
            ("2022-5101-2", 6, "90.00"),
            ("2022-5101-3", 10, "60.00"),
        ],
        "final": [("2022-5101-1", None, ""), ("2022-5101-2", None, "")],
    }
    assert [stage.published for stage in stages] == [True, True, False]


class _Lane(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"now": 1250}')

    def log_message(self, *_):
        pass


def test_state_asks_the_lane_and_tells_its_lag(db, settings):
    with HTTPServer(("127.0.0.1", 0), _Lane) as lane:
        thread = threading.Thread(target=lane.handle_request)
        thread.start()
        settings.LEITAI_LANE_URL = f"http://127.0.0.1:{lane.server_port}"
        found = state.state_of_house(now_ms=1000)
        thread.join()
    assert found.lane_lag == 250
    assert found.sound
    assert (found.doing, found.failed) == (0, 0)  # what a season defers waits for a worker


def test_state_says_that_the_lane_is_silent_and_what_to_do(sign_in, settings):
    settings.LEITAI_LANE_URL = "http://127.0.0.1:9"
    html = text(sign_in("operator").get("/state/"))
    assert "考试通道没有应答" in html
    assert "leitai lane" in html


def test_health_answers_when_the_database_does(db):
    response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def _contestant():
    return actor_of_account("contestant", at=timezone.now())
