"""A match in a migrated database, and a stage inside the test's loop."""

import itertools
import os
from dataclasses import replace

import pytest

from leitai.lane.live import trial
from leitai.lane.live.main import Stage
from leitai.lane.live.watch import Watch
from tests.lane.live.client import Screen, ticket

_numbers = itertools.count(1)


class Table:
    """One match with its stage, its host and its seats."""

    def __init__(self, stage, match, ring, database):
        self.stage, self.match, self.ring, self.database = stage, match, ring, database
        self.screens = []

    async def screen(self, role, *, seat="", epoch=0, account="a", **more):
        claim = ticket(self.ring, self.match.id, role, seat=seat, epoch=epoch, account=account)
        self.screens.append(screen := Screen(self.stage.port, claim, **more))
        return await screen.enter()

    async def seat(self, name, *, epoch=1, **more):
        return await self.screen("seat", seat=name, epoch=epoch, account=f"d{name}", **more)

    async def host(self):
        return await self.screen("host", account="host")

    async def asked(self, host, question="", *, segment="buzz"):
        """Put a question on stage, opening the segment with the first one."""
        if host.view["segment"] is None:
            assert (await host.move("open", value=segment))["t"] == "done"
        assert (await host.move("question", value=question))["t"] == "done"
        return host

    async def log(self):
        rows = await self.database.fetch(
            "SELECT seq, kind, seat, value, by FROM live_log WHERE match_id = $1"
            " AND kind NOT IN ('seat', 'note') ORDER BY seq",
            self.match.id,
        )
        return [
            " ".join(part for part in (row["kind"], row["seat"], row["value"]) if part)
            for row in rows
        ]


@pytest.fixture
async def make_table(lane_settings, database, ring):
    """``await make_table(seats=3, rules=…, mode=…)``: a match that is ready, with its stage."""
    tables = []

    async def make(*, stage=None, settings=lane_settings, **facts):
        season = f"live-{os.getpid()}-{next(_numbers)}"
        match = await trial.stage(database, ring, season=season, **{"seats": 3, **facts})
        if stage is None:
            stage = Stage(replace(settings, start_seconds=5))
            await stage.start()
        tables.append(table := Table(stage, match, ring, database))
        return table

    yield make
    for table in tables:
        for screen in table.screens:
            screen.drop()
        await table.stage.stop()


@pytest.fixture
async def table(make_table):
    """Three seats, a buzzer segment, arrival mode without a band."""
    return await make_table()


@pytest.fixture
async def watch(table):
    """A spectators' process before the table's stage; ``await watch.spectator()``."""
    found = Watch(replace(table.stage.settings, port=0), f"ws://127.0.0.1:{table.stage.port}")
    await found.start()
    table.crowd = []

    async def spectator():
        screen = Screen(found.port, ticket(table.ring, table.match.id, "watch"), path="/v1/watch")
        table.crowd.append(screen)
        return await screen.enter()

    found.spectator = spectator
    yield found
    for screen in table.crowd:
        screen.drop()
    await found.stop()
