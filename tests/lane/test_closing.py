"""How sittings end at the deadline, and that no acknowledged save is missing from the end."""

import asyncio
import dataclasses
import hashlib
import json
import random

import asyncpg

from leitai.lane.main import Lane
from tests.lane.client import Contestant
from tests.lane.conftest import until

A = (1, "A", 5)


async def row_of(database, sitting):
    return await database.fetchrow(
        "SELECT state, final_seq, encode(final_digest, 'hex') AS digest, version,"
        " ended_at >= deadline AS after FROM sittings_sitting WHERE id = $1",
        sitting,
    )


async def test_sweeper_closes_at_the_deadline(make_hall, database):
    hall = await make_hall(seats=3, closes=2)
    one, idle = await hall.entered(0), await hall.entered(1)
    await one.save(A)
    await until(lambda: hall.is_closed(one))

    rows = [await row_of(database, sitting) for sitting, _ in hall.exam.sittings]

    never = hall.contestant(2)
    assert [tuple(row) for row in rows] == [
        ("closed", 1, one.digest, 3, True),
        ("closed", 0, idle.digest, 3, True),
        ("absent", 0, never.digest, 2, True),
    ]
    assert (await one.ask("state"))["state"] == "closed"
    assert (await never.enter())["state"] == "closed"
    assert (await one.hand_in()).code == "closed"
    jobs = await database.fetch(
        "SELECT args FROM procrastinate_jobs WHERE task_name = 'sittings.fold'"
    )
    ours = {sitting for sitting, _ in hall.exam.sittings}
    mine = [job for job in (set(json.loads(row["args"])["sittings"]) for row in jobs) if job & ours]
    assert mine == [ours]  # one job for the sweep


async def test_extension_is_obeyed_at_once(make_hall, database, lane_settings):
    patient = dataclasses.replace(lane_settings, refresh_seconds=60)  # only the wake-up helps
    hall = await make_hall(closes=600, settings=patient)
    one = await hall.entered()
    await database.execute(
        "UPDATE sittings_sitting SET deadline = deadline + interval '1 hour', version = version + 1"
        " WHERE id = $1", one.sitting
    )  # fmt: skip
    await database.execute("SELECT pg_notify('lane', 'x')")
    before = (await one.ask("state"))["exam"]["closes_at"]

    async def longer():
        return (await one.ask("beat"))["deadline"] == before + 3_600_000

    await until(longer)
    assert (await one.save(A))["deadline"] == before + 3_600_000


async def test_extension_without_a_wake_up_is_found(make_hall, database):
    hall = await make_hall(closes=2)
    one = await hall.entered()
    await database.execute(
        "UPDATE sittings_sitting SET deadline = deadline + interval '1 hour' WHERE id = $1",
        one.sitting,
    )
    await asyncio.sleep(2)

    assert (await one.save(A)).status == 200


async def test_officer_closes_early(make_hall, database):
    hall = await make_hall()
    one = await hall.entered()
    await one.save(A)
    await hall.end(database, one)
    assert (await one.ask("save", seq=2, answers=[list(A)])).code == "late"
    row = await row_of(database, one.sitting)
    assert (row["state"], row["final_seq"], row["digest"]) == ("closed", 1, one.digest)


async def test_closed_by_another_hand_refuses_the_next_save(hall, database):
    """The row decides, whatever this lane believes: another process closed the sitting."""
    one = await hall.entered()
    await one.save(A)
    await database.execute(
        "UPDATE sittings_sitting SET state = 'closed', final_seq = 1 WHERE id = $1", one.sitting
    )

    reply = await one.ask("save", seq=2, answers=[list(A)])

    assert (reply.status, reply.code) in {(410, "late"), (409, "closed")}
    assert (
        await database.fetchval(
            "SELECT count(*) FROM sittings_journal WHERE sitting_id = $1", one.sitting
        )
        == 1
    )


async def test_a_locked_sitting_waits_and_its_neighbours_do_not(make_hall, database, lane_url):
    hall = await make_hall()
    one, two = await hall.entered(0), await hall.entered(1)
    other = await asyncpg.connect(lane_url)
    transaction = other.transaction()
    await transaction.start()
    await other.execute("SELECT FROM sittings_sitting WHERE id = $1 FOR UPDATE", one.sitting)

    waiting = asyncio.create_task(one.save(A))
    async with asyncio.timeout(1.5):  # a locked one is tried for two seconds
        assert (await two.save(A)).status == 200
    assert not waiting.done()
    await transaction.rollback()
    await other.close()

    assert (await waiting).status == 200


async def test_no_acknowledged_save_is_missing_from_the_end(make_hall, database):
    """Thirty-two clients save as fast as they can through their deadlines; some hand in."""
    hall = await make_hall(seats=32, closes=3)
    everyone = [await hall.entered(seat) for seat in range(32)]
    chance = random.Random(7)
    receipts = {}

    async def storm(one, hands_in):
        while True:
            reply = await one.save((chance.randrange(60) + 1, chance.choice("ABCD"), 5))
            if reply.status != 200:
                assert reply.code == "late", reply
                return
            if hands_in and one.seq == hands_in:
                receipts[one.sitting] = await one.hand_in()
                assert (await one.ask("save", seq=one.seq + 1, answers=[])).code == "closed"
                return

    await asyncio.gather(*(storm(one, seat % 4 == 0 and 3) for seat, one in enumerate(everyone)))
    open_ones = "SELECT count(*) FROM sittings_sitting WHERE exam_id = $1 AND state = 'open'"

    async def all_ended():
        return await database.fetchval(open_ones, hall.exam.exam) == 0

    await until(all_ended)
    for one in everyone:
        rows = await database.fetch(
            "SELECT seq, body, digest FROM sittings_journal WHERE sitting_id = $1 ORDER BY seq",
            one.sitting,
        )
        digest = hashlib.sha256(f"sitting:{one.sitting}".encode()).digest()
        for row in rows:
            digest = hashlib.sha256(digest + row["body"]).digest()
            assert digest == row["digest"]
        ended = await row_of(database, one.sitting)
        assert (ended["final_seq"], ended["digest"]) == (one.seq, one.digest)
        assert (rows[-1]["seq"], digest.hex()) == (one.seq, one.digest)
        assert ended["state"] == ("handed_in" if one.sitting in receipts else "closed")
    assert len(receipts) == 8


async def test_hand_in_and_save_at_once_agree(make_hall, database):
    hall = await make_hall(seats=16)
    for seat in range(16):
        one = await hall.entered(seat)
        await one.save(A)
        twin = hall.contestant(seat)
        twin.ticket = one.ticket

        saved, handed = await asyncio.gather(
            twin.ask("save", seq=2, answers=[list(A)]), one.hand_in()
        )

        row = await row_of(database, one.sitting)
        if handed.status == 200:
            assert (saved.status, saved.code) == (409, "closed")
            assert (row["state"], row["final_seq"]) == ("handed_in", 1)
        else:
            assert (saved.status, handed.code, row["state"]) == (200, "seq_gap", "open")


async def test_two_lanes_on_one_sitting(make_hall, database, lane_settings):
    """One sitting belongs to one lane, but if not, the constraint keeps the journal whole."""
    hall = await make_hall()
    second = Lane(lane_settings)
    await second.start()
    try:
        here = await hall.entered()
        there = Contestant(second.port, here.sitting, here.code)
        there.ticket = here.ticket
        await there.ask("state")
        assert (await here.save(A)).status == 200
        conflict = await there.ask("save", seq=1, answers=[[1, "B", 5]])
        repeat = await there.ask("save", seq=1, answers=[list(A)])
        there.seq, there.digest = here.seq, here.digest
        assert (conflict.code, repeat.status, repeat["repeat"]) == ("seq_conflict", 200, True)
        assert (await there.save((1, "C", 6))).status == 200
        here.seq, here.digest = there.seq, there.digest
        assert (await here.save((1, "D", 7)))["digest"] == here.digest
        there.device = "pc-2"
        assert (await there.enter())["epoch"] == 2
        assert (await here.save((1, "E", 8))).code == "taken_over"
        there.seq, there.digest = here.seq, here.digest
        assert (await there.save((1, "E", 8))).status == 200
        there.drop()
    finally:
        await second.stop()
