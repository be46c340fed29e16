"""Marks on their way: by a card of the day, on paper by two clerks, marked anew, worked out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from leitai.judging import services
from leitai.judging.models import Draft, PaperEntry, Recusal, Sheet
from leitai.people.models import Person
from leitai.people.services import issue_pass
from leitai.units.selectors import get_unit
from tests.e2e.conftest import DESKTOP, PASSWORD, PHONE, serve, sign_in
from tests.factories import people as make
from tests.rooms.judging import making

TABLET = {"width": 820, "height": 1180}
SHOTS = os.environ.get("LEITAI_SHOTS", "")


@dataclass
class House:
    """The final's second contestant has shown; whoever comes has a browser of their own."""

    browser: Browser
    web: str
    day: making.Day
    doors: ExitStack
    wrong: list[str]

    def open(self, size: dict[str, int] = DESKTOP) -> Page:
        context = self.browser.new_context(
            viewport=size,  # type: ignore[arg-type]  # width and height
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=size != DESKTOP,
        )
        self.doors.callback(context.close)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        return page

    def come(self, username: str, role: str, size: dict[str, int] = DESKTOP) -> Page:
        account = make.account(username, role, season=making.CODE)
        account.set_password(PASSWORD)
        account.save()
        page = self.open(size)
        sign_in(page, self.web, username)
        return page

    def seat(self, number: int, username: str, size: dict[str, int] = TABLET) -> Page:
        """A judge with an account of their own."""
        page = self.come(username, "judge", size)
        person = self.day.seat(number).person
        person.account = make.Account.objects.get(username=username)
        person.save(update_fields=["account"])
        return page

    def card(self, person: Person) -> str:
        """A card of the day, as the office prints it."""
        made = issue_pass(
            actor=making.OFFICE,
            person=person,
            role="judge",
            unit=get_unit("51"),
            season=making.CODE,
            event="决赛上午场",
            day=timezone.localdate(),
            at=timezone.now(),
        )
        return made.code

    def office(self, what: str = "") -> str:
        return f"{self.web}/office/{making.CODE}/judging/{self.day.event.pk}/{what}"

    def sheet(self, number: int) -> str:
        return f"{self.web}/judging/{self.day.event.pk}/{self.day.slot(number).pk}/"


@pytest.fixture
def house(browser: Browser, transactional_db, tmp_path: Path) -> Iterator[House]:
    making.BUILT.append((making.open_final(), making.judges()))
    wrong: list[str] = []
    with ExitStack() as doors:
        doors.callback(making.BUILT.pop)
        day = making.called()
        day.play(1)
        day.play(2)
        web, _lane, _lines = doors.enter_context(serve(tmp_path, "web"))
        yield House(browser, web, day, doors, wrong)
    assert wrong == []


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/marks-{name}.png", full_page=True)


def says(page: Page, words: str) -> None:
    expect(page.locator(".jud-foot .lt-state:visible")).to_contain_text(words)


def fill(page: Page, policy: str, manner: str = "18") -> None:
    page.get_by_label("政策运用", exact=True).fill(policy)
    page.get_by_label("接待规范", exact=True).fill(manner)
    for step in page.locator(".step").all():
        step.locator(".pick", has_text="完成").first.click()


def enter(page: Page, web: str, code: str) -> None:
    """The card's QR opens the page with the code in the fragment."""
    page.goto(f"{web}/pass/#{code}")
    expect(page.get_by_label("通行码")).not_to_have_value("")
    page.get_by_role("button", name="进入").click()


def agree(page: Page) -> None:
    """Who comes for the first time reads what becomes of their data."""
    page.get_by_label("我已阅读并同意").check()
    page.get_by_role("button", name="同意并继续").click()


def on_the_list(office: Page, house: House, what: str) -> None:
    """The office does this to the one card of the day, and is asked whether it means it."""
    office.goto(f"{house.web}/office/{making.CODE}/passes/")
    office.locator("main").get_by_role("button", name=what).click()
    office.locator("[data-lt-agree]").click()


def test_a_card_of_the_day_on_one_phone_and_then_another(house: House):
    code, policy = house.card(house.day.seat(3).person), "政策运用"
    phone, other, office = house.open(PHONE), house.open(TABLET), house.come("bangong", "office")
    enter(phone, house.web, code)
    agree(phone)
    phone.wait_for_url(f"**/judging/{house.day.event.pk}/")  # one event: straight to it
    phone.goto(house.sheet(2))
    phone.get_by_label(policy, exact=True).fill("50")
    says(phone, "草稿已送达")
    phone.context.set_offline(True)
    phone.get_by_label(policy, exact=True).fill("52")
    says(phone, "存于本机")
    written = phone.evaluate("Date.now()")  # drafts are numbered by the second
    shoot(phone, "phone-offline")
    enter(other, house.web, code)
    expect(other.get_by_role("alert")).to_contain_text("设备")
    shoot(other, "card-elsewhere")
    on_the_list(office, house, "解除绑定")
    expect(office.locator("main")).to_contain_text("已解除绑定")
    enter(other, house.web, code)
    other.wait_for_url(f"**/judging/{house.day.event.pk}/")
    other.goto(house.sheet(2))
    expect(other.get_by_label(policy, exact=True)).to_have_value("50")  # what the server has
    other.wait_for_function("(then) => Date.now() > then + 2000", arg=written)
    other.get_by_label(policy, exact=True).fill("51")
    says(other, "草稿已送达")
    phone.context.set_offline(False)  # its card is gone, what it kept is not
    phone.goto(house.sheet(2))
    expect(phone).to_have_url(re.compile("/account/login/"))
    assert Draft.objects.get().marks == {"policy": "51"}
    on_the_list(office, house, "解除绑定")
    expect(office.locator("main")).to_contain_text("已解除绑定")
    enter(phone, house.web, code)
    phone.wait_for_url(f"**/judging/{house.day.event.pk}/")
    phone.goto(house.sheet(2))
    shoot(phone, "two-drafts")
    expect(phone.get_by_label(policy, exact=True)).to_have_value("52")
    assert Draft.objects.get().marks == {"policy": "51"}  # until the judge has chosen
    on_the_list(office, house, "收回")
    expect(office.locator("main")).to_contain_text("通行证已收回")
    phone.goto(house.sheet(2))
    expect(phone).to_have_url(re.compile("/account/login/"))
    enter(phone, house.web, code)
    expect(phone.get_by_role("alert")).to_contain_text("收回")


def row_of(page: Page, seat: int) -> Locator:
    """The second contestant's sheet of this judge."""
    second = page.get_by_role("cell", name="02", exact=True)
    return page.locator("tr", has=second).filter(has_text=f"{seat} 评委")


def key(page: Page, house: House, seat: int, policy: str, total: str) -> None:
    page.goto(house.office("paper/"))
    row_of(page, seat).get_by_role("link").click()
    page.get_by_label("政策运用").fill(policy)
    page.get_by_label("接待规范").fill("18")
    for step in ("业务经办：核验身份", "业务经办：录入信息"):
        page.get_by_label(step).select_option(label="完成")
    page.get_by_label("原件上的合计").fill(total)
    page.locator("main form").get_by_role("button", name="录入", exact=True).click()


def test_paper_is_keyed_by_two_who_do_not_see_one_another(house: House):
    one, two = house.come("luru1", "tally_clerk"), house.come("luru2", "tally_clerk")
    third = house.come("luru3", "exam_officer")
    key(one, house, 3, "50", "98")
    expect(one.get_by_role("alert")).to_contain_text("原件上的合计是98，所录各项相加是88")
    expect(one.get_by_label("政策运用")).to_have_value("50")
    assert not PaperEntry.objects.exists()
    shoot(one, "control")
    key(one, house, 3, "50", "88")
    key(one, house, 4, "50", "88")
    mine = one.locator("tr", has_text="您已录入")
    expect(mine).to_have_count(2)
    key(two, house, 3, "50.0", "88")
    expect(two.locator("#past ~ *, section[aria-labelledby=past]").last).to_contain_text("3 评委")
    two.goto(house.office("paper/"))
    row_of(two, 4).get_by_role("link").click()
    assert "50" not in two.locator("form.lt-form").inner_text()
    assert two.get_by_label("政策运用").input_value() == ""
    key(two, house, 4, "56", "94")
    expect(row_of(two, 4)).to_contain_text("不一致")
    expect(row_of(two, 4).get_by_role("link")).to_have_count(0)
    third.goto(house.office("paper/"))
    row_of(third, 4).get_by_role("link").click()
    expect(third.locator("form.lt-form")).to_contain_text("第一遍50，第二遍56")
    expect(third.get_by_label("接待规范")).to_have_count(0)  # what both read alike is settled
    shoot(third, "third")
    third.get_by_label("政策运用").fill("56")
    third.get_by_label("原件上的合计").fill("94")
    third.locator("main form").get_by_role("button", name="录入", exact=True).click()
    expect(third.locator("#main .alert, .alert").first).to_contain_text("已办理")
    sheets = Sheet.objects.order_by("seat__judge")
    assert [one.marks.get(line="policy").value for one in sheets] == ["50.0", "56"]
    assert [one.third for one in PaperEntry.objects.order_by("pk")] == [False] * 4 + [True]


POST = """async ([address, body]) => {
  const form = new FormData(document.querySelector("form[method=post]"));
  for (const [name, value] of Object.entries(body)) form.set(name, value);
  const answer = await fetch(address, { method: "POST", body: form });
  return [answer.status, await answer.text()];
}"""


def test_a_sheet_is_marked_anew_and_nobody_gets_round_a_withdrawal(house: House):
    day = house.day
    judge, chief = house.seat(3, "pingwei3", PHONE), house.seat(1, "zuzhang")
    for number in (1, 4, 5):
        day.mark(2, number, "50")
    judge.goto(house.sheet(1))
    judge.locator(".jud-recuse summary").click()
    judge.locator("#relation").select_option(label="指导过选手")
    judge.locator("#words").fill("去年带过训")
    judge.get_by_role("button", name="申请回避").click()
    judge.locator("[data-lt-agree]").click()
    expect(judge.locator("ol.queue li").first).to_contain_text("回避")
    assert Recusal.objects.get().relation == "coach"
    judge.goto(house.sheet(2))
    body = {"act": "submit", **making.marks("60")}
    status, text = judge.evaluate(POST, [house.sheet(1), body])
    assert (status, "须对01号选手回避" in text) == (422, True)

    fill(judge, "20")  # far from 50: a hint, and the sum once more
    judge.locator("button[value=submit]").click()
    expect(judge.get_by_label("本表总分")).to_be_visible()
    shoot(judge, "far")
    assert "50" not in judge.locator("main").inner_text().replace("45", "")
    judge.get_by_label("本表总分").fill("58")
    judge.locator("button[value=submit]").click()
    judge.wait_for_url(f"**/judging/{day.event.pk}/")
    judge.goto(house.sheet(2))
    expect(judge.locator("main")).not_to_contain_text("各评委总分")  # one is still to come
    status, text = judge.evaluate(POST, [house.sheet(2), body | {"token": "x"}])
    assert (status, "已经提交" in text) == (422, True)

    chief.goto(f"{house.web}/judging/{day.event.pk}/chief/")
    row = chief.locator("tr", has_text="3 评委")
    row.get_by_label("原因").fill("把50写成20")
    row.get_by_role("button", name="准许更正").click()
    expect(chief.locator("#c-sheets ~ *, section[aria-labelledby=c-sheets]").last).to_contain_text(
        "等待重新提交"
    )
    shoot(chief, "chief")
    judge.goto(house.sheet(2))
    expect(judge.locator("main")).to_contain_text("原因：把50写成20")
    judge.get_by_label("政策运用", exact=True).fill("51.2")
    judge.locator("button[value=submit]").click()
    judge.wait_for_url(f"**/judging/{day.event.pk}/")
    day.mark(2, 2, "50")
    clerk = house.come("tongfen", "tally_clerk")
    clerk.goto(house.office("tally/"))
    anew = clerk.locator("section[aria-labelledby=anew] tbody tr")
    expect(anew).to_contain_text("政策运用20，合计58")
    expect(anew).to_contain_text("政策运用51.2，合计89.2")
    expect(anew).to_contain_text("把50写成20")
    shoot(clerk, "versions")


def test_a_mean_without_an_end_is_told_and_a_supervisor_looks_at_the_judges(house: House):
    day = house.day
    for seat, policy in enumerate(("50", "50.5", "51", "51.5", "58"), start=1):
        day.mark(2, seat, policy)
    for seat, policy in enumerate(("40", "41", "41", "42", "45"), start=1):
        day.mark(1, seat, policy)
    # 78 and 83 are dropped: (79 + 79 + 80) / 3. Of the other 88 and 96: 267 / 3.
    services.announce_slot(actor=making.STAGE, slot=day.slot(1), at=day.at())
    clerk, watcher = house.come("tongfen", "tally_clerk"), house.come("jiandu", "supervisor")
    clerk.goto(house.office("tally/"))
    expect(clerk.locator("table.tally tbody tr").nth(0)).to_contain_text("238/3 ≈79.3333")
    expect(clerk.locator("table.tally tbody tr").nth(1)).to_contain_text("89.00")
    shoot(clerk, "tally")
    hall = house.open({"width": 1920, "height": 1080})
    hall.goto(f"{house.web}/s/{making.CODE}/judged/{day.event.pk}/")
    expect(hall.locator(".hall-latest strong")).to_have_text("≈79.3333")
    expect(hall.locator(".hall-latest")).to_contain_text("238/3")
    expect(hall.locator("main")).not_to_contain_text("89.00")  # nobody has told it yet
    shoot(hall, "hall")
    watcher.goto(house.office("diagnostics/"))
    expect(watcher.locator(".lt-stats")).to_contain_text("0.80")
    expect(watcher.locator("tbody tr").first).to_contain_text("-2.50")
    shoot(watcher, "diagnostics")
    clerk.goto(house.office())
    expect(clerk.get_by_role("link", name="评分分析")).to_have_count(0)
    assert clerk.goto(house.office("diagnostics/")).status == 403
