"""How many sets of practice one lane process makes durable; part of `leitai bench practice`.

`python -m leitai.lane.bench_sets` is one client process: it reads a JSON plan from stdin, signs its
tickets, hands sets in over kept connections without a pause, and writes its findings as one JSON
line. `measure` runs several of them against one lane and then looks for every acknowledged set.
"""

import asyncio
import subprocess
import sys
import time
from array import array
from datetime import date
from pathlib import Path
from typing import Any, Final

import asyncpg
import msgspec
import uvloop
from typing_extensions import override

from leitai.keyring import Keyring
from leitai.lane import packing, tickets
from leitai.lane.bench import run_lane
from leitai.lane.settings import Settings

_WARM_UP_SECONDS: Final = 1.0
_MOST_A_SECOND: Final = 12_000  # of one client process; so many tickets are signed beforehand
_BODY: Final = (
    '"began":1700000000000,"ended":1700000060000,"answers":'
    '[[1,"A",8123],[2,"BD",15004],[3,"T",6040],[4,["一百"],12650],[5,"C",9377]]}'
)


class Plan(msgspec.Struct):
    """What one client process is to do."""

    port: int
    seconds: float
    connections: int
    number: int  # which of the processes: the first bytes of its sets' ids
    keys: str
    day: date


class Findings(msgspec.Struct):
    """What it saw: acknowledged sets are the first so many of its own, but for `lost` ones."""

    sent: int
    acknowledged: list[int]
    refused: int
    counted: int
    latencies_ms: list[float]


def set_id(number: int, place: int) -> bytes:
    """The id of a process's set at that place."""
    return number.to_bytes(4, "big") + place.to_bytes(12, "big")


class _Client(asyncio.Protocol):
    def __init__(self, load: "_Load") -> None:
        self.load = load
        self.transport: asyncio.Transport
        self.place = 0
        self.sent = 0
        self.data = b""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]  # a TCP transport by construction

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if not self.load.over:
            self.load.refused += 1

    @override
    def data_received(self, data: bytes) -> None:
        data = self.data + data if self.data else data
        end = data.find(b"\r\n\r\n")
        start = data.find(b"Content-Length: ") + 16
        if end < 0 or len(data) < end + 4 + int(data[start : data.index(b"\r\n", start)]):
            self.data = data
            return
        self.data = b""
        self.load.answered(self, good=data[9:12] == b"200")

    def hand_in(self) -> None:
        """Send the next set, if there is one."""
        load = self.load
        if load.over or load.next >= len(load.requests):
            load.idle()
            return
        self.place = load.next
        load.next += 1
        self.sent = time.perf_counter_ns()
        self.transport.write(load.requests[self.place])


class _Load:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        ring = Keyring.load(Path(plan.keys))
        count = int((plan.seconds + _WARM_UP_SECONDS) * _MOST_A_SECOND)
        self.requests = [_request(ring, plan, place) for place in range(count)]
        self.next = self.refused = 0
        self.over = False
        self.times, self.latencies = array("q"), array("q")
        self.acknowledged = array("q")
        self._busy = plan.connections
        self._done = asyncio.Event()

    def answered(self, client: _Client, *, good: bool) -> None:
        now = time.perf_counter_ns()
        self.times.append(now)
        self.latencies.append(now - client.sent)
        if good:
            self.acknowledged.append(client.place)
        else:
            self.refused += 1
        client.hand_in()

    def idle(self) -> None:
        self._busy -= 1
        if self._busy == 0:
            self._done.set()

    async def run(self) -> Findings:
        loop = asyncio.get_running_loop()
        clients = []
        for _ in range(self.plan.connections):
            made = await loop.create_connection(lambda: _Client(self), "127.0.0.1", self.plan.port)
            clients.append(made[1])
        for client in clients:
            client.hand_in()
        await asyncio.sleep(_WARM_UP_SECONDS)
        begin = time.perf_counter_ns()
        await asyncio.sleep(self.plan.seconds)
        end = time.perf_counter_ns()
        self.over = True
        async with asyncio.timeout(30):
            await self._done.wait()
        timed = zip(self.times, self.latencies, strict=True)
        counted = sorted(latency / 1e6 for at, latency in timed if begin <= at < end)
        return Findings(
            sent=self.next,
            acknowledged=list(self.acknowledged),
            refused=self.refused,
            counted=len(counted),
            latencies_ms=counted[:: max(1, len(counted) // 2000)],
        )


def _request(ring: Keyring, plan: Plan, place: int) -> bytes:
    ticket = tickets.issue_set(
        ring,
        set_id=set_id(plan.number, place),
        learner=1 + place % 1_000_000,
        act="daily",
        day=plan.day,
        items=[100_001, 100_002, 100_003, 100_004, 100_005],
        expires_ms=2**50,
    )
    body = f'{{"ticket":"{ticket}",{_BODY}'.encode()
    return (
        b"POST /v1/set HTTP/1.1\r\nHost: lane\r\nContent-Type: text/plain\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    )


def measure(
    settings: Settings, *, connections: int, seconds: float, processes: int, day: date
) -> dict[str, Any]:
    """Run one lane and its clients; the row for the report."""
    with run_lane(settings) as port:
        plans = [
            Plan(port, seconds, connections // processes, number, str(settings.keys), day)
            for number in range(1, processes + 1)
        ]
        found = [_finish(one) for one in [_start(plan) for plan in plans]]
    lost = asyncio.run(_lost(settings, plans, found))
    latencies = sorted(each for one in found for each in one.latencies_ms)
    return {
        "row": "taken",
        "connections": connections,
        "clients": processes,
        "per_second": round(sum(one.counted for one in found) / seconds),
        "p50_ms": round(latencies[len(latencies) // 2], 1),
        "p99_ms": round(latencies[len(latencies) * 99 // 100], 1),
        "acknowledged": sum(len(one.acknowledged) for one in found),
        "refused": sum(one.refused for one in found),
        "lost": lost,
    }


def _start(plan: Plan) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "leitai.lane.bench_sets"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    if process.stdin is not None:
        process.stdin.write(msgspec.json.encode(plan))
        process.stdin.close()
        process.stdin = None
    return process


def _finish(process: "subprocess.Popen[bytes]") -> Findings:
    out, _ = process.communicate()
    return msgspec.json.decode(out, type=Findings)


async def _lost(settings: Settings, plans: list[Plan], found: list[Findings]) -> int:
    """Acknowledged sets that are not in the journal with their answers."""
    connection = await asyncpg.connect(settings.database_url)
    rows = await connection.fetch("SELECT set FROM practice_journal WHERE body = $1", _packed())
    await connection.close()
    there = {bytes(row["set"]) for row in rows}
    return sum(
        set_id(plan.number, place) not in there
        for plan, one in zip(plans, found, strict=True)
        for place in one.acknowledged
    )


def _packed() -> bytes:
    told = packing.unpack(b"{" + _BODY.encode())
    return packing.pack(told.began, told.ended, told.answers)


def main() -> None:
    """Run the plan that stands on stdin."""
    plan = msgspec.json.decode(sys.stdin.buffer.read(), type=Plan)

    async def run() -> Findings:
        return await _Load(plan).run()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        findings = runner.run(run())
    with open(sys.stdout.fileno(), "wb", closefd=False) as out:
        out.write(msgspec.json.encode(findings) + b"\n")


if __name__ == "__main__":
    main()
