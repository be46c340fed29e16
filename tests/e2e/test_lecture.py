"""A learner watches on a computer, stops, and goes on with the phone where they stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leitai.lectures.models import Lecture, Viewing
from tests.e2e.conftest import DESKTOP, PASSWORD, PHONE, serve
from tests.rooms.lectures.hall import CODE, learner, open_season, published

# The test's film has a header and nothing to play, and no codec is asked of the browser: the player
# is told what a film would tell it.
FILM = """
() => {
  const film = document.querySelector("video");
  const state = { currentTime: 0, paused: true };
  for (const name of Object.keys(state)) {
    Object.defineProperty(film, name, {
      get: () => state[name],
      set: (value) => { state[name] = value; },
    });
  }
  window.film = {
    say: (name) => film.dispatchEvent(new Event(name)),
    at: () => state.currentTime,
    run: (from, to) => {
      state.paused = false;
      state.currentTime = from;
      window.film.say("playing");
      for (let at = from; at <= to; at += 0.25) {
        state.currentTime = at;
        window.film.say("timeupdate");
      }
    },
    stop: () => { state.paused = true; window.film.say("pause"); },
  };
}
"""


@pytest.fixture
def site(transactional_db, tmp_path: Path) -> Iterator[tuple[str, Lecture]]:
    lecture = published(open_season())
    account, _actor = learner()
    account.set_password(PASSWORD)
    account.save()
    with serve(tmp_path, "web") as (web, _lane, _lines):
        yield web, lecture


def opened(browser: Browser, web: str, lecture: Lecture, size: dict[str, int]) -> Page:
    context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")  # type: ignore[arg-type]  # width and height
    context.set_default_timeout(20_000)
    page = context.new_page()
    path = f"/practice/{CODE}/lectures/{lecture.pk}/"
    page.goto(f"{web}/account/login/?next={path}")
    page.fill("input[name=login]", "linyuan")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**{path}")
    page.evaluate(FILM)
    return page


def test_where_one_stopped_is_where_the_phone_goes_on(browser: Browser, site):
    web, lecture = site
    desk = opened(browser, web, lecture, DESKTOP)
    said = desk.locator("[data-lt-lecture-note]")
    with desk.expect_response("**/progress/"):
        desk.evaluate("film.run(0, 0)")  # the first word, from which the clock runs
    desk.evaluate("film.run(0, 9)")
    with desk.expect_response("**/progress/") as answer:
        desk.evaluate("film.stop()")
    assert answer.value.json() == {"share": 3, "done": False}  # 9 of 300 seconds
    expect(said).to_have_text("已看3%。")
    viewing = Viewing.objects.get()
    assert (viewing.played, viewing.watched, viewing.position) == ([[0, 9]], 9, 9)

    Viewing.objects.update(position=200)
    phone = opened(browser, web, lecture, PHONE)
    phone.evaluate("film.say('loadedmetadata')")
    assert phone.evaluate("film.at()") == 200
    expect(phone.locator("[data-lt-lecture-note]")).to_have_text("已从上次停下的3:20处继续。")
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    phone.get_by_role("button", name="0:00 开场").click()
    assert phone.evaluate("film.at()") == 0
