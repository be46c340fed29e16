"""A learner watches on a computer, stops, and goes on with the phone where they stopped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from leitai.lectures import services
from leitai.lectures.models import Lecture, Viewing
from tests.e2e.conftest import DESKTOP, PASSWORD, PHONE, serve
from tests.rooms.lectures.hall import (
    AT,
    CODE,
    OFFICE,
    WORDS,
    learner,
    open_season,
    published,
    uploaded,
)

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


REAL = Path(__file__).parent / "data" / "film-vp9.mp4"  # a minute, VP9: every Chromium plays it


@pytest.fixture
def site(transactional_db, tmp_path: Path) -> Iterator[tuple[str, Lecture]]:
    lecture = published(open_season())
    account, _actor = learner()
    account.set_password(PASSWORD)
    account.save()
    with serve(tmp_path, "web") as (web, _lane, _lines):
        yield web, lecture


@pytest.fixture
def cinema(transactional_db, tmp_path: Path) -> Iterator[tuple[str, Lecture]]:
    """With a film that really plays."""
    season = open_season()
    lecture = services.create_lecture(
        actor=OFFICE,
        season=season,
        words=replace(WORDS, chapters="0:00 开场\n00:40 期限", transcript="[0:00] 今天讲申领。"),
        videos=[uploaded(REAL.read_bytes())],
        at=AT,
    )
    lecture = services.publish_lecture(actor=OFFICE, lecture=lecture, at=AT)
    account, _actor = learner()
    account.set_password(PASSWORD)
    account.save()
    with serve(tmp_path, "web") as (web, _lane, _lines):
        yield web, lecture


def opened(
    browser: Browser, web: str, lecture: Lecture, size: dict[str, int], *, told: str = FILM
) -> Page:
    context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")  # type: ignore[arg-type]  # width and height
    context.set_default_timeout(20_000)
    page = context.new_page()
    path = f"/practice/{CODE}/lectures/{lecture.pk}/"
    page.goto(f"{web}/account/login/?next={path}")
    page.fill("input[name=login]", "linyuan")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**{path}")
    if told:
        page.evaluate(told)
    return page


def until(page: Page, told: str) -> None:
    """Ask again and again: the page's rules allow no expression that runs inside it."""
    for _turn in range(200):
        if page.evaluate(told):
            return
        page.wait_for_timeout(100)
    raise AssertionError(told)


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


def test_a_real_film_plays_jumps_and_goes_on_after_the_page_is_loaded_again(
    browser: Browser, cinema
):
    web, lecture = cinema
    assert lecture.seconds == 60
    page = opened(browser, web, lecture, PHONE, told="")
    film = "document.querySelector('video')"
    until(page, f"{film}.readyState >= 2")
    assert round(page.evaluate(f"{film}.duration")) == 60
    with page.expect_response("**/progress/"):
        page.get_by_role("button", name="0:40 期限").click()  # jumps there and plays
    until(page, f"{film}.currentTime > 43")
    with page.expect_response("**/progress/") as answer:
        page.evaluate(f"{film}.pause()")
    assert answer.value.json()["done"] is False
    viewing = Viewing.objects.get()
    assert 43 <= viewing.position <= 46
    assert viewing.played[0][0] in {40, 41}  # what was jumped over does not count
    assert 1 <= viewing.watched <= 6
    page.reload()
    until(page, f"{film}.currentTime >= 43")
    expect(page.locator("[data-lt-lecture-note]")).to_have_text(
        f"已从上次停下的0:{viewing.position}处继续。"
    )
    assert page.evaluate(f"{film}.videoWidth") == 640
