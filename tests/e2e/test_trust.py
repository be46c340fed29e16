"""What the house is trusted by, in a browser: the record with its checkpoint, and two signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from leitai.ledger.models import Checkpoint, LedgerEntry, Proposal
from leitai.people import privacy
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.units import selectors as units
from tests.e2e.conftest import DESKTOP, PASSWORD, serve, sign_in
from tests.factories.results import CODE, open_season
from tests.factories.units import HOUSE

OFFICERS = (
    ("office", "蒲清越", Role.OFFICE),
    ("supervisor", "尤见山", Role.SUPERVISOR),
    ("security", "阮思齐", Role.SECURITY_ADMIN),
    ("leader", "厉慎行", Role.LEADER),
    ("newcomer", "晏同舟", Role.EXPERT),
)
REASON = "审计管理员轮岗"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def site(transactional_db, tmp_path: Path) -> Iterator[str]:
    """An open season of the province, its officers, and somebody who is to be an administrator."""
    open_season()
    at = datetime.now(UTC)
    for username, name, role in OFFICERS:
        account = people.create_account(
            actor=HOUSE,
            username=username,
            password=PASSWORD,
            display_name=name,
            consent=privacy.VERSION,
            at=at,
        )
        unit = units.get_unit("51")
        people.appoint(actor=HOUSE, account=account, role=role, unit=unit, since=at, at=at)
    with serve(tmp_path, "web") as (web, _lane, _lines):
        yield web


@pytest.fixture
def desk(browser: Browser, site: str) -> Iterator[object]:
    """Open a signed-in desk of somebody: each in a browser of their own."""
    contexts: list[BrowserContext] = []

    def sit(username: str) -> Page:
        context = browser.new_context(viewport=DESKTOP, locale="zh-CN", timezone_id="Asia/Shanghai")
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, site, username)
        return page

    yield sit
    for context in contexts:
        context.close()


def confirm(page: Page, act: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=act, exact=True).click()


def test_supervisor_finds_an_act_reads_it_and_signs_a_checkpoint(desk, site: str):
    page = desk("supervisor")
    page.goto(f"{site}/ledger/{CODE}/")
    count = LedgerEntry.objects.filter(chain=CODE).count()
    expect(page.get_by_text(f"{count}条记录首尾相连")).to_be_visible()

    # four delegations handed their lists in: 成都, 自贡, 攀枝花 and 省本级
    page.get_by_label("事项").select_option(label="报送名单")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("tbody tr")).to_have_count(4)
    page.locator("tbody tr").last.get_by_role("link").click()
    expect(page.get_by_role("heading", name="报送名单")).to_be_visible()
    expect(page.get_by_text("摘要相符，与上一条相连")).to_be_visible()
    shown = LedgerEntry.objects.filter(chain=CODE, act="entries.nominated").order_by("seq")[0]
    expect(page.get_by_text(bytes(shown.digest).hex())).to_be_visible()
    page.get_by_role("link", name="上一条").click()
    expect(page.get_by_text(f"第{shown.seq - 1}条").first).to_be_visible()

    page.goto(f"{site}/ledger/{CODE}/")
    page.get_by_role("link", name="检查点").click()
    page.get_by_role("button", name="签发新的检查点").click()
    expect(page.get_by_text(f"截至签发时共{count}条记录")).to_be_visible()
    expect(page.get_by_text("签名相符")).to_be_visible()
    expect(page.get_by_alt_text("检查点的二维码")).to_be_visible()
    made = Checkpoint.objects.get(chain=CODE, count=count)
    assert bytes(made.head).hex() in page.locator("#checkpoint-line").inner_text()
    page.goto(f"{site}/ledger/{CODE}/")
    expect(page.get_by_text(f"前{count}条以检查点为准")).to_be_visible()


def test_act_of_two_officers_expires_is_renewed_and_done_by_the_second(desk, site: str):
    proposer = desk("security")
    proposer.goto(f"{site}/appointments/")
    form = proposer.locator("form").filter(has=proposer.get_by_role("button", name="提出任命"))
    form.get_by_label("登录名").fill("newcomer")
    form.get_by_label("职责").select_option(Role.AUDIT_ADMIN)
    form.get_by_label("任命依据").fill(REASON)
    form.get_by_role("button", name="提出任命").click()
    proposer.wait_for_url(re.compile(r"/acts/\d+/$"))
    expect(proposer.get_by_text("等待另一名人员批准")).to_be_visible()
    expect(proposer.get_by_role("button", name="批准并办理")).to_have_count(0)

    # The clock of a live process cannot be turned: the term is moved into the past instead.
    first = Proposal.objects.get()
    Proposal.objects.update(expires_at=datetime.now(UTC) - MINUTE)
    approver = desk("leader")
    approver.goto(f"{site}/acts/{first.pk}/")
    expect(approver.get_by_text("已过期").first).to_be_visible()
    expect(approver.get_by_role("button", name="批准并办理")).to_have_count(0)

    proposer.goto(f"{site}/acts/{first.pk}/")
    proposer.get_by_role("button", name="重新提出").click()
    proposer.wait_for_url(lambda url: f"/acts/{first.pk}/" not in url)
    expect(proposer.get_by_role("link", name="由过期的事项重新提出")).to_be_visible()

    approver.goto(f"{site}/acts/")
    expect(approver.locator("tbody tr")).to_have_count(1)
    approver.get_by_role("link", name="任命管理员").click()
    effect = "任命晏同舟（登录名newcomer）为审计管理员，管理范围是四川省。"
    expect(approver.get_by_text(effect).first).to_be_visible()
    expect(approver.get_by_text(REASON)).to_be_visible()
    approver.get_by_role("button", name="批准并办理").click()
    confirm(approver, "批准")
    expect(approver.get_by_role("heading", name="已办理")).to_be_visible()
    expect(approver.get_by_text("2人")).to_be_visible()

    newcomer = desk("newcomer")
    newcomer.goto(f"{site}/ledger/house/")
    acts = newcomer.locator("tbody tr")
    expect(acts.filter(has_text="办理两人办理事项")).to_have_count(1)
    expect(acts.filter(has_text="两人办理事项过期")).to_have_count(1)
    states = sorted(Proposal.objects.values_list("state", flat=True))
    assert states == ["done", "expired"]
