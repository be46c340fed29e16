"""Draws as browsers ask for them: the desk's steps, the public's page, the hall's screen."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from leitai.kernel import draw as lots
from leitai.kernel import draw_record
from leitai.seasons import services
from leitai.seasons.models import Draw, DrawParty
from tests.factories import draws as make
from tests.factories import people
from tests.factories import seasons as factory
from tests.factories.seasons import CODE

pytestmark = pytest.mark.django_db
DESK = f"/office/{CODE}/draws/"
PUBLIC = f"/s/{CODE}/draws/"
WITNESSES = {
    "name_1": "岑雪桥", "post_1": "监督仲裁组成员", "name_2": "万里晴", "post_2": "选手代表",
}  # fmt: skip
SECRET = "AB" * 16


@pytest.fixture
def season():
    return factory.opened()


def browser(role):
    client = Client()
    client.force_login(people.account(role, role, season=CODE))
    return client


def local(at):
    return at.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%dT%H:%M")


def planned(**changes):
    now = datetime.now(UTC)
    return {
        "purpose": "总决赛出场次序", "roster": "A1 甲队\nB2，乙队\nC3 丙队",
        "reveal_by": local(now + timedelta(days=1)), "source_kind": "dice",
        "source_identity": "开幕式上六名选手各掷一枚骰子", "source_at": local(now + timedelta(days=2)),
        "groups": "6 1 6", "fallback": "次日再掷", "apart": "A1 B2", "not_first": "C3",
        "relax": "not_first",
    } | changes  # fmt: skip


def test_desk_leads_from_plan_to_order(season):
    office, supervisor = browser("office"), browser("supervisor")
    assert office.post(f"{DESK}new/", planned()).headers["Location"] == f"{DESK}1/"
    assert Client().get(f"{PUBLIC}1/").status_code == 404
    given = {"role": "organiser", "secret": "", "commitment": lots.commitment(SECRET)}
    assert office.post(f"{DESK}1/commit/", given).status_code == 302
    kept = {"role": "supervisor", "secret": "cd" * 16, "keep": "on"}
    assert supervisor.post(f"{DESK}1/commit/", kept).status_code == 302
    for step, form in (("publish", {}), ("freeze", {"roster": "A1 甲\nB2 乙\nC3 丙"})):
        assert office.post(f"{DESK}1/{step}/", form).status_code == 302
    wrong = office.post(f"{DESK}1/reveal/", {"role": "organiser", "secret": "EF" * 16})
    assert (wrong.status_code, "秘密数与承诺不符" in wrong.content.decode()) == (422, True)
    office.post(f"{DESK}1/reveal/", {"role": "organiser", "secret": SECRET})
    supervisor.post(f"{DESK}1/reveal/", {"role": "supervisor"})
    draw = Draw.objects.get()
    assert (draw.state, draw.manifest["relax"]) == ("revealed", [1, 0])
    early = office.post(f"{DESK}1/source/", {"numbers": "1", "again": "1"} | WITNESSES)
    assert "还没有到公开数字产生的时间" in early.content.decode()
    at = datetime.fromisoformat(draw.manifest["source"]["at"])
    services.enter_public(
        actor=make.office(season), draw=draw, public=make.DICE, witnesses=make.WITNESSES, at=at
    )
    assert "下一步：计算次序" in office.get(f"{DESK}1/").content.decode()
    draw = services.compute_draw(actor=make.office(season), draw=draw, at=at)
    assert draw.outcome[0] != "C3"
    page = Client().get(f"{PUBLIC}1/").content.decode()
    assert draw.manifest_hash in page
    assert SECRET in page
    assert "能证明" in page
    record = json.loads(Client().get(f"{PUBLIC}1/record.json").content)
    assert all(claim.holds for claim in draw_record.verify(record))


def test_secret_without_keeping_is_not_stored(season):
    office = browser("office")
    office.post(f"{DESK}new/", planned())
    office.post(f"{DESK}1/commit/", {"role": "organiser", "secret": SECRET})
    party = DrawParty.objects.get(role="organiser")
    assert (party.sealed, party.secret, party.commitment) == ("", "", lots.commitment(SECRET))


def test_form_says_what_is_wrong_and_keeps_what_was_typed(season):
    office = browser("office")
    for changes, words in (
        ({"source_at": planned()["reveal_by"]}, "须晚于公开秘密数的截止时间"),
        ({"not_first": "Z9"}, "限制条件中的“Z9”不在抽签名单内"),
        ({"groups": "6"}, "每组写三个整数"),
        ({"roster": "A1 甲"}, "名单应有2至2000行"),
        ({"third": "代表", "third_account": "nobody"}, "nobody"),
    ):
        response = office.post(f"{DESK}new/", planned(**changes))
        page = response.content.decode()
        assert (response.status_code, words in page, "开幕式上六名选手" in page) == (
            422,
            True,
            True,
        )
    assert Draw.objects.count() == 0


def test_hand_draw_goes_by_the_desk_and_shows_in_the_hall(season):
    office = browser("office")
    form = {"purpose": "出场次序", "roster": "A1 甲队\nB2 乙队", "absent_rule": "last"}
    assert office.post(f"{DESK}hand/", form).headers["Location"] == f"{DESK}1/"
    hall = Client().get(f"{PUBLIC}1/display/").content.decode()
    assert 'data-lt-theme="stage"' in hall
    assert 'hx-trigger="every 2s"' in hall
    assert ("等待抽签" in hall, "人工抽签，不可重算" in hall, "甲队" in hall) == (True, True, True)
    assert office.post(f"{DESK}1/call/", {"member": "B2", "number": "2"}).status_code == 302
    hall = Client().get(f"{PUBLIC}1/display/").content.decode()
    assert "<small>刚刚抽出</small><b>2</b><span>乙队</span>" in hall
    taken = office.post(f"{DESK}1/call/", {"member": "A1", "number": "2"})
    assert (taken.status_code, "2号已经有人抽到" in taken.content.decode()) == (422, True)
    office.post(f"{DESK}1/correct/", {"seq": "1", "number": "1", "reason": "看错"})
    office.post(f"{DESK}1/call/", {"member": "A1", "absent": "on"})
    assert office.post(f"{DESK}1/close/", WITNESSES).status_code == 302
    assert Draw.objects.get().outcome == ["B2", "A1"]
    page = Client().get(f"{PUBLIC}1/").content.decode()
    assert ("人工抽签，不可重算" in page, "draw-check" in page, "更正第1条：看错" in page) == (
        True, False, True,
    )  # fmt: skip
    assert "every 2s" not in Client().get(f"{PUBLIC}1/display/").content.decode()


def test_supervisor_answers_the_abort(season):
    office, supervisor = browser("office"), browser("supervisor")
    make.by_hand(season)
    office.post(f"{DESK}1/abort/", {"reason": "名单有误"})
    assert "同意终止" in supervisor.get(f"{DESK}1/").content.decode()
    assert "同意终止" not in office.get(f"{DESK}1/").content.decode()
    supervisor.post(f"{DESK}1/answer/", {"agree": "yes"})
    assert Draw.objects.get().state == "aborted"
    assert "名单有误" in Client().get(f"{PUBLIC}1/").content.decode()


def test_lists_and_pages_ask_little(season, django_assert_max_num_queries):
    for number in range(40):
        make.by_hand(season, purpose=f"第{number}场")
    office, roster = browser("office"), [(f"N{one:03d}", f"选手{one}") for one in range(200)]
    make.by_hand(season, purpose="大场", roster=roster)
    for address in (DESK, PUBLIC, f"{PUBLIC}41/", f"{DESK}41/"):
        with django_assert_max_num_queries(15):  # one names those behind the numbers
            assert office.get(address).status_code == 200
    with django_assert_max_num_queries(9):
        Client().get(f"{PUBLIC}41/display/")


def test_unpublished_draws_are_nobody_elses(season):
    make.planned(season)
    leader = browser("team_leader")
    assert Client().get(PUBLIC).content.decode().count("第1号") == 0
    assert Client().get(f"{PUBLIC}1/record.json").status_code == 404
    assert leader.get(DESK).status_code == 200
    assert leader.get(f"{DESK}1/").status_code == 403
