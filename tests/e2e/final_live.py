"""The buzzer round of the final: seats by the second draw, cards, the host's desk, the hall."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import PHONE, sign_in
from tests.e2e.final_seats import Seats
from tests.e2e.journey_desks import OFFICE, Desk, Desks

HALL = {"width": 1920, "height": 1080}
ON_PHONES = ("1", "3", "5")


@dataclass
class Match:
    """The round's screens: three seats are phones in a browser, the others sockets."""

    host: Page
    hall: Page
    phones: dict[str, Page]
    seats: Seats

    def next(self, words: str) -> None:
        following = self.host.locator(".host-next")
        expect(following).to_have_text(words)
        following.click()

    def says(self, seat: str, words: str) -> None:
        expect(self.phones[seat].locator("h1")).to_have_text(words)

    def hit(self, seat: str) -> None:
        """Who has a phone strikes it, whoever it is."""
        if seat in self.phones:
            self.says(seat, "开抢！")
            button = self.phones[seat].locator(".buz-hit")
            button.dispatch_event("pointerdown", {"button": 0})
            self.says(seat, "你抢到了")
        else:
            assert self.seats.press(seat) == ["logged"]

    def ask(self, *, first: bool = False) -> None:
        self.next("出题" if first else "出下一题")
        self.says("1", "请听题")

    def judge(self, verdict: str) -> None:
        self.host.get_by_role("button", name=verdict, exact=True).click()

    def play(self, seat: str, verdict: str = "答对") -> None:
        """A question from its stem to its verdict."""
        self.ask()
        self.next("开始抢答")
        self.hit(seat)
        self.judge(verdict)


def set_up(office: Desk) -> None:
    """The match with the seats of the second draw and sealed questions; it is made ready."""
    office.go(f"{OFFICE}live/new/")
    office.fill({"id_slot": "final|guidance|buzzer", "id_title": "决赛抢答"})
    office.press("安排场次")
    office.reads("还没有排席位")
    office.follow("排席位")
    office.fill({"id_draw": "2"})
    office.press("按签号填入")
    office.press("保存席位")
    office.reads("席位来自第2号抽签")
    office.follow("抽题")
    office.page.get_by_label("抢答题库").check()
    office.fill({"id_count-buzzer": "15", "id_spares": "3"})
    office.press("抽题并封存")
    office.reads("试题已抽取并封存")
    office.press("准备就绪")
    office.reads("规则已冻结")


@contextmanager
def seated(desks: Desks, browser: Browser, site: str) -> Iterator[Match]:
    """Cards are read out to the seats; host and hall have screens of their own."""
    office, host = desks.sit("office"), desks.sit("host")
    office.go(f"{OFFICE}live/m1/cards/")
    codes = office.page.locator(".ticket-code b").all_inner_texts()
    assert len(codes) == 7
    seats, phones = Seats(), {}
    for seat, code in enumerate(codes, start=1):
        if str(seat) in ON_PHONES:
            phones[str(seat)] = _phone(desks, browser, site, code)
        else:
            seats.enter(browser, site, str(seat), code)
    host.go("/live/{season}/m1/host/")
    hall = _window(desks, browser, HALL)
    sign_in(hall, site, "host")
    hall.goto(host.address("/live/{season}/m1/hall/"))
    yield Match(host.page, hall, phones, seats)
    seats.close()
    for page in (hall, *phones.values()):
        page.context.close()


def _window(desks: Desks, browser: Browser, size: dict[str, int]) -> Page:
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]  # width and height
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.on("pageerror", lambda error: desks.wrong.append(str(error)))
    return page


def _phone(desks: Desks, browser: Browser, site: str, code: str) -> Page:
    page = _window(desks, browser, PHONE)
    page.goto(f"{site}/live/seat/#{code}")
    page.get_by_role("button", name="入席").click()
    expect(page.locator(".buz footer")).to_contain_text("已接通")
    return page


def measure(match: Match, office: Desk) -> None:
    """The network test decides how presses are compared."""
    match.host.get_by_role("button", name="测试网络").click()
    expect(match.host.locator("body")).to_contain_text("7号：往返", timeout=20_000)
    office.go(f"{OFFICE}live/m1/")
    office.press("按测试结果确定方式")
    office.reads("抢答方式已按网络测试确定")
