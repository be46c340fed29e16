"""Every main page, phone and desktop, light and dark: no barrier, no overflow, no leftovers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from leitai.people import services as people
from leitai.people.enums import Role
from leitai.results import services as results
from leitai.units import selectors as units
from tests.e2e.conftest import DESKTOP, PASSWORD, PHONE, serve, sign_in
from tests.factories.results import AT, CODE, OFFICE, at_final, held
from tests.factories.units import HOUSE

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PUBLIC = (
    "/account/login/",
    "/exam/",
    f"/s/{CODE}/",
    f"/s/{CODE}/rules/",
    f"/s/{CODE}/results/heat/",
    f"/s/{CODE}/results/final/",
    "/c/",
)
OFFICIAL = (
    f"/office/{CODE}/",
    f"/office/{CODE}/calendar/",
    f"/office/{CODE}/exams/",
    f"/office/{CODE}/results/heat/",
    f"/office/{CODE}/results/final/",
    f"/ledger/{CODE}/",
    "/bank/",
    "/me/",
)


@pytest.fixture
def site(transactional_db, tmp_path):
    """A finished small season and its pages."""
    season = at_final(publish=True)
    held(season, "final", publish=True)
    results.write_bundle(actor=OFFICE, season=season, at=AT)
    account = people.create_account(
        actor=HOUSE, username="clerk", password=PASSWORD, display_name="蒲清越", at=AT
    )
    people.appoint(
        actor=HOUSE,
        account=account,
        role=Role.OFFICE,
        unit=units.get_unit("51"),
        since=AT,
        at=AT,
    )
    with serve(tmp_path, "web") as (web, _lane, _lines):
        yield web


def _wrong(page: Page, width: int) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    wrong = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        wrong.append(f"{wide} px wide")
    text = page.inner_text("body")
    return wrong + [left for left in ("None", "{{", "{%", "nan", "undefined") if left in text]


def test_no_page_has_a_barrier(browser: Browser, site: str):
    wrong: dict[str, list[str]] = {}
    for size in (PHONE, DESKTOP):
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport=size, color_scheme=scheme, locale="zh-CN")
            page = context.new_page()
            for path in (*PUBLIC, *OFFICIAL):
                if path == OFFICIAL[0]:
                    sign_in(page, site, "clerk")
                page.goto(site + path)
                page.wait_for_selector("h1")
                if found := _wrong(page, size["width"]):
                    wrong[f"{path} {size['width']} {scheme}"] = found
            context.close()
    assert wrong == {}


def test_why_opens_beside_the_table_without_a_reload(browser: Browser, site: str):
    """成都 185.00 stands above 自贡 180.00 in the heat: the sum of their best two decides."""
    context = browser.new_context(viewport=DESKTOP, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site}/s/{CODE}/results/heat/")
    page.evaluate("window.stayed = true")
    page.locator("[hx-get*='upper=5101'][hx-get*='lower=']").first.click()
    panel = page.locator("aside, [id*=why]").filter(has_text="成都市").first
    panel.wait_for()
    assert "185.00" in panel.inner_text()
    assert page.evaluate("window.stayed") is True
    context.close()
