"""One picture: whose, of which page, how large, and what is done on the page before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from playwright.sync_api import Page

Do = Callable[["Page"], None]


@dataclass(frozen=True)
class Shot:
    """`who` is a login name of the demonstration, "" a stranger; `whole` goes below the window."""

    name: str
    who: str
    path: str
    first: tuple[Do, ...] = ()
    size: str = "desktop"
    whole: bool = False


def link(words: str, *, at: int = 0) -> Do:
    """Follow the link that has these words; `at` counts those that do, -1 is the last."""

    def do(page: Page) -> None:
        page.get_by_role("link").filter(has_text=words).nth(at).click()
        page.wait_for_load_state("load")

    return do


def press(words: str) -> Do:
    def do(page: Page) -> None:
        page.get_by_role("button", name=words).first.click()
        page.wait_for_load_state("load")

    return do


def see(words: str) -> Do:
    """Wait until the page says so."""

    def do(page: Page) -> None:
        page.get_by_text(words).first.wait_for()

    return do


def top(words: str) -> Do:
    """Scroll so far that the heading or line with these words stands a little below the top."""

    def do(page: Page) -> None:
        found = page.get_by_text(re.compile(words)).locator("visible=true").first
        found.evaluate(
            "one => window.scrollTo(0, one.getBoundingClientRect().top + window.scrollY - 96)"
        )

    return do


def open_all(page: Page) -> None:
    """Unfold what is folded."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")


def click(selector: str, *, at: int = 0) -> Do:
    def do(page: Page) -> None:
        page.locator(selector).nth(at).click()
        page.wait_for_load_state("load")

    return do


def put(selector: str, text: str) -> Do:
    def do(page: Page) -> None:
        page.locator(selector).fill(text)

    return do


def go(path: str) -> Do:
    """To another page of the same house."""

    def do(page: Page) -> None:
        page.goto(urljoin(page.url, path))

    return do


def keys(*names: str) -> Do:
    def do(page: Page) -> None:
        for name in names:
            page.keyboard.press(name)
        page.wait_for_timeout(1500)

    return do


def wait(milliseconds: int) -> Do:
    """For islands that draw something after the page has come."""

    def do(page: Page) -> None:
        page.wait_for_timeout(milliseconds)

    return do
