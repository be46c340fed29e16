"""A judge on a tablet marks while the line is cut, comes back and submits once."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from leitai.files.models import StoredFile
from leitai.judging.models import Draft, Material, Sheet, Slot, Timing
from tests.e2e.conftest import PASSWORD, PHONE, serve, sign_in
from tests.e2e.line import Line
from tests.factories import people as make
from tests.rooms.judging import making

TABLET = {"width": 820, "height": 1180}
SHOTS = os.environ.get("LEITAI_SHOTS", "")
KEPT = """() => new Promise((resolve, reject) => {
  const ask = indexedDB.open("leitai-judging");
  ask.onerror = () => reject(ask.error);
  ask.onsuccess = () => {
    const all = ask.result.transaction("drafts").objectStore("drafts").getAll();
    all.onsuccess = () => { ask.result.close(); resolve(all.result.map((one) => one.slot)); };
  };
})"""

SLOW = """const list = indexedDB.databases.bind(indexedDB);
indexedDB.databases = () => new Promise((done) => setTimeout(() => done(list()), 1500));"""


@dataclass
class Tablet:
    page: Page
    web: str
    line: Line
    day: making.Day

    def open(self, number: int) -> None:
        self.page.goto(f"{self.web}/judging/{self.day.event.pk}/{self.day.slot(number).pk}/")

    def become(self, username: str) -> None:
        self.page.context.clear_cookies()  # what is kept on the tablet stays
        sign_in(self.page, self.web, username)

    def shoot(self, name: str) -> None:
        if SHOTS:
            self.page.screenshot(path=f"{SHOTS}/judge-{name}.png")

    def says(self, words: str) -> None:
        expect(self.page.locator(".jud-foot .lt-state:visible")).to_contain_text(words)

    def fill(self, policy: str, manner: str) -> None:
        self.page.get_by_label("政策运用", exact=True).fill(policy)
        self.page.get_by_label("接待规范", exact=True).fill(manner)


@pytest.fixture
def tablet(browser: Browser, transactional_db, tmp_path: Path) -> Iterator[Tablet]:
    making.BUILT.append((making.open_final(), making.judges()))
    wrong: list[str] = []
    with ExitStack() as house:
        house.callback(making.BUILT.pop)
        day = making.called()
        for number in (1, 2):
            person = day.seat(number).person
            person.account = make.account(f"pingwei{number}", "judge", season=making.CODE)
            person.account.set_password(PASSWORD)
            person.account.save()
            person.save(update_fields=["account"])
        day.play(1)
        day.move(2, "on-stage")
        web, _lane, lines = house.enter_context(serve(tmp_path, "web"))
        context = browser.new_context(
            viewport=TABLET,  # type: ignore[arg-type]  # width and height
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=True,
        )
        house.callback(context.close)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        sign_in(page, web, "pingwei1")
        yield Tablet(page, web, lines[0], day)
    assert wrong == []


def test_the_clock_ticks_by_the_servers_time(tablet: Tablet):
    page = tablet.page
    timer = make.account("jishi", "timekeeper", season=making.CODE)
    timer.set_password(PASSWORD)
    timer.save()
    tablet.become("jishi")
    page.goto(f"{tablet.web}/office/{making.CODE}/judging/{tablet.day.event.pk}/clock/")
    page.get_by_role("button", name="开始").tap()
    page.locator(".timer-face", has_text="0:02").wait_for()
    expect(page.locator(".timer-state")).to_have_text("计时中")
    expect(page.locator(".timer-next")).to_contain_text("剩余7:5")  # of 480 seconds
    page.get_by_role("button", name="开启提示音").tap()
    expect(page.get_by_role("button", name="关闭提示音")).to_be_visible()
    tablet.shoot("clock")
    page.get_by_role("button", name="停止").tap()
    expect(page.locator(".timer-face")).to_contain_text("秒")
    seconds = int(Timing.objects.get(slot=tablet.day.slot(2)).seconds)
    assert 2 <= seconds < 60


def test_marks_of_a_cut_line_come_back_and_are_submitted_once(tablet: Tablet):
    page, submit = tablet.page, tablet.page.locator("button[value=submit]")
    tablet.open(2)
    expect(submit).to_have_text("还有4项未评")
    page.get_by_label("政策运用", exact=True).fill("50")
    tablet.says("草稿已送达")
    assert Draft.objects.get().marks == {"policy": "50"}
    tablet.line.cut()
    tablet.fill("61", "18")
    expect(page.locator("#p-policy")).to_have_text("61分不在0至60分之间。请核对。")
    page.get_by_label("政策运用", exact=True).fill("51.5")
    expect(page.locator("#p-policy")).to_have_count(0)
    expect(page.locator(".levels [aria-current]")).to_contain_text("基本准确")  # 36 to 53.9
    page.get_by_role("button", name="接待规范加0.5分").tap()
    for step in page.locator(".step").all():
        step.locator(".pick", has_text="完成").first.tap()
    expect(page.locator(".jud-sum")).to_have_text("合计 90 / 100")  # 51.5 + 18.5 + 12 + 8
    expect(submit).to_have_text("提交评分表")
    tablet.says("存于本机")
    submit.tap()
    expect(page.locator(".jud-note")).to_contain_text("评分表还没有提交")
    tablet.shoot("offline")
    assert not Sheet.objects.exists()
    page.goto("about:blank")  # the tablet is switched off
    tablet.line.mend()
    tablet.open(2)
    expect(page.get_by_label("接待规范", exact=True)).to_have_value("18.5")
    tablet.says("草稿已送达")
    tablet.shoot("back")
    whole = making.marks("51.5", "18.5")
    assert Draft.objects.get().marks == whole
    assert page.evaluate("document.documentElement.scrollWidth") == TABLET["width"]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # width and height
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    tablet.shoot("phone")
    submit.tap()
    page.wait_for_url(f"**/judging/{tablet.day.event.pk}/")
    sheet = Sheet.objects.get()
    assert dict(sheet.marks.values_list("line", "value")) == whole
    page.wait_for_function(f"({KEPT})().then((slots) => slots.length === 0)")
    _the_next_judge(tablet)


def test_what_is_typed_before_the_journal_answers_is_not_written_over(tablet: Tablet):
    page = tablet.page
    tablet.open(2)
    tablet.line.cut()
    tablet.fill("50", "11")
    tablet.says("存于本机")
    page.wait_for_function(f"({KEPT})().then((slots) => slots.length === 1)")
    page.goto("about:blank")
    tablet.line.mend()
    page.add_init_script(SLOW)  # a tablet whose disk takes its time
    tablet.open(2)
    page.get_by_label("政策运用", exact=True).fill("33")
    expect(page.get_by_label("接待规范", exact=True)).to_have_value("11")
    expect(page.get_by_label("政策运用", exact=True)).to_have_value("33")
    tablet.says("草稿已送达")
    assert Draft.objects.get().marks == {"policy": "33", "manner": "11"}


def test_slides_are_turned_by_a_clicker(tablet: Tablet):
    page, slot = tablet.page, tablet.day.slot(1)
    held = [
        _slides(slot, name, color) for name, color in (("亮点.pdf", "navy"), ("补充.pdf", "olive"))
    ]
    host = make.account("diaodu", "host", season=making.CODE)
    host.set_password(PASSWORD)
    host.save()
    tablet.become("diaodu")
    page.set_viewport_size({"width": 1920, "height": 1080})
    there = f"{tablet.web}/office/{making.CODE}/judging/{tablet.day.event.pk}/materials/"
    page.goto(there)
    tablet.shoot("materials")
    page.goto(f"{there}{held[0].pk}/")
    page.keyboard.press("PageDown")
    expect(page.locator("[data-lt-at]")).to_have_text("2")
    page.wait_for_function("document.querySelector('main img').naturalWidth === 1920")
    tablet.shoot("slide")
    page.keyboard.press("b")
    expect(page.locator("main")).not_to_be_visible()
    page.keyboard.press("b")
    expect(page.locator("main img")).to_be_visible()
    page.keyboard.press("PageDown")
    page.wait_for_url(f"**/materials/{held[1].pk}/")
    page.keyboard.press("PageUp")
    page.wait_for_url(f"**/materials/{held[0].pk}/")
    expect(page.locator("[data-lt-at]")).to_have_text("1")


def _png(color: str) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (1920, 1080), color).save(held, "png")
    return held.getvalue()


def _slides(slot: Slot, name: str, color: str) -> Material:
    """A frozen PDF of two pages, drawn already."""
    stored = StoredFile.objects.create(
        kind="judging-material", owner=slot.owner, name=name, type="pdf", size=9,
        sha256="ab" * 32, holder="1", at=making.AT,
    )  # fmt: skip
    made = Material.objects.create(
        slot=slot, file=stored, state="frozen", sha256=stored.sha256, handed_at=making.AT, pages=2
    )
    for number in (1, 2):
        made.pictures.create(number=number, picture=_png(color))
    return made


def _the_next_judge(tablet: Tablet) -> None:
    """What the first one left here unsent is not the second one's, and waits for the first."""
    page = tablet.page
    tablet.open(3)
    tablet.line.cut()
    tablet.fill("44", "11")
    tablet.says("存于本机")
    page.wait_for_function(f"({KEPT})().then((slots) => slots.length === 1)")
    page.goto("about:blank")
    tablet.line.mend()
    tablet.become("pingwei2")
    tablet.open(3)
    expect(page.locator("button[value=submit]")).to_have_text("还有4项未评")
    expect(page.get_by_label("政策运用", exact=True)).to_have_value("")
    assert not Draft.objects.exists()
    tablet.become("pingwei1")
    tablet.open(3)
    expect(page.get_by_label("政策运用", exact=True)).to_have_value("44")
    tablet.says("草稿已送达")
    assert Draft.objects.get().marks == {"policy": "44", "manner": "11"}


def test_nothing_moves_from_under_a_finger(tablet: Tablet):
    page, box = tablet.page, tablet.page.get_by_label("政策运用", exact=True)
    button = page.locator("button[value=submit]")
    page.add_init_script(SLOW)
    for number, width in ((2, 820), (3, 768), (4, 390)):
        page.set_viewport_size({"width": width, "height": 1180})
        tablet.open(number)
        box.focus()
        page.keyboard.type("3")
        before = box.bounding_box()
        expect(page.locator(".jud-sum")).to_be_visible()
        page.keyboard.type("8")  # the page has its script by now, and the judge goes on
        expect(box).to_have_value("38")
        assert box.bounding_box() == before
        before = button.bounding_box()
        tablet.shoot(f"foot-{width}")
        tablet.says("草稿已送达")
        assert button.bounding_box() == before
        tablet.line.cut()
        box.fill("33")
        tablet.says("联网后自动送出")
        assert button.bounding_box() == before
        tablet.line.mend()
        tablet.says("草稿已送达")
