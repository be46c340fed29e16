"""The lane follows the key directory while it runs."""

import asyncio
import base64
import os
from dataclasses import replace
from datetime import timedelta

import pytest

from leitai import keyring
from leitai.kernel.errors import DomainError
from leitai.keyring import Keyring
from leitai.lane import tickets
from leitai.lane.keys import LOOK, PATIENCE, LaneRing
from leitai.lane.papers import associated
from tests.lane.conftest import until


@pytest.fixture
def keys(tmp_path):
    keyring.init(tmp_path / "keys", entropy=os.urandom)
    return tmp_path / "keys"


@pytest.fixture
def ring(keys):
    """What the hall's paper is sealed with: the test's own directory."""
    return Keyring.load(keys)


@pytest.fixture
def settings_here(lane_settings, keys):
    return replace(lane_settings, keys=keys)


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def rotate(keys, purpose):
    return keyring.rotate(keys, purpose, entropy=os.urandom)


def test_an_unknown_key_is_looked_for_at_once(keys):
    ring = LaneRing(keys, clock=Clock())
    made = rotate(keys, "ticket")
    assert ring.get("ticket", made.id) == made
    assert ring.current("ticket") == made
    assert ring.reads == 2


def test_names_of_keys_that_never_were_cost_one_reading_in_a_while(keys):
    clock = Clock()
    ring = LaneRing(keys, clock=clock)
    for _ in range(50):
        with pytest.raises(DomainError, match="key_missing"):
            ring.get("ticket", "99-deadbeef")
    assert ring.reads == 1
    clock.now += PATIENCE
    for _ in range(50):
        with pytest.raises(DomainError, match="key_missing"):
            ring.get("ticket", "99-deadbeef")
    assert ring.reads == 2


def test_the_current_key_is_the_newest_after_a_look(keys):
    clock = Clock()
    ring = LaneRing(keys, clock=clock)
    before = ring.current("ticket")
    made = rotate(keys, "ticket")
    assert ring.current("ticket") == before
    clock.now += LOOK
    assert ring.current("ticket") == made
    assert ring.get("ticket", before.id) == before


def test_a_directory_that_cannot_be_read_leaves_the_keys_as_they_were(keys):
    clock = Clock()
    ring = LaneRing(keys, clock=clock)
    before = ring.current("paper")
    keys.chmod(0o755)
    clock.now += LOOK + PATIENCE
    with pytest.raises(DomainError, match="key_missing"):
        ring.get("ticket", "99-deadbeef")
    assert ring.current("paper") == before


async def test_a_ticket_under_a_new_key_is_taken_without_a_restart(make_hall, settings_here, keys):
    hall = await make_hall(settings=settings_here)
    one = await hall.entered()
    assert (await one.save((1, "A", 5))).status == 200
    made = rotate(keys, "ticket")
    newer = tickets.issue(
        Keyring.load(keys), sitting=one.sitting, epoch=1, expires_ms=4_102_444_800_000
    )
    assert newer.split(".")[1] == made.id
    older, one.ticket = one.ticket, newer
    assert (await one.save((1, "B", 6))).status == 200
    one.ticket = older
    assert (await one.save((1, "A", 7))).status == 200


async def test_a_paper_wrapped_anew_opens_without_a_restart(
    make_hall, settings_here, keys, ring, database
):
    hall = await make_hall(settings=settings_here)
    one = await hall.entered()
    first = ring.current("paper")
    await one.get(f"/v1/paper/{hall.exam.code}/1")  # the lane now remembers the old wrapping
    rotate(keys, "paper")
    aad = associated(hall.exam.code, 1)
    wrapped = Keyring.load(keys).wrap("paper", hall.exam.key, aad, os.urandom(12))
    await database.execute(
        "UPDATE bank_paper SET wrapped_key = $1 WHERE code = $2", wrapped, hall.exam.code
    )
    keyring.remove(keys, first)
    hall.lane.routes.papers._ring._refresh()  # as after any look: the old key is forgotten
    reply = await one.ask("key")
    assert (reply.status, base64.b64decode(reply["key"])) == (200, hall.exam.key)


async def open_early(database, hall, *, early=True):
    await database.execute(
        "INSERT INTO bank_paperopening (paper_id, early, opened_at)"
        " SELECT id, $2, now() FROM bank_paper WHERE code = $1",
        hall.exam.code,
        early,
    )
    await database.execute("SELECT pg_notify('lane', '')")


async def test_a_paper_opened_early_is_given_before_t0_and_saving_still_waits(
    make_hall, settings_here, database
):
    hall = await make_hall(opens=300, closes=900, settings=settings_here)
    one = await hall.entered()
    refused = await one.ask("key")
    assert refused["error"]["code"] == "not_open"
    await open_early(database, hall)

    async def opened():
        return (await one.ask("key")).status == 200

    await until(opened)
    assert base64.b64decode((await one.ask("key"))["key"]) == hall.exam.key
    assert (await one.ask("paper"))["paper"]["exam"] == hall.exam.code
    assert (await one.ask("beat"))["state"] == "waiting"


async def test_a_record_that_t0_passed_opens_no_other_exam_of_the_paper(
    make_hall, settings_here, database
):
    hall = await make_hall(opens=300, closes=900, settings=settings_here)
    one = await hall.entered()
    wakes = hall.lane.watcher.wakes  # before the record: its own wake may come at once
    await open_early(database, hall, early=False)
    await until(lambda: _woken(hall, wakes))
    await asyncio.sleep(timedelta(milliseconds=200).total_seconds())
    assert (await one.ask("key"))["error"]["code"] == "not_open"


async def test_a_paper_whose_key_is_lost_is_a_fault_of_the_house(make_hall, settings_here, keys):
    hall = await make_hall(settings=settings_here)
    one = await hall.entered()
    first = Keyring.load(keys).current("paper")
    rotate(keys, "paper")
    keyring.remove(keys, first)
    hall.lane.routes.papers._ring._refresh()
    reply = await one.ask("key")
    assert (reply.status, reply["error"]["code"]) == (500, "failed")
    assert hall.lane.routes.failed == 1


async def _woken(hall, before):
    return hall.lane.watcher.wakes > before
