"""The stage's day: a contestant hands files in from a phone, the stage checks, shows and calls."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from leitai.judging import services
from leitai.judging.models import Material, Move
from leitai.judging.services import Card
from tests.e2e.conftest import DESKTOP, PASSWORD, PHONE, serve, sign_in
from tests.factories import people as make
from tests.house import REPO
from tests.rooms.judging import making

CONSOLE = {"width": 1920, "height": 1080}
TABLET = {"width": 820, "height": 1180}
SHOTS = os.environ.get("LEITAI_SHOTS", "")
FILM = REPO / "tests" / "e2e" / "data" / "film-vp9.mp4"
LINK = "https://meet.example.cn/j/900"


@dataclass
class House:
    """Windows of a remote event: each of one person."""

    web: str
    day: making.Day
    come: Callable[[str, dict[str, int]], Page]

    @property
    def office(self) -> str:
        return f"{self.web}/office/{making.CODE}/judging/{self.day.event.pk}/"

    @property
    def own(self) -> str:
        return f"{self.web}/me/judged/{self.day.slot(1).pk}/"


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/day-{name}.png", full_page=True)


def pdf() -> bytes:
    made = pypdfium2.PdfDocument.new()
    for _page in range(3):
        made.new_page(960, 540)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def png() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(held, "png")
    return held.getvalue()


def file(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


@pytest.fixture
def house(browser: Browser, transactional_db, tmp_path: Path) -> Iterator[House]:
    making.BUILT.append((making.open_final(), making.judges()))
    wrong: list[str] = []
    with ExitStack() as open_:
        open_.callback(making.BUILT.pop)
        until = datetime.now(UTC) + timedelta(days=1)
        day = making.day(mode="remote", link=LINK, videos_by=until)
        person = day.slot(1).entry.person
        person.account = make.account("xuanshou")
        person.save(update_fields=["account"])
        accounts = [person.account, make.account("diaodu", "exam_officer", season=making.CODE)]
        accounts.append(make.account("luren"))
        for account in accounts:
            account.set_password(PASSWORD)
            account.save()
        web, _lane, _lines = open_.enter_context(serve(tmp_path, "web", "worker"))

        def come(username: str, size: dict[str, int]) -> Page:
            context = browser.new_context(
                viewport=size,  # type: ignore[arg-type]  # width and height
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
            )
            open_.callback(context.close)
            context.set_default_timeout(15_000)
            page = context.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            sign_in(page, web, username)
            return page

        yield House(web, day, come)
    assert wrong == []


def test_files_from_a_phone_to_the_stages_screen(house: House):
    phone = house.come("xuanshou", PHONE)
    _hand_in(house, phone)
    stage = house.come("diaodu", CONSOLE)
    _check(house, stage, phone)
    _show(house, stage)


def _hand_in(house: House, phone: Page) -> None:
    phone.goto(f"{house.web}/me/")
    shoot(phone, "me")
    phone.get_by_role("link", name="情景再现").first.click()
    phone.wait_for_url(house.own)
    expect(phone.get_by_role("link", name=LINK)).to_be_visible()
    shoot(phone, "own-empty")
    field = phone.locator("input[type=file]")
    wrong = [file("讲稿.pptx", b"PK\x03\x04 slides"), file("坏图.png", b"\x89PNG and no more")]
    field.set_input_files([*wrong, file("空.pdf", b"")])  # type: ignore[arg-type]  # payloads
    rows = phone.locator(".lt-uploads li")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="坏图.png")).to_contain_text("另存为png", timeout=30_000)
    shoot(phone, "own-wrong")
    with phone.expect_navigation():  # what is chosen before the next page has come would be lost
        phone.get_by_role("button", name="报送").click()
    shoot(phone, "own-nothing")
    good = [file("照片.png", png()), file("亮点.pdf", pdf()), file("视频.mp4", FILM.read_bytes())]
    phone.locator("input[type=file]").set_input_files(good)  # type: ignore[arg-type]  # payloads
    expect(rows.filter(has_text="可以提交")).to_have_count(3, timeout=60_000)
    shoot(phone, "own-ready")
    phone.get_by_role("button", name="报送").click()
    expect(phone.get_by_text("待检查")).to_have_count(3)
    expect(phone.get_by_text("已办理")).to_have_count(1)
    shoot(phone, "own-handed")
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert Material.objects.filter(state="handed").count() == 3


def _check(house: House, stage: Page, phone: Page) -> None:
    stage.goto(f"{house.office}materials/")
    shoot(stage, "materials")
    row = stage.locator(".lt-row", has_text="亮点.pdf")
    row.get_by_role("button", name="退回").click()
    expect(stage.get_by_role("alert").or_(stage.locator(".alert")).first).to_contain_text("原因")
    shoot(stage, "materials-no-reason")
    row.get_by_label("退回原因").fill("第2页看不清")
    row.get_by_role("button", name="退回").click()
    expect(row).to_contain_text("已退回")
    phone.reload()
    expect(phone.get_by_text("第2页看不清")).to_be_visible()
    shoot(phone, "own-back")
    phone.locator("input[type=file]").set_input_files([file("亮点二.pdf", pdf())])  # type: ignore[arg-type]
    expect(phone.locator(".lt-uploads li")).to_contain_text("可以提交", timeout=60_000)
    phone.get_by_role("button", name="报送").click()
    expect(phone.get_by_role("link", name="亮点二.pdf")).to_be_visible()
    expect(phone.get_by_text("等待上传")).to_have_count(0)
    stage.reload()
    for name in ("照片.png", "视频.mp4", "亮点二.pdf"):
        stage.locator(".lt-row", has_text=name).get_by_role("button", name="检查无误").click()
        expect(stage.locator(".lt-row", has_text=name)).to_contain_text("已检查")
    stage.get_by_role("button", name="全部封存").click()
    shoot(stage, "materials-confirm")
    stage.get_by_role("dialog").get_by_role("button", name="确定").click()
    expect(stage.get_by_text("已封存")).to_have_count(3)
    for words in ("检查无误", "退回", "上传", "全部封存"):
        expect(stage.get_by_role("button", name=words, exact=True)).to_have_count(0)
    shoot(stage, "materials-frozen")
    phone.reload()
    expect(phone.get_by_text("材料已经封存")).to_be_visible()
    shoot(phone, "own-frozen")


def _show(house: House, stage: Page) -> None:
    """From the first file to the last with what a clicker sends; a film jumps by a range."""
    picture, film = stage.locator("main img"), stage.locator("video")
    stage.locator(".lt-row", has_text="照片.png").get_by_role("link", name="全屏展示").click()
    expect(picture).to_have_js_property("naturalWidth", 1600)
    stage.keyboard.press("f")
    expect(stage.locator("body.full")).to_have_count(1)
    shoot(stage, "show-full")
    stage.keyboard.press("PageDown")
    expect(film).to_have_js_property("readyState", 4)
    film.evaluate("one => { one.currentTime = one.duration / 2; }")
    expect(film).to_have_js_property("seeking", False)
    assert film.evaluate("one => Math.abs(one.currentTime - one.duration / 2) < 0.1")
    shoot(stage, "show-film")
    stage.keyboard.press(" ")
    expect(film).to_have_js_property("paused", False)
    stage.keyboard.press("PageDown")
    expect(picture).to_have_js_property("naturalWidth", 1920)
    stage.keyboard.press("PageDown")
    expect(stage.locator("[data-lt-at]")).to_have_text("2")
    assert stage.evaluate("document.fullscreenElement !== null")  # from the first to the last
    shoot(stage, "show-page")


def test_the_call_list(house: House):
    services.keep_scenario(
        actor=making.OFFICE,
        event=house.day.event,
        card=Card(
            "A1", "来访者讨薪", "判断受理范围", "先说在附近打工", (("问到工资", "欠两个月"),)
        ),
        at=house.day.at(),
    )
    services.give_scenarios(
        actor=making.OFFICE,
        event=house.day.event,
        chosen={house.day.slot(1).pk: "A1"},
        at=house.day.at(),
    )
    house.day.event = services.call_event(
        actor=making.STAGE, event=house.day.event, at=house.day.at()
    )
    stage = house.come("diaodu", TABLET)
    stage.goto(f"{house.office}stage/")
    shoot(stage, "calls")
    calls = stage.locator(".call")

    def step(place: int, words: str, *, then: str, **fields: str) -> None:
        row = calls.nth(place - 1)
        for label, value in fields.items():
            row.get_by_label({"late": "迟到分钟", "reason": "原因"}[label], exact=True).fill(value)
        row.get_by_role("button", name=words, exact=True).click()
        expect(stage.locator("main")).to_contain_text(then)

    calls.nth(0).get_by_label("手机已收").check()
    step(1, "进入候赛", then="手机已收）")
    step(2, "上场", then="按出场顺序应先轮到01号选手")
    step(2, "登记迟到", then="请以数字填写迟到的分钟数", late="三分")
    expect(calls.nth(1).get_by_label("迟到分钟", exact=True)).to_have_value("三分")
    assert calls.nth(1).get_by_role("button").first.bounding_box()["height"] >= 44  # type: ignore[index]
    shoot(stage, "calls-refused")
    step(2, "登记迟到", then="迟到3.5分钟", late="3.5")
    step(1, "上场", then="正在展示")
    step(1, "进入候赛", then="请填写原因")
    step(1, "进入候赛", then="点错", reason="点错")
    step(1, "上场", then="正在展示")
    step(3, "登记缺席", then="缺席")
    step(4, "登记弃权", then="请填写原因")
    step(4, "登记弃权", then="身体不适", reason="身体不适")
    step(2, "上场", then="01号选手正在展示")
    step(1, "退场", then="已展示")
    step(2, "上场", then="正在展示")
    shoot(stage, "calls-after")
    assert stage.evaluate("document.documentElement.scrollWidth") == TABLET["width"]
    stage.set_viewport_size(PHONE)  # type: ignore[arg-type]  # width and height
    shoot(stage, "calls-phone")
    assert stage.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    states = house.day.event.slots.order_by("order").values_list("state", "late")
    assert list(states)[:4] == [
        ("released", ""),
        ("on-stage", "3.5"),
        ("absent", ""),
        ("forfeit", ""),
    ]
    assert Move.objects.filter(phone=True).count() == 1
    stage.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # width and height
    for name in ("cards", "materials"):
        stage.goto(f"{house.office}{name}/")
        shoot(stage, f"{name}-running")
    phone = house.come("xuanshou", PHONE)
    phone.goto(house.own)
    shoot(phone, "own-running")
    expect(phone.get_by_text("本场已经开始")).to_be_visible()
    expect(phone.get_by_text("来访者讨薪")).to_have_count(0)
    assert phone.goto(f"{house.office}stage/").status == 403  # type: ignore[union-attr]
    other = house.come("luren", PHONE)
    assert other.goto(house.own).status == 404  # type: ignore[union-attr]
    shoot(other, "own-other")
