"""A learner's week on a phone: a few minutes a day, one of them without any network."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from playwright.sync_api import Browser, BrowserContext, Page, expect

from leitai.people import privacy
from leitai.people import services as people
from leitai.practice.cards import local_day
from leitai.practice.models import (
    Account,
    Act,
    Credit,
    Day,
    DayChange,
    Journal,
    Learner,
    Memory,
    Title,
)
from leitai.seasons.models import Season
from tests.e2e.conftest import PASSWORD, PHONE, serve, sign_in
from tests.e2e.line import Line
from tests.factories import practice as make
from tests.factories import seasons
from tests.factories.units import HOUSE

HOME = "/practice/sichuan-2022/"
# Nobody answers within two seconds: the page's own watch runs forty times as fast as the test does.
HASTE = "{const now = performance.now.bind(performance); performance.now = () => now() * 40;}"

KEPT = """async (done) => {
  const names = (await caches.keys()).filter((one) => one.startsWith("practice-"));
  if (names.length === 0) return false;
  const cache = await caches.open(names[0]);
  const found = await cache.match(new URL("study/daily/", location.href).href);
  return Boolean(found && (await cache.match(location.href)) && !(await found.text()).includes(done));
}"""
LEFT = """async () => {
  const names = (await caches.keys()).filter((one) => one.startsWith("practice-"));
  const kept = await Promise.all(names.map(async (one) => (await caches.open(one)).keys()));
  return kept.flat().map((one) => one.url).filter((one) => one.includes("/practice/"));
}"""


@pytest.fixture
def site(transactional_db, tmp_path: Path) -> Iterator[tuple[str, tuple[Line, Line]]]:
    """A season with a shelf of questions, and somebody with an account who never practised yet."""
    season = seasons.draft()
    Season.objects.filter(pk=season.pk).update(state="open")
    make.questions(200)
    people.create_account(
        actor=HOUSE,
        username="learner",
        password=PASSWORD,
        display_name="知秋",
        consent=privacy.VERSION,
        at=datetime.now(UTC),
    )
    with serve(tmp_path, "lane", "web", "worker") as (web, _lane, lines):
        yield web, lines


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(
        viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=True
    )
    opened.set_default_timeout(15_000)
    opened.add_init_script(HASTE)
    yield opened
    opened.close()


def new_page(phone: BrowserContext) -> Page:
    page = phone.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


def answer(page: Page, *, right: bool = True) -> None:
    """Give the answer that `tests.factories.practice` has as right, or another."""
    kind = page.locator(".player-kind").inner_text()
    if "填空" in kind:
        page.get_by_label("第1空").fill("100" if right else "九十")
        return
    letters = {"单项": "A", "多项": "AC", "判断": "T"}[kind[:2]] if right else "B"
    if "判断" in kind and not right:
        letters = "F"
    for letter in letters:
        page.locator(f".option:has(input[value={letter}])").tap()


def study(page: Page, *, wrong: int = 0) -> None:
    """One set with answers at once; the first `wrong` of them are wrong."""
    for number in range(1, 6):
        expect(page.get_by_role("heading", name=f"第{number}题，共5题")).to_be_visible()
        answer(page, right=number > wrong)
        page.wait_for_timeout(80)  # 3.2 seconds on the page's watch
        page.get_by_role("button", name="确定").tap()
        verdict = "回答正确" if number > wrong else "回答错误"
        expect(page.locator(".player-verdict")).to_contain_text(verdict)
        page.get_by_role("button", name="下一题" if number < 5 else "提交").tap()
    expect(page.get_by_role("heading", name="已完成")).to_be_visible()


def begin(page: Page, web: str) -> None:
    """From «今天» by its one button into the set."""
    page.goto(f"{web}{HOME}")
    page.locator(".set .go").tap()
    expect(page.get_by_role("heading", name="第1题，共5题")).to_be_visible()


def folded(sets: int) -> None:
    until = time.monotonic() + 30
    while Journal.objects.exclude(folded_at=None).count() < sets:
        assert time.monotonic() < until
        time.sleep(0.1)


def turn_the_day() -> None:
    """Everything so far was a day earlier. All of it follows from the journal, which is folded anew.

    In one transaction that the worker's own folding waits for: half of it must not be folded there.
    """
    from leitai.practice.services.folding import fold_journal

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE practice_journal IN EXCLUSIVE MODE")
        for model in (Act, Credit, Account, Day, DayChange, Memory, Title):
            model.objects.all().delete()
        Learner.objects.update(totals={})
        cursor.execute(
            "UPDATE practice_journal"
            " SET day = day - 1, at = at - interval '1 day', folded_at = NULL"
        )
        while fold_journal(at=datetime.now(UTC)):
            pass


def kept_offline(page: Page) -> None:
    """Wait until the service worker has the page of sets of which none was handed in before."""
    done = bytes(Journal.objects.latest("at").set).hex()
    until = time.monotonic() + 30
    while not page.evaluate(KEPT, done):
        assert time.monotonic() < until
        page.wait_for_timeout(200)


def first_day(page: Page, web: str) -> None:
    """By one button from «今天»; a wrong answer shows what was right."""
    begin(page, web)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    study(page, wrong=1)
    expect(page.locator(".player-done")).to_contain_text("答对4题，共5题")
    expect(page.locator(".player-fate")).to_contain_text("已送达")
    folded(1)
    assert Credit.objects.latest("line").balance == "4"


def day_offline(phone: BrowserContext, page: Page, web: str, lines: tuple[Line, Line]) -> Page:
    """«今天» was opened at home, the rest of the day passes without any network."""
    turn_the_day()
    page.goto(f"{web}{HOME}")
    kept_offline(page)
    for line in lines:
        line.cut()
    page.close()
    page = new_page(phone)
    page.goto(f"{web}{HOME}")
    page.locator(".set .go").tap()
    study(page)
    expect(page.locator(".player-fate")).to_contain_text("存于本机")
    page.get_by_role("button", name="再来一组").tap()
    study(page)
    page.reload()  # what is on the phone outlives the page
    expect(page.locator(".player-fate")).to_have_count(2)
    expect(page.locator(".player-shelf")).to_contain_text("存于本机，联网后自动送出")
    assert Journal.objects.count() == 1
    page.close()

    # Back in the network, the next opening sends what waits, for the day on which it was done.
    for line in lines:
        line.mend()
    page = new_page(phone)
    page.goto(f"{web}{HOME}")
    folded(3)
    today = local_day(datetime.now(UTC))
    assert {row.day for row in Journal.objects.all()} == {today, today - timedelta(days=1)}
    assert Day.objects.get(day=today).answers == 10
    expect(page.locator("[data-practice-sync] .player-fate")).to_have_count(0)
    return page


def test_a_week_on_a_phone_with_a_day_offline(
    phone: BrowserContext, site: tuple[str, tuple[Line, Line]]
) -> None:
    web, lines = site
    page = new_page(phone)
    sign_in(page, web, "learner")
    first_day(page, web)
    page = day_offline(phone, page, web, lines)

    # Five more days of three minutes; on the last one the weekly set, with its marks afterwards.
    for done in range(4, 9):
        turn_the_day()
        begin(page, web)
        study(page)
        expect(page.locator(".player-fate")).to_contain_text("已送达")
        folded(done)
    page.goto(f"{web}{HOME}study/weekly/")
    for number in range(1, 11):
        expect(page.get_by_role("heading", name=f"第{number}题，共10题")).to_be_visible()
        answer(page)
        page.wait_for_timeout(80)
        page.get_by_role("button", name="下一题" if number < 10 else "提交").tap()
    expect(page.locator(".player-fate")).to_contain_text("已送达")
    page.get_by_role("link", name="查看判分与解析").tap()
    expect(page.locator("main")).to_contain_text("10")

    folded(9)
    today = local_day(datetime.now(UTC))
    learner = Learner.objects.get()
    days = [today - timedelta(days=back) for back in range(6, -1, -1)]
    assert list(Day.objects.order_by("day").values_list("day", "sets")) == [
        (day, {1: 2, 6: 2}.get(place, 1)) for place, day in enumerate(days)
    ]
    # 4 and 10 and five times 5 of daily study, twice 10 of the weekly set.
    assert {name: sum(map(int, of.values())) for name, of in learner.totals.items()} == {
        "daily": 39,
        "weekly": 20,
    }
    page.goto(f"{web}{HOME}")
    expect(page.locator("main")).to_contain_text(f"再学{missing(days)}天")
    expect(page.locator("main")).to_contain_text("获得“日日学之星”")

    # Who signs out leaves nothing of their own for the next person at this phone.
    page.get_by_role("button", name="退出").first.tap()
    page.wait_for_url(lambda url: "/practice/" not in url)
    assert page.evaluate(LEFT) == []


def missing(days: list[date]) -> int:
    """Fifteen days of one month make the star; a week may lie in two."""
    last = days[-1]
    return 15 - sum(1 for day in days if (day.year, day.month) == (last.year, last.month))
