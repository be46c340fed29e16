"""The hall in its sizes and sounds, a rehearsal from beginning to end, paddles at two browsers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from leitai.bank.models import Bank, ItemVersion
from leitai.live.enums import Mode
from leitai.live.models import Match, Paddles
from tests.e2e.conftest import DESKTOP, PASSWORD, PHONE
from tests.e2e.console_setting import Court, court, shoot
from tests.factories import live as quiz
from tests.factories import people as make
from tests.factories.results import CODE

HALL = {"width": 1920, "height": 1080}
WIDE = ({"width": 2560, "height": 1080}, {"width": 3840, "height": 1080})
TABLET = {"width": 820, "height": 1180}
HEARD = """() => {
  window.heard = [];
  const Real = AudioContext;
  window.AudioContext = class extends Real {
    createOscillator() { const tone = super.createOscillator(); heard.push(tone.frequency); return tone; }
  };
}"""
# What changes in any season that is looked at: signed-in browsers, the worker's own clockwork.
BESIDE = (
    "django_session",
    "people_account",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
)


@pytest.fixture
def house(browser, transactional_db, tmp_path: Path, monkeypatch) -> Iterator[Court]:
    with court(browser, tmp_path, monkeypatch) as made:
        for name, role in (("jishi", "timekeeper"), ("jiandu", "supervisor")):
            account = make.account(name, role, season=CODE)
            account.set_password(PASSWORD)
            account.save()
        yield made


def _step(host: Page, *then: str) -> None:
    """The big button, and what it says afterwards."""
    for words in then:
        host.locator(".host-next").click()
        expect(host.locator(".host-next")).to_have_text(words)


def _hit(seat: Page) -> None:
    expect(seat.locator("h1")).to_have_text("开抢！")
    seat.locator(".buz-hit").dispatch_event("pointerdown", {"button": 0})


def _say(host: Page, name: str) -> None:
    host.get_by_role("button", name=name, exact=True).click()


# ---- 大屏、观众页

LONG = "某省公共就业和人才服务中心（就业创业促进处）"
STEM = (
    "用人单位招用就业困难人员，签订劳动合同并缴纳社会保险费的，在一定期限内给予社会保险补贴。" * 3
)
OPTION = "就业困难人员实现灵活就业并缴纳社会保险费的，给予一定数额的社会保险补贴"
# Nothing of the picture is cut off, and no name or score is lower than 1/25 of a picture of 16:9.
CUT = """() => {
  const ask = document.querySelector(".ask-text");
  const cut = [...document.querySelectorAll(".hall header h1, .hall .q, .hall-strip .say, .teams .sc b")]
    .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow === "hidden");
  const tall = Math.min(innerHeight, innerWidth * 9 / 16) / 25;
  const small = [...document.querySelectorAll(".teams .nm, .teams .sc > b, .hall-strip .nm")]
    .filter(one => parseFloat(getComputedStyle(one).fontSize) < tall - 0.5);
  const low = [...document.querySelectorAll(".hall *")]
    .filter(one => one.getBoundingClientRect().bottom > innerHeight + 1 && one.getClientRects().length);
  return [ask !== null && ask.scrollHeight > ask.clientHeight + 1, ...[...cut, ...small, ...low].map(one => one.className || one.tagName)];
}"""


def test_the_hall_in_its_sizes_with_sounds_and_what_spectators_see(house: Court):
    for count in (4, 7, 11):
        match = _long(house, count)
        there = f"/live/{CODE}/{match.code}"
        host = house.host(match, DESKTOP)
        hall = house.window(HALL, f"{there}/hall/", "jiandu")
        watch = house.window(PHONE, f"{there}/watch/")
        expect(watch.locator(".watch-now")).to_contain_text("比赛即将开始")
        _loud(hall)
        seat = house.seats(match, "2")["2"]
        shoot(f"v1-before-{count}", hall=hall, watch=watch)
        _step(host, "出题", "开始抢答")
        host.locator(".host-next").click()
        _hit(seat)
        expect(hall.locator(".hall-strip")).to_contain_text("抢到作答权")
        _in_every_size(hall, count)
        expect(watch.locator(".watch-now")).to_contain_text("作答中")
        shoot(f"v2-during-{count}", watch=watch)
        _say(host, "答对")
        expect(hall.locator(".hall-strip")).to_contain_text("回答正确")
        assert hall.evaluate("heard.map(one => one.value)") == [523, 196, 659, 880]
        _say(host, "排名")
        expect(hall.locator(".hall-order .rank")).to_have_count(count)
        _in_every_size(hall, count, "order")
    hall.mouse.move(400, 900)  # the tools vanish with the mouse
    expect(hall.locator(".hall-tools").first).to_have_css("opacity", "0")
    _say(host, "提前结束比赛")
    _say(host, "再按一次确认：提前结束比赛")
    expect(watch.locator(".watch-now")).to_have_text("比赛结束")
    expect(watch.locator(".watch-seats li").first).to_contain_text(LONG)
    watch.set_viewport_size(TABLET)  # type: ignore[arg-type]  # width and height
    shoot("v4-after", watch=watch, hall=hall)


def _long(house: Court, count: int) -> Match:
    if not Bank.objects.exists():
        quiz.bank()
        ItemVersion.objects.update(stem=STEM, options=[[one, OPTION] for one in "ABCD"])
    Match.objects.update(state="cancelled")  # nobody sits in two matches
    match = quiz.ready(house.season, quiz.entries(house.season)[:count])
    names = {seat: f"{LONG[:6]}{seat}队" for seat in match.seats}
    Match.objects.filter(pk=match.pk).update(
        mode=Mode.ARRIVAL, network={"by": "test"}, names=names | {"2": LONG}
    )
    match.refresh_from_db()
    return match


def _loud(hall: Page) -> None:
    """Silent until somebody turns the sounds on at the screen."""
    hall.evaluate(HEARD)
    hall.locator(".hall-tools").first.hover()
    hall.get_by_role("button", name="声音").click()
    expect(hall.get_by_role("button", name="声音已开")).to_be_visible()


def _in_every_size(hall: Page, count: int, what: str = "play") -> None:
    for size in (*WIDE, HALL):
        hall.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
        hall.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
        shoot(f"v3-{what}-{count}-{size['width']}", hall=hall)
        assert (size, hall.evaluate(CUT)) == (size, [False])


# ---- 彩排


def test_a_rehearsal_from_beginning_to_end_leaves_no_trace(house: Court):
    match = quiz.ready(house.season, quiz.entries(house.season)[:3])
    office = house.window(DESKTOP, f"/office/{CODE}/live/{match.code}/", "zuweihui")
    before = _rows()
    office.get_by_role("button", name="生成彩排").click()
    office.wait_for_url("**/live/rm1/")
    held = Match.objects.get(rehearsal=True)
    host, seats = house.host(held, DESKTOP), house.seats(held, "1", "2")
    hall = house.window(HALL, f"/live/{CODE}/rm1/hall/", "zuweihui")
    _said_everywhere(office, host, hall, seats, match)
    _step(host, "出题", "开始抢答", "等待抢答")
    _hit(seats["2"])
    expect(host.locator(".host-next")).to_have_text("请判定")
    _say(host, "答错")
    _step(host, "开始抢答", "等待抢答")
    _hit(seats["1"])
    expect(host.locator(".host-next")).to_have_text("请判定")
    _say(host, "答对")
    expect(host.locator(".host-next")).to_have_text("结束比赛")
    _step(host, "再按一次确认：结束比赛", "比赛结束")
    assert _rows() != before
    assert house.window(PHONE, f"/live/{CODE}/rm1/watch/").get_by_text("没有找到").count() > 0
    _dropped(office, hall, seats["1"])
    assert _rows() == before


def _rows() -> dict[str, tuple[int, str]]:
    """How many rows every table has, and a digest of what stands in them."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f"SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM \"{table}\" t"  # noqa: S608  # names of our tables
            )
            found[table] = cursor.fetchone()
        return {table: row for table, row in found.items() if table not in BESIDE}


def _said_everywhere(
    office: Page, host: Page, hall: Page, seats: dict[str, Page], match: Match
) -> None:
    """Every screen says 彩排 in whatever it shows, and none of the match's own names."""
    expect(office.get_by_text("彩排：姓名和试题都是虚构的")).to_be_visible()
    expect(host.locator(".host-top")).to_contain_text("彩排")
    for button in ("封面", "题目", "比分", "排名", "黑屏", "自动"):
        _say(host, button)
        expect(host.get_by_role("button", name=button, exact=True)).to_have_attribute(
            "aria-pressed", "true"
        )
        expect(hall.locator(".hall-rehearsal")).to_be_visible()
    for page in seats.values():
        expect(page.locator(".buz header")).to_contain_text("彩排")
    shown = hall.locator("body").inner_text()
    assert [name for name in match.names.values() if name in shown] == []


def _dropped(office: Page, hall: Page, seat: Page) -> None:
    office.reload()
    office.get_by_role("button", name="删除彩排").click()
    office.locator("[data-lt-agree]").click()
    expect(office.get_by_text("彩排及其记录已全部删除")).to_be_visible()
    expect(hall.locator(".hall-bar")).to_be_visible()
    expect(seat.get_by_role("heading", name="抢答席")).to_be_visible()
    shoot("h1-dropped", hall=hall, seat=seat)


# ---- 举牌


def test_paddles_keyed_at_two_browsers_agree_differ_and_are_decided(house: Court):
    match = quiz.ready(house.season, quiz.entries(house.season)[:3])
    office = house.window(DESKTOP, f"/office/{CODE}/live/{match.code}/", "zuweihui")
    office.locator("form[action$='/manual/'] [name=reason]").fill("抢答器断电")
    office.get_by_role("button", name="改为举牌记录").click()
    office.locator("[data-lt-agree]").click()
    expect(office.get_by_role("link", name="录入举牌")).to_be_visible()
    host, seats = house.host(match, DESKTOP), house.seats(match, "1")
    paddles = f"/office/{CODE}/live/{match.code}/paddles/"
    one = house.window(TABLET, paddles, "jishi")
    two = house.window(PHONE, paddles, "zhuchi")
    expect(one.get_by_text("现在没有可以抢答的题目")).to_be_visible()
    _step(host, "出题", "开始抢答")
    host.locator(".host-next").click()
    expect(seats["1"].locator("h1")).to_have_text("举牌记录")
    shoot("p1-open", host=host, seat=seats["1"], one=one)
    _agree(host, one, two)
    _differ(host, office, one, two, paddles)


def _keyed(page: Page, order: str) -> None:
    page.get_by_label("举牌先后").fill(order)  # the page has found the question by itself
    page.get_by_role("button", name="记录先后").click()


def _agree(host: Page, one: Page, two: Page) -> None:
    """Nobody sees the other's order; an order with a seat that is not there is kept and explained."""
    _keyed(one, "3>9")
    expect(one.get_by_role("alert")).to_be_visible()
    expect(one.get_by_label("举牌先后")).to_have_value("3>9")
    _keyed(one, "3>1")
    expect(one.get_by_text("您录入的是3 > 1")).to_be_visible()
    expect(two.locator("#paddles")).not_to_contain_text("3 > 1")
    shoot("p2-one", one=one, two=two)
    _keyed(two, "3 1")
    for page in (one, two):
        expect(page.get_by_text("先后已记录")).to_be_visible()
    expect(host.locator(".host-next")).to_have_text("请判定")
    expect(host.locator(".host-presses li").first).to_contain_text("3号")
    _say(host, "答对")


def _differ(host: Page, office: Page, one: Page, two: Page, paddles: str) -> None:
    """Two orders that are not the same: neither recorder decides, a third does, and it is kept."""
    _step(host, "开始抢答")
    host.locator(".host-next").click()
    _keyed(one, "1>2")
    _keyed(two, "2>1")
    for page in (one, two):
        expect(page.get_by_text("两名记录员的顺序不一致")).to_be_visible()
        expect(page.get_by_text("请由第三人裁定")).to_be_visible()
        expect(page.get_by_label("举牌先后")).to_have_count(0)
    expect(host.locator(".host-presses li")).to_have_count(0)
    office.goto(office.url.split("/office/")[0] + paddles)
    expect(office.get_by_text("您是第三人，您录入的顺序为准")).to_be_visible()
    shoot("p3-differ", one=one, two=two, office=office)
    office.get_by_label("举牌先后").fill("2>1")
    office.get_by_role("button", name="裁定先后").click()
    expect(office.get_by_text("先后已记录")).to_be_visible()
    expect(host.locator(".host-presses li").first).to_contain_text("2号")
    _say(host, "答对")
    kept = office.locator("#paddles tbody tr")
    expect(kept).to_contain_text([
        "1 > 2不一致，由第三人裁定", "2 > 1不一致，由第三人裁定", "2 > 1裁定",
        "3 > 1一致，已记录", "3 > 1一致，已记录",
    ])  # fmt: skip
    shoot("p4-decided", office=office, host=host)
    assert sorted(Paddles.objects.values_list("decides", flat=True)) == [False] * 4 + [True]
