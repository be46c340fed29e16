"""A township clerk goes from a paper slip to signed in on a phone, and back in after a reset."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leitai.people import privacy, selectors
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.units import selectors as units
from tests.e2e.conftest import DESKTOP, PASSWORD, PHONE, serve, sign_in
from tests.e2e.test_pages import _new_page as still_page
from tests.e2e.test_pages import _wrong as wrong
from tests.factories.slips import clerk
from tests.factories.units import HOUSE, load_packaged

UNIT, OWN, NEW = "510104", "river-and-drum-3", "stone-and-drum-4"
ACTIONS, SECONDS = 6, 60
FIRST = "**/me/"  # where /home/ leads somebody of a roster


class Hand:
    """Counts what the person does: every touch, and every field filled in."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions, self.began = page, 0, time.monotonic()

    def open(self, address: str) -> None:
        """Scanning the code with the phone's camera is one act."""
        self.actions += 1
        self.page.goto(address)

    def touch(self, words: str) -> None:
        self.actions += 1
        self.page.get_by_role("button", name=words).click()

    def fill(self, label: str, text: str) -> None:
        self.actions += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def tick(self, label: str) -> None:
        self.actions += 1
        self.page.get_by_label(label).check()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began


@pytest.fixture
def site(transactional_db, tmp_path: Path) -> Iterator[str]:
    """A county with its manager, and a clerk of a township window who has only a phone number."""
    load_packaged()
    at = datetime.now(UTC)
    manager = people.create_account(
        actor=HOUSE,
        username="manager",
        password=PASSWORD,
        display_name="贺知秋",
        consent=privacy.VERSION,
        at=at,
    )
    unit = units.get_unit(UNIT)
    people.appoint(actor=HOUSE, account=manager, role=Role.UNIT_MANAGER, unit=unit, since=at, at=at)
    clerk("clerk-1", "路长歌", unit=UNIT, serial=31, phone="19900000031")
    with serve(tmp_path, "web") as (web, _lane, _lines):
        yield web


def new_page(browser: Browser, size: dict[str, int]) -> Page:
    context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(15_000)
    return context.new_page()


def paper(page: Page) -> str:
    """What stands printed on the slip."""
    return page.locator("[data-slip-code]").inner_text()


def by_phone(page: Page, web: str, password: str) -> None:
    page.goto(f"{web}/account/login/")
    page.get_by_label("登录名").fill("199 0000 0031")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_from_a_paper_slip_to_signed_in_and_back_after_a_reset(browser: Browser, site: str):
    desk, phone = new_page(browser, DESKTOP), new_page(browser, PHONE)
    sign_in(desk, site, "manager")
    desk.goto(f"{site}/people/slips/")
    desk.get_by_label("路长歌").check()
    desk.get_by_label("在网页上打印").check()
    desk.get_by_role("button", name="打印所选人员").click()
    code = paper(desk)

    hand = Hand(phone)
    hand.open(f"{site}/activate/#{code}")
    expect(phone.get_by_label("启用码")).to_have_value(code)
    assert "#" not in phone.url
    hand.touch("下一步")
    expect(phone.get_by_text("路长歌")).to_be_visible()
    hand.fill("设一个密码", OWN)
    hand.fill("再输入一遍密码", OWN)
    hand.tick("我已阅读并同意")
    hand.touch("启用并登录")
    phone.wait_for_url(FIRST)
    assert hand.actions <= ACTIONS
    assert hand.seconds < SECONDS

    desk.goto(f"{site}/people/slips/?state=done")
    desk.get_by_role("button", name="重设密码 路长歌").click()  # one
    desk.get_by_role("dialog").get_by_role("button", name="重设", exact=True).click()  # two
    expect(desk.get_by_role("heading", name="密码已重设")).to_be_visible()
    reset = paper(desk)

    phone.goto(f"{site}/account/")
    assert "/account/login/" in phone.url
    by_phone(phone, site, OWN)
    expect(phone.get_by_text("登录名或密码不正确。")).to_be_visible()

    again = Hand(phone)
    again.open(f"{site}/activate/#{reset}")
    again.touch("下一步")
    again.fill("设一个密码", NEW)
    again.fill("再输入一遍密码", NEW)
    again.touch("保存并登录")
    phone.wait_for_url(FIRST)
    assert again.seconds < SECONDS

    later = new_page(browser, PHONE)
    by_phone(later, site, NEW)
    later.wait_for_url(FIRST)


def test_the_slip_works_without_scripts(browser: Browser, site: str):
    (slip,) = people.issue_slips(
        actor=HOUSE, people=[selectors.get_person("clerk-1")], at=datetime.now(UTC)
    )
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site}/activate/#{slip.code}")
    page.get_by_label("启用码").fill(slip.shown.lower())
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("设一个密码").fill(OWN)
    page.get_by_label("再输入一遍密码").fill(OWN)
    page.get_by_label("我已阅读并同意").check()
    page.get_by_role("button", name="启用并登录").click()
    page.wait_for_url(FIRST)
    context.close()


def test_no_page_of_the_way_has_a_barrier(browser: Browser, site: str):
    (slip,) = people.issue_slips(
        actor=HOUSE, people=[selectors.get_person("clerk-1")], at=datetime.now(UTC)
    )
    page = still_page(browser)
    page.goto(f"{site}/activate/#{slip.code}")
    faults = wrong(page)
    page.get_by_role("button", name="下一步").click()
    faults |= wrong(page)
    for path in ("/privacy/", "/account/login/", "/account/password/reset/"):
        page.goto(site + path)
        faults |= wrong(page)
    sign_in(page, site, "manager")
    for path in ("/account/", "/people/slips/", "/people/slips/?state=done"):
        page.goto(site + path)
        faults |= wrong(page)
    page.goto(f"{site}/people/slips/")
    page.get_by_label("在网页上打印").check()
    page.get_by_role("button", name="打印单位启用单").click()
    faults |= wrong(page)
    assert faults == {}
