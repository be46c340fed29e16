"""Seats of a match without a browser: they come in by their cards, and press when told to."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tests.lane.live.client import Screen

T = TypeVar("T")
_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_TICKET = re.compile(r'id="stage-seat" data-url="([^"]+)" data-ticket="([^"]+)"')


class Seats:
    """Their sockets live in a loop of their own: the browser's takes this thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._screens: dict[str, Screen] = {}

    def enter(self, browser: Browser, site: str, seat: str, code: str) -> None:
        """As the seat's page does: the card's code for a ticket, the ticket for the stage."""
        context = browser.new_context()
        form = context.request.get(f"{site}/live/seat/").text()
        token = _found(_FIELD, form)[1]
        page = context.request.post(
            f"{site}/live/seat/",
            form={"csrfmiddlewaretoken": token, "code": code},
            headers={"Referer": f"{site}/live/seat/"},
        ).text()
        context.close()
        found = _found(_TICKET, page)
        self._screens[seat] = Screen(urlsplit(found[1]).port, found[2])
        self._run(self._screens[seat].enter())

    def press(self, *seats: str) -> list[str]:
        """All at one instant of the clock that they share; what the stage tells each of them."""
        return self._run(self._press(seats))

    def view(self, seat: str) -> dict[str, Any]:
        found: dict[str, Any] = self._screens[seat].view
        return found

    def close(self) -> None:
        self._run(self._leave())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _leave(self) -> None:
        for screen in self._screens.values():
            screen.drop()
        await asyncio.sleep(0.1)  # the sockets' own ends

    async def _press(self, seats: tuple[str, ...]) -> list[str]:
        screens = [self._screens[seat] for seat in seats]
        for one in screens:
            await one.phase("open")
        await asyncio.sleep(0.2)  # nobody reacts sooner
        now = screens[0].local()
        answers = await asyncio.gather(*(one.press(local=now) for one in screens))
        return [answer["state"] for answer in answers]

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=20)


def _found(pattern: re.Pattern[str], page: str) -> re.Match[str]:
    found = pattern.search(page)
    assert found is not None, page
    return found
