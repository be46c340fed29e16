from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import resolve

from leitai.base.actor import NOBODY
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
        ("考务", False),
        ("选拔赛成绩", False),
        ("晋级赛成绩", False),
        ("总决赛成绩", False),
        ("奖项与证书", False),
        ("抽签", False),
        ("组织机构", False),
        ("当日通行证", False),
        ("代表队", False),
        ("操作留痕", False),
        ("单位", False),
        ("人员", False),
        ("单位管理员与领队", False),
        ("花名册", False),
        ("启用单与密码", False),
        ("两人办理", False),
        ("题库", False),
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
                ("本单位选手", True),
                ("单位", False),
                ("人员", False),
                ("单位管理员与领队", False),
                ("花名册", False),
                ("启用单与密码", False),
            ],
        ),
        ("item_writer", "/bank/", [("题库", True)]),
        ("operator", "/state/", [("单位", False), ("两人办理", False), ("系统状态", True)]),
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
        ("赛季首页", f"/s/{HOME}/", True),
        ("成绩与晋级", f"/s/{HOME}/results/heat/", False),
        ("竞赛规则", f"/s/{HOME}/rules/", False),
        ("证书查验", "/c/", False),
    ]


def test_public_ways_are_empty_outside_a_season(frame):
    assert frame("", "/").public_nav == []


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


def test_the_office_frame_costs_one_query(frame, django_assert_num_queries):
    found = frame("office", f"/office/{HOME}/")
    with django_assert_num_queries(1):
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
