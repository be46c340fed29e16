"""The bench's load: many kept connections in one process, each a contestant who never pauses.

``python -m leitai.lane.bench_client`` reads one JSON plan from stdin, and writes its findings as
one JSON line to stdout. Bodies and digests follow from (sitting, seq) alone, so whoever verifies
can compute them without asking this process.
"""

import asyncio
import sys
import time
from array import array
from typing import Final

import msgspec
import uvloop
from typing_extensions import override

_WARM_UP_SECONDS: Final = 1.0


class Plan(msgspec.Struct):
    """What to do: whom to talk to, who enters, for how long (after a second of warming up)."""

    port: int
    seconds: float
    answers: int  # a batch; 0: a server that is no lane and answers everything
    sittings: list[tuple[int, str]]


class Findings(msgspec.Struct):
    """What was seen. ``digests``: of each sitting all acknowledged digests in hex, in order."""

    per_second: float
    p50_ms: float
    p99_ms: float
    max_ms: float
    answered: int
    refused: int
    digests: list[list[str]]


def answers(sitting: int, seq: int, size: int) -> str:
    """The answers of that batch in JSON."""
    first = (sitting + seq) % 50
    letters = "ABCD"[(sitting * 7 + seq) % 4]
    return ",".join(f'[{first + place + 1},"{letters}",{seq}]' for place in range(size))


def batch(sitting: int, seq: int, size: int) -> bytes:
    """That batch as it is digested."""
    return b'{"seq":%d,"answers":[%s]}' % (seq, answers(sitting, seq, size).encode())


class Contestant(asyncio.Protocol):
    """One connection: enters, then saves again as soon as the last save is acknowledged."""

    def __init__(self, load: "Load", sitting: int, code: str) -> None:
        self.load, self.sitting, self.code = load, sitting, code
        self.ticket = ""
        self.seq = 0
        self.digests: list[str] = []
        self.sent = 0
        self.data = b""
        self.path = b"/"
        self.transport: asyncio.Transport

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]  # a TCP transport by construction
        if not self.load.plan.answers:
            self.load.entered(self)
            return
        body = b'{"code":"%s","device":"bench"}' % self.code.encode()
        self.transport.write(_request(b"/v1/enter", body))

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.load.lost(self)

    @override
    def data_received(self, data: bytes) -> None:
        data = self.data + data if self.data else data
        end = data.find(b"\r\n\r\n")
        start = data.find(b"Content-Length: ") + 16
        if end < 0 or len(data) < end + 4 + int(data[start : data.index(b"\r\n", start)]):
            self.data = data
            return
        self.data = b""
        self._answered(data[9:12] == b"200", data[end + 4 :])

    def _answered(self, good: bool, body: bytes) -> None:
        load = self.load
        if not self.ticket and load.plan.answers:
            self.ticket = msgspec.json.decode(body)["ticket"]
            self.path = b"/v1/s/%d/save" % self.sitting
            load.entered(self)
            return
        now = time.perf_counter_ns()
        load.latencies.append(now - self.sent)
        load.times.append(now)
        if not good:
            load.refused += 1
        elif load.plan.answers:
            at = body.index(b'"digest":"') + 10
            self.digests.append(body[at : at + 64].decode())
            self.seq += 1
        if not load.over:
            self.save()
        else:
            load.ended(self)

    def save(self) -> None:
        """Send the next batch."""
        seq, size = self.seq + 1, self.load.plan.answers
        body = '{"ticket":"%s","seq":%d,"answers":[%s]}' % (  # noqa: UP031  (the fastest form)
            self.ticket,
            seq,
            answers(self.sitting, seq, size or 1),
        )
        self.sent = time.perf_counter_ns()
        self.transport.write(_request(self.path, body.encode()))


def _request(path: bytes, body: bytes) -> bytes:
    return b"POST %s HTTP/1.1\r\nHost: lane\r\nContent-Type: text/plain\r\n%s%d\r\n\r\n%s" % (
        path,
        b"Content-Length: ",
        len(body),
        body,
    )


class Load:
    """All connections together."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.latencies = array("q")
        self.times = array("q")
        self.refused = 0
        self.over = False
        self._waiting = len(plan.sittings)
        self._turn = asyncio.Event()
        self._contestants: list[Contestant] = []

    def entered(self, contestant: Contestant) -> None:
        """One more is ready."""
        self._contestants.append(contestant)
        self._count()

    def ended(self, contestant: Contestant) -> None:
        """One has its last answer."""
        del contestant
        self._count()

    def lost(self, contestant: Contestant) -> None:
        """A connection was lost: while the load runs, that is a failure of its own."""
        if not self.over:
            self.refused += 1
            self.ended(contestant)

    def _count(self) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self._turn.set()

    async def run(self) -> Findings:
        """Enter, save for the time, stop, and count what fell into the time."""
        loop = asyncio.get_running_loop()
        for sitting, code in self.plan.sittings:
            await loop.create_connection(
                lambda sitting=sitting, code=code: Contestant(self, sitting, code),  # type: ignore[misc]
                "127.0.0.1",
                self.plan.port,
            )
        async with asyncio.timeout(60):
            await self._turn.wait()
        self._turn.clear()
        self._waiting = len(self._contestants)
        for contestant in self._contestants:
            contestant.save()
        await asyncio.sleep(_WARM_UP_SECONDS)
        begin = time.perf_counter_ns()
        await asyncio.sleep(self.plan.seconds)
        end = time.perf_counter_ns()
        self.over = True
        async with asyncio.timeout(30):
            await self._turn.wait()
        return self._findings(begin, end)

    def _findings(self, begin: int, end: int) -> Findings:
        timed = zip(self.times, self.latencies, strict=True)
        counted = sorted(latency for at, latency in timed if begin <= at < end)
        last = len(counted) - 1
        return Findings(
            per_second=len(counted) / ((end - begin) / 1e9),
            p50_ms=counted[last // 2] / 1e6,
            p99_ms=counted[last * 99 // 100] / 1e6,
            max_ms=counted[last] / 1e6,
            answered=len(self.latencies),
            refused=self.refused,
            digests=[
                each.digests for each in sorted(self._contestants, key=lambda each: each.sitting)
            ],
        )


def main() -> None:
    """Run the plan that stands on stdin."""
    plan = msgspec.json.decode(sys.stdin.buffer.read(), type=Plan)

    async def run() -> Findings:
        return await Load(plan).run()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        findings = runner.run(run())
    with open(sys.stdout.fileno(), "wb", closefd=False) as out:
        out.write(msgspec.json.encode(findings) + b"\n")


if __name__ == "__main__":
    main()
