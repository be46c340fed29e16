"""`leitai bench live`: how soon the seats know, how soon the last spectator, how soon after a kill.

One stage and one watch process, the spectators in a process of their own, host and seats in this
one; all of them share the machine, whose load stands in every row. A press is timed from its
sending until its confirmation, and until the last of the seats has been told who answers (the hold
for the band is part of it). What does not depend on the load is given beside: CPU time, and how
much of a press is the waiting for the disk.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import asyncpg
import msgspec
import uvloop

from leitai.lane.keys import LaneRing
from leitai.lane.live import trial
from leitai.lane.live.bench_client import Looked, Plan
from leitai.lane.live.bench_hall import Hall
from leitai.lane.process import settle
from leitai.lane.settings import Settings

ROWS: Final = ("seats", "spectators", "restart")
SEATS: Final = 12
BAND_US: Final = 2_000
_BEFORE: Final = 50  # questions that were played before the kills
Row = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What is to be measured."""

    rows: tuple[str, ...] = ROWS
    presses: int = 300
    crowds: tuple[int, ...] = (1_000, 5_000)
    kills: int = 5


@dataclass
class Round:
    """A hall that has played: seconds to the confirmation and to the last seat, and the rest."""

    times: list[tuple[float, float]] = field(default_factory=list)
    looked: Looked = field(default_factory=lambda: Looked([], 0, 0))
    counters: Row = field(default_factory=dict)


class Bench:
    """One run."""

    def __init__(self, settings: Settings, connection: Any, show: Callable[[Row], None]) -> None:
        self._settings, self._connection, self._show = settings, connection, show
        self._halls = self.presses = 0
        self.matches: list[int] = []

    def show(self, row: Row) -> None:
        """Show a row with the machine's load."""
        load = round(os.getloadavg()[0], 1)
        self._show({**row, "load": load, "cores": len(os.sched_getaffinity(0))})

    async def hall(self) -> Hall:
        """A new match with processes of its own; its buzzer segment is open."""
        self._halls += 1
        match = await trial.stage(
            self._connection,
            LaneRing(self._settings.keys),
            season=f"bench-{os.getpid()}-{self._halls}",
            seats=SEATS,
            questions=0,
            rules=_rules(1_000),
            band_us=BAND_US,
        )
        self.matches.append(match.id)
        hall = Hall(self._settings, match)
        await hall.everybody()
        await hall.move("open", "", "buzz")
        return hall

    async def played(self, crowd: int, presses: int) -> None:
        """The seats' figure with so many spectators, and how soon the last of them knew."""
        found, hall = Round(), await self.hall()
        try:
            async with spectators(hall, crowd) as found.looked:
                await asyncio.sleep(1)
                for number in range(presses):
                    found.times.append(await hall.question(number))
                    await asyncio.sleep(0.03)
                await asyncio.sleep(1)
        finally:
            found.counters = hall.end()
        self.presses += presses
        self.show(press_row(found, crowd))
        if crowd:
            self.show(fan_row(found, crowd))

    async def restarted(self, times: int) -> None:
        """Kill the stage in the middle of a question; how soon host and seats are live again."""
        hall, took = await self.hall(), []
        try:
            for number in range(_BEFORE):
                await hall.question(number)
            self.presses += _BEFORE
            for _ in range(times):
                await hall.move("question")
                await hall.move("go")
                hall.stage.kill()
                began = time.perf_counter()
                hall.stage.start()
                await hall.everybody()
                took.append(time.perf_counter() - began)
                await hall.move("drop")
        finally:
            hall.end()
        self.show(
            {
                "row": "restart",
                "times": times,
                "lines": hall.host.view["seq"],
                "start_cpu_ms": hall.stage.cpu_ms,
                **_spread(took),
            }
        )

    async def counted(self) -> None:
        """Hold the log against the presses that were confirmed."""
        lines = await self._connection.fetchval(
            "SELECT count(*) FROM live_log WHERE match_id = ANY($1) AND kind = 'press'",
            self.matches,
        )
        self.show({"row": "log", "presses": self.presses, "lines": lines})


@asynccontextmanager
async def spectators(hall: Hall, count: int) -> AsyncIterator[Looked]:
    """So many spectators; afterwards it holds what they saw."""
    found = Looked([], 0, 0)
    if not count:
        yield found
        return
    process = await asyncio.to_thread(_gathered, Plan(hall.watch.port, count, hall.ticket("watch")))
    yield found
    out, _ = await asyncio.to_thread(process.communicate)
    said = msgspec.json.decode(out, type=Looked)
    found.seen, found.cpu_us, found.gone = said.seen, said.cpu_us, said.gone


def _gathered(plan: Plan) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "leitai.lane.live.bench_client"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    if process.stdin is None or process.stdout is None:
        raise SystemExit(1)
    process.stdin.write(msgspec.json.encode(plan) + b"\n")
    process.stdin.flush()
    if process.stdout.readline() != b"ready\n":
        raise SystemExit(process.wait())
    return process


def press_row(found: Round, crowd: int) -> Row:
    """From the press to its confirmation and to the last seat; of it the commit, and CPU time."""
    return {
        "row": "press",
        "spectators": crowd,
        "seats": SEATS,
        "presses": len(found.times),
        "band_ms": BAND_US / 1000,
        "confirmed": _spread([one for one, _ in found.times]),
        "all_seats_told": _spread([other for _, other in found.times]),
        "commit": _in_ms(found.counters["commit_us"]),
        "told_cpu": _in_ms(found.counters["told_us"]),
    }


def fan_row(found: Round, crowd: int) -> Row:
    """From the making of a snapshot to the last spectator; CPU time a spectator and frame."""
    seen, counters = found.looked.seen, found.counters
    whole = [one for one in seen if one.count == crowd]
    frames = sum(one.count for one in seen)
    return {
        "row": "fan-out",
        "spectators": crowd,
        "gone": found.looked.gone,
        "snapshots": len(seen),
        "skipped": counters["skipped"],
        "reached_all": len(whole),
        "bytes": _middle([one.size for one in whole]),
        "last": _spread([(one.last - one.made) / 1e6 for one in whole]),
        "watch_us_a_frame": round(counters["fan_us"] / max(1, counters["frames"]), 2),
        "client_us_a_frame": round(found.looked.cpu_us / max(1, frames), 2),
        "longest_slice_cpu_ms": round(counters["longest_slice_us"] / 1000, 1),
    }


def _in_ms(figures: dict[str, int]) -> Row:
    return {f"{name}_ms": round(figures[name] / 1000, 2) for name in ("p50", "p99", "max")}


def _middle(values: list[int]) -> int:
    return sorted(values)[len(values) // 2] if values else 0


def _spread(seconds: list[float]) -> Row:
    ranked = sorted(seconds) or [0.0]

    def at(share: int) -> float:
        return round(ranked[min(len(ranked) - 1, len(ranked) * share // 100)] * 1000, 1)

    return {"p50_ms": at(50), "p99_ms": at(99), "max_ms": round(ranked[-1] * 1000, 1)}


async def _measure(settings: Settings, wanted: Wanted, show: Callable[[Row], None]) -> None:
    connection = await asyncpg.connect(settings.database_url)
    bench = Bench(settings, connection, show)
    try:
        if "seats" in wanted.rows:
            await bench.played(0, wanted.presses)
        if "spectators" in wanted.rows:
            for crowd in wanted.crowds:
                await bench.played(crowd, wanted.presses)
        if "restart" in wanted.rows:
            await bench.restarted(wanted.kills)
        await bench.counted()
    finally:
        await connection.close()


def _rules(questions: int) -> dict[str, Any]:
    rules: dict[str, Any] = json.loads(json.dumps(trial.BUZZER))
    rules["live"]["segments"][0]["buzzer"]["questions"] = questions
    return rules


def run(settings: Settings, wanted: Wanted, show: Callable[[Row], None]) -> None:
    """Measure; every row is shown as soon as it is known."""
    settle()  # what Django has left here must not be looked through while a press is timed
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_measure(settings, wanted, show))
