"""Every main page, phone and desktop, light and dark: no barrier, no overflow, no leftovers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from leitai.certificates import services as certificates
from leitai.ledger.models import Proposal
from leitai.messages.models import Complaint, Delivery
from leitai.people import privacy
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.people.models import Committee, Roster
from leitai.results import services as results
from leitai.units import selectors as units
from leitai.web.demonstration import staging, trust
from leitai.web.demonstration.staging import Staff
from tests.e2e.conftest import DESKTOP, PASSWORD, PHONE, serve, sign_in
from tests.factories.results import AT, CODE, OFFICE, at_final, held
from tests.factories.units import HOUSE
from tests.rooms.people.test_second_step import code_now

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
THEME = "name => document.documentElement.setAttribute('data-bs-theme', name)"
AXE_TEXT = AXE.read_text(encoding="utf-8") if AXE.exists() else ""
SHEET = "姓名,单位,手机号码,岗位类别\n花如许,5101-01,19900009001,前台\n时不移,5199-99,12345,前台\n"
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
    f"/s/{CODE}/",  # the public frame, with the name, the bell and the way out in it
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
        actor=HOUSE,
        username="clerk",
        password=PASSWORD,
        display_name="蒲清越",
        consent=privacy.VERSION,
        at=AT,
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


def _axe(page: Page, options: str) -> list[str]:
    found = page.evaluate(f"axe.run({options})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


def _wrong(page: Page) -> dict[str, list[str]]:
    """What is wrong with the page that stands there, by size and scheme; loaded once for all."""
    wrong: dict[str, list[str]] = {}
    text = page.inner_text("body")
    left = [one for one in ("None", "{{", "{%", "nan", "undefined") if one in text]
    page.evaluate(AXE_TEXT)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        faults = left + _axe(page, "{resultTypes: ['violations']}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > size["width"]:
            faults.append(f"{wide} px wide")
        if faults:
            wrong[f"{page.url} {size['width']}"] = faults
    page.evaluate(THEME, "dark")
    if faults := _axe(page, "{runOnly: ['color-contrast'], resultTypes: ['violations']}"):
        wrong[f"{page.url} dark"] = faults
    page.evaluate(THEME, "light")
    return wrong


def _new_page(browser: Browser) -> Page:
    context = browser.new_context(
        viewport=PHONE, locale="zh-CN", color_scheme="light", reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    return context.new_page()


def _look(page: Page, address: str) -> dict[str, list[str]]:
    answer = page.goto(address)
    page.wait_for_selector("h1")
    refused = {address: [f"status {answer.status}"]} if answer.status != 200 else {}
    return refused | _wrong(page)


def test_no_page_has_a_barrier(browser: Browser, site: str):
    page, wrong = _new_page(browser), {}
    for path in PUBLIC:
        wrong |= _look(page, site + path)
    sign_in(page, site, "clerk")
    for path in OFFICIAL:
        wrong |= _look(page, site + path)
    page.context.close()
    assert wrong == {}


@pytest.fixture
def trusted(transactional_db, tmp_path):
    """The small season with what the demonstration shows of trust, through its own staging."""
    season, at = at_final(publish=True), datetime.now(UTC)
    held(season, "final", publish=True)
    staff = staging.appoint_staff("51", PASSWORD, at)
    certificates.issue_certificates(actor=OFFICE, season=season, at=AT)
    staging.invite_visitor(PASSWORD, at)
    staging.appoint((Staff("manager", "贺知秋", Role.UNIT_MANAGER),), "5101", PASSWORD, at)
    people.create_account(
        actor=HOUSE, username="fresh", password=PASSWORD, display_name="路长歌", consent="", at=at
    )
    trust.stage_trust(season, CODE, "51", staff=staff, manager="manager", password=PASSWORD, at=at)
    with serve(tmp_path, "web") as (web, _lane, _lines):
        yield web


def _rooms() -> dict[str, list[str]]:
    """By who looks: the pages of the rooms of trust."""
    acts = dict(Proposal.objects.values_list("state", "pk"))
    (body, *_) = Roster.objects.order_by("pk")
    committee = Committee.objects.filter(kind="items").get()
    (first, second) = Complaint.objects.order_by("pk")
    office = f"/office/{CODE}"
    message = Delivery.objects.filter(account__username="manager").order_by("pk")[0].message_id
    return {
        "": [
            *("/activate/", "/privacy/", "/pass/", "/complain/", "/complain/track/"),
            *(f"/s/{CODE}/draws/", f"/s/{CODE}/draws/1/", f"/s/{CODE}/draws/2/"),
            f"/s/{CODE}/draws/3/display/",
        ],
        "manager": [
            *("/units/", f"/units/{body.unit.code}/", "/units/5101/new/", "/units/import/"),
            *("/people/", "/people/W001/", "/people/W001/edit/", "/people/W001/transfer/"),
            *("/people/new/", "/people/requests/", "/people/slips/"),
            *("/people/import/", "/people/duplicates/", "/duties/"),
            *("/rosters/", f"/rosters/{body.unit.code}/", "/account/"),
            *("/inbox/", f"/inbox/{message}/", "/inbox/settings/"),
        ],
        "office": [
            *(f"{office}/committee/", f"{office}/committee/{committee.pk}/", f"{office}/passes/"),
            *(f"{office}/draws/", f"{office}/draws/new/", f"{office}/draws/1/"),
            *(f"{office}/draws/3/", f"{office}/delegations/"),
        ],
        "supervisor": [
            *(f"/ledger/{CODE}/", f"/ledger/{CODE}/1/", f"/ledger/{CODE}/checkpoint/"),
            *("/acts/", f"/acts/{acts['open']}/"),
            *("/complaints/", f"/complaints/{first.pk}/", f"/complaints/{second.pk}/"),
        ],
        "security": ["/appointments/", f"/acts/{acts['expired']}/", "/account/two/"],
    }


def test_no_page_of_trust_has_a_barrier(browser: Browser, trusted: str, tmp_path: Path):
    wrong: dict[str, list[str]] = {}
    for who, paths in _rooms().items():
        page = _new_page(browser)
        if who:
            sign_in(page, trusted, who)
        for path in paths:
            wrong |= _look(page, trusted + path)
        page.context.close()
    assert wrong | _steps(browser, trusted, tmp_path) == {}


def _steps(browser: Browser, trusted: str, folder: Path) -> dict[str, list[str]]:
    """Pages that one comes to by doing something: the preview, the consent, the second step."""
    page = _new_page(browser)
    sign_in(page, trusted, "manager")
    file = folder / "people.csv"
    file.write_text(SHEET, encoding="utf-8")
    page.goto(f"{trusted}/people/import/")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="预览").click()
    page.wait_for_url(lambda url: url.rstrip("/").rpartition("/")[2] != "import")
    wrong = _wrong(page)
    assert "花如许" in page.inner_text("main")
    page.context.close()

    page = _new_page(browser)
    sign_in(page, trusted, "fresh")
    page.wait_for_url("**/account/consent/**")
    wrong |= _wrong(page)
    page.context.close()

    page = _new_page(browser)
    sign_in(page, trusted, "security")
    page.goto(f"{trusted}/account/two/totp/activate/")
    if "reauthenticate" in page.url:
        wrong |= _wrong(page)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/totp/activate/")
    wrong |= _wrong(page)
    page.fill("input[name=code]", code_now(page.inner_text(".lt-key code").replace(" ", "")))
    page.press("input[name=code]", "Enter")
    page.wait_for_url("**/recovery-codes/")
    wrong |= _wrong(page)
    page.context.close()
    return wrong


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
