"""The page of a team's member: the team, its seat, the published result, the certificate."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from leitai.certificates import services as certificates
from leitai.live.models import Match
from leitai.people.models import Person
from tests.factories import people, teams
from tests.factories.teams import AT, CODE, OFFICE

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    return teams.open_season()


@pytest.fixture
def entries(season):
    return teams.entered(season)


def page_of(code):
    account = people.account(f"name-{code}")
    Person.objects.filter(code=code).update(account=account)
    client = Client()
    client.force_login(account)
    return client, client.get(reverse("web:mine")).content.decode()


def seat(*entries, **more):
    """A match whose first seat is the first team's."""
    return Match.objects.create(
        season=CODE,
        stage="match",
        track="teams",
        event="quiz",
        code=f"m{Match.objects.count() + 1}",
        title="四队现场赛",
        starts_at=AT,
        seats={str(at): entry.code for at, entry in enumerate(entries, start=1)},
        **more,
    )


def test_before_the_list_is_confirmed_a_member_sees_nothing_of_the_team(entries):
    _client, page = page_of("b")
    assert "芙蓉队" not in page
    assert "还没有给您编排考试" in page
    assert "芙蓉队" in page_of("a")[1]  # the captain


def test_a_member_sees_the_team_its_people_and_its_seat(season, entries):
    first, second = entries
    teams.confirm(season)
    seat(second, first)
    seat(first, rehearsal=True)
    seat(first, state="cancelled")
    _client, page = page_of("c")
    assert "我的队伍：芙蓉队" in page
    assert "还没有给您编排考试" not in page
    for word in ("钟鼓楼", "易水寒", "闻一鸣", "成都市", first.code, "已确认"):
        assert word in page
    assert page.count("四队现场赛") == 1
    assert '<b class="num">2</b> 四队现场赛' in page
    assert "盐都队" not in page


def test_a_member_sees_what_was_published_and_takes_the_certificate(season, entries):
    first, second = entries
    teams.confirm(season)
    teams.played(season, (first, 130), (second, 150))
    certificates.issue_certificates(actor=OFFICE, season=season, at=AT)
    client, page = page_of("b")
    for word in ("现场比赛成绩", "共 2 队", "二等奖", "130", "在我队之前"):
        assert word in page
    assert "队内名次" not in page
    assert "可以申请复核" not in page  # the captain asks for one
    assert "可以申请复核" in page_of("a")[1]
    paper = reverse("certificates:pdf", args=["OWN-TEAMS-2026-SECOND-0001"])
    assert paper in page
    answer = client.get(paper)
    assert (answer.status_code, answer.getvalue()[:5]) == (200, b"%PDF-")
    other, page = page_of("g")
    assert "二等奖" not in page
    assert "芙蓉队" not in page
    assert other.get(paper).status_code == 404
