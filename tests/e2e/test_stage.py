"""A buzzer round in the browser: the host's desk, three seats on phones, the hall, a spectator."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leitai.live import services
from leitai.live.enums import Mode
from leitai.live.models import Line, Match
from leitai.live.selectors import cards
from leitai.seasons.models import Entry, Score
from tests.e2e.conftest import DESKTOP, PASSWORD, PHONE, serve, sign_in
from tests.factories import live as quiz
from tests.factories import people as make
from tests.factories.results import AT, CODE

HALL = {"width": 1920, "height": 1080}
SHOTS = os.environ.get("LEITAI_SHOTS", "")


@dataclass
class Stage:
    """The match and its screens, each in a window of its own."""

    match: Match
    host: Page
    hall: Page
    watch: Page
    seats: dict[str, Page]

    def shoot(self, name: str) -> None:
        if not SHOTS:
            return
        pages = {"host": self.host, "hall": self.hall, "watch": self.watch}
        for who, page in (pages | {f"seat{seat}": one for seat, one in self.seats.items()}).items():
            page.screenshot(path=f"{SHOTS}/{name}-{who}.png")


def free_ports() -> int:
    """A port whose two followers are free as well: the lane's, the stage's, the spectators'."""
    while True:
        with ExitStack() as held:
            first = held.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                for more in (1, 2):
                    held.enter_context(socket.socket()).bind(("127.0.0.1", port + more))
            except (OSError, OverflowError):
                continue
            return port


@pytest.fixture
def stage(browser: Browser, transactional_db, tmp_path: Path, monkeypatch) -> Iterator[Stage]:
    port = free_ports()
    for name, more in (("STAGE", 1), ("WATCH", 2)):
        monkeypatch.setenv(f"LEITAI_{name}_BIND", f"127.0.0.1:{port + more}")
        monkeypatch.setenv(f"LEITAI_{name}_URL", f"http://127.0.0.1:{port + more}")
    season = quiz.open_season()
    match = quiz.ready(season, quiz.entries(season)[:3])
    Match.objects.filter(pk=match.pk).update(mode=Mode.ARRIVAL)
    account = make.account("zhuchi", "host", season=CODE)
    account.set_password(PASSWORD)
    account.save()
    wrong: list[str] = []
    with serve(tmp_path, "web", "stage", "watch") as (web, _lane, _lines), ExitStack() as house:

        def window(size: dict[str, int], path: str, *, signed: bool = False) -> Page:
            context = browser.new_context(
                viewport=size,  # type: ignore[arg-type]  # width and height
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
            )
            house.callback(context.close)
            context.set_default_timeout(15_000)
            page = context.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            if signed:
                sign_in(page, web, "zhuchi")
            page.goto(f"{web}{path}")
            return page

        there = f"/live/{CODE}/{match.code}"
        host = window(DESKTOP, f"{there}/host/", signed=True)
        hall = window(HALL, f"{there}/hall/", signed=True)
        watch = window(PHONE, f"{there}/watch/")
        seats = {}
        for card in cards.cards_of(match):
            page = window(PHONE, f"/live/seat/#{card.code}")
            page.get_by_role("button", name="入席").click()
            expect(page.locator(".buz footer")).to_contain_text("已接通")
            seats[card.seat] = page
        yield Stage(match, host, hall, watch, seats)
    assert wrong == []


def test_a_round_with_a_foul_a_right_and_a_wrong_answer(stage: Stage):
    _foul_and_right(stage)
    _shown(stage)
    _wrong_and_end(stage)
    kinds = list(
        Line.objects.filter(match_id=stage.match.pk).order_by("seq").values_list("kind", flat=True)
    )
    beside = ("seat", "member", "present", "note")
    assert [kind for kind in kinds if kind not in beside] == [
        "open", "question", "press", "go", "press", "verdict", "question", "go", "press", "verdict", "close",
    ]  # fmt: skip
    services.score_match(match=stage.match.pk, at=AT)
    stage.match.refresh_from_db()
    assert stage.match.state == "closed"
    found = Score.objects.filter(event="quiz").order_by("entry__code")
    assert list(found.values_list("value", flat=True)) == [-10, 10, -10]


def _says(stage: Stage, seat: str, words: str) -> None:
    expect(stage.seats[seat].locator("h1")).to_have_text(words)


def _next(stage: Stage, words: str) -> None:
    following = stage.host.locator(".host-next")
    expect(following).to_have_text(words)
    following.click()


def _hit(stage: Stage, seat: str) -> None:
    stage.seats[seat].locator(".buz-hit").dispatch_event("pointerdown", {"button": 0})


def _foul_and_right(stage: Stage) -> None:
    """Seat 3 is early (a foul: −10), seat 2 presses a key first and is right (+10)."""
    host, hall = stage.host, stage.hall
    stage.shoot("1-before")
    expect(host.get_by_text("待开场")).to_be_visible()
    _next(stage, "开始抢答题")
    expect(host.get_by_text("待开场")).to_be_hidden()
    _next(stage, "出题")
    expect(host.locator(".host-stem")).to_contain_text("道抢答题的题干")
    expect(host.locator(".host-key")).to_contain_text("B")
    expect(hall.locator(".ask h2")).to_contain_text("道抢答题的题干")
    _says(stage, "1", "请听题")
    _hit(stage, "3")
    _says(stage, "3", "抢跑")
    stage.shoot("2-foul")
    _next(stage, "开始抢答")
    _says(stage, "1", "开抢！")
    stage.shoot("3-open")
    stage.seats["2"].keyboard.press("Space")
    _says(stage, "2", "你抢到了")
    expect(stage.seats["1"].locator("h1")).to_contain_text("作答中")
    expect(hall.locator(".turn")).to_contain_text("抢到作答权")
    held = Entry.objects.filter(code=stage.match.seats["2"], stage__code=stage.match.stage)
    expect(hall.locator(".hall-strip")).to_contain_text(held.get().delegation.name)
    stage.shoot("4-answering")
    host.get_by_role("button", name="答对", exact=True).click()
    _says(stage, "2", "回答正确")
    expect(stage.seats["2"].locator(".score b")).to_have_text("10")
    expect(hall.locator(".teams li.right .sc b")).to_have_text("10")
    expect(hall.locator(".teams li").nth(2).locator(".sc b")).to_have_text("-10")
    stage.shoot("5-right")


def _shown(stage: Stage) -> None:
    """The host decides what the hall shows; the spectator sees the answer and the order as well."""
    host, hall = stage.host, stage.hall
    host.get_by_label("字幕条").fill("岳望舒｜裁判长")
    host.get_by_role("button", name="显示", exact=True).click()
    expect(hall.locator(".hall-strip")).to_contain_text("裁判长")
    host.get_by_role("button", name="收起").click()
    expect(hall.locator(".hall-third")).not_to_contain_text("裁判长")
    host.get_by_role("button", name="公布答案").click()
    expect(hall.locator(".ask-options .right")).to_have_count(1)
    host.get_by_role("button", name="排名", exact=True).click()
    expect(hall.locator(".hall-order .rank").first).to_contain_text("10")
    first = stage.watch.locator(".watch-seats li").first
    expect(first.locator(".sc")).to_have_text("10")
    stage.shoot("6-order")
    host.get_by_role("button", name="自动").click()


def _wrong_and_end(stage: Stage) -> None:
    _next(stage, "出下一题")
    _says(stage, "1", "请听题")
    _next(stage, "开始抢答")
    _says(stage, "1", "开抢！")
    _hit(stage, "1")
    _says(stage, "1", "你抢到了")
    stage.host.get_by_role("button", name="答错").click()
    _says(stage, "1", "未答对")
    _next(stage, "结束比赛")
    _next(stage, "再按一次确认：结束比赛")
    _says(stage, "1", "比赛结束")
    stage.shoot("8-closed")
