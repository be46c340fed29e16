"""A real browser against the real processes: web, lane and worker on a test database."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from leitai.bank import services as bank
from leitai.people.enums import Role
from leitai.rulebook import load, packaged
from leitai.seasons.models import Season
from leitai.sittings.models import Exam
from leitai.web.demonstration import doors, staging
from leitai.web.demonstration.staging import HOUSE
from tests import databases
from tests.e2e.line import Line
from tests.e2e.states import States

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's own loop runs in this thread
RULEBOOK = "sichuan-2022"
PASSWORD = "not-a-secret-8"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}


@dataclass(frozen=True)
class Scene:
    """A season whose exam the visitor may sit, where its pages are, and the lines to them."""

    web: str
    lane: str
    season: Season
    exam: Exam
    lines: tuple[Line, Line]

    def cut(self) -> None:
        for line in self.lines:
            line.cut()

    def mend(self) -> None:
        for line in self.lines:
            line.mend()


@pytest.fixture(scope="session")
def states_made(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[States]:
    """The states of seasons that this run has made, each once."""
    made = States(tmp_path_factory.mktemp("states"))
    with django_db_blocker.unblock():
        yield made
        made.drop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("browser tests need chromium, and this is CI")
        pytest.skip("NO CHROMIUM: browser tests skipped; apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=DESKTOP, locale="zh-CN", timezone_id="Asia/Shanghai")
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    assert wrong == []


@pytest.fixture
def scene(transactional_db, tmp_path: Path) -> Iterator[Scene]:
    """Season, people, sealed paper and an exam that opens in seconds, on live processes."""
    season = _season(datetime.now(UTC))
    with serve(tmp_path, "lane", "web", "worker") as (web, lane, lines):
        yield Scene(web, lane, season, _exam(season), lines)


@contextmanager
def serve(home: Path, *names: str) -> Iterator[tuple[str, str, tuple[Line, Line]]]:
    """Run these processes on the test's database, each behind a line that can be cut."""
    web, lane = _free_port(), _free_port()
    lines = Line(web), Line(lane)
    public, wire = (f"http://127.0.0.1:{line.port}" for line in lines)
    environment = os.environ | {
        "LEITAI_HOME": str(home),
        "LEITAI_DATABASE_URL": databases.url(),
        "LEITAI_WEB_BIND": f"127.0.0.1:{web}",
        "LEITAI_LANE_BIND": f"127.0.0.1:{lane}",
        "LEITAI_PUBLIC_URL": public,
        "LEITAI_LANE_URL": wire,
        "LEITAI_ORIGINS": public,
    }
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "leitai.web.cli", name], env=environment, start_new_session=True
        )
        for name in names
    ]
    try:
        if "web" in names:
            _await(f"http://127.0.0.1:{web}/healthz")
        if "lane" in names:
            _await(f"http://127.0.0.1:{lane}/v1/time")
        yield public, wire, lines
    finally:
        for process in processes:  # with all of theirs; that they end well is test_serve's matter
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=30)


def sign_in(page: Page, web: str, username: str) -> None:
    page.goto(f"{web}/account/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/account/login" not in url)


def _season(at: datetime) -> Season:
    law = load(packaged(RULEBOOK))
    staging.plant_units(None, at)
    staff = staging.appoint_staff(law.host.unit if law.host else "", PASSWORD, at)
    season = doors.prepare_season(staff, law, PASSWORD, at)
    file = bank.data_path("bank-rsfw.csv")
    bank.import_items(actor=HOUSE, bank_code="own", title="own", source=file, name=file.name, at=at)
    bank.compose_papers(
        actor=HOUSE,
        season_code=season.code,
        event=law.events["exam"],
        bank_codes=["own"],
        codes=[f"{season.code}-paper"],
        titles=["试卷"],
        seed="e2e",
        at=at,
    )
    return season


def _exam(season: Season) -> Exam:
    at = datetime.now(UTC)
    law = load(packaged(RULEBOOK))
    officer = staging.appoint_staff(law.host.unit if law.host else "", PASSWORD, at)
    doors.open_exam(season, law, officer[Role.EXAM_OFFICER], at, wait_seconds=3)
    return Exam.objects.get(stage__season=season)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(url: str) -> None:
    until = time.monotonic() + 60  # a busy machine starts slowly
    while True:
        try:
            with urlopen(url, timeout=2):  # noqa: S310  # our own server
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
