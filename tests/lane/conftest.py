"""A migrated database of the lane's own, exams in it, and lanes inside the test's loop."""

import asyncio
import itertools
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from leitai.base import postgres
from leitai.keyring import Keyring
from leitai.lane import trial
from leitai.lane.main import Lane
from leitai.lane.settings import Settings
from tests import databases
from tests.lane.client import Client, Contestant

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def lane_url():
    """The URL of a migrated database that this run alone uses."""
    name = f"test_lane_{os.getpid()}"
    yield databases.copy_migrated(name)
    databases.drop(name)


@pytest.fixture(scope="session")
def own_cluster(tmp_path_factory):
    """A PostgreSQL of the storms' own, durable as in production, on a disk that takes its time.

    With `commit_delay` every flush takes 20 ms: most of the time a group is on its way to the disk
    and another waits behind it, so that whatever is acknowledged too early is lost by the kill.
    """
    slow = {"commit_delay": "20000", "commit_siblings": "0"}
    folder = tmp_path_factory.mktemp("cluster")
    cluster = postgres.ensure(folder / "postgres", {"fsync": "on", **slow})
    yield cluster
    postgres.stop(cluster.data)


@pytest.fixture(scope="module")
def own_url(own_cluster, request):
    return databases.carry_migrated(own_cluster, request.module.__name__.rpartition(".")[2])


@pytest.fixture(scope="session")
def ring():
    return Keyring.from_environment()


@pytest.fixture
def lane_settings(lane_url):
    return Settings(
        database_url=lane_url,
        keys=Path(os.environ["LEITAI_KEYS"]),
        port=0,
        origins=("http://exam.example",),
        sweep_seconds=0.05,
        refresh_seconds=0.5,
        presence_seconds=0.1,
    )


@pytest.fixture
async def database(lane_url):
    """One connection to look and to change rows as officers do."""
    connection = await asyncpg.connect(lane_url)
    yield connection
    await connection.close()


async def until(question, *, seconds=10.0):
    """Ask again and again until the answer is true; a slow machine only takes longer."""
    async with asyncio.timeout(seconds):
        while not (answer := await question()):  # noqa: ASYNC110  (it asks another process)
            await asyncio.sleep(0.02)
    return answer


class Hall:
    """An exam with a lane before it."""

    def __init__(self, lane, exam):
        self.lane, self.exam = lane, exam
        self.clients = []

    @property
    def port(self):
        return self.lane.port

    def client(self):
        self.clients.append(client := Client(self.port))
        return client

    def contestant(self, seat=0, device="pc-1"):
        sitting, code = self.exam.sittings[seat]
        self.clients.append(contestant := Contestant(self.port, sitting, code, device))
        return contestant

    async def end(self, database, contestant):
        """As an officer does: bring the deadline to this moment, and wait until it is closed."""
        await database.execute(
            "UPDATE sittings_sitting SET deadline = clock_timestamp(), version = version + 1"
            " WHERE id = $1",
            contestant.sitting,
        )
        await database.execute("SELECT pg_notify('lane', '')")
        await until(lambda: self.is_closed(contestant))

    async def is_closed(self, contestant):
        return (await contestant.ask("beat"))["state"] == "closed"

    async def entered(self, seat=0, device="pc-1"):
        contestant = self.contestant(seat, device)
        reply = await contestant.enter()
        assert reply.status == 200, reply
        return contestant


@pytest.fixture
async def make_hall(lane_settings, database, ring):
    """``await make_hall(seats=2, opens=-60, closes=600, lane=…)``: times in seconds from now."""
    lanes, halls = [], []

    async def make(*, seats=2, opens=-60.0, closes=600.0, settings=lane_settings, lane=None):
        now = datetime.now(UTC)
        exam = await trial.stage(
            database,
            ring,
            name=f"hall-{os.getpid()}-{next(_numbers)}",
            seats=seats,
            opens_at=now + timedelta(seconds=opens),
            closes_at=now + timedelta(seconds=closes),
        )
        if lane is None:
            lane = Lane(settings)
            lanes.append(lane)
            await lane.start()
        halls.append(hall := Hall(lane, exam))
        return hall

    yield make
    for hall in halls:
        for client in hall.clients:
            client.drop()
    for lane in lanes:
        await lane.stop()
    await asyncio.sleep(0)


@pytest.fixture
async def hall(make_hall):
    """An exam that has begun, with two seats."""
    return await make_hall()
