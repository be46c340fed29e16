"""Live matches in the browser with a stage process that can be killed, and seats on slow lines."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from leitai.live.models import Match
from leitai.live.selectors import cards
from tests import databases
from tests.e2e.conftest import PASSWORD, PHONE, serve, sign_in
from tests.e2e.test_stage import free_ports
from tests.factories import live as quiz
from tests.factories import people as make
from tests.factories.results import CODE

SHOTS = os.environ.get("LEITAI_SHOTS", "")


@dataclass
class Court:
    """The season's pages, its stage process, and a window for whoever asks for one."""

    web: str
    port: int  # of the stage
    season: Any
    browser: Browser
    home: Path
    stack: ExitStack
    wrong: list[str] = field(default_factory=list)
    stage: subprocess.Popen[bytes] | None = None

    def start_stage(self) -> None:
        environment = os.environ | {
            "LEITAI_HOME": str(self.home),
            "LEITAI_DATABASE_URL": databases.url(),
            "LEITAI_ORIGINS": self.web,
        }
        command = [sys.executable, "-m", "leitai.web.cli", "stage"]
        self.stage = subprocess.Popen(command, env=environment, start_new_session=True)
        until = time.monotonic() + 60
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2):  # our own
                    return
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def kill_stage(self) -> None:
        if self.stage is not None:
            os.killpg(self.stage.pid, signal.SIGKILL)
            self.stage.wait(timeout=30)
            self.stage = None

    def window(self, size: dict[str, int], path: str, user: str = "", *, slow: int = 0) -> Page:
        """``slow``: the port of a line that the page takes to the stage in place of the stage's."""
        context = self.browser.new_context(
            viewport=size,  # type: ignore[arg-type]  # width and height
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            bypass_csp=bool(slow),
        )
        self.stack.callback(context.close)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        if slow:
            context.add_init_script(
                "const Real = WebSocket; window.WebSocket = new Proxy(Real, {construct: (to, [url])"
                f" => new to(url.replace(':{self.port}/', ':{slow}/'))}});"
            )
        if user:
            sign_in(page, self.web, user)
        page.goto(f"{self.web}{path}")
        return page

    def host(self, match: Match, size: dict[str, int]) -> Page:
        page = self.window(size, f"/live/{CODE}/{match.code}/host/", "zhuchi")
        expect(page.locator(".host-link")).to_contain_text("已接通")
        return page

    def seats(self, match: Match, *names: str, slow: int = 0) -> dict[str, Page]:
        found = {}
        for card in cards.cards_of(match):
            if card.seat in names:
                found[card.seat] = self.window(PHONE, f"/live/seat/#{card.code}", slow=slow)
                found[card.seat].get_by_role("button", name="入席").click()
                expect(found[card.seat].locator(".buz footer")).to_contain_text("已接通")
        return found


@contextmanager
def court(browser: Browser, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Court]:
    port = free_ports()
    for name, more in (("STAGE", 1), ("WATCH", 2)):
        monkeypatch.setenv(f"LEITAI_{name}_BIND", f"127.0.0.1:{port + more}")
        monkeypatch.setenv(f"LEITAI_{name}_URL", f"http://127.0.0.1:{port + more}")
    season = quiz.open_season()
    for name, role in (("zhuchi", "host"), ("zuweihui", "office")):
        account = make.account(name, role, season=CODE)
        account.set_password(PASSWORD)
        account.save()
    with serve(home, "web", "watch") as (web, _lane, _lines), ExitStack() as stack:
        made = Court(web, port + 1, season, browser, home, stack)
        stack.callback(made.kill_stage)
        made.start_stage()
        yield made
    assert made.wrong == []


def shoot(name: str, **pages: Page) -> None:
    """Pictures for whoever looks at the screens: LEITAI_SHOTS names their folder."""
    for who, page in pages.items() if SHOTS else ():
        page.screenshot(path=f"{SHOTS}/{name}-{who}.png")
