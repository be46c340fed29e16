"""The lane killed, and PostgreSQL killed, in the middle of a storm of saves.

What an acknowledgement promises is checked twice: as soon as everything runs again, before any
client says another word, and at the end, when all have gone on and handed in. How each test was
seen to fail with its safeguard removed stands in docs/lane.md.
"""

import asyncio
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import psutil
import pytest

from leitai.base import postgres
from leitai.lane import trial
from tests.lane.client import Contestant

CLIENTS = 96
STORM_SECONDS = 1.5


class LaneProcess:
    """`python -m leitai.lane` on a port that it keeps over its restarts."""

    def __init__(self, url, folder):
        self.url, self.log = url, folder / "lane.log"
        self.port = 0
        self.process = None

    def start(self):
        env = {
            **os.environ,
            "LEITAI_DATABASE_URL": self.url,
            "LEITAI_LANE_BIND": f"127.0.0.1:{self.port}",
        }
        self.log.touch()
        seen = self.log.stat().st_size
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "leitai.lane"], env=env, stderr=log
            )
        until = time.monotonic() + 20
        while not (lines := self.lines("ready", seen)):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.02)
        self.port = lines[-1]["port"]

    def lines(self, event, seen=0):
        text = self.log.read_bytes()[seen:].decode()
        records = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
        return [record for record in records if record["lane"] == event]

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(timeout=15) == 0


class Storm:
    """Clients that save without a pause, and send the same bytes again until they hear of them."""

    def __init__(self, port, exam):
        self.clients = [Contestant(port, sitting, code) for sitting, code in exam.sittings]
        self.running = True
        self.faults = []

    async def enter(self):
        for client in self.clients:
            assert (await client.enter()).status == 200

    async def _storm(self, number, client):
        while self.running:
            answers = [[1 + client.seq % 60, "ABCD"[(client.seq + number) % 4], client.seq]]
            try:
                reply = await client.ask("save", seq=client.seq + 1, answers=answers)
            except (OSError, asyncio.IncompleteReadError, TimeoutError):
                client.drop()
                await asyncio.sleep(0.05)
                continue
            if reply.status == 503:
                await asyncio.sleep(0.05)
            elif reply.status == 200:
                digest = client.next_digest(client.seq + 1, answers)
                if reply["digest"] != digest:
                    self.faults.append((client.sitting, "digest", reply))
                    return
                client.seq, client.digest = client.seq + 1, digest
                client.acknowledged.append((client.seq, answers, digest))
            else:
                self.faults.append((client.sitting, client.seq, reply))
                return

    def start(self):
        self.running = True
        self.tasks = [asyncio.create_task(self._storm(*pair)) for pair in enumerate(self.clients)]

    async def stop(self):
        self.running = False
        await asyncio.gather(*self.tasks)
        assert self.faults == []

    async def freeze(self):
        """Stop at once, as a hall whose cable was cut: what is unanswered stays unanswered."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for client in self.clients:
            client.drop()
        assert self.faults == []

    @property
    def acknowledged(self):
        return sum(len(client.acknowledged) for client in self.clients)


async def check(url, storm):
    """Every acknowledged batch is in the journal, and the chain agrees with the client's own."""
    connection = await asyncpg.connect(url)
    lost = 0
    for client in storm.clients:
        rows = await connection.fetch(
            "SELECT seq, body, digest FROM sittings_journal WHERE sitting_id = $1 ORDER BY seq",
            client.sitting,
        )
        digest = hashlib.sha256(f"sitting:{client.sitting}".encode()).digest()
        stored = []
        for number, row in enumerate(rows, start=1):
            digest = hashlib.sha256(digest + row["body"]).digest()
            assert (row["seq"], row["digest"]) == (number, digest)
            stored.append((number, json.loads(row["body"])["answers"], digest.hex()))
        lost += sum(1 for batch in client.acknowledged if batch not in stored[: len(rows)])
        assert len(rows) - client.seq <= 1  # at most the one that was never answered
    await connection.close()
    assert lost == 0


async def stage(url, ring, name):
    connection = await asyncpg.connect(url)
    now = datetime.now(UTC)
    exam = await trial.stage(
        connection, ring, name=name, seats=CLIENTS,
        opens_at=now - timedelta(minutes=1), closes_at=now + timedelta(minutes=10),
    )  # fmt: skip
    await connection.close()
    return exam


async def through_the_storm(url, lane, exam, disaster):
    """Storm, disaster, check, storm again, hand in, check."""
    storm = Storm(lane.port, exam)
    await storm.enter()
    storm.start()
    await asyncio.sleep(STORM_SECONDS)
    before = storm.acknowledged
    await disaster(storm)
    await check(url, storm)
    storm.start()
    await asyncio.sleep(STORM_SECONDS)
    await storm.stop()
    assert storm.acknowledged > before + CLIENTS
    receipts = [await client.hand_in() for client in storm.clients]
    assert [reply["receipt"]["digest"] for reply in receipts] == [c.digest for c in storm.clients]
    await check(url, storm)
    for client in storm.clients:
        client.drop()
    return storm


@pytest.fixture
def lane_process(tmp_path):
    started = []

    def start(url):
        started.append(lane := LaneProcess(url, tmp_path))
        lane.start()
        return lane

    yield start
    for lane in started:
        if lane.process.poll() is None:
            lane.kill()


async def test_lane_killed_in_the_storm(own_cluster, own_url, lane_process, ring):
    lane = lane_process(own_url)
    exam = await stage(own_url, ring, "storm-lane")

    async def disaster(storm):
        server = await stand_still(own_cluster.data)
        lane.kill()
        for process in server:
            process.resume()
        await storm.freeze()
        lane.start()

    storm = await through_the_storm(own_url, lane, exam, disaster)

    lane.stop()
    assert lane.process.returncode == 0
    assert lane.lines("counters")[-1]["handed_in"] == CLIENTS
    assert storm.acknowledged > 5 * CLIENTS


def processes(data: Path):
    """The postmaster and every process of it."""
    postmaster = psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))
    return [postmaster, *postmaster.children(recursive=True)]


async def stand_still(data: Path):
    """Suspend the server for a moment: one group hangs in its commit and the rest is queued.

    Whatever is acknowledged now was acknowledged too early. It also keeps the server's processes
    from doing a last thing when one sees another die.
    """
    server = processes(data)
    for process in server:
        process.suspend()
    await asyncio.sleep(0.3)
    return server


async def test_postgres_killed_in_the_storm(own_cluster, own_url, lane_process, ring):
    lane = lane_process(own_url)
    exam = await stage(own_url, ring, "storm-postgres")

    async def disaster(storm):
        server = await stand_still(own_cluster.data)
        for process in server:
            process.kill()
        psutil.wait_procs(server, timeout=10)
        await storm.freeze()
        assert postgres.ensure(own_cluster.data) == own_cluster

    storm = await through_the_storm(own_url, lane, exam, disaster)

    lane.stop()
    assert lane.lines("writer_lost") != []
    assert lane.lines("counters")[-1]["failed"] == 0
    assert storm.acknowledged > 5 * CLIENTS
