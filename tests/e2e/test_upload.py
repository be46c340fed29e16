"""A clerk sends a file over a line that breaks, pauses, reloads the page, and hands it in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from leitai.files.models import StoredFile, Upload
from leitai.people import privacy
from leitai.people import services as people
from tests.e2e.conftest import PASSWORD, PHONE, serve, sign_in
from tests.e2e.line import Line
from tests.factories.people import SINCE
from tests.factories.units import HOUSE, load_packaged
from tests.house import REPO
from tests.rooms.files import content as make

MB = 1024 * 1024
AXE = REPO / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def site(transactional_db, tmp_path: Path, monkeypatch) -> Iterator[tuple[str, Line]]:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.e2e.upload_site.settings")
    monkeypatch.setenv("PYTHONPATH", str(REPO))
    load_packaged()
    people.create_account(
        actor=HOUSE,
        username="clerk",
        password=PASSWORD,
        display_name="蒲清越",
        consent=privacy.VERSION,
        at=SINCE,
    )
    with serve(tmp_path, "web", "worker") as (web, _lane, lines):
        yield web, lines[0]


def _slow(page: Page, per_second: int) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": per_second},
    )


def _offset() -> int:
    return sum(Upload.objects.order_by("-pk").values_list("offset", flat=True)[:1])


def _await_offset(page: Page, least: int) -> int:
    for _ in range(200):
        if _offset() >= least:
            break
        page.wait_for_timeout(100)
    assert _offset() >= least
    return _offset()


def test_file_arrives_whole_through_pause_cut_and_reload(
    page: Page, site: tuple[str, Line], tmp_path: Path
):
    web, line = site
    whole = b"0123456789abcde\n" * (28 * MB // 16)
    source = tmp_path / "工作记录.txt"
    source.write_bytes(whole)
    sign_in(page, web, "clerk")
    page.goto(f"{web}/things/")
    _slow(page, 5 * MB)
    page.set_input_files("input[type=file]", source)
    row = page.locator(".lt-upload-row")
    words = row.locator(".lt-upload-words")
    expect(words).to_contain_text(re.compile("已传.*／28 MB"))

    _await_offset(page, 4 * MB)
    row.get_by_role("button", name="暂停").click()
    expect(words).to_contain_text("已暂停")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("还有文件未传完")
    row.get_by_role("button", name="继续").click()

    before = _await_offset(page, 8 * MB)
    line.cut()
    expect(words).to_contain_text("网络中断", timeout=20_000)
    line.mend()
    _await_offset(page, before + 4 * MB)

    page.reload()
    expect(words).to_contain_text("请重新选择该文件", timeout=20_000)
    kept = _offset()
    assert 12 * MB <= kept < 28 * MB
    page.set_input_files("input[type=file]", source)
    expect(words).to_contain_text("可以提交", timeout=60_000)  # the worker has checked it
    assert (row.count(), Upload.objects.count()) == (1, 1)  # gone on, not begun anew

    page.get_by_role("button", name="提交").click()
    link = page.get_by_role("link", name="工作记录.txt")
    expect(link).to_be_visible()
    expect(row).to_have_count(0)
    with page.expect_download() as download:
        link.click()
    assert download.value.path().read_bytes() == whole


def test_refused_file_says_why_and_the_form_goes_without_it(
    page: Page, site: tuple[str, Line], tmp_path: Path
):
    web, _line = site
    false, wrong, good = tmp_path / "通知.pdf", tmp_path / "名册.xls", tmp_path / "照片.jpg"
    false.write_bytes(make.HTML)
    wrong.write_bytes(b"x")
    good.write_bytes(make.photo())
    sign_in(page, web, "clerk")
    page.goto(f"{web}/things/")
    page.set_input_files("input[type=file]", [false, wrong, good])
    rows = page.locator(".lt-upload-row")
    expect(rows.nth(0)).to_contain_text("“通知.pdf”的内容与扩展名不符。")
    expect(rows.nth(1)).to_contain_text("“名册.xls”的格式不在接收范围内。")
    expect(rows.nth(2)).to_contain_text("可以提交")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert [one["id"] for one in found["violations"]] == []
    if folder := os.environ.get("LEITAI_SHOTS"):
        page.screenshot(path=f"{folder}/upload-desktop.png", full_page=True)
        page.set_viewport_size(PHONE)
        page.screenshot(path=f"{folder}/upload-phone.png", full_page=True)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("link", name="照片.jpg")).to_be_visible()
    assert [file.name for file in StoredFile.objects.all()] == ["照片.jpg"]
    with page.context.expect_page() as shown:
        page.get_by_role("link", name="查看").click()
    expect(shown.value.locator("img")).to_be_visible()  # the picture itself, in its sandbox


def test_file_goes_with_the_form_where_no_script_runs(
    browser: Browser, site: tuple[str, Line], tmp_path: Path
):
    web, _line = site
    source = tmp_path / "通知.pdf"
    source.write_bytes(make.PDF)
    context: BrowserContext = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    sign_in(page, web, "clerk")
    page.goto(f"{web}/things/")
    assert "不超过10 MB" in page.inner_text("main")
    page.set_input_files("input[type=file]", source)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("link", name="通知.pdf")).to_be_visible()
    context.close()
