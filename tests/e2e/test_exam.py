"""A contestant sits an exam in a real browser, loses the network, reloads, and loses no answer."""

from __future__ import annotations

import json
from datetime import timedelta

from playwright.sync_api import BrowserContext, Page, expect

from leitai.seasons.models import Score
from leitai.sittings.models import JournalRow, Sitting
from tests.e2e.conftest import Scene, sign_in


def _enter(page: Page, scene: Scene) -> None:
    sign_in(page, scene.web, "contestant")
    page.goto(f"{scene.web}/me/")
    page.get_by_role("main").get_by_role("link", name="进入考室").first.click()
    expect(page.locator(".stem")).to_be_visible(timeout=20_000)


def _choose(page: Page, *letters: str) -> None:
    for letter in letters:
        page.keyboard.press(letter)


def _next(page: Page) -> None:
    page.keyboard.press("ArrowRight")


def _folded(sitting: Sitting) -> dict[int, str]:
    rows = JournalRow.objects.filter(sitting_id=sitting.pk).order_by("seq")
    batches = [json.loads(bytes(row.body))["answers"] for row in rows]
    return {number: answer for batch in batches for number, answer, _ in batch}


def test_an_exam_through_a_lost_network_and_a_reload_loses_no_answer(page: Page, scene: Scene):
    _enter(page, scene)
    saved = page.locator(".saved")
    _choose(page, "b")
    expect(saved).to_contain_text("已送达")

    scene.cut()
    _next(page)
    _choose(page, "c")
    expect(saved).to_contain_text("存于本机")
    _next(page)
    _choose(page, "a")
    expect(page.locator(".exam-net")).to_contain_text("网络已断开", timeout=20_000)

    page.reload()
    expect(page.locator(".stem")).to_be_visible(timeout=20_000)
    expect(page.locator(".exam-net")).to_contain_text("2")
    sitting = Sitting.objects.get(exam=scene.exam, entry__person__code="V001")
    assert _folded(sitting) == {1: "B"}

    scene.mend()
    expect(page.locator(".cell.sent")).to_have_count(3 + 1, timeout=30_000)  # one in the legend
    _hand_in(page)
    expect(page.get_by_role("heading", name="已交卷")).to_be_visible(timeout=20_000)
    expect(page.locator("body")).to_contain_text("与本机计算一致")

    sitting.refresh_from_db()
    assert _folded(sitting) == {1: "B", 2: "C", 3: "A"}
    assert sitting.state == "handed_in"
    assert bytes(sitting.final_digest or b"").hex()[:16] in page.content().replace(" ", "")
    page.wait_for_timeout(3000)
    assert Score.objects.filter(entry=sitting.entry, event="exam").count() == 1


def test_the_console_shows_the_sitting_and_an_extension_reaches_the_contestant(
    page: Page, context: BrowserContext, scene: Scene
):
    _enter(page, scene)
    _choose(page, "a")
    expect(page.locator(".saved")).to_contain_text("已送达")

    office = context.browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    desk = office.new_page()
    sign_in(desk, scene.web, "exam")
    desk.goto(f"{scene.web}/office/{scene.season.code}/exams/{scene.exam.code}/")
    expect(desk.get_by_text("申时雨").first).to_be_visible()
    expect(desk.get_by_text("答题中").first).to_be_visible()

    before = Sitting.objects.get(exam=scene.exam, entry__person__code="V001").deadline
    desk.get_by_role("link", name="全场延时").click()
    desk.fill("input[name=minutes]", "7")
    desk.fill("input[name=reason]", "停电7分钟")
    desk.get_by_role("button", name="确认延时").click()
    expect(desk.get_by_text("停电7分钟").first).to_be_visible()
    expect(page.locator("body")).to_contain_text("已延时 7 分钟", timeout=15_000)
    after = Sitting.objects.get(exam=scene.exam, entry__person__code="V001").deadline
    assert after - before == timedelta(minutes=7)
    office.close()


def _hand_in(page: Page) -> None:
    page.get_by_role("button", name="交卷").first.click()
    page.get_by_role("button", name="确认交卷").click()
