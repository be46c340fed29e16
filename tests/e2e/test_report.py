"""An office reads the figures of practice, and issues the 情况通报 for every city."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from leitai.documents.docx_showing import show
from leitai.documents.pages import texts_of
from leitai.insight.services import rolling
from leitai.people.enums import Role
from leitai.practice.services.folding import fold_journal
from leitai.units.models import Unit
from tests.e2e.conftest import PASSWORD
from tests.e2e.journey_desks import Desk, Sit, opening
from tests.e2e.states import States
from tests.factories import people as staff
from tests.factories import practice as make
from tests.factories import seasons
from tests.factories.practice import Taken
from tests.rooms.insight.land import roster

# What the learners of two cities did in two weeks of April: who, when, which answers were right.
# 成都 has four on its roster, 自贡 four. c3 and z2 practise only once or never.
SETS = (
    ("c1", "2022-04-04 08:00", "11110"),
    ("z1", "2022-04-10 20:00", "11111"),
    ("c1", "2022-04-11 08:00", "11111"),
    ("c1", "2022-04-11 12:00", "11110"),
    ("c1", "2022-04-12 08:00", "11000"),
    ("c2", "2022-04-13 08:00", "11110"),
    ("c3", "2022-04-17 21:00", "10000"),
    ("z1", "2022-04-11 08:00", "11111"),
)
LEARNERS = {
    "c1": "5101-rsj",
    "c2": "5101-rsj",
    "c3": "5101-rsj",
    "z1": "5103-rsj",
    "z2": "5103-rsj",
}
WEEK = {"first": "2022-04-11", "last": "2022-04-17"}
# Of the second week, by hand. Due, registered, persons, ratio, how many persons more than in
# the first week (1 in both cities), times, days, accuracy, points of 日日学, one for each right answer.
CHENGDU = ["4", "3", "3", "75.0%", "+2", "5", "4", "64.0%", "16"]
ZIGONG = ["4", "2", "1", "25.0%", "0", "1", "1", "100.0%", "5"]
WHOLE = ["8", "5", "4", "50.0%", "+2", "6", "5", "70.0%", "21"]
OFFICE, MANAGER = "e2e-office", "e2e-chengdu"
FIGURES, REPORTS = "/figures/{season}/", "/office/{season}/reports/"


def practised(at: datetime) -> None:
    """Everything that happens before the office sits down; all of it through the journal."""
    seasons.opened()
    units = Unit.objects.in_bulk(set(LEARNERS.values()), field_name="code")
    for unit in units.values():
        roster(unit, date(2022, 4, 1), [("front", "permanent", "就业")] * 4)
    versions = make.questions(20)
    learners = {
        name: make.learner(staff.people(unit, 1, prefix=name)[0]) for name, unit in LEARNERS.items()
    }
    make.take(
        versions,
        [Taken(learners[who].pk, "daily", make.at(when), marks) for who, when, marks in SETS],
    )
    assert fold_journal(at=at) == len(SETS)
    rolling.roll_up()
    for name, role, unit in ((OFFICE, "office", "51"), (MANAGER, Role.UNIT_MANAGER, "5101")):
        account = staff.account(name, role, unit=unit, season=seasons.CODE)
        account.set_password(PASSWORD)
        account.save()


@pytest.fixture
def sit(browser: Browser, states_made: States, tmp_path: Path) -> Iterator[Sit]:
    yield from opening(browser, states_made, tmp_path, seasons.CODE)


def figures(desk: Desk, row: str) -> list[str]:
    """What the table of figures says of a unit, up to the points of 日日学."""
    found = desk.page.locator(".insight-table tr", has=desk.page.get_by_role("rowheader", name=row))
    return [cell.strip() for cell in found.locator("td").all_inner_texts()[: len(WHOLE)]]


def saved(desk: Desk, row: str, link: str, folder: Path) -> bytes:
    with desk.page.expect_download() as told:
        desk.page.locator("tbody tr", has_text=row).get_by_role("link", name=link).click()
    told.value.save_as(folder / "paper")
    return (folder / "paper").read_bytes()


def test_an_office_reads_the_figures_and_issues_a_report(sit: Sit, tmp_path: Path) -> None:
    desks = sit(practised)
    office = desks.sit(OFFICE)
    read_figures(office)
    draft(office)
    issue(office, tmp_path)
    read_in_the_city(desks.sit(MANAGER), tmp_path)


def read_figures(office: Desk) -> None:
    """A period is compared with the one before; from the province down to a body."""
    office.go(FIGURES)
    office.fill(WEEK)
    office.press("查看")
    office.reads("比前一时段")
    assert figures(office, "成都市") == CHENGDU
    assert figures(office, "自贡市") == ZIGONG
    assert figures(office, "合计") == WHOLE
    office.fill({"first": "2022-04-04", "last": "2022-04-10"})
    office.press("查看")
    expect(office.page.locator("tfoot td").nth(2)).to_have_text("2")
    office.fill(WEEK)
    office.press("查看")
    expect(office.page.locator("tfoot td").nth(2)).to_have_text("4")
    office.follow("成都市")
    expect(office.page.locator("h1")).to_have_text("成都市")
    assert figures(office, "成都市人力资源和社会保障局") == CHENGDU
    assert figures(office, "合计") == CHENGDU


def draft(office: Desk) -> None:
    """The house's wording with one sentence of the office's own."""
    office.go(REPORTS)
    office.follow("拟一份通报")
    office.fill({f"id_{name}": day for name, day in WEEK.items()})
    office.page.check("#id_each")
    box = office.page.locator("#id_wording")
    wording = box.input_value()
    assert "予以通报表扬" in wording
    box.fill(wording.replace("予以通报表扬", "望再接再厉"))
    office.fill({"id_number": "川练通〔2022〕{{序号}}号", "id_to": "{{单位}}各单位"})
    office.press("保存并预览")
    office.reads("应参学8人，已注册5人", "参学4人，参学率50.0%", "参学人数较上一同等时段增加2人")
    office.reads("参学6人次，累计学习5人天，答题正确率70.0%", "日日学21分", "望再接再厉")
    office.misses("予以通报表扬")


def issue(office: Desk, folder: Path) -> None:
    """One go for the province and its cities; the papers say what the pages say."""
    office.press("印发", agree=True)
    office.reads("已印发22份")
    office.row("成都市", "川练通〔2022〕2号", "成都市各单位")
    told = "\n".join(texts_of(show(saved(office, "川练通〔2022〕2号", "docx", folder), title="")))
    assert "川练通〔2022〕2号" in told
    assert "应参学4人，已注册3人" in told
    assert "参学5人次，累计学习4人天，答题正确率64.0%" in told
    assert "望再接再厉" in told
    assert saved(office, "自贡市", "PDF", folder).startswith(b"%PDF")
    office.go(REPORTS)
    office.row("参学情况的通报", "川练通〔2022〕")


def read_in_the_city(manager: Desk, folder: Path) -> None:
    """A city finds its own paper, and no way to another's."""
    manager.go("/figures/{season}/5101/reports/")
    manager.row("川练通〔2022〕2号")
    manager.misses("川练通〔2022〕3号")
    assert saved(manager, "川练通〔2022〕2号", "PDF", folder).startswith(b"%PDF")
