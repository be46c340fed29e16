"""A large file of units in a browser: weighed and carried out by the worker, seen to its end."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from leitai.units.models import Unit
from leitai.web.demonstration import staging
from tests.e2e.conftest import DESKTOP, PASSWORD, PHONE, serve, sign_in

STATIONS = 3_000


@pytest.fixture
def site(transactional_db, tmp_path: Path):
    at = datetime.now(UTC)
    staging.plant_units(None, at)
    staging.appoint_staff("51", PASSWORD, at)
    with serve(tmp_path, "web", "worker") as (web, _lane, _lines):
        yield web


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    rows = [
        f"510104-{one:05d},510104,锦江区第{one}服务站,县（市、区）级,机构"
        for one in range(STATIONS)
    ]
    file = tmp_path / "服务站.csv"
    file.write_text("\n".join(["代码,上级代码,名称,层级,类别", *rows]), encoding="utf-8")
    return file


def stations() -> int:
    return Unit.objects.filter(code__startswith="510104-0").count()


def upload(page: Page, site: str, sheet: Path) -> None:
    sign_in(page, site, "office")
    page.goto(f"{site}/units/import/")
    page.set_input_files("input[type=file]", sheet)
    page.click("main form button.btn-primary")
    page.wait_for_url("**/units/import/*/")
    page.wait_for_selector("h1:has-text('导入预览')", timeout=30_000)


def test_a_large_file_is_followed_to_its_result(page: Page, site: str, sheet: Path):
    upload(page, site, sheet)
    assert "锦江区第49服务站" in page.inner_text("main")
    assert "锦江区第50服务站" not in page.inner_text("main")
    assert stations() == 0
    page.click("main form button.btn-primary")
    page.click("[data-lt-agree]")
    page.wait_for_selector("text=导入已完成", timeout=30_000)  # the page asks again by itself
    assert stations() == STATIONS
    page.reload()
    assert "导入结果" in page.inner_text("h1")
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_it_goes_the_whole_way_without_script(browser: Browser, site: str, sheet: Path):
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    upload(page, site, sheet)
    page.click("main form button.btn-primary")
    page.wait_for_selector("text=导入已完成", timeout=30_000)
    assert stations() == STATIONS
    context.close()
