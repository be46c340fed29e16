"""The pages as people come to them: the office, the stage, a judge without any script."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from leitai.base.actor import Actor, AppointmentRef
from leitai.judging import services
from leitai.judging.models import Draft, JudgedEvent, Sheet
from leitai.people.models import Account
from tests.factories import people as make
from tests.rooms.judging import making
from tests.rooms.judging.making import CLERK, CODE, OFFICE, SECOND, STAGE, SUPERVISOR
from tests.web.html import Page

pytestmark = pytest.mark.usefixtures("stage")
SEE_OTHER, REFUSED = 302, 422


@pytest.fixture
def come(monkeypatch):
    """A client who is let in as the given actor: the door itself is tested in people."""
    held = {}
    monkeypatch.setattr(
        "leitai.people.middleware.selectors.actor_of_session",
        lambda *_given, **_named: held["actor"],
    )

    def coming(actor: Actor) -> Client:
        held["actor"] = actor
        client = Client()
        account = Account.objects.filter(username="walker").first() or make.account("walker")
        client.force_login(account)
        return client

    return coming


def place(name, day, **more):
    return reverse(f"judging:{name}", kwargs={"season": CODE, "event": day.event.pk, **more})


def text(answer):
    return answer.content.decode()


def opened(client, address, status=200):
    """A page that keeps the rules of the house."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    assert Page(text(answer)).faults == []
    return text(answer)


def test_the_office_sets_up_an_event_and_its_panel(come):
    _season, people = making.ground()
    client = come(OFFICE)
    listing = reverse("judging:events", kwargs={"season": CODE})
    assert "还没有由评委评分的场次" in opened(client, listing)
    new = reverse("judging:new", kwargs={"season": CODE})
    assert "总决赛 · 情景再现" in opened(client, new)
    form = {"place_of": "final/scene", "track": "individual", "starts_at": "2022-07-18T09:00"}
    wrong = client.post(new, form | {"mode": "remote"})
    assert wrong.status_code == REFUSED
    assert "远程举行须写明会议链接" in text(wrong)
    made = client.post(new, form | {"mode": "on-site", "place": "一号厅"})
    event = JudgedEvent.objects.get()
    assert made.headers["Location"] == f"/office/{CODE}/judging/{event.pk}/"
    assert (event.title, event.hidden, event.slots.count()) == ("情景再现", True, 6)
    assert "一号厅" in opened(client, made.headers["Location"])
    assert "情景再现" in opened(client, listing)
    panel = reverse("judging:panel", kwargs={"season": CODE, "event": event.pk})
    assert "还没有评委" in opened(client, panel)
    assert client.post(panel, {"person": people[1].code, "chief": "on"}).status_code == SEE_OTHER
    again = client.post(panel, {"person": people[1].code})
    assert (again.status_code, "已在本场评委席上" in text(again)) == (REFUSED, True)
    client.post(panel, {"person": people[0].name, "reserve": "on"})
    shown = opened(client, panel)
    assert "同一单位" in shown
    assert "评委甲" in shown
    order = reverse("judging:order", kwargs={"season": CODE, "event": event.pk})
    codes = list(event.slots.values_list("code", flat=True))
    assert client.post(order, {"codes": " ".join(codes[::-1])}).status_code == SEE_OTHER
    assert event.slots.get(order=1).code == codes[-1]
    assert "人工排定" in opened(client, made.headers["Location"])
    act = reverse("judging:act", kwargs={"season": CODE, "event": event.pk})
    refused = client.post(act, {"act": "call"})
    assert (refused.status_code, "规则要求至少4名" in text(refused)) == (REFUSED, True)
    client.post(act, {"act": "drop"})
    assert not JudgedEvent.objects.exists()


def test_a_judge_drafts_and_submits_without_script(come):
    day = making.called()
    day.play(1)
    day.move(2, "on-stage")
    actor = making.judge(day.seat(2).person)
    client = come(actor)
    mine = client.get(reverse("judging:mine"))
    assert mine.headers["Location"] == reverse("judging:queue", args=[day.event.pk])
    assert "正在展示" in opened(client, mine.headers["Location"])
    sheet = reverse("judging:sheet", args=[day.event.pk, day.slot(2).pk])
    page = opened(client, sheet)
    assert "政策运用" in page
    assert "选手2" in page
    token = re.search(r'name="token" value="(\w+)"', page)[1]
    client.post(sheet, {"act": "draft", "policy": "51", "rev": "0", "token": token})
    assert 'value="51"' in opened(client, sheet)
    wrong = client.post(sheet, {"act": "submit", "policy": "61", "remark": "稳", "token": token})
    shown = text(wrong)
    assert wrong.status_code == REFUSED
    assert 'value="61"' in shown
    assert "稳" in shown
    assert shown.count('class="invalid-feedback"') == 4
    assert "评委2没有评“接待规范”。请补录。" in shown
    assert "评委2没有评“业务经办：录入信息”。请补录。" in shown
    assert "评委2没有评“manner”" not in shown
    good = {**making.marks("51"), "act": "submit", "token": token}
    assert client.post(sheet, good).status_code == SEE_OTHER
    assert client.post(sheet, good).status_code == SEE_OTHER
    assert Sheet.objects.filter(seat=day.seat(2)).count() == 1
    done = opened(client, sheet)
    assert "评分表已提交" in done
    assert 'data-lt-version="1"' in done
    assert not Draft.objects.exists()


def test_levels_stand_beside_the_line_that_has_them(come):
    day = making.called()
    page = opened(
        come(making.judge(day.seat(1).person)),
        reverse("judging:sheet", args=[day.event.pk, day.slot(1).pk]),
    )
    assert page.count("data-lt-levels=") == 1
    assert re.findall(r'data-lt-from="([\d.]+)" data-lt-to="([\d.]+)"><b>(\w+)', page) == [
        ("54", "60", "准确"),
        ("36", "53.9", "基本准确"),
        ("0", "35.9", "不准确"),
    ]
    assert "有一处说错或者漏说" in page


def test_marks_of_others_are_hidden_until_all_are_in(come):
    day = making.called()
    day.play(1)
    day.play(2)
    for seat in range(1, 5):
        day.mark(2, seat, f"5{seat}.5")
    client = come(making.judge(day.seat(1).person))
    sheet = reverse("judging:sheet", args=[day.event.pk, day.slot(2).pk])
    assert "90.5" not in opened(client, sheet)
    day.mark(2, 5, "55.5")
    assert "90.5" in opened(client, sheet)


def test_names_are_hidden_where_judges_see_numbers(come):
    day = making.called(anonymous=True)
    client = come(making.judge(day.seat(1).person))
    for address in ("queue", "sheet"):
        args = [day.event.pk] if address == "queue" else [day.event.pk, day.slot(1).pk]
        page = opened(client, reverse(f"judging:{address}", args=args))
        assert "选手1" not in page
        assert "成都市" not in page
        assert "01号" in page


def test_the_island_keeps_drafts_and_never_goes_back(come):
    day = making.called()
    client = come(making.judge(day.seat(1).person))
    draft = reverse("judging:draft", args=[day.event.pk, day.slot(1).pk])

    def send(plain):
        return client.post(draft, json.dumps(plain), content_type="application/json")

    def told(plain):
        answer = send(plain).json()
        return answer["rev"], answer["same"]

    written = {"rev": 4, "marks": {"policy": "50", "nonsense": "1"}}
    assert [told(written), told(written)] == [(4, True), (4, True)]  # the answer was lost: again
    assert told({"rev": 3, "marks": {"policy": "10"}}) == (4, False)
    assert told({"rev": 4, "marks": {"policy": "10"}}) == (4, False)  # another tablet, this second
    page = opened(client, reverse("judging:sheet", args=[day.event.pk, day.slot(1).pk]))
    assert [held in page for held in ('name="rev" value="4"', 'value="50"', 'value="10"')] == [
        True,
        True,
        False,
    ]
    assert 'data-lt-open="yes"' in page
    assert 'data-lt-max="60"' in page
    assert 'data-lt-version="0"' in page
    assert send({"marks": {}}).status_code == REFUSED


def test_a_draft_keeps_a_veto_where_the_rules_give_one(come, monkeypatch):
    day = making.called()
    client = come(making.judge(day.seat(1).person))
    draft = reverse("judging:draft", args=[day.event.pk, day.slot(1).pk])
    for rev, may, kept in ((1, False, {"policy": "50"}), (2, True, {"policy": "50", "veto": "1"})):
        monkeypatch.setattr("leitai.judging.selectors.may_veto", lambda *_given, may=may: may)
        plain = {"rev": rev, "marks": {"policy": "50", "veto": "1"}}
        client.post(draft, json.dumps(plain), content_type="application/json")
        assert Draft.objects.get().marks == kept


def test_the_pages_say_what_the_island_reads(come):
    """The sheet's bounds, weights and points; what is submitted; the clock's rule and moments."""
    day = making.called()
    day.play(1)
    day.move(2, "on-stage")
    services.start_clock(actor=making.TIMER, slot=day.slot(2), at=day.at())
    client = come(making.judge(day.seat(1).person))
    slot = day.slot(2)
    place = reverse("judging:sheet", args=[day.event.pk, slot.pk])
    page = opened(client, place)
    own = f'data-lt-of="{Account.objects.get(username="walker").pk}-{day.seat(1).pk}"'
    assert own in page
    assert 'data-lt-open="yes"' in page
    assert 'data-lt-min="0" data-lt-max="20" data-lt-grain="0.5" data-lt-decimals="1"' in page
    assert 'value="1" data-lt-points="12"' in page
    assert page.count('data-lt-weight="1"') == 4
    day.mark(2, 1, "51")
    assert 'data-lt-done="yes"' in opened(client, place)
    queue = opened(client, reverse("judging:queue", args=[day.event.pk]))
    assert f'data-lt-done="{slot.pk} "' in queue
    assert own in queue
    clock = opened(
        come(making.TIMER), reverse("judging:clock", kwargs={"season": CODE, "event": day.event.pk})
    )
    assert re.search(r'data-lt-timer="\d+\.\d{6}" data-lt-now="\d+\.\d{6}"', clock)
    assert 'data-lt-min="" data-lt-max="480" data-lt-stop="" data-lt-signals="420 "' in clock


def test_a_stranger_finds_no_sheet(come):
    day = making.called()
    queue = reverse("judging:queue", args=[day.event.pk])
    for actor in (OFFICE, STAGE, SUPERVISOR, making.judge(day.judges[0])):
        assert come(actor).get(queue).status_code == 404
    no_pass = Actor("x", "某", day.seat(1).person.code, (AppointmentRef("expert", "51/", CODE),))
    assert come(no_pass).get(queue).status_code == 404


def test_the_day_from_the_stage_to_the_announcement(come):
    day = making.called()
    stage, clock, desk = place("stage", day), place("clock", day), place("desk", day)
    client = come(STAGE)
    assert "进入候赛" in opened(client, stage)
    slot = str(day.slot(1).pk)
    client.post(stage, {"slot": slot, "state": "isolated", "phone": "yes"})
    client.post(stage, {"slot": slot, "state": "on-stage"})
    assert "手机已收" in opened(client, stage)
    wrong = client.post(stage, {"slot": slot, "state": "forfeit"})
    assert (wrong.status_code, "请填写原因" in text(wrong)) == (REFUSED, True)
    client = come(making.TIMER)
    assert "开始" in opened(client, clock)
    client.post(clock, {"slot": slot, "act": "start"})
    client.post(clock, {"slot": slot, "act": "stop"})
    client.post(clock, {"slot": slot, "act": "hand", "seconds": "455", "reason": "误按"})
    assert "455" in opened(client, clock)
    come(STAGE).post(stage, {"slot": slot, "state": "released"})
    client = come(STAGE)
    client.post(stage, {"slot": str(day.slot(2).pk), "state": "late", "late": "3.5"})
    assert "（迟到3.5分钟）" in opened(client, stage)
    for number in range(2, 7):
        client.post(stage, {"slot": str(day.slot(number).pk), "state": "absent"})
    for seat in range(1, 6):
        day.mark(1, seat, "50")
    act = place("act", day)
    client = come(CLERK)
    assert "88.00" in opened(client, desk)
    assert client.post(act, {"act": "tally"}).status_code == SEE_OTHER
    assert come(SECOND).post(act, {"act": "check"}).status_code == SEE_OTHER
    assert "88" in opened(client, place("tally", day))
    assert come(STAGE).post(act, {"act": "announce"}).status_code == SEE_OTHER
    hall = opened(Client(), place("hall", day))
    assert "88.00" in hall
    assert f'hx-get="{place("hall", day)}" hx-trigger="every 5s"' in hall
    assert come(OFFICE).post(act, {"act": "close"}).status_code == SEE_OTHER
    assert come(CLERK).get(place("tables", day)).headers["Content-Type"] == "application/zip"
    assert come(CLERK).get(place("tally-pdf", day)).content.startswith(b"%PDF")
    assert come(SUPERVISOR).get(place("tally-pdf", day)).status_code == 200
    assert "平均偏差" in opened(come(SUPERVISOR), place("diagnostics", day))


def test_the_chief_asks_and_a_supervisor_decides(come):
    day = making.called()
    chief = reverse("judging:chief", args=[day.event.pk])
    client = come(making.judge(day.seat(1).person))
    assert "申请由候补替换" in opened(client, chief)
    form = {"act": "change", "seat": str(day.seat(3).pk), "into": str(day.seat(6).pk)}
    client.post(chief, form | {"slot": str(day.slot(2).pk), "reason": "亲属"})
    form = {"act": "recuse", "seat": str(day.seat(3).pk), "slot": str(day.slot(2).pk)}
    client.post(chief, form | {"relation": "kinship"})
    assert come(making.judge(day.seat(2).person)).get(chief).status_code == 403
    client = come(SUPERVISOR)
    panel = place("panel", day)
    assert "亲属" in opened(client, panel)
    change = str(day.seat(3).outs.get().pk)
    client.post(place("change", day), {"change": change, "agree": "yes"})
    assert "同意" in opened(client, panel)
    day.play(1)
    day.play(2)
    assert day.mark(2, 6, "50").standing


def test_paper_is_keyed_blind_on_the_page(come):
    day = making.called()
    day.play(1)
    day.play(2)
    paper = place("paper", day)
    pair = {"slot": str(day.slot(2).pk), "seat": str(day.seat(3).pk)}
    client = come(CLERK)
    assert "未交的评分表" in opened(client, paper)
    lost = client.post(paper, pair | making.marks("50") | {"total": "78"})
    assert "原件上的合计是78，所录各项相加是88" in lost.content.decode()
    client.post(paper, pair | making.marks("50") | {"total": "88"})
    client = come(SECOND)
    query = f"{paper}?slot={pair['slot']}&seat={pair['seat']}"
    assert ">50<" not in opened(client, query)
    client.post(paper, pair | making.marks("56") | {"total": "94"})
    page = opened(come(making.THIRD), query)
    assert "第一遍50，第二遍56" in page
    assert '核验身份：<b class="num">完成</b>' in page
    come(making.THIRD).post(paper, pair | {"policy": "50", "total": "88"})
    assert Sheet.objects.get().source == "paper"


def test_scenarios_are_for_the_stage_and_their_brief_for_judges(come):
    day = making.day()
    cards = place("cards", day)
    client = come(OFFICE)
    assert "还没有情景卡" in opened(client, cards)
    card = {"code": "S4", "title": "欠薪", "brief": "建筑工人来窗口", "script": "先抱怨"}
    client.post(cards, card | {"reveals": "问到工资时｜拖欠两个月\n没有合同"})
    client.post(cards, {"act": "give", f"slot-{day.slot(1).pk}": "S4"})
    assert day.slot(1).scenario.reveals == [["问到工资时", "拖欠两个月"], ["", "没有合同"]]
    assert "先抱怨" in opened(client, cards)
    page = opened(
        come(making.judge(day.seat(1).person)),
        reverse("judging:sheet", args=[day.event.pk, day.slot(1).pk]),
    )
    assert "建筑工人来窗口" in page
    assert "先抱怨" not in page
    assert (
        services.keep_scenario(
            actor=OFFICE, event=day.event, card=services.Card("S4", "欠薪案"), at=day.at()
        ).version
        == 2
    )
