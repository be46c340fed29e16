from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from leitai.base.actor import NOBODY
from leitai.newsroom.models import SeasonFace
from leitai.people.selectors import actor_of
from leitai.web.frame import Frame
from tests.world import AWAY, HOME


@pytest.fixture
def frame(world):
    def made(role, path):
        request = RequestFactory().get(path)
        request.resolver_match = resolve(path)
        request.actor = actor_of(world.accounts[role], at=world.now) if role else NOBODY
        return Frame(request)

    return made


def labels(ways):
    return [(way.label, way.current) for way in ways]


def test_office_has_the_whole_season(frame):
    assert labels(frame("office", f"/office/{HOME}/").office_nav) == [
        ("总览", True),
        ("通知报送", False),
        ("集训", False),
        ("报名审核", False),
        ("考务", False),
        ("成绩办理", False),
        ("选拔赛成绩", False),
        ("晋级赛成绩", False),
        ("总决赛成绩", False),
        ("奖项与证书", False),
        ("材料打印", False),
        ("数据接口", False),
        ("公示公告", False),
        ("异议申诉", False),
        ("宣传信息", False),
        ("抽签", False),
        ("组织机构", False),
        ("当日通行证", False),
        ("代表队", False),
        ("选拔赛", False),
        ("监督", False),
        ("操作留痕", False),
        ("办一场本地比赛", False),
        ("单位", False),
        ("人员", False),
        ("单位管理员与领队", False),
        ("花名册", False),
        ("启用单与密码", False),
        ("两人办理", False),
        ("题库", False),
        ("我的日历", False),
    ]


def test_a_page_below_an_entry_marks_it(frame):
    ways = frame("exam_officer", f"/office/{HOME}/exams/{HOME}-final-exam-1/").office_nav
    assert [label for label, current in labels(ways) if current] == ["考务"]


@pytest.mark.parametrize(
    ("role", "path", "wanted"),
    [
        (
            "unit_manager",
            f"/unit/{HOME}/",
            [
                ("通知报送", False),
                ("待办通知", False),
                ("报送信息", False),
                ("选拔赛", False),
                ("报名", False),
                ("本单位选手", True),
                ("办一场本地比赛", False),
                ("单位", False),
                ("人员", False),
                ("单位管理员与领队", False),
                ("花名册", False),
                ("启用单与密码", False),
                ("我的日历", False),
            ],
        ),
        ("item_writer", "/bank/", [("题库", True), ("我的日历", False)]),
        (
            "operator",
            "/state/",
            [
                ("单位", False),
                ("两人办理", False),
                ("建立赛季", False),
                ("系统状态", True),
                ("我的日历", False),
            ],
        ),
        ("contestant", "/me/", [("我的比赛", True)]),
    ],
)
def test_each_role_has_only_what_is_theirs(frame, role, path, wanted):
    assert labels(frame(role, path).office_nav) == wanted


def test_a_foreign_season_gives_no_way(frame):
    ways = frame("office", f"/office/{AWAY}/").office_nav
    assert [way.url for way in ways if AWAY in way.url] == []


def test_strangers_have_no_office(frame):
    found = frame("", f"/s/{HOME}/")
    assert found.office_nav == []
    assert (found.actor_name, found.my_home) == ("", "")


def test_public_ways_lead_to_the_newest_published_result(frame):
    ways = frame("", f"/s/{HOME}/").public_nav
    assert [(way.label, way.url, way.current) for way in ways] == [
        ("首页", f"/s/{HOME}/home/", False),
        ("赛事安排", f"/s/{HOME}/", True),
        ("成绩与晋级", f"/s/{HOME}/results/heat/", False),
        ("公示公告", f"/s/{HOME}/notices/", False),
        ("新闻", f"/s/{HOME}/news/", False),
        ("竞赛规则", f"/s/{HOME}/rules/", False),
        ("证书查验", "/c/", False),
    ]


def test_pages_of_no_season_have_the_ways_of_the_house(frame):
    ways = frame("", "/c/").public_nav
    assert labels(ways) == [("首页", False), ("证书查验", True), ("进入考室", False)]


def test_the_front_page_has_the_ways_of_the_season_that_it_shows(frame):
    found = frame("", "/")
    found.request.shown_season = HOME
    assert labels(found.public_nav)[:2] == [("首页", True), ("赛事安排", False)]


def test_the_foot_is_the_seasons_with_the_record_numbers_of_the_site(frame, world):
    def faced(season, at, **told):
        SeasonFace.objects.create(season=season, changed_at=at, changed_name="某", **told)

    faced(world.home.season, world.now, telephone="000-1", host_words="主办：甲")
    later = world.now + timedelta(days=1)
    faced(world.away.season, later, record_number="某ICP备1号", telephone="000-2")
    foot = frame("", f"/s/{HOME}/").foot
    assert (foot.host, foot.telephone, foot.record_number) == ("主办：甲", "000-1", "某ICP备1号")
    assert frame("", "/c/").foot.telephone == "000-2"  # the newest of the open ones


def test_whoever_serves_a_season_reads_its_foot_on_pages_of_no_season(frame, world):
    later = world.now + timedelta(days=1)
    for season, at, told in ((world.home, world.now, "000-1"), (world.away, later, "000-2")):
        SeasonFace.objects.create(
            season=season.season, changed_at=at, changed_name="某", telephone=told
        )
    assert frame("", "/inbox/").foot.telephone == "000-2"
    assert frame("unit_manager", "/inbox/").foot.telephone == "000-1"


def test_bare_pages_and_error_pages_say_who_stands_behind_them(client, world):
    SeasonFace.objects.create(
        season=world.home.season,
        changed_at=world.now,
        changed_name="某",
        host_words="主办：甲",
        telephone="000-1",
        record_number="某ICP备1号",
    )
    said = client.get(reverse("account_login")).content.decode()
    assert all(words in said for words in ("主办：甲", "000-1", "某ICP备1号"))
    lost = client.get("/nothing/here/")
    assert lost.status_code == 404
    refused = client.post(reverse("account_login"), {"login": "a\0b"})  # a refusal as a page
    for page in (lost, refused):
        assert all(words in page.content.decode() for words in ("000-1", "某ICP备1号"))


def test_the_office_leads_to_the_seasons_public_pages(frame):
    assert frame("office", f"/office/{HOME}/").office_season.url == f"/s/{HOME}/home/"


def test_the_frame_of_an_unknown_season_is_bare(frame):
    found = frame("office", "/office/nothing-1999/")
    assert found.season is None
    assert found.office_season is None
    assert found.organiser == ""


def test_the_office_says_whose_season_and_role_it_is(frame):
    found = frame("office", f"/office/{HOME}/")
    assert (found.office_season.label, found.office_season.note) == ("2022年度赛季", "窗口练兵比武")
    assert (found.actor_name, found.actor_role) == ("蒲清越", "组委会办公室")
    assert found.organiser == "比武活动办公室"


def test_lower_rooms_learn_the_titles_of_seasons(frame, django_assert_num_queries):
    names = frame("office", "/people/").season_names
    with django_assert_num_queries(2):
        assert [names[code] for code in (HOME, HOME, "gone-1999")] == [
            "窗口练兵比武",
            "窗口练兵比武",
            "gone-1999",
        ]


def test_the_office_frame_costs_two_queries(frame, django_assert_num_queries):
    found = frame("office", f"/office/{HOME}/")
    with django_assert_num_queries(2):
        for _ in range(2):
            assert found.office_nav
            assert found.office_season
            assert found.organiser


def test_the_public_frame_costs_two_queries(frame, django_assert_num_queries):
    found = frame("", f"/s/{HOME}/")
    with django_assert_num_queries(2):
        for _ in range(2):
            assert found.public_nav
            assert found.foot_nav
            assert found.organiser
