"""Four teams in the browser: must, buzzer, risk and a playoff, by a packaged rulebook.

Worked by hand, everybody from 100 (the same game as tests/rulebook/cases/team-quiz):

  seat 1: must 2 right 120 · buzzer: Q2 right 130, Q6 as rebound wrong, 0 · risk 30 wrong 100
  seat 2: must 2 right 120 · buzzer: Q2 early, out of it; Q3 as rebound right 130 · risk 20 right 150
  seat 3: must 3 right 130 · buzzer: Q3 wrong 120, Q5 right 130 · risk 20 right 150
  seat 4: must 1 right 110 · buzzer: Q1 right 120, Q6 wrong 110 · declines 110

Seats 2 and 3 are level across the line of the first prize: seat 2 fails the playoff's question, seat
3 answers it. Order: 3, 2, 4, 1 with 150, 150, 110, 100.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from leitai.live.models import Match
from leitai.live.selectors import cards
from leitai.results.models import Standing
from leitai.seasons.models import Entry, Season
from tests.e2e import quiz_setting as setting
from tests.e2e.conftest import DESKTOP, PHONE, serve, sign_in
from tests.e2e.test_stage import HALL, free_ports

SHOTS = os.environ.get("LEITAI_SHOTS", "")
MUST = ("rrrw", "rwrr", "wrrw")  # member after member, each at seats 1 to 4
TOTALS = {"3": 150, "2": 150, "4": 110, "1": 100}  # by seat, in the order of the standing


@dataclass
class House:
    """The processes' address, and a window for whoever asks for one."""

    web: str
    season: Season
    browser: Browser
    stack: ExitStack
    wrong: list[str]

    def window(self, size: dict[str, int], path: str, username: str = "") -> Page:
        context = self.browser.new_context(
            viewport=size,  # type: ignore[arg-type]  # width and height
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            accept_downloads=True,
        )
        self.stack.callback(context.close)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        if username:
            sign_in(page, self.web, username)
        page.goto(f"{self.web}{path}")
        return page


@dataclass
class Stage:
    """The screens of the match."""

    host: Page
    hall: Page
    seats: dict[str, Page]

    def shoot(self, name: str) -> None:
        if not SHOTS:
            return
        pages = {"host": self.host, "hall": self.hall, "seat2": self.seats["2"]}
        for who, page in pages.items():
            page.screenshot(path=f"{SHOTS}/quiz-{name}-{who}.png")

    def next(self, words: str) -> None:
        following = self.host.locator(".host-next")
        expect(following).to_have_text(words)
        following.click()

    def act(self, words: str) -> None:
        if words in ("答对", "答错"):  # a move that follows what the host has not seen is refused
            expect(self.host.locator(".host-next")).to_have_text("请判定")
        self.host.locator(".host-acts").get_by_role("button", name=words, exact=True).click()

    def says(self, seat: str, words: str) -> None:
        expect(self.seats[seat].locator("h1")).to_have_text(words)

    def hit(self, seat: str) -> None:
        self.seats[seat].locator(".buz-hit").dispatch_event("pointerdown", {"button": 0})

    def won(self, seat: str) -> None:
        """The open question is pressed for, and this seat has it."""
        self.says(seat, "开抢！")
        self.hit(seat)
        self.says(seat, "你抢到了")

    def score(self, seat: str, points: int) -> None:
        expect(self.seats[seat].locator(".score b")).to_have_text(str(points))


@pytest.fixture
def house(browser: Browser, transactional_db, tmp_path: Path, monkeypatch) -> Iterator[House]:
    port = free_ports()
    for name, more in (("STAGE", 1), ("WATCH", 2)):
        monkeypatch.setenv(f"LEITAI_{name}_BIND", f"127.0.0.1:{port + more}")
        monkeypatch.setenv(f"LEITAI_{name}_URL", f"http://127.0.0.1:{port + more}")
    season = setting.open_season(timezone.now())
    wrong: list[str] = []
    with serve(tmp_path, "web", "stage", "worker") as (web, _lane, _lines), ExitStack() as stack:
        yield House(web, season, browser, stack, wrong)
    assert wrong == []


def test_four_teams_play_all_segments_and_a_stranger_decides_the_same(house: House, tmp_path: Path):
    office = house.window(DESKTOP, "/", "zuweihui")
    setting.enter_teams(office, house.web)
    if SHOTS:
        office.goto(f"{house.web}/unit/{setting.CODE}/teams/")
        office.screenshot(path=f"{SHOTS}/quiz-teams.png", full_page=True)
    setting.prepare(office, house.web, setting.draw_seats(house.season, timezone.now()))
    match = Match.objects.get(season=setting.CODE)
    assert [list(match.members[seat].values()) for seat in "1234"] == [
        list(people_of(match, seat)) for seat in "1234"
    ]
    stage = _screens(house, match)
    _must(stage)
    _buzzer(stage)
    _risk(stage)
    _playoff(stage)
    _scored(match)
    standing = _computed(office, house.web, match)
    assert standing == _decided_elsewhere(office, house.web, tmp_path)


def people_of(match: Match, seat: str) -> tuple[str, ...]:
    entry = Entry.objects.get(code=match.seats[seat])
    team, names = setting.TEAMS[entry.delegation.unit.code]
    assert (match.names[seat], entry.name) == (team, team)
    return names


def _screens(house: House, match: Match) -> Stage:
    there = f"/live/{setting.CODE}/{match.code}"
    seats = {}
    for card in cards.cards_of(match):
        page = house.window(PHONE, f"/live/seat/#{card.code}")
        page.get_by_role("button", name="入席").click()
        expect(page.locator(".buz footer")).to_contain_text("已接通")
        seats[card.seat] = page
    host = house.window(DESKTOP, f"{there}/host/", "zhuchi")
    return Stage(host, house.window(HALL, f"{there}/hall/", "zhuchi"), seats)


def _must(stage: Stage) -> None:
    stage.shoot("0-before")
    stage.next("开始必答题")
    first = True
    for round_ in MUST:
        for seat, answer in zip("1234", round_, strict=True):
            stage.next("出题" if first else "出下一题")
            stage.says(seat, "请作答")
            stage.next("读题完毕")
            if first:
                stage.shoot("1-must")
            stage.act("答对" if answer == "r" else "答错")
            first = False
    for seat, points in (("1", 120), ("2", 120), ("3", 130), ("4", 110)):
        stage.score(seat, points)


def _buzzer(stage: Stage) -> None:
    stage.next("开始抢答题")
    _open(stage, "出题")
    stage.won("4")
    stage.act("答对")
    stage.score("4", 120)
    stage.next("出下一题")
    stage.says("2", "请听题")
    stage.hit("2")  # before the word: out of this question, and no points yet
    stage.says("2", "抢跑")
    stage.next("开始抢答")
    stage.won("1")
    stage.shoot("2-buzzer")
    stage.act("答对")
    stage.score("1", 130)
    stage.score("2", 120)
    _open(stage)
    stage.won("3")
    stage.act("答错")
    stage.score("3", 120)
    stage.says("2", "开抢！")  # the others may press once more
    stage.won("2")
    stage.act("答对")
    stage.score("2", 130)
    _open(stage)  # nobody presses for ten seconds
    expect(stage.host.locator(".host-next")).to_have_text("出下一题", timeout=20_000)
    _open(stage)
    stage.won("3")
    stage.act("答对")
    stage.score("3", 130)
    _open(stage)
    stage.won("4")
    stage.act("答错")
    stage.score("4", 110)
    stage.says("1", "开抢！")
    stage.won("1")
    stage.act("答错")  # a rebound that fails costs nothing
    stage.score("1", 130)


def _open(stage: Stage, words: str = "出下一题") -> None:
    stage.next(words)
    stage.next("开始抢答")
    stage.says("1", "开抢！")


def _risk(stage: Stage) -> None:
    """From the highest score down, level by seat: 1, 2, 3 (130), then 4 (110)."""
    stage.next("开始风险题")
    first = True
    for seat, stake, answer, points in (
        ("1", "30", "答错", 100), ("2", "20", "答对", 150), ("3", "20", "答对", 150),
    ):  # fmt: skip
        expect(stage.host.locator(".host-next")).to_have_text("请选题")
        stage.act(f"{seat}号 选{stake}")
        stage.next("出题" if first else "出下一题")
        first = False
        stage.next("读题完毕")
        if seat == "2":
            stage.shoot("3-risk")
        stage.act(answer)
        stage.score(seat, points)
    stage.act("4号 放弃选题")
    stage.score("4", 110)


def _playoff(stage: Stage) -> None:
    stage.next("开始加赛题")
    stage.next("出题")
    stage.next("开始抢答")
    stage.says("2", "开抢！")
    stage.won("2")
    stage.act("答错")
    stage.says("3", "开抢！")
    stage.shoot("4-playoff")
    stage.won("3")
    stage.act("答对")
    for seat, points in TOTALS.items():
        stage.score(seat, points)
    stage.host.get_by_role("button", name="排名", exact=True).click()
    names = [stage.seats[seat].locator(".buz header span").inner_text() for seat in TOTALS]
    for place, (name, points) in enumerate(zip(names, TOTALS.values(), strict=True), start=1):
        row = stage.hall.locator(".hall-order .rank").nth(place - 1)
        expect(row).to_contain_text(name)
        expect(row).to_contain_text(str(points))
        expect(row).to_contain_text(str(place))
    stage.shoot("5-order")
    stage.next("结束比赛")
    stage.next("再按一次确认：结束比赛")
    stage.says("1", "比赛结束")
    stage.shoot("6-closed")


def _scored(match: Match) -> None:
    """The worker folds the log; nobody asks it to."""
    until = time.monotonic() + 20
    while not match.scored_seq and time.monotonic() < until:
        time.sleep(0.2)
        match.refresh_from_db()
    assert (match.state, match.scored_seq > 0) == ("closed", True)


def _computed(office: Page, web: str, match: Match) -> list[tuple[int, str, int]]:
    """The office's standing: rank, entry, total."""
    office.goto(f"{web}/office/{setting.CODE}/results/match/")
    office.get_by_role("button", name="计算", exact=True).click()
    expect(office.get_by_text("已计算，这是第1版")).to_be_visible()
    names = [match.names[seat] for seat in TOTALS]
    expect(office.locator("main table tbody tr").first).to_contain_text(names[0])
    if SHOTS:
        office.screenshot(path=f"{SHOTS}/quiz-results.png", full_page=True)
    rows = Standing.objects.filter(result__stage__season__code=setting.CODE, board="main")
    found = [
        (one.rank, one.entry.code, one.entry.name)
        for one in rows.select_related("entry__person").order_by("rank")
    ]
    assert [(rank, name) for rank, _code, name in found] == list(enumerate(names, start=1))
    return [
        (rank, code, total)
        for (rank, code, _name), total in zip(found, TOTALS.values(), strict=True)
    ]


def _decided_elsewhere(office: Page, web: str, folder: Path) -> list[tuple[int, str, int]]:
    """The tables that the page gives away, decided by the command, away from the database."""
    office.goto(f"{web}/office/{setting.CODE}/live/m1/")
    with office.expect_download() as taken:
        office.get_by_role("link", name="导出复算表").click()
    data = folder / "tables"
    with zipfile.ZipFile(taken.value.path()) as tables:
        tables.extractall(data)
    away = {key: value for key, value in os.environ.items() if not key.startswith("LEITAI_")}
    command = [sys.executable, "-m", "leitai.web.cli", "rulebook", "decide"]
    subprocess.run(
        [*command, str(data / "rulebook.yaml"), "--data", str(data), "--out", str(folder / "out")],
        check=True, timeout=60, env=away, capture_output=True,
    )  # fmt: skip
    text = (folder / "out" / "standings.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["board"] == "main"]
    return sorted((int(row["rank"]), row["entry"], int(row["total"])) for row in rows)
