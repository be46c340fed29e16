"""The lane killed, and PostgreSQL killed, while learners hand in: what was acknowledged stays."""

import asyncio

import asyncpg
import psutil

from leitai.base import postgres
from tests.lane.client import Client
from tests.lane.test_faults import lane_process, stand_still  # noqa: F401
from tests.lane.test_sets import BODY, a_set, sheet

LEARNERS = 64
STORM_SECONDS = 1.5


class Learners:
    """Clients that hand in one set after another, each again until they hear of it."""

    def __init__(self, port, ring):
        self.clients = [Client(port) for _ in range(LEARNERS)]
        self.ring = ring
        self.acknowledged = []
        self.faults = []
        self.running = True

    async def _study(self, client):
        while self.running:
            set_id, ticket = a_set(self.ring)
            while self.running:
                try:
                    reply = await client.post("/v1/set", sheet(ticket))
                except (OSError, asyncio.IncompleteReadError, TimeoutError):
                    client.drop()
                    await asyncio.sleep(0.05)
                    continue
                if reply.status == 200:
                    self.acknowledged.append(set_id)
                    break
                if reply.status != 503:
                    self.faults.append(reply)
                    return
                await asyncio.sleep(0.05)

    def start(self):
        self.running = True
        self.tasks = [asyncio.create_task(self._study(client)) for client in self.clients]

    async def stop(self):
        self.running = False
        await asyncio.gather(*self.tasks)
        assert self.faults == []

    async def freeze(self):
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for client in self.clients:
            client.drop()
        assert self.faults == []


async def lost(url, learners):
    """How many acknowledged sets are not in the journal, whole."""
    connection = await asyncpg.connect(url)
    found = await connection.fetchval(
        "SELECT count(*) FROM practice_journal WHERE set = ANY($1) AND learner = 7 AND body = $2",
        learners.acknowledged,
        BODY,
    )
    await connection.close()
    return len(learners.acknowledged) - found


async def through_the_storm(url, lane, ring, disaster):
    learners = Learners(lane.port, ring)
    learners.start()
    await asyncio.sleep(STORM_SECONDS)
    await disaster(learners)
    before = len(learners.acknowledged)
    assert before > 2 * LEARNERS
    assert await lost(url, learners) == 0
    learners.start()
    await asyncio.sleep(STORM_SECONDS)
    await learners.stop()
    assert len(learners.acknowledged) > before + LEARNERS
    assert await lost(url, learners) == 0
    for client in learners.clients:
        client.drop()


async def test_lane_killed(own_cluster, own_url, lane_process, ring):  # noqa: F811
    lane = lane_process(own_url)

    async def disaster(learners):
        server = await stand_still(own_cluster.data)
        lane.kill()
        for process in server:
            process.resume()
        await learners.freeze()
        lane.start()

    await through_the_storm(own_url, lane, ring, disaster)

    lane.stop()
    counters = lane.lines("counters")[-1]
    assert counters["failed"] == 0
    assert counters["sets"] > counters["set_commits"] > 0


async def test_postgres_killed(own_cluster, own_url, lane_process, ring):  # noqa: F811
    lane = lane_process(own_url)

    async def disaster(learners):
        server = await stand_still(own_cluster.data)
        for process in server:
            process.kill()
        psutil.wait_procs(server, timeout=10)
        await learners.freeze()
        assert postgres.ensure(own_cluster.data) == own_cluster

    await through_the_storm(own_url, lane, ring, disaster)

    lane.stop()
    assert lane.lines("sets_lost") != []
