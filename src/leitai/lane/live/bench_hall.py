"""The hall of `leitai bench live`: a match with its processes, its host and its seats."""

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect
from typing_extensions import override

from leitai.lane import tickets
from leitai.lane.keys import LaneRing
from leitai.lane.live import trial, wire
from leitai.lane.settings import Settings

_HOURS_MS: Final = 12 * 3600 * 1000
_PATIENCE: Final = 60.0
_FIRST: Final = 0.2  # as `Backoff` has a browser wait: frontend/src/islands/stage/line.ts
_LONGEST: Final = 0.6


class Screen(WSListener):  # a class of C
    """A seat's device or the host's console."""

    def __init__(self, seat: str = "") -> None:
        self.seat = seat
        self.view: dict[str, Any] = {}
        self.pressed = 0.0
        self.turn = 0.0
        self.news = asyncio.Event()
        self.gone = False
        self.transport: WSTransport

    @override
    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        now = time.perf_counter()
        message = msgspec.json.decode(frame.get_payload_as_bytes())
        kind = message["t"]
        if kind == "sync":
            self.send({"t": "sync", "c": message["c"], "local": now * 1000})
        elif kind in ("hello", "view"):
            self.view = message["view"]
            question = self.view["question"]
            if question is not None and question["turn"]:
                self.turn = now
        elif kind == "press":
            self.pressed = now
        elif kind == "refused":
            raise SystemExit(message["en"])
        self.news.set()

    @override
    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.gone = True
        self.news.set()

    def send(self, message: dict[str, Any]) -> None:
        """Send a message."""
        self.transport.send(WSMsgType.TEXT, wire.encode(message))

    async def until(self, what: Callable[[], object]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(_PATIENCE):
            while not what():
                self.news.clear()
                await self.news.wait()

    def opened(self) -> bool:
        """Whether presses count."""
        return self.phase() == "open"

    def phase(self) -> str:
        """How far the question is."""
        question = self.view.get("question")
        return str(question["phase"]) if question else ""


class Hall:
    """One match with its processes and its screens."""

    def __init__(self, settings: Settings, match: trial.Trial) -> None:
        self.settings, self.match = settings, match
        self.ring = LaneRing(settings.keys)
        self.stage = Process(settings, "stage", 0)
        self.watch = Process(settings, "watch", self.stage.port)
        self.host = Screen()
        self.seats = [Screen(name) for name in match.seats]
        self.moves = 0

    def ticket(self, role: tickets.Role, seat: str = "") -> str:
        """A ticket for this match."""
        return tickets.issue_stage(
            self.ring,
            match=self.match.id,
            role=role,
            seat=seat,
            epoch=1 if seat else 0,
            account=f"bench{seat}",
            expires_ms=time.time_ns() // 1_000_000 + _HOURS_MS,
        )

    async def come(self, screen: Screen) -> None:
        """Connect and enter; again and again while the stage is not there."""
        role: tickets.Role = "seat" if screen.seat else "host"
        enter = {"t": "enter", "ticket": self.ticket(role, screen.seat)}
        url = f"ws://127.0.0.1:{self.stage.port}/v1/stage"
        until = time.monotonic() + _PATIENCE
        wait = _FIRST
        screen.view = {}
        while not screen.view:
            screen.gone = False
            try:
                screen.transport, _ = await ws_connect(lambda: screen, url)
            except OSError:
                if time.monotonic() > until:
                    raise
                await asyncio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311
                wait = min(_LONGEST, 2 * wait)
                continue
            screen.send(enter)
            await screen.until(lambda: screen.view or screen.gone)

    async def everybody(self) -> None:
        """Let host and seats come."""
        await asyncio.gather(*(self.come(one) for one in (self.host, *self.seats)))

    async def move(self, kind: str, seat: str = "", value: str = "") -> None:
        """A move of the host, and wait until it is seen."""
        self.moves += 1
        seq = self.host.view["seq"]
        self.host.send(
            {
                "t": "move",
                "id": f"b{os.getpid()}-{self.moves}",
                "after": seq,
                "kind": kind,
                "seat": seat,
                "value": value,
            }
        )
        await self.host.until(lambda: self.host.view["seq"] > seq)

    async def question(self, number: int) -> tuple[float, float]:
        """One question: seconds from the press to its confirmation, and to the last seat."""
        await self.move("question")
        await self.move("go")
        for seat in self.seats:
            await seat.until(partial(Screen.opened, seat))
            seat.turn = 0.0
        await asyncio.sleep(0.02)
        first = self.seats[number % len(self.seats)]
        first.pressed, began = 0.0, time.perf_counter()
        q = first.view["question"]["q"]
        first.send({"t": "press", "q": q, "n": number, "local": began * 1000})
        await first.until(lambda: first.pressed)
        for seat in self.seats:
            await seat.until(partial(getattr, seat, "turn"))
        told = max(seat.turn for seat in self.seats)
        await self.host.until(lambda: self.host.phase() == "answering")
        await self.move("verdict", first.seat, "right")
        return first.pressed - began, told - began

    def end(self) -> dict[str, Any]:
        """End the processes; gives what they counted."""
        return {**self.watch.end(), **self.stage.end()}


class Process:
    """The stage or the watch, on a port that it keeps; ``cpu_ms`` is what its start took."""

    def __init__(self, settings: Settings, name: str, stage: int) -> None:
        self.name, self.port, self.cpu_ms = name, 0, 0
        self._env = {
            **os.environ,
            "LEITAI_DATABASE_URL": settings.database_url,
            "LEITAI_KEYS": str(settings.keys),
            "LEITAI_STAGE_FEED": f"ws://127.0.0.1:{stage}",
        }
        self.start()
        self._read_port()

    def start(self) -> None:
        """Start it."""
        self._env[f"LEITAI_{self.name.upper()}_BIND"] = f"127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "leitai.lane", self.name]
        self.process = subprocess.Popen(command, env=self._env, stderr=subprocess.PIPE)

    def _read_port(self) -> None:
        for line in self.process.stderr or ():
            if b"_ready" in line:
                ready = json.loads(line)
                self.port, self.cpu_ms = int(ready["port"]), int(ready["cpu_ms"])
                return
            sys.stderr.write(line.decode())
        raise SystemExit(self.process.wait())

    def kill(self) -> None:
        """As a power cut does."""
        self.process.kill()
        self.process.communicate()

    def end(self) -> dict[str, Any]:
        """End it in order; gives what it counted."""
        self.process.terminate()
        _, said = self.process.communicate(timeout=30)
        found: dict[str, Any] = {}
        for line in said.splitlines():
            if b"_counters" in line:
                found = json.loads(line)
            else:
                sys.stderr.write(line.decode() + "\n")
        return found
