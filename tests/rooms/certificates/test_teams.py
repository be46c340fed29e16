"""A team's certificate names the team and lists its people; each of them may have and check it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from leitai.certificates import selectors, services
from leitai.certificates.models import Certificate
from leitai.certificates.selectors.office import design_page
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from tests.factories import teams
from tests.factories.teams import AT, OFFICE, who

FIRST, SECOND = "OWN-TEAMS-2026-FIRST-0001", "OWN-TEAMS-2026-SECOND-0001"


@pytest.fixture
def season(db):
    """盐都队 is first with 150 points, 芙蓉队 second with 130."""
    made = teams.open_season()
    first, second = teams.entered(made)
    teams.confirm(made)
    teams.played(made, (first, 130), (second, 150))
    return made


@pytest.fixture
def issued(season):
    return services.issue_certificates(actor=OFFICE, season=season, at=AT)


def test_the_paper_names_the_team_and_lists_its_people(issued):
    one = Certificate.objects.get(serial=SECOND)
    assert (one.holder, one.sheet["salutation"], one.sheet["award"]) == ("芙蓉队", "", "二等奖")
    assert one.sheet["body"] == ["在现场比赛中，团体名次列第2名，荣获"]
    assert one.sheet["facts"][1:3] == [["代表队", "成都市"], ["队员", "钟鼓楼、易水寒、闻一鸣"]]
    said = canonical.decode(bytes(one.payload))
    assert (said["holder"], said["members"]) == ("芙蓉队", "钟鼓楼、易水寒、闻一鸣")
    assert said["basis"].startswith("现场比赛团队总分130")
    assert said["basis"].endswith("授予“二等奖”")


def test_the_office_may_name_the_people_in_the_text(season):
    assert ("队员", "队员名单（只有队伍所获的奖项有）") in design_page(season, "first")["fields"]
    given = {
        "body": "{队员}同志组成的{获奖者}，{名次}，荣获",
        "template": "classic",
        "heading": "荣誉证书",
    }
    services.set_design(
        actor=OFFICE, season=season, award="first", given=given, uploads={}, removed=(), at=AT
    )
    services.issue_certificates(actor=OFFICE, season=season, at=AT)
    body = Certificate.objects.get(serial=FIRST).sheet["body"]
    assert body == ["申时雨、井研生、汲泉同志组成的盐都队，团体名次列第1名，荣获"]


def test_each_of_the_team_holds_it_and_nobody_else(issued):
    for code in "abc":
        assert [one.serial for one in selectors.list_own_certificates(who(code))] == [SECOND]
        assert selectors.get_certificate_for(who(code), SECOND).holder == "芙蓉队"
        with pytest.raises(DomainError, match="not_found"):
            selectors.get_certificate_for(who(code), FIRST)
    assert selectors.list_own_certificates(who("g")) == []
    with pytest.raises(DomainError, match="not_found"):
        selectors.get_certificate_for(who("g"), FIRST)


def test_whoever_checks_it_reads_the_same_people(issued, client):
    page = client.get(reverse("certificates:verify", args=[SECOND])).content.decode()
    assert "<b>芙蓉队</b>" in page
    assert "<dt>队员</dt><dd>钟鼓楼、易水寒、闻一鸣</dd>" in page
    assert "<h2>" in page
    assert "有效" in page
