"""An organiser changes the rules in a browser: five changes, a line that breaks, a colleague."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leitai.rulebook import editing, load, packaged
from leitai.seasons import selectors
from leitai.seasons.models import RulesDraft
from tests.e2e.conftest import PHONE, serve
from tests.e2e.line import Line
from tests.factories import people
from tests.factories import rules as drafts
from tests.factories import seasons as make

OFFICE = f"office/{make.CODE}/rules"


@pytest.fixture
def site(transactional_db, tmp_path: Path) -> Iterator[tuple[str, Line]]:
    season = make.opened()
    drafts.begun(season)
    text = editing.set_value(
        packaged("inner-mongolia-2022"), "host", {"unit": "51", "name": "省厅"}
    )
    drafts.begun(season, text=text)
    people.account("office", "office", season=season.code)
    with serve(tmp_path, "web") as (web, _lane, lines):
        yield web, lines[0]


def enter(page: Page, web: str) -> None:
    page.goto(f"{web}/account/login/")
    page.fill("input[name=login]", "office")
    page.fill("input[name=password]", people.PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/account/login" not in url)


def change(page: Page, words: str) -> None:
    """Find a clause by its words and open its form."""
    page.fill("#find", words)
    page.press("#find", "Enter")
    page.locator(".rule-edit li").first.get_by_role("link").click()


def law(number: int):
    return load(RulesDraft.objects.get(number=number).text)


def test_next_years_changes_are_made_without_a_programmer(page: Page, site: tuple[str, Line]):
    web, _line = site
    enter(page, web)
    page.goto(f"{web}/{OFFICE}/1/")
    change(page, "产生40名")
    page.get_by_label("名额", exact=True).fill("30")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".lt-messages, #toasts, main").first).to_contain_text("已保存")
    expect(page).to_have_url(re.compile(f"{OFFICE}/1/$"))
    change(page, "前20名选手得分之和进行排名")
    page.get_by_label("计分人数").fill("15")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(f"**/{OFFICE}/1/")
    change(page, "岗位练兵明星：")
    page.get_by_label("名称", exact=True).fill("练兵之星")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(f"**/{OFFICE}/1/")
    change(page, "全省总决赛：")
    page.get_by_role("button", name="改为另行通知").click()
    expect(page.get_by_label("日期另行通知")).to_be_checked()
    rules = law(1)
    assert rules.stages["selection"].quota.count == 30
    assert rules.stages["advancement"].team.top == 15
    assert rules.award("star").title == "练兵之星"
    assert (rules.calendar["final"].later, rules.calendar["final"].latest) == (True, None)

    page.goto(f"{web}/{OFFICE}/2/")
    for title, kind in (("从事本岗位年限", "数字"), ("服装尺码", "单选")):
        page.get_by_role("link", name="添加到“附件3").click()
        page.get_by_label("填写项名称").fill(title)
        page.get_by_text("更多设置").click()
        page.get_by_label("填写方式").select_option(label=kind)
        if kind == "单选":
            page.get_by_label("可选的答案").fill("S\nM\nL")
        page.get_by_role("button", name="添加").click()
        page.wait_for_url(f"**/{OFFICE}/2/")
    assert [one.title for one in law(2).forms["entry"].fields[-2:]] == [
        "从事本岗位年限",
        "服装尺码",
    ]

    page.goto(f"{web}/{OFFICE}/1/adopt/")
    page.get_by_label("修改原因").fill("补充通知第2号")
    page.get_by_role("button", name="采用").click()
    expect(page.get_by_text("第2版规则已生效")).to_be_visible()
    assert selectors.rulebook_of(selectors.get_season(make.CODE)).award("star").title == "练兵之星"


def test_a_broken_line_a_reload_and_a_colleague_lose_nothing(page: Page, site: tuple[str, Line]):
    web, line = site
    enter(page, web)
    form = f"{web}/{OFFICE}/1/edit/?path=stages.selection.quota"
    page.goto(form)
    page.get_by_label("名额", exact=True).fill("33")
    line.cut()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("没有连上服务器，还没有保存")).to_be_visible(timeout=20_000)
    expect(page.get_by_label("名额", exact=True)).to_have_value("33")
    line.mend()

    page.goto(form)  # the page is gone, the computer still has it
    expect(page.get_by_label("名额", exact=True)).to_have_value("40")
    page.get_by_role("button", name="填回来").click()
    expect(page.get_by_label("名额", exact=True)).to_have_value("33")

    draft = RulesDraft.objects.get(number=1)
    drafts.changed(draft, "stages.selection.quota", count=30)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("刚刚保存了这份草稿")).to_be_visible()
    expect(page.get_by_text("现在保存的是：30")).to_be_visible()
    expect(page.get_by_label("名额", exact=True)).to_have_value("33")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(f"**/{OFFICE}/1/")
    assert law(1).stages["selection"].quota.count == 33
    page.goto(form)
    expect(page.get_by_text("上次填写的内容没有保存成功")).to_be_hidden()


def test_the_editor_works_without_script(browser: Browser, site: tuple[str, Line]):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN", viewport=PHONE)
    page = context.new_page()
    enter(page, site[0])
    page.goto(f"{site[0]}/{OFFICE}/1/edit/?path=awards.star")
    page.get_by_label("名称", exact=True).fill("练兵之星")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(f"**/{OFFICE}/1/")
    page.get_by_role("button", name="撤销").click()
    context.close()
    assert law(1).award("star").title == "岗位练兵明星"
