"""The published list, the reasons, and the committee's page, as browsers ask for them."""

import re

import pytest
from django.test import Client

from leitai.results import services
from leitai.results.models import StageResult
from leitai.rulebook.bundle.form import FORMAT
from leitai.seasons.models import Resolution
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE, entry

pytestmark = pytest.mark.django_db
PUBLIC = f"/s/{CODE}/results/heat/"
DESK = f"/office/{CODE}/results/heat/"
TIED = {**small.HEAT, "5103-3": small.HEAT["5103-2"]}


@pytest.fixture
def office(client):
    """A browser in which an officer of the committee is signed in (after the season exists)."""

    def sign_in():
        client.force_login(make.account("office", "office", season=CODE))
        return client

    return sign_in


def rows(response, table=0):
    """The text of each cell of each body row of a table, screen readers' words left out."""
    body = re.findall(r"<tbody>(.*?)</tbody>", response.content.decode(), re.DOTALL)[table]
    found = []
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL):
        visible = re.sub(r'<(a|span) class="(sr|only-s[^"]*|note only-s)".*?</\1>', "", row)
        cells = re.findall(r"<td[^>]*>(.*?)</td>", visible, re.DOTALL)
        found.append([" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells])
    return [row for row in found if row]


def test_nothing_is_public_before_publication(client):
    season = small.at_heat()
    small.held(season, "heat")
    response = client.get(PUBLIC)
    assert response.status_code == 404
    assert "成绩尚未公布" in response.content.decode()
    assert "选手1" not in response.content.decode()


def test_unknown_stage_is_not_found(client):
    small.at_heat()
    response = client.get(f"/s/{CODE}/results/semifinal/")
    assert (response.status_code, "尚未公布" in response.content.decode()) == (404, True)
    assert response.content.decode().count("尚未公布") == 1


def test_published_teams_with_the_cut_line(client):
    small.held(small.at_heat(), "heat", publish=True)
    response = client.get(PUBLIC)
    assert response.status_code == 200
    assert rows(response) == [
        ["1", "成都市", "185.00", "", "", "晋级"],
        ["2", "省本级 参加排名", "183.00", "−2.00", "", "不占晋级名额"],
        ["3", "自贡市", "180.00", "−3.00", "", "晋级"],
        ["晋级线：前2支代表队"],
        ["4", "攀枝花市", "170.00", "−10.00", "", "未晋级"],
    ]


def test_published_people_with_gaps_and_the_cut_line(client):
    small.held(small.at_heat(), "heat", publish=True)
    assert rows(client.get(PUBLIC, {"tab": "people"}))[:8] == [
        ["1", "选手1", "成都市", "95.00", "", "随队晋级"],
        ["2", "选手1", "省本级", "92.00", "−3.00", "个人晋级"],
        ["3", "选手2", "省本级", "91.00", "−1.00", "个人晋级"],
        ["晋级线：个人前3名"],
        ["4", "选手1", "自贡市", "90.00", "−1.00", "随队晋级"],
        ["5", "选手2", "自贡市", "90.00", "同分", "随队晋级"],
        ["6", "选手2", "成都市", "90.00", "同分", "随队晋级"],
        ["7", "选手1", "攀枝花市", "90.00", "同分", "未晋级"],
    ]


def test_people_of_one_delegation_are_ranked_inside_it(client):
    small.held(small.at_heat(), "heat", publish=True)
    response = client.get(PUBLIC, {"tab": "people", "delegation": "5103"})
    assert [row[:2] + row[3:5] for row in rows(response)] == [
        ["1", "选手1", "90.00", ""],
        ["2", "选手2", "90.00", "同分"],
        ["3", "选手3", "70.00", "−20.00"],
    ]


def test_advancement_says_why_each_goes_on(client):
    small.held(small.at_heat(), "heat", publish=True)
    response = client.get(PUBLIC, {"tab": "advancement"})
    assert [row[0] for row in rows(response, 0)] == ["选手1", "选手2"]
    assert rows(response, 2)[0] == ["选手1", "省本级", "个人总分92.00分，列第2名，进入前3名"]


def test_awards_are_listed_with_their_reasons(client):
    small.held(small.at_final(publish=True), "final", publish=True)
    response = client.get(f"/s/{CODE}/results/final/", {"tab": "awards"})
    assert rows(response, 0) == [["自贡市", "", "总决赛团体总分179.00分，列第1名，授予第1名"]]
    assert rows(response, 2) == [["选手1", "自贡市", "总决赛个人总分94.00分，列第1名，授予第1名"]]
    assert [row[:2] for row in rows(response, 3)] == [
        ["选手1", "成都市"], ["选手2", "自贡市"], ["选手1", "攀枝花市"], ["选手1", "省本级"],
    ]  # fmt: skip


def test_panel_says_why_and_stands_alone_for_htmx(client):
    small.held(small.at_heat(), "heat", publish=True)
    pair = {"track": "individual", "board": "main"}
    pair |= {"upper": entry("5103-1"), "lower": entry("5103-2")}
    panel = client.get(f"{PUBLIC}1/why/", pair).content.decode()
    assert "<html" not in panel
    text = " ".join(re.sub(r"<[^>]+>", " ", panel).split())
    assert "为什么 选手1 在 选手2 之前？" in text
    assert "总分 90.00分 ＝ 90.00分 相同，看下一条" in text
    assert "多项选择题得分 36.00分 ＞ 34.00分 决定名次： 选手1第4，选手2第5" in text
    assert "答题用时 未用到" in text
    assert "「采取统一在线比试方式进行」" in text


def test_page_opens_with_the_panel_of_a_pair_without_script(client):
    small.held(small.at_heat(), "heat", publish=True)
    page = client.get(PUBLIC, {"tab": "teams", "upper": "5101", "lower": "51-province"})
    text = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    assert "为什么 成都市 在 省本级 之前？" in text
    assert page.content.decode().count('aria-selected="true"') == 2


def test_reasons_of_strangers_and_turned_pairs_are_refused(client):
    small.held(small.at_heat(), "heat", publish=True)
    pair = {"track": "individual", "board": "teams", "upper": "51-province", "lower": "5101"}
    response = client.get(f"{PUBLIC}1/why/", pair)
    assert (response.status_code, "相邻的两行" in response.content.decode()) == (422, True)


def test_reasons_of_previews_are_for_the_committee(client, office):
    services.compute_stage(actor=OFFICE, season=small.at_heat(), stage="heat", at=AT)
    pair = {"track": "individual", "board": "teams", "upper": "5101", "lower": "51-province"}
    assert client.get(f"{PUBLIC}1/why/", pair).status_code == 404
    assert office().get(f"{PUBLIC}1/why/", pair).status_code == 200


def test_office_goes_from_nothing_to_published(office):
    small.at_heat()
    desk = office()
    assert "还没有计算过成绩" in desk.get(DESK).content.decode()
    for act in ("compute/", "1/confirm/", "1/publish/"):
        assert desk.post(DESK + act).status_code == 302
    assert StageResult.objects.get(stage__code="heat").state == "published"
    assert Client().get(PUBLIC).status_code == 200


def test_office_sees_the_tie_and_draws(office):
    small.at_heat(TIED)
    desk = office()
    desk.post(f"{DESK}compute/")
    page = desk.get(DESK).content.decode()
    assert "第2至3名共2名选手并列（总分同为90.00分）" in page
    assert "1/confirm/" not in page
    refused = desk.post(f"{DESK}1/resolve/0/", {"numbers": "drei", "note": "岑雪桥"})
    assert (refused.status_code, "只用数字" in refused.content.decode()) == (422, True)
    assert desk.post(f"{DESK}1/confirm/").status_code == 422
    desk.post(f"{DESK}1/resolve/0/", {"numbers": "4，2 6", "note": "岑雪桥"})
    resolution = Resolution.objects.get()
    assert (resolution.draw.key.endswith("/2.4.6./"), resolution.note) == (True, "岑雪桥")
    assert "2/confirm/" in desk.get(DESK).content.decode()


def test_desk_is_closed_to_others(client, office):
    small.held(small.at_heat(), "heat")
    assert client.get(DESK).status_code == 302  # to sign in
    client.force_login(make.account("other", "local_office", unit="5101", season=CODE))
    for method, path in (
        ("get", DESK),
        ("post", f"{DESK}compute/"),
        ("post", f"{DESK}1/confirm/"),
        ("post", f"{DESK}1/publish/"),
        ("post", f"{DESK}1/resolve/0/"),
        ("post", f"/office/{CODE}/bundle/"),
    ):
        assert getattr(client, method)(path).status_code in (403, 404), path


def test_bundle_is_handed_over(office):
    small.held(small.at_heat(), "heat")
    response = office().post(f"/office/{CODE}/bundle/")
    first = b"".join(response.streaming_content).split(b"\n", 1)[0]
    assert response["Content-Disposition"].startswith('attachment; filename="small-contest-2')
    assert f'"format":"{FORMAT}"'.encode() in first


def test_list_reads_in_english(client):
    small.held(small.at_heat(), "heat", publish=True)
    page = client.get(PUBLIC, headers={"accept-language": "en"})
    assert page.status_code == 200
