"""One browser for all pictures; each account signs in once."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from picturing.shots import Shot

PASSWORD = "leitai-demo"  # noqa: S105  # printed by every demonstration
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FLAGS += ["--font-render-hinting=none", "--force-color-profile=srgb"]
# Chromium's own words in boxes for dates and files follow the machine's packages, not the page:
# they are written here as a browser in Chinese writes them.
CHINESE = """
for (const box of document.querySelectorAll('input[type=date], input[type=datetime-local]')) {
  const told = box.value.replace(/-/g, '/').replace('T', ' ');
  box.style.width = `${box.offsetWidth}px`;
  box.type = 'text';
  box.value = told;
  box.placeholder = '年/月/日';
}
for (const box of document.querySelectorAll('input[type=file]')) {
  const shown = document.createElement('div');
  const button = document.createElement('span');
  shown.className = box.className;
  shown.style.cssText = 'display: flex; align-items: center; gap: 12px; padding-left: 6px';
  button.style.cssText = 'background: #e6e8ec; border-radius: 4px; padding: 4px 10px';
  button.textContent = '选择文件';
  shown.append(button, '未选择任何文件');
  if (box.offsetWidth > 2) box.replaceWith(shown);
}
"""
PATIENCE = 20_000
COLOURS = 192


@dataclass
class Camera:
    """`sizes` are the windows by name; pictures go to `folder`."""

    browser: Browser
    base: str
    folder: Path
    sizes: dict[str, tuple[int, int]]
    open: dict[tuple[str, str], BrowserContext] = field(default_factory=dict)

    def take(self, shot: Shot) -> int:
        """Returns how many bytes the picture has."""
        page = self._context(shot.who, shot.size).new_page()
        try:
            answer = page.goto(self.base + shot.path)
            for do in shot.first:
                do(page)
            if answer is None or answer.status >= 400:
                raise RuntimeError(f"{shot.path}: {answer.status if answer else 'no answer'}")
            page.evaluate("document.fonts.ready")
            page.evaluate(CHINESE)
            page.wait_for_timeout(400)
            raw = page.screenshot(full_page=shot.whole, animations="disabled", caret="hide")
        finally:
            page.close()
        data = small(raw)
        (self.folder / f"{shot.name}.png").write_bytes(data)
        return len(data)

    def _context(self, who: str, size: str) -> BrowserContext:
        if (who, size) not in self.open:
            width, height = self.sizes[size]
            made = self.browser.new_context(
                viewport={"width": width, "height": height},
                device_scale_factor=1,
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
                reduced_motion="reduce",
            )
            made.set_default_timeout(PATIENCE)
            if who:
                self._sign_in(made.new_page(), who)
            self.open[who, size] = made
        return self.open[who, size]

    def _sign_in(self, page: Page, who: str) -> None:
        page.goto(f"{self.base}/account/login/")
        page.fill("input[name=login]", who)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/account/login" not in url)
        page.close()


@contextmanager
def camera(base: str, folder: Path, sizes: dict[str, tuple[int, int]]) -> Iterator[Camera]:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield Camera(browser, base, folder, sizes)
        browser.close()


def take_all(taker: Camera, shots: list[Shot]) -> list[str]:
    """One line a picture; the names of those that could not be taken."""
    failed = []
    for shot in shots:
        try:
            print(f"{shot.name:24}{taker.take(shot) // 1024:>5} KB", flush=True)
        except (Error, RuntimeError) as fault:
            failed.append(shot.name)
            print(f"{shot.name:24} !! {str(fault).splitlines()[0]}", flush=True)
    return failed


def small(raw: bytes) -> bytes:
    """A palette without dither: a page has few colours, and letters keep their edges."""
    image = Image.open(io.BytesIO(raw)).convert("RGB")
    counted = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    counted.save(out, "PNG", optimize=True)
    return out.getvalue()
