"""Sets of practice: taken once, refused with a reason, folded by one job, and never lost."""

import asyncio
import dataclasses
import json
import os
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.kernel.errors import DomainError
from leitai.lane import packing, tickets, wire
from leitai.lane.gate import read_body
from tests.lane.conftest import until
from tests.lane.test_writer import kill_sessions

DAY = date(2026, 11, 22)
FAR = 2**50
ANSWERS = [[1, "A", 4200], [2, "BC", 9000], [3, ["甲", "乙"], 1]]
# What the lane writes down of it: form 1; began, 15000 ms as zigzag; A, then BC, by their bits and
# two, doubled, each with its ms; a list (1 doubled) of two texts, and its ms. Worked out by hand.
BODY = bytes.fromhex("01 e807 b0ea01 06 e820 10 a846 02 02 03 e794b2 03 e4b999 01")


def a_set(ring, set_id=None, **changes):
    """A new set of three questions: its id and its ticket."""
    set_id = set_id or os.urandom(16)
    claim = {"learner": 7, "act": "daily", "day": DAY, "items": [11, 12, 13], "expires_ms": FAR}
    return set_id, tickets.issue_set(ring, set_id=set_id, **(claim | changes))


def sheet(ticket, **changes):
    return {"ticket": ticket, "began": 1000, "ended": 16000, "answers": ANSWERS, **changes}


async def stored(database, set_id):
    row = await database.fetchrow("SELECT * FROM practice_journal WHERE set = $1", set_id)
    return None if row is None else dict(row)


async def folds(database, status="todo"):
    return await database.fetchval(
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'practice.fold' AND status = $1",
        status,
    )


@pytest.fixture
async def stalled(database):
    """Hold the journal of practice, so that its writer stands still until this is called."""
    transaction = database.transaction()

    async def hold():
        await transaction.start()
        await database.execute("LOCK TABLE practice_journal IN SHARE MODE")
        return transaction.rollback

    return hold


async def in_hand(hall, number):
    async def counted():
        return len(hall.lane.set_writer.in_hand()) == number

    await until(counted)


async def test_a_set_is_stored_as_the_ticket_and_the_learner_say(hall, database, ring):
    set_id, ticket = a_set(ring)

    reply = await hall.client().post("/v1/set", sheet(ticket))

    row = await stored(database, set_id)
    assert (reply.status, set(reply), reply["set"]) == (200, {"set", "at"}, set_id.hex())
    assert int(row["at"].timestamp() * 1000) == reply["at"]
    assert (row["day"], row["learner"], row["act"]) == (DAY, 7, "daily")
    assert bytes(row["items"]) == bytes.fromhex("01 16 02 02")  # 11, then one more each, zigzag
    assert (bytes(row["body"]), row["folded_at"]) == (BODY, None)


async def test_a_repeat_changes_nothing_and_is_told_when_it_says_something_else(
    hall, database, ring
):
    set_id, ticket = a_set(ring)
    client = hall.client()
    first = await client.post("/v1/set", sheet(ticket))

    again = await client.post("/v1/set", sheet(ticket))
    other = await client.post("/v1/set", sheet(ticket, answers=[[1, "D", 5]]))

    assert dict(again) == {**first, "repeat": True}
    assert dict(other) == {**first, "repeat": True, "differs": True}
    assert bytes((await stored(database, set_id))["body"]) == BODY


async def test_a_repeat_of_a_set_of_an_older_row_is_the_same_set(hall, database, ring):
    set_id, ticket = a_set(ring)
    client = hall.client()
    await client.post("/v1/set", sheet(ticket))
    older = json.dumps({"began": 1000, "ended": 16000, "answers": ANSWERS}, ensure_ascii=False)
    await database.execute(
        "UPDATE practice_journal SET body = $2 WHERE set = $1", set_id, older.encode()
    )

    again = await client.post("/v1/set", sheet(ticket))
    other = await client.post("/v1/set", sheet(ticket, ended=16001))

    assert (again["repeat"], "differs" in again, other["differs"]) == (True, False, True)


async def test_twins_in_one_group_are_stored_once(hall, database, ring, stalled):
    set_id, ticket = a_set(ring)
    _, plug = a_set(ring)
    release = await stalled()
    plugged = asyncio.create_task(hall.client().post("/v1/set", sheet(plug)))
    await in_hand(hall, 1)
    twins = [
        asyncio.create_task(hall.client().post("/v1/set", sheet(ticket, began=began)))
        for began in (1, 2, 3)
    ]
    await in_hand(hall, 4)
    await release()

    replies = [await twin for twin in twins]
    kept = packing.unpack((await stored(database, set_id))["body"]).began
    assert (await plugged).status == 200
    assert [reply.status for reply in replies] == [200] * 3
    assert sum("repeat" not in reply for reply in replies) == 1
    assert [reply.get("differs", False) for reply in replies] == [n != kept for n in (1, 2, 3)]


async def test_the_same_set_of_another_day_is_another(hall, database, ring):
    set_id, ticket = a_set(ring)
    _, next_day = a_set(ring, set_id, day=date(2026, 11, 23))
    client = hall.client()

    replies = [await client.post("/v1/set", sheet(each)) for each in (ticket, next_day)]

    assert [reply.get("repeat") for reply in replies] == [None, None]
    assert await database.fetchval(
        "SELECT count(*) FROM practice_journal WHERE set = $1", set_id
    ) == 2  # fmt: skip


async def test_tickets_that_open_nothing(hall, ring):
    _, ticket = a_set(ring)
    head, _, mac = ticket.rpartition(".")
    seat = tickets.issue(ring, sitting=1, epoch=1, expires_ms=FAR)
    _, expired = a_set(ring, expires_ms=1)
    client = hall.client()
    spoilt = [
        "", "x", "...", ticket[:-1], f"{head[:-1]}A.{mac}", head + "." + mac[::-1],
        ticket.replace("lt1", "lt2"), seat, "é" * 20,
    ]  # fmt: skip

    replies = [await client.post("/v1/set", sheet(each)) for each in spoilt]
    late = await client.post("/v1/set", sheet(expired))

    assert [(reply.status, reply.code) for reply in replies] == [(401, "set_invalid")] * len(spoilt)
    assert (late.status, late.code) == (410, "set_expired")


async def test_a_set_s_ticket_opens_no_sitting(hall, ring):
    one = await hall.entered()
    _, one.ticket = a_set(ring)

    assert (await one.save((1, "A", 5))).code == "ticket_invalid"


@pytest.mark.parametrize(
    ("answers", "number"),
    [([[4, "A", 1]], 4), ([[1, "A", 1], [1, "B", 1]], 1), ([[200, "A", 1]], 200)],
)
async def test_answers_to_questions_that_the_set_does_not_have(
    hall, database, ring, answers, number
):
    set_id, ticket = a_set(ring)

    reply = await hall.client().post("/v1/set", sheet(ticket, answers=answers))

    assert (reply.status, reply.code) == (400, "set_item_unknown")
    assert (reply["error"]["number"], reply["error"]["items"]) == (number, 3)
    assert await stored(database, set_id) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"answers": [[0, "A", 1]]},
        {"answers": [[1, "A", -1]]},
        {"answers": [[1, "A", 86_400_001]]},
        {"answers": [[1, "x" * 2001, 1]]},
        {"answers": [[1, ["x"] * 51, 1]]},
        {"answers": [[1, None, 1]]},
        {"answers": [[1, "A"]]},
        {"began": -1},
        {"ended": "1"},
        {"ended": 2**53},
    ],
)
async def test_bodies_out_of_bounds(hall, ring, changes):
    _, ticket = a_set(ring)

    reply = await hall.client().post("/v1/set", sheet(ticket, **changes))

    assert (reply.status, reply.code) == (400, "malformed")


async def test_other_sites_other_methods_and_large_bodies(hall, ring):
    _, ticket = a_set(ring)
    content = sheet(ticket)

    ours = await hall.client().post("/v1/set", content, "Origin: http://exam.example\r\n")
    strange = await hall.client().post("/v1/set", content, "Origin: http://other.example\r\n")
    read = await hall.client().get("/v1/set")
    large = await hall.client().post("/v1/set", b" " * (64 * 1024 + 1))

    assert (ours.status, strange.code) == (200, "origin_refused")
    assert ours.headers["access-control-allow-origin"] == "http://exam.example"
    assert (read.status, large.status) == (405, 413)


async def test_nothing_is_acknowledged_before_it_is_committed(hall, ring, stalled):
    _, ticket = a_set(ring)
    release = await stalled()
    reply = asyncio.create_task(hall.client().post("/v1/set", sheet(ticket)))
    await in_hand(hall, 1)
    await asyncio.sleep(0.3)

    assert not reply.done()
    await release()
    assert (await reply).status == 200


async def test_one_bad_row_does_not_fail_its_neighbours(hall, database, ring, stalled):
    await database.execute(
        "ALTER TABLE practice_journal ADD CONSTRAINT poison CHECK (act <> 'poison') NOT VALID"
    )
    sets = [a_set(ring, act="poison" if number == 2 else "daily") for number in range(5)]
    try:
        release = await stalled()
        replies = asyncio.gather(
            *(hall.client().post("/v1/set", sheet(ticket)) for _, ticket in sets)
        )
        await in_hand(hall, 5)
        await release()
        replies = await replies
    finally:
        await database.execute("ALTER TABLE practice_journal DROP CONSTRAINT poison")

    assert [reply.status for reply in replies] == [200, 200, 500, 200, 200]
    there = [await stored(database, set_id) is not None for set_id, _ in sets]
    assert there == [True, True, False, True, True]


async def test_database_away_is_busy_and_the_same_bytes_find_out(hall, database, ring, stalled):
    sets = [a_set(ring) for _ in range(4)]
    release = await stalled()
    waiting = asyncio.gather(*(hall.client().post("/v1/set", sheet(ticket)) for _, ticket in sets))
    await in_hand(hall, 4)
    await kill_sessions(database, "sets")
    replies = await waiting
    await release()

    assert [(r.status, r.code, r.headers["retry-after"]) for r in replies] == [
        (503, "busy", "1")
    ] * 4
    client = hall.client()
    for set_id, ticket in sets:

        async def taken(ticket=ticket):
            return (await client.post("/v1/set", sheet(ticket))).status == 200

        await until(taken)
        assert bytes((await stored(database, set_id))["body"]) == BODY


async def test_a_full_queue_says_come_again(make_hall, lane_settings, ring, stalled):
    hall = await make_hall(settings=dataclasses.replace(lane_settings, queue=2))
    release = await stalled()
    first = asyncio.create_task(hall.client().post("/v1/set", sheet(a_set(ring)[1])))
    await in_hand(hall, 1)
    rest = [
        asyncio.create_task(hall.client().post("/v1/set", sheet(a_set(ring)[1]))) for _ in range(4)
    ]

    async def two_are_done():
        return sum(each.done() for each in rest) == 2

    await until(two_are_done)
    refused = [each.result().code for each in rest if each.done()]
    await release()

    assert refused == ["busy"] * 2
    assert sorted([(await each).status for each in (first, *rest)]) == [200] * 3 + [503] * 2


async def test_one_job_folds_and_waits_only_once(make_hall, database, ring):
    await database.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'practice.fold'")
    hall = await make_hall()
    client = hall.client()

    async def deferred(number=1):
        return await folds(database) == number

    await until(deferred)  # for what an earlier lane may have left behind
    for _ in range(5):
        assert (await client.post("/v1/set", sheet(a_set(ring)[1]))).status == 200
    await asyncio.sleep(1.2)
    assert await folds(database) == 1
    locks = await database.fetchrow(
        "SELECT lock, queueing_lock, queue_name, args FROM procrastinate_jobs"
        " WHERE task_name = 'practice.fold'"
    )
    assert tuple(locks) == ("practice.fold", "practice.fold", "default", "{}")

    # The worker took it; the next set asks for another, and five in a second for no more than one.
    await database.execute(
        "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE task_name = 'practice.fold'"
    )
    for _ in range(5):
        await client.post("/v1/set", sheet(a_set(ring)[1]))
    await until(deferred)
    await asyncio.sleep(0.2)
    assert await folds(database) == 1


async def test_a_job_that_another_lane_defers_meanwhile_is_no_error(hall, database, monkeypatch):
    await until(lambda: folds(database))
    monkeypatch.setattr(
        "leitai.lane.sql.DEFER_PRACTICE",
        "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'practice.fold', 0, $1::text,"
        " $1::text, '{}'::jsonb, NULL)::procrastinate_job_to_defer_v1])",
    )
    before = hall.lane.sets.deferred

    await hall.lane.sets._defer()

    assert hall.lane.sets.deferred == before


async def test_stop_commits_what_was_taken_and_defers_its_fold(make_hall, database, ring, stalled):
    hall = await make_hall()
    sets = [a_set(ring) for _ in range(6)]
    release = await stalled()
    replies = asyncio.gather(*(hall.client().post("/v1/set", sheet(ticket)) for _, ticket in sets))
    await in_hand(hall, 6)
    stop = asyncio.create_task(hall.lane.stop())
    await asyncio.sleep(0.1)
    await release()

    assert [reply.status for reply in await replies] == [200] * 6
    await stop
    assert hall.lane.counters()["sets"] == 6
    assert await folds(database) == 1


def outcome(call, *arguments, **more):
    """What a call gives, or the code of its refusal."""
    try:
        return call(*arguments, **more)
    except DomainError as error:
        return error.code


# -- without a lane ---------------------------------------------------------------------------


def test_the_claim_comes_back_as_it_was_signed(ring):
    set_id, ticket = a_set(ring, items=range(1, 201), learner=2**40)

    claim = tickets.verify_set(ring, ticket, now_ms=FAR)

    assert (claim.set, claim.day, claim.act) == (set_id.hex(), DAY, "daily")
    assert (claim.items, claim.learner) == (tuple(range(1, 201)), 2**40)


@pytest.mark.parametrize("items", [[], list(range(201)), [2**62] * 200])
def test_a_set_that_the_lane_would_not_read_is_not_signed(ring, items):
    with pytest.raises((ValueError, TypeError)) as caught:
        a_set(ring, items=items)
    assert not isinstance(caught.value, DomainError)


@given(st.integers(0, 400), st.integers(0, 255), st.sampled_from(["cut", "flip", "twice"]))
def test_no_spoilt_ticket_is_genuine(place, byte, how):
    from leitai.keyring import Keyring

    ring = Keyring.from_environment()
    _, ticket = a_set(ring, bytes(16))
    at = place % len(ticket)
    letter = chr(byte)
    spoilt = {
        "cut": ticket[:at] + ticket[at + 1 :],
        "flip": ticket[:at] + letter + ticket[at + 1 :],
        "twice": ticket[: at + 1] + ticket[at:],
    }[how]
    if spoilt == ticket:
        return
    genuine = tickets.verify_set(ring, ticket, now_ms=0)
    # base64's last letter has bits to spare: another letter may stand for the very same bytes
    assert outcome(tickets.verify_set, ring, spoilt, now_ms=0) in ("set_invalid", genuine)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["ticket", "began", "ended", "answers"]), inner, max_size=4
    ), max_leaves=12,
))  # fmt: skip
def test_any_json_is_read_or_malformed(content):
    body = json.dumps(content).encode()
    read = outcome(read_body, wire.SetIn, body)
    if read != "malformed":
        kept = packing.unpack(packing.pack(read.began, read.ended, read.answers))
        assert json.loads(json.dumps(msgspec.to_builtins(kept))) == {
            key: content[key] for key in ("began", "ended", "answers")
        }
