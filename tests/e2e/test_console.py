"""The host's console in the browser: keys and a clicker, refusals, a stage that dies, photo finishes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leitai.live.enums import Mode
from leitai.live.models import Line as Logged
from leitai.live.models import Match
from leitai.live.selectors.frozen import lines_of, rules_hash, state_of
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.console_setting import Court, court, shoot
from tests.e2e.line import Line
from tests.factories import live as quiz

TABLET = {"width": 820, "height": 1180}
HALL = {"width": 1920, "height": 1080}


@pytest.fixture
def house(browser: Browser, transactional_db, tmp_path: Path, monkeypatch) -> Iterator[Court]:
    with court(browser, tmp_path, monkeypatch) as made:
        yield made


def _big(host: Page, words: str) -> None:
    expect(host.locator(".host-next")).to_have_text(words)


def _told(host: Page, words: str) -> None:
    expect(host.locator(".host-told")).to_contain_text(words)


def _key(host: Page, key: str, then: str) -> None:
    host.keyboard.press(key)
    _big(host, then)


def _act(host: Page, name: str) -> None:
    host.get_by_role("button", name=name, exact=True).click()


def _grey(host: Page, name: str, why: str) -> None:
    """What the rules forbid stands there all the same, and says why when it is chosen."""
    button = host.locator(".host").get_by_role("button", name=name, exact=True)
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    _told(host, why)


def _hit(seat: Page) -> None:
    expect(seat.locator("h1")).to_have_text("开抢！")
    seat.locator(".buz-hit").dispatch_event("pointerdown", {"button": 0})


def _kinds(match: Match) -> list[str]:
    lines = Logged.objects.filter(match_id=match.pk).order_by("seq")
    beside = ("seat", "member", "present", "note")
    return [
        " ".join(part for part in (line.kind, line.seat, line.value) if part)
        for line in lines.exclude(kind__in=beside)
    ]


def test_a_host_with_keys_and_a_clicker_a_second_console_and_a_stage_that_dies(house: Court):
    _by_keys(house)
    _through_all_that_goes_wrong(house)


def _by_keys(house: Court) -> None:
    """Keys and a clicker lead the match, and what is forbidden says why."""
    match = quiz.ready(house.season, quiz.entries(house.season)[:3])
    host, seats = house.host(match, DESKTOP), house.seats(match, "1", "2", "3")
    _before_the_first_question(host)
    _a_question_by_keys(host, seats)
    _put_right(host, seats)
    assert _kinds(match) == [
        "open buzzer", "question buzzer-1", "go", "press 2", "verdict 2 right", "void 9",
        "verdict 2 wrong",
    ]  # fmt: skip


def _before_the_first_question(host: Page) -> None:
    """No mode is chosen yet; nothing can be judged or undone, and each says why."""
    expect(host.get_by_text("还没有确定抢答方式")).to_be_visible()
    expect(host.locator(".host-top")).to_contain_text("抢答方式未定")
    _grey(host, "答对", "还没有进行中的环节")
    _grey(host, "更换此题", "还没有进行中的环节")
    _grey(host, "记犯规", "点选一个席位")
    _grey(host, "撤销", "没有可以撤销的记录")
    shoot("c1-before", host=host)


def _a_question_by_keys(host: Page, seats: dict[str, Page]) -> None:
    _big(host, "开始抢答题")
    _key(host, "PageDown", "出题")
    _key(host, " ", "开始抢答")
    _grey(host, "公布答案", "本题尚未结束")
    host.keyboard.press("b")
    expect(host.get_by_role("button", name="黑屏")).to_have_attribute("aria-pressed", "true")
    host.keyboard.press(".")
    expect(host.get_by_role("button", name="自动")).to_have_attribute("aria-pressed", "true")
    host.get_by_label("字幕条").click()  # a clicker's pages count wherever the cursor stands
    _key(host, "PageDown", "等待抢答")
    host.locator(".host-next").focus()
    host.keyboard.press("PageDown")
    _told(host, "没有人抢答的，到时间点“时间到”")
    _hit(seats["2"])
    _big(host, "请判定")
    expect(host.locator(".host-presses li")).to_have_text(["2号 选手2最先"])
    _grey(host, "基本正确", "规则没有“基本正确”这一判定")
    shoot("c2-judging", host=host)
    host.keyboard.press("p")
    _told(host, "规则没有“基本正确”这一判定")
    host.keyboard.press("PageDown")
    _told(host, "请先判定")
    _key(host, "r", "出下一题")
    expect(seats["2"].locator(".score b")).to_have_text("10")


def _put_right(host: Page, seats: dict[str, Page]) -> None:
    """The clicker's «back», twice, takes the verdict back; the answer was wrong after all."""
    host.keyboard.press("PageUp")
    _told(host, "再按一次确认：撤销：第9条 2号 答对")
    shoot("c3-undo", host=host)
    _key(host, "PageUp", "请判定")
    expect(seats["2"].locator(".score b")).to_have_text("0")
    _key(host, "w", "出下一题")
    expect(seats["2"].locator(".score b")).to_have_text("-10")


def _through_all_that_goes_wrong(house: Court) -> None:
    """Two consoles, a stage that dies, a foul, a question replaced, a pause; the log has it all."""
    match = quiz.ready(house.season, quiz.entries(house.season)[3:6])
    Match.objects.filter(pk=match.pk).update(mode=Mode.ARRIVAL, network={"by": "test"})
    host, seats = house.host(match, DESKTOP), house.seats(match, "1", "2", "3")
    second = house.host(match, TABLET)
    expect(host.get_by_text("还没有确定抢答方式")).to_be_hidden()
    _two_at_once(house, host, second)
    _killed(house, host, second, seats)
    _replaced_and_paused(host, second, seats)
    _ended(host, seats)
    assert _kinds(match) == [
        "open buzzer", "question buzzer-1", "go", "press 2", "verdict 2 wrong", "question buzzer-2",
        "foul 3", "replace", "question spare-1", "go", "pause", "resume", "press 1",
        "verdict 1 right", "close",
    ]  # fmt: skip
    _replayed(match, host)


def _two_at_once(house: Court, host: Page, second: Page) -> None:
    """What one console does the other sees; one that is behind is refused, and the match goes once."""
    for page in (host, second):
        _big(page, "开始抢答题")
    host.keyboard.press("PageDown")
    for page in (host, second):
        _big(page, "出题")
    # Both step on within the same moment: the stage takes one, and tells the other.
    pages = [
        page.evaluate_handle("() => document.querySelector('.host-next')")
        for page in (host, second)
    ]
    for one in pages:
        one.evaluate("button => button.click()")
    for page in (host, second):
        _big(page, "开始抢答")
    shoot("c4-second", host=host, second=second)


def _killed(house: Court, host: Page, second: Page, seats: dict[str, Page]) -> None:
    """The stage dies while a seat answers; the host has reloaded; nothing is lost."""
    host.keyboard.press("PageDown")
    _hit(seats["2"])
    _big(host, "请判定")
    host.reload()
    _big(host, "请判定")
    expect(host.locator(".host-presses li")).to_have_count(1)
    house.kill_stage()
    expect(host.locator(".host-link")).to_contain_text("正在重连")
    shoot("c5-broken", host=host, seat=seats["2"])
    host.keyboard.press("w")  # kept, and sent when the stage is there again
    house.start_stage()
    expect(seats["2"].locator("h1")).to_have_text("未答对")
    for page in (host, second):
        _big(page, "出下一题")


def _replaced_and_paused(host: Page, second: Page, seats: dict[str, Page]) -> None:
    host.keyboard.press("PageDown")
    _big(host, "开始抢答")
    host.locator(".host-seat").nth(2).click()
    _act(host, "3号 记犯规")
    expect(host.locator(".host-seat").nth(2)).to_contain_text("犯规1次")
    _act(host, "更换此题")
    _act(host, "再按一次确认：更换此题")
    expect(seats["1"].locator("h1")).to_have_text("本题更换")
    shoot("c6-replaced", host=host, seat=seats["1"])
    _key(host, "PageDown", "开始抢答")
    expect(host.locator(".host-ask")).to_contain_text("spare-1")
    host.keyboard.press("PageDown")
    expect(seats["1"].locator("h1")).to_have_text("开抢！")
    _act(second, "暂停")
    expect(seats["1"].locator("h1")).to_have_text("比赛暂停")
    _grey(host, "时间到", "请先点“继续比赛”")
    shoot("c7-paused", host=host, seat=seats["1"])
    _key(host, "PageDown", "等待抢答")
    _hit(seats["1"])
    _big(host, "请判定")
    host.keyboard.press("r")


def _ended(host: Page, seats: dict[str, Page]) -> None:
    _big(host, "结束比赛")
    host.keyboard.press("PageDown")
    _key(host, "PageDown", "比赛结束")
    _grey(host, "答对", "比赛已经结束")
    host.keyboard.press("PageDown")
    _told(host, "比赛已经结束")
    for seat, points in (("1", "10"), ("2", "-10"), ("3", "-10")):
        expect(seats[seat].locator(".score b")).to_have_text(points)
    shoot("c8-closed", host=host)


def _replayed(match: Match, host: Page) -> None:
    """The log alone gives the scores that the console shows."""
    match.refresh_from_db()
    state = state_of(match, lines_of(match))
    shown = host.locator(".host-seat .sc").all_inner_texts()
    assert [str(state.scores[seat]) for seat in "123"] == shown == ["10", "-10", "-10"]


def test_photo_finishes_by_the_rules_and_a_mode_by_the_network_test(house: Court):
    """The test of the fourth match runs while the first three are played."""
    codes = quiz.entries(house.season)
    slow = _slow_seat(house, codes[6:8])
    for at, answer in enumerate(FINISH):
        _photo_finish(house, codes[2 * at : 2 * at + 2], answer)
    _compensated(house, *slow)


def _photo_finish(house: Court, codes: list[str], answer: str) -> None:
    match = quiz.ready(house.season, codes)
    match.rules["live"]["close"] = answer
    match.rules_hash = rules_hash(match.rules)
    match.network, match.band_us = {"by": "test"}, 1_200_000
    match.save()
    host, seats = house.host(match, DESKTOP), house.seats(match, "1", "2")
    hall = house.window(HALL, f"/live/{match.season}/{match.code}/hall/", "zhuchi")
    watch = house.window(PHONE, f"/live/{match.season}/{match.code}/watch/")
    expect(host.locator(".host-top")).to_contain_text("难分先后：1200毫秒以内")
    for words in ("出题", "开始抢答", "等待抢答"):
        _key(host, "PageDown", words)
    for seat in seats.values():
        expect(seat.locator("h1")).to_have_text("开抢！")
    for seat in seats.values():
        _hit(seat)
    FINISH[answer](host, hall, watch, seats, match.names)
    shoot(f"c9-{answer}", host=host, hall=hall, watch=watch, one=seats["1"], two=seats["2"])
    then = {"replaced": "replace", "chief": "first 2", "equal": "first 1"}[answer]
    assert _kinds(match)[-1] == then


def _between(names: dict[str, str]) -> str:
    return f"难分先后：1 {names['1']} · 2 {names['2']}"


def _is_replaced(
    host: Page, hall: Page, watch: Page, seats: dict[str, Page], names: dict[str, str]
) -> None:
    _big(host, "出下一题")
    expect(host.locator(".host-top")).to_contain_text(f"本题更换 · {_between(names)}")
    for page in (
        hall.locator("body"),
        watch.locator("body"),
        *(one.locator("h1") for one in seats.values()),
    ):
        expect(page).to_contain_text("难分先后")


def _is_ruled(
    host: Page, hall: Page, watch: Page, seats: dict[str, Page], names: dict[str, str]
) -> None:
    """Nothing but a ruling, another question or a foul, until the chief judge has said who was first."""
    _big(host, "难分先后")
    expect(hall.locator(".hall-strip")).to_contain_text("等待裁判长裁定")
    for page in (
        hall.locator("body"),
        watch.locator("body"),
        *(one.locator("h1") for one in seats.values()),
    ):
        expect(page).to_contain_text("难分先后")
    _grey(host, "答对", "须先由裁判长裁定谁先抢到")
    shoot("c9-chief-before", host=host, hall=hall, watch=watch, one=seats["1"])
    _act(host, f"2号 {names['2']} 裁定先按")
    _big(host, "请判定")
    expect(seats["2"].locator("h1")).to_have_text("你抢到了")


def _is_equal(
    host: Page, hall: Page, watch: Page, seats: dict[str, Page], names: dict[str, str]
) -> None:
    """The rules prefer the lower number."""
    _big(host, "请判定")
    expect(seats["1"].locator("h1")).to_have_text("你抢到了")
    expect(host.locator(".host-log")).to_contain_text("裁定先按（按规则自动）")
    expect(hall.locator(".hall-strip")).to_contain_text("难分先后，按规则先答")
    for page in (host.locator(".host-top"), watch.locator(".watch-now")):
        expect(page).to_contain_text(_between(names))


FINISH = {"replaced": _is_replaced, "chief": _is_ruled, "equal": _is_equal}


def _slow_seat(house: Court, codes: list[str]) -> tuple[Match, Page, dict[str, Page]]:
    """Seat 1 stands beside the stage, seat 2 behind a line of 15 ms each way: 30 ms at least."""
    match = quiz.ready(house.season, codes)
    line = Line(house.port, delay=0.015)
    host = house.host(match, DESKTOP)
    seats = house.seats(match, "1") | house.seats(match, "2", slow=line.port)
    _act(host, "测试网络")
    expect(host.locator(".host-net")).to_contain_text("约10秒")
    return match, host, seats


def _compensated(house: Court, match: Match, host: Page, seats: dict[str, Page]) -> None:
    """One slow seat, and the mode is compensated; every screen says so, and the log."""
    expect(host.locator(".host-net li")).to_have_count(2, timeout=30_000)
    expect(host.get_by_text("还没有确定抢答方式")).to_be_visible()
    office = house.window(DESKTOP, f"/office/{match.season}/live/{match.code}/", "zuweihui")
    office.get_by_role("button", name="按测试结果确定方式").click()
    expect(office.locator("main")).to_contain_text("时延补偿")
    match.refresh_from_db()
    assert match.mode == Mode.COMPENSATED
    assert 30 <= match.cap_ms <= 120
    said = f"时延补偿，上限{match.cap_ms}毫秒"
    expect(host.locator(".host-top")).to_contain_text(said)
    for page in seats.values():
        expect(page.locator(".buz footer")).to_contain_text(said)
    expect(host.get_by_text("还没有确定抢答方式")).to_be_hidden()
    for words in ("出题", "开始抢答", "等待抢答"):
        _key(host, "PageDown", words)
    expect(host.locator(".host-log")).to_contain_text(said)
    _hit(seats["2"])
    _big(host, "请判定")
    shoot("c11-compensated", host=host, office=office, seat=seats["2"])
    evidence = Logged.objects.get(match_id=match.pk, kind="press").evidence
    assert evidence["mode"] == "compensated"
    assert evidence["rtt"] >= 30_000
