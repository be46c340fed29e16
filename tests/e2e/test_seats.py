"""Seats in the browser: a phone, a tablet, a key; every state; another device in the middle; six at one PC."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from leitai.live.enums import Mode
from leitai.live.models import Line as Logged
from leitai.live.models import Match
from leitai.live.selectors import cards
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.console_setting import Court, court, shoot
from tests.e2e.line import Line
from tests.factories import live as quiz

TABLET = {"width": 820, "height": 1180}
OLD_PC = {"width": 1366, "height": 768}
BUZZER = "buzzer: {questions: 2,"
# A failed answer goes on to the others, and whoever has failed once plays no more.
HARD = "stop: {after: 1}\n          clock: {finish: 60}\n          buzzer: {questions: 2, after_wrong: others,"
OPEN, WON, LOST, OUT = "220", "70-60-70", "60", "60-60-60-60-60"  # told by hand as well
SHAKEN = """() => {
  window.shaken = [];
  navigator.vibrate = pattern => Boolean(shaken.push(pattern.join("-")));
}"""


@pytest.fixture
def house(browser, transactional_db, tmp_path: Path, monkeypatch) -> Iterator[Court]:
    monkeypatch.setattr(quiz, "TEXT", quiz.TEXT.replace(BUZZER, HARD, 1))
    with court(browser, tmp_path, monkeypatch) as made:
        yield made


def _match(house: Court, count: int) -> Match:
    match = quiz.ready(house.season, quiz.entries(house.season)[:count])
    Match.objects.filter(pk=match.pk).update(mode=Mode.ARRIVAL, network={"by": "test"})
    return match


def _code(match: Match, seat: str) -> str:
    return next(card.code for card in cards.cards_of(match) if card.seat == seat)


def _sit(house: Court, match: Match, seat: str, size: dict[str, int], *, slow: int = 0) -> Page:
    page = house.window(size, f"/live/seat/#{_code(match, seat)}", slow=slow)
    page.get_by_role("button", name="入席").click()
    expect(page.locator(".buz footer")).to_contain_text("已接通")
    page.evaluate(SHAKEN)
    return page


def _step(host: Page, *then: str) -> None:
    """The big button, and what it says afterwards."""
    for words in then:
        host.locator(".host-next").click()
        expect(host.locator(".host-next")).to_have_text(words)


def _says(page: Page, words: str, char: str = "") -> None:
    """In words, and on the drum in one letter: neither needs a colour."""
    expect(page.locator("h1")).to_have_text(words)
    if char:
        expect(page.locator(".drum .w")).to_have_text(char)


def _hit(page: Page) -> None:
    page.locator(".buz-hit").dispatch_event("pointerdown", {"button": 0})


def _presses(match: Match) -> list[str]:
    lines = Logged.objects.filter(match_id=match.pk, kind="press").order_by("seq")
    return list(lines.values_list("seat", flat=True))


def test_a_phone_a_tablet_and_a_key_in_every_state(house: Court):
    match = _match(house, 3)
    line = Line(house.port)
    host = house.host(match, DESKTOP)
    phone, tablet = _sit(house, match, "1", PHONE), _sit(house, match, "2", TABLET, slow=line.port)
    keys = _sit(house, match, "3", OLD_PC)
    for page in (phone, tablet, keys):
        _says(page, "请等候", "候")
    shoot("s1-wait", phone=phone, tablet=tablet, keys=keys)
    _early_and_open(host, phone, tablet, keys)
    phone = _moved_while_it_answers(house, match, host, phone, tablet)
    _cut(host, tablet, line)
    _ended(host, phone, tablet, keys)
    assert _presses(match) == ["3", "1", "2", "3"]


def _early_and_open(host: Page, phone: Page, tablet: Page, keys: Page) -> None:
    """A held key presses once; whoever was early is locked, the phone is first, the tablet is told."""
    _step(host, "出题", "开始抢答")
    _says(phone, "请听题", "听")
    shoot("s2-asked", phone=phone)
    keys.keyboard.press("Control+a")  # the browser's, not the buzzer's
    _says(keys, "请听题")
    keys.keyboard.down("Enter")
    keys.keyboard.down("Enter")  # a key that is held repeats itself
    _says(keys, "抢跑", "止")
    keys.keyboard.up("Enter")
    _step(host, "等待抢答")
    _says(phone, "开抢！", "抢")
    shoot("s3-open", phone=phone, tablet=tablet, keys=keys)
    _hit(phone)
    _says(phone, "你抢到了")
    _says(tablet, "选手1作答中", "1")
    expect(keys.locator("h1")).to_have_text("抢跑")
    shoot("s4-answers", phone=phone, tablet=tablet)


def _moved_while_it_answers(
    house: Court, match: Match, host: Page, phone: Page, tablet: Page
) -> Page:
    """The card on another device: that one answers on, the older one says so and asks for the card."""
    began = time.monotonic()
    other = _sit(house, match, "1", PHONE)
    _says(other, "你抢到了")
    moved = time.monotonic() - began
    _says(phone, "已离席", "离")
    expect(phone.locator(".msg p")).to_contain_text("另一台设备")
    shoot("s5-moved", old=phone, new=other)
    assert (
        moved < 10
    )  # with the window of the new device and its card; on a quiet machine under 1.5
    expect(phone.get_by_role("heading", name="抢答席")).to_be_visible()
    shoot("s5-old", old=phone)
    host.get_by_role("button", name="答错", exact=True).click()
    _says(other, "未答对", "误")
    _says(tablet, "开抢！", "抢")
    shoot("s6-failed", new=other)
    host.get_by_role("button", name="暂停", exact=True).click()
    _says(tablet, "比赛暂停", "停")
    shoot("s6-paused", tablet=tablet)
    _step(host, "等待抢答")
    return other


def _cut(host: Page, tablet: Page, line: Line) -> None:
    """What is pressed while the line is broken is sent when it is back, and counts once."""
    line.cut()
    expect(tablet.locator(".buz .buz-bar")).to_contain_text("连接已断开")
    shoot("s7-cut", tablet=tablet)
    _hit(tablet)
    _says(tablet, "已按下", "按")
    shoot("s7-pressed", tablet=tablet)
    line.mend()
    _says(tablet, "你抢到了")
    expect(tablet.locator(".buz .buz-bar")).to_be_hidden()
    host.get_by_role("button", name="答对", exact=True).click()
    _says(tablet, "回答正确", "对")
    shoot("s8-right", tablet=tablet)


def _ended(host: Page, phone: Page, tablet: Page, keys: Page) -> None:
    _step(host, "开始抢答", "等待抢答")
    _says(phone, "停止答题", "止")
    _says(keys, "开抢！")
    keys.keyboard.press("Space")
    _says(keys, "你抢到了")
    expect(tablet.locator(".drum .w")).to_have_text("3")
    shoot("s9-stopped", phone=phone, tablet=tablet, keys=keys)
    assert tablet.evaluate("shaken") == [OPEN, LOST, OPEN, OPEN, WON, OPEN, LOST]  # a pause in it
    assert keys.evaluate("shaken") == [OUT, OUT, OPEN, WON]
    host.get_by_role("button", name="答对", exact=True).click()
    expect(host.locator(".host-next")).to_have_text("结束比赛")
    _step(host, "再按一次确认：结束比赛", "比赛结束")
    for page in (phone, tablet, keys):
        _says(page, "比赛结束", "毕")
    expect(tablet.locator(".score b")).to_have_text("10")
    shoot("s10-closed", tablet=tablet)


def test_six_seats_at_one_old_computer(house: Court):
    match = _match(house, 6)
    host = house.host(match, DESKTOP)
    desk = house.window(OLD_PC, "/live/seats/")
    for seat in "654321":
        _add(desk, _code(match, seat))
    expect(desk.locator(".buz footer").filter(has_text="已接通")).to_have_count(6)
    assert [one.inner_text() for one in desk.locator(".buz > header > b").all()] == list("123456")
    _all_in_sight(desk)
    _another_key(desk)
    _step(host, "出题", "开始抢答", "等待抢答")
    shoot("t1-open", desk=desk)
    _by_keys(host, desk)
    _one_leaves(house, match, host, desk)
    _back_and_gone(desk)
    assert _presses(match) == ["2", "6", "3"]


def _add(desk: Page, code: str) -> None:
    adding = desk.locator("details summary")
    if adding.count():
        adding.click()
    desk.fill("[name=code]", code)
    desk.get_by_role("button", name="入席").click()
    desk.wait_for_load_state()


def _tile(desk: Page, seat: str) -> Locator:
    return desk.get_by_role("group", name=f"{seat}号", exact=True)


def _all_in_sight(desk: Page) -> None:
    """Nothing has to be scrolled for; three beside three, and each button is as wide as its seat."""
    tall = desk.evaluate("document.documentElement.scrollHeight - innerHeight")
    boxes = [one.bounding_box() for one in desk.locator(".seats-one").all()]
    assert tall <= 0
    assert {(round(box["x"] / 456), round(box["y"] / 380)) for box in boxes if box} == {
        (column, row) for row in (0, 1) for column in (0, 1, 2)
    }


def _another_key(desk: Page) -> None:
    """Seat 6 gets the space bar of a USB buzzer; who had the key of another takes what is given up."""
    key = _tile(desk, "6").locator(".buz-key")
    key.click()
    expect(key).to_have_text("请按本席的抢答器")
    desk.keyboard.press("Space")
    expect(key).to_have_text("按键 SPACE")
    desk.reload()
    expect(key).to_have_text("按键 SPACE")
    expect(desk.locator(".buz footer").filter(has_text="已接通")).to_have_count(6)


def _by_keys(host: Page, desk: Page) -> None:
    """Key 2 is held down and counts once; key 9 is nobody's; the space bar comes after it."""
    expect(_tile(desk, "2").locator("h1")).to_have_text("开抢！")
    for _times in (1, 2, 3):
        desk.keyboard.down("2")
    expect(_tile(desk, "2").locator("h1")).to_have_text("你抢到了")
    desk.keyboard.up("2")
    desk.keyboard.press("9")
    _all_in_sight(desk)
    shoot("t2-answers", desk=desk)
    host.get_by_role("button", name="答错", exact=True).click()
    expect(_tile(desk, "2").locator("h1")).to_have_text("未答对")
    desk.keyboard.press("Space")
    expect(_tile(desk, "6").locator("h1")).to_have_text("你抢到了")
    host.get_by_role("button", name="答对", exact=True).click()
    expect(_tile(desk, "6").locator(".score b")).to_have_text("10")


def _one_leaves(house: Court, match: Match, host: Page, desk: Page) -> None:
    """Its device was at fault: seat 3 goes on by itself in the middle of a question, five stay."""
    _step(host, "开始抢答", "等待抢答")
    phone = _sit(house, match, "3", PHONE)
    _says(phone, "开抢！", "抢")
    expect(_tile(desk, "3").locator("h1")).to_have_text("已离席")
    expect(_tile(desk, "3").locator(".msg p")).to_contain_text("另一台设备")
    expect(_tile(desk, "1").locator("h1")).to_have_text("开抢！")
    shoot("t3-left", desk=desk)
    _all_in_sight(desk)
    desk.keyboard.press("3")
    _hit(phone)
    _says(phone, "你抢到了")


def _back_and_gone(desk: Page) -> None:
    desk.reload()
    expect(desk.locator(".seats-one")).to_have_count(5)
    desk.get_by_role("button", name="全部离席").click()
    desk.locator("[data-lt-agree]").click()
    expect(desk.get_by_text("逐张输入席位码")).to_be_visible()
