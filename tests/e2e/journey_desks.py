"""Somebody at a desk of the journey: a browser of their own, and what they do in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESKTOP, serve, sign_in
from tests.e2e.journey_states import CODE
from tests.e2e.states import State, States

# A desk puts its own season in.
OFFICE, UNIT, PUBLIC = "/office/{season}/", "/unit/{season}/", "/s/{season}/"
WAIT = 20_000


class Desk:
    """One person's page."""

    def __init__(self, page: Page, site: str, season: str) -> None:
        self.page, self.season, self._site = page, season, site

    def address(self, path: str) -> str:
        return self._site + path.replace("{season}", self.season)

    def go(self, path: str) -> None:
        answer = self.page.goto(self.address(path))
        assert answer is not None
        assert answer.status < 500, f"{path}: {answer.status}"

    def fetch(self, path: str) -> Any:
        """What an address answers to a program."""
        return self.page.request.get(self.address(path)).json()

    def press(self, name: str, *, agree: bool = False) -> None:
        """A button by its words; `agree` where the house asks first."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        if agree:
            self.agree()

    def agree(self) -> None:
        self.page.click("[data-lt-agree]")

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def fill(self, boxes: Mapping[str, str]) -> None:
        """Boxes by their ids: lists are chosen from, everything else is typed."""
        for id_, value in boxes.items():
            box = self.page.locator(f"[id='{id_}']")
            if box.evaluate("box => box.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)

    def answer(self, answers: Mapping[str, str]) -> None:
        """Boxes of a form of the rules."""
        self.fill({f"id_f-{name}": value for name, value in answers.items()})

    def attach(self, box: str, file: Path) -> None:
        """Upload a file, and wait until the worker has looked at it."""
        self.page.set_input_files(f"[id='{box}']", file)
        shown = self.page.locator(".lt-uploads li", has_text=file.name).last
        expect(shown).to_contain_text("可以提交", timeout=WAIT)

    def reads(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one, timeout=WAIT)

    def misses(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("body")).not_to_contain_text(one)

    def row(self, *words: str) -> None:
        """A row of a table has all these words."""
        found = self.page.locator("tbody tr")
        for one in words:
            found = found.filter(has_text=one)
        expect(found.first).to_be_visible()


class Desks:
    """Everybody's desks in one journey; a fault in a page's script fails it."""

    def __init__(self, browser: Browser, site: str, lane: str, season: str) -> None:
        self.lane, self._browser, self._site, self._season = lane, browser, site, season
        self._sat: dict[str, Desk] = {}
        self.wrong: list[str] = []

    def sit(self, username: str) -> Desk:
        """Signed in once, and found again afterwards."""
        if username not in self._sat:
            desk = self._open()
            if username:
                sign_in(desk.page, self._site, username)
            self._sat[username] = desk
        return self._sat[username]

    def stranger(self) -> Desk:
        return self.sit("")

    def close(self) -> None:
        for desk in self._sat.values():
            desk.page.context.close()
        assert self.wrong == []

    def _open(self) -> Desk:
        context = self._browser.new_context(
            viewport=DESKTOP, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        return Desk(page, self._site, self._season)


class Sit(Protocol):
    """Start the house in a copy of a state of the season, and hand out desks."""

    def __call__(self, state: State, *, lane: bool = False) -> Desks: ...


def opening(browser: Browser, states: States, home: Path, season: str = CODE) -> Iterator[Sit]:
    """What a journey's fixture hands out; everything is closed after the part."""
    with ExitStack() as house:

        def start(state: State, *, lane: bool = False) -> Desks:
            house.enter_context(states.play(state, home / "files"))
            names = ("lane", "web", "worker") if lane else ("web", "worker")
            site, wire, _lines = house.enter_context(serve(home, *names))
            desks = Desks(browser, site, wire, season)
            house.callback(desks.close)
            return desks

        yield start


def approve(desk: Desk, address: str) -> None:
    """The second officer looks at what was proposed, and agrees."""
    desk.page.goto(address)
    desk.press("批准并办理", agree=True)
    desk.reads("已批准并办理")


def local(moment: datetime) -> str:
    """As a box for a time takes it, in Beijing's."""
    return (moment + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M")


def file(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name
