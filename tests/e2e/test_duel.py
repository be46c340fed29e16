"""Two colleagues of different units play one another on their phones; a third plays a recording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leitai.seasons.models import Season
from tests.e2e.conftest import PASSWORD, PHONE, serve, sign_in
from tests.factories import practice as make
from tests.factories import seasons
from tests.rooms.lectures.hall import learner

HOME = "/practice/sichuan-2022/"
PLAYERS = {"linyuan": "5101", "suhe": "5103", "heqing": "5104"}
TABLE = re.compile(r"/duels/\d+/$")
WAIT = 25_000  # ten seconds of waiting for a person, and the page asks every two


@pytest.fixture
def phones(browser: Browser, transactional_db, tmp_path: Path) -> Iterator[dict[str, Page]]:
    """Everybody signed in at the lobby, each on a phone of their own."""
    season = seasons.draft()
    Season.objects.filter(pk=season.pk).update(state="open")
    make.questions(40)
    for name, unit in PLAYERS.items():
        account, _actor = learner(name, unit)
        account.set_password(PASSWORD)
        account.save()
    wrong: list[str] = []
    with serve(tmp_path, "web") as (web, _lane, _lines), ExitStack() as house:
        opened = {}
        for name in PLAYERS:
            context = browser.new_context(
                viewport=PHONE,  # type: ignore[arg-type]  # width and height
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
                has_touch=True,
            )
            house.callback(context.close)
            context.set_default_timeout(15_000)
            page = context.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            sign_in(page, web, name)
            page.goto(f"{web}{HOME}")
            page.get_by_role("link", name=re.compile("月月比.*与在线选手对战")).tap()
            opened[name] = page
        yield opened
    assert wrong == []


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def answer(page: Page, *, right: bool) -> None:
    """As the factory made the questions: their types follow one another, and so do the keys."""
    number = int(re.sub(r"\D", "", page.locator(".duel-stem").inner_text()))
    kind = (number - 1) % 4
    if kind == 3:
        page.get_by_label("第1空").fill("100" if right else "九十")
    else:
        letters = ("A", "AC", "T")[kind] if right else ("B", "A", "F")[kind]
        for letter in letters:
            page.locator(f".duel-option:has(input[value={letter}])").tap()
    page.get_by_role("button", name="提交").tap()


def play(page: Page, marks: str, *, name: str = "") -> None:
    """All questions, right or wrong as marked."""
    for number, mark in enumerate(marks, start=1):
        page.get_by_role("button", name="开始答题" if number == 1 else "下一题").tap()
        expect(page.locator("legend")).to_contain_text(f"第{number}题，共{len(marks)}题")
        fits(page)
        answer(page, right=mark == "1")
        if number < len(marks):
            expect(page.locator("article")).to_contain_text("答对" if mark == "1" else "答错")


def reads(page: Page, *words: str) -> None:
    for one in words:
        expect(page.locator("main")).to_contain_text(one, timeout=WAIT)
    fits(page)


def points(page: Page, *words: str) -> None:
    """What the own page of points says afterwards."""
    page.goto(page.url.partition("duels/")[0] + "points/?ledger=monthly")
    reads(page, *words)


def test_two_phones_meet_and_a_third_plays_a_recording(phones: dict[str, Page]) -> None:
    first, second, third = phones.values()
    reads(first, "今天还可对战1局", "双方同答10道题", "还没有对战")
    first.get_by_role("button", name="开始对战").tap()
    reads(first, "正在找对手", "等待应战")
    second.get_by_role("button", name="开始对战").tap()
    reads(second, "选手1（成都市）", "已答0/10题")
    reads(first, "选手1（自贡市）", "已答0/10题")  # by itself, without a touch

    play(first, "1111011011")  # eight
    reads(first, "您已答完", "对方答完就出结果")
    play(second, "1101011010")  # six
    reads(second, "负", "得1分", "逐题回看")
    reads(first, "胜", "得3分", "逐题回看")  # again by itself
    expect(first.locator(".duel-sides b")).to_have_text(["8", "6"])
    expect(second.locator(".duel-sides b")).to_have_text(["6", "8"])
    # the third question: the first was right, the second was not
    expect(first.locator(".duel-review article").nth(2)).to_contain_text("对方答错")
    expect(second.locator(".duel-review article").nth(2)).to_contain_text("对方答对")

    third.get_by_role("button", name="开始对战").tap()
    reads(third, "正在找对手")
    reads(third, "选手1（成都市）", "（以前的作答）", "已答0/10题")
    play(third, "1111111100")  # eight, as the recording has
    reads(third, "平", "得2分")
    expect(third.locator(".duel-sides b")).to_have_text(["8", "8"])
    third.get_by_role("link", name="到对战页").tap()
    reads(third, "今天的对战已完成", "选手1（成都市）", "8:8")
    points(third, "+2")
    points(second, "+1")
    points(first, "+3")
    expect(first.locator("main")).not_to_contain_text("+2")  # the recording earns nothing more
