"""Take the screenshots of docs/screens from a running demonstration.

    .venv/bin/python tools/screens.py [http://127.0.0.1:8000]

Needs chromium and a Chinese font on the machine; look at every picture afterwards.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

OUT = Path(__file__).resolve().parents[1] / "docs" / "screens"
BASE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
PASSWORD = "leitai-demo"  # noqa: S105  # printed by every demonstration
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
DONE, NOW = "sichuan-2022", "open-now"


def why(page: Page) -> None:
    page.locator("[hx-get*='/why/']").nth(3).click()
    page.wait_for_timeout(600)


def sit(page: Page) -> None:
    page.get_by_role("link", name="进入考室").first.click()
    page.wait_for_selector(".stem", timeout=60_000)
    for key in ("b", "ArrowRight", "c", "ArrowRight", "a", "ArrowRight", "m", "ArrowRight", "d"):
        page.keyboard.press(key)
    page.wait_for_timeout(1500)


def draw_checked(page: Page) -> None:
    page.get_by_text("已在本机重算").wait_for()


def open_act(page: Page) -> None:
    page.get_by_role("link", name="作废证书").first.click()
    page.get_by_role("button", name="批准并办理").wait_for()


# name, who, path, sizes, what to do first, whole page
SHOTS: list[tuple[str, str, str, str, Callable[[Page], None] | None, bool]] = [
    ("season", "", f"/s/{DONE}/", "desktop phone", None, False),
    ("rules", "", f"/s/{DONE}/rules/", "desktop", None, False),
    ("results", "", f"/s/{DONE}/results/advancement/", "desktop", why, True),
    ("results", "", f"/s/{DONE}/results/advancement/", "phone", None, False),
    ("verify", "", "/c/", "desktop phone", None, False),
    ("sign-in", "", "/account/login/", "phone", None, False),
    ("mine", "contestant", "/me/", "desktop phone", None, True),
    ("exam", "contestant", "/me/", "desktop phone", sit, False),
    ("console", "exam", f"/office/{NOW}/exams/", "desktop", None, False),
    ("office", "office", f"/office/{DONE}/", "desktop phone", None, False),
    ("office-results", "office", f"/office/{DONE}/results/final/", "desktop", None, False),
    ("ledger", "supervisor", f"/ledger/{DONE}/", "desktop", None, False),
    ("bank", "writer", "/bank/", "desktop", None, False),
    ("act", "leader", "/acts/", "desktop", open_act, False),
    ("committee", "office", f"/office/{NOW}/committee/", "desktop", None, False),
    ("units", "manager", "/units/", "desktop", None, False),
    ("roster", "manager", "/rosters/5101-02/", "desktop phone", None, False),
    ("inbox", "contestant", "/inbox/", "phone", None, False),
    ("complaints", "supervisor", "/complaints/1/", "desktop", None, False),
    ("complain", "", f"/complain/?season={NOW}", "phone", None, False),
    ("draw", "", f"/s/{NOW}/draws/1/", "desktop phone", draw_checked, False),
    ("draw-hall", "", f"/s/{NOW}/draws/3/display/", "desktop", None, False),
    ("checkpoint", "supervisor", f"/ledger/{NOW}/checkpoint/", "desktop", None, False),
    ("components", "", "/design/", "desktop", None, False),
]


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, who, path, sizes, first, whole in SHOTS:
            for size in sizes.split():
                _take(browser, f"{name}-{size}", who, path, SIZES[size], first, whole=whole)
        browser.close()


def _take(
    browser: Browser,
    name: str,
    who: str,
    path: str,
    size: tuple[int, int],
    first: Callable[[Page], None] | None,
    *,
    whole: bool,
) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if who:
        page.goto(f"{BASE}/account/login/")
        page.fill("input[name=login]", who)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/account/login" not in url)
    page.goto(BASE + path)
    if first is not None:
        first(page)
    if name.startswith("console"):
        page.get_by_role("link").filter(has_text="统一在线比试").first.click()
        page.wait_for_timeout(2500)
    page.wait_for_timeout(500)
    page.screenshot(path=OUT / f"{name}.png", full_page=whole)
    print(name)
    context.close()


if __name__ == "__main__":
    main()
