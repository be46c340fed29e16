"""Group commit: one bad row, a full queue, a lost connection, a client that left."""

import asyncio
import dataclasses

from tests.lane.conftest import until

A = (1, "A", 5)


async def stalled(database):
    """Hold the journal so that the writer stands still until the returned function is called."""
    transaction = database.transaction()
    await transaction.start()
    await database.execute("LOCK TABLE sittings_journal IN SHARE MODE")
    return transaction.rollback


async def in_hand(hall, number):
    """Wait until that many batches are queued or being committed."""

    async def counted():
        return len(hall.lane.writer.sittings()) == number

    await until(counted)


async def is_saved(one):
    return (await one.save(A)).status == 200


async def kill_sessions(database, name):
    await database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name LIKE $1 AND datname = current_database()", f"leitai-lane-{name}"
    )  # fmt: skip


async def test_many_saves_become_few_commits(make_hall, database):
    hall = await make_hall(seats=24)
    everyone = [await hall.entered(seat) for seat in range(24)]
    release = await stalled(database)
    saves = asyncio.gather(*(one.save(A) for one in everyone))
    await in_hand(hall, 24)
    await release()

    assert [reply.status for reply in await saves] == [200] * 24
    assert hall.lane.writer.commits <= 2
    assert hall.lane.writer.largest >= 23


async def test_nothing_is_acknowledged_before_it_is_committed(hall, database):
    one = await hall.entered()
    release = await stalled(database)
    save = asyncio.create_task(one.save(A))
    await in_hand(hall, 1)
    await asyncio.sleep(0.3)

    assert not save.done()
    await release()
    assert (await save).status == 200


async def test_a_full_queue_says_come_again(make_hall, database, lane_settings):
    hall = await make_hall(seats=6, settings=dataclasses.replace(lane_settings, queue=2))
    everyone = [await hall.entered(seat) for seat in range(6)]
    release = await stalled(database)
    first = asyncio.create_task(everyone[0].save(A))
    await in_hand(hall, 1)  # it is being committed and stands still
    saves = [asyncio.create_task(one.save(A)) for one in everyone[1:]]

    async def three_are_done():
        return sum(save.done() for save in saves) == 3

    await until(three_are_done)
    refused = [save.result() for save in saves if save.done()]
    await release()

    replies = [await save for save in (first, *saves)]
    assert [(reply.status, reply.code, reply.headers["retry-after"]) for reply in refused] == [
        (503, "busy", "1")
    ] * 3
    assert sorted(reply.status for reply in replies) == [200] * 3 + [503] * 3
    again = [await one.save(A) for one in everyone if one.seq == 0]
    assert [reply.status for reply in again] == [200] * 3


async def test_one_bad_row_does_not_fail_its_neighbours(make_hall, database):
    hall = await make_hall(seats=5)
    everyone = [await hall.entered(seat) for seat in range(5)]
    await database.execute(
        "ALTER TABLE sittings_journal ADD CONSTRAINT poison"
        " CHECK (position('poison'::bytea IN body) = 0) NOT VALID"
    )
    try:
        release = await stalled(database)
        saves = asyncio.gather(
            *(one.save((1, "poison" if number == 3 else "A", 5))
              for number, one in enumerate(everyone))
        )  # fmt: skip
        await in_hand(hall, 5)
        await release()
        replies = await saves
    finally:
        await database.execute("ALTER TABLE sittings_journal DROP CONSTRAINT poison")

    assert [reply.status for reply in replies] == [200, 200, 200, 500, 200]
    assert replies[3].code == "failed"
    for one in everyone:
        assert (await one.save((1, "B", 6))).status == 200


async def test_lost_writer_connection_is_made_anew_and_nothing_is_lost(make_hall, database):
    hall = await make_hall(seats=4)
    everyone = [await hall.entered(seat) for seat in range(4)]
    release = await stalled(database)
    saves = asyncio.gather(*(one.save(A) for one in everyone))
    await in_hand(hall, 4)
    await kill_sessions(database, "writer")
    replies = await saves
    await release()

    assert [reply.status for reply in replies] == [503] * 4
    for one in everyone:
        await until(lambda one=one: is_saved(one))
    rows = await database.fetch(
        "SELECT seq, encode(digest, 'hex') AS digest FROM sittings_journal"
        " WHERE sitting_id = ANY($1) ORDER BY sitting_id", [one.sitting for one in everyone]
    )  # fmt: skip
    assert [(row["seq"], row["digest"]) for row in rows] == [(1, one.digest) for one in everyone]


async def test_outcome_unknown_is_answered_as_a_repeat(hall, database):
    """The batch was committed but the connection died before the lane heard of it."""
    one = await hall.entered()
    await one.save(A)
    digest = one.next_digest(2, [[1, "B", 6]])
    await database.execute(
        "INSERT INTO sittings_journal (sitting_id, seq, epoch, at, body, digest)"
        " VALUES ($1, 2, 1, now(), $2, $3)",
        one.sitting, b'{"seq":2,"answers":[[1,"B",6]]}', bytes.fromhex(digest),
    )  # fmt: skip

    reply = await one.ask("save", seq=2, answers=[[1, "B", 6]])

    assert (reply.status, reply["repeat"], reply["digest"]) == (200, True, digest)
    state = await one.ask("state")
    assert (state["seq"], state["answers"]) == (2, [[1, "B"]])


async def test_all_other_connections_come_back_too(hall, database):
    one = await hall.entered()
    await kill_sessions(database, "%")
    await asyncio.sleep(0.3)

    async def handed_in():
        return (await one.hand_in()).status == 200

    await until(lambda: is_saved(one))
    await until(handed_in)
    other = hall.contestant(1)
    assert (await other.enter()).status == 200
    assert hall.lane.routes.failed == 0


async def test_client_that_leaves_before_its_answer_harms_nobody(make_hall, database):
    hall = await make_hall(seats=3)
    everyone = [await hall.entered(seat) for seat in range(3)]
    release = await stalled(database)
    saves = [asyncio.create_task(one.save(A)) for one in everyone]
    await in_hand(hall, 3)
    everyone[1].drop()
    saves[1].cancel()
    await asyncio.sleep(0.05)
    await release()

    assert [(await saves[number]).status for number in (0, 2)] == [200, 200]
    again = await everyone[1].ask("save", seq=1, answers=[list(A)])
    assert (again.status, again.get("repeat")) == (200, True)


async def test_stop_commits_what_was_taken(make_hall, database, lane_settings):
    hall = await make_hall(seats=8)
    everyone = [await hall.entered(seat) for seat in range(8)]
    release = await stalled(database)
    saves = asyncio.gather(*(one.save(A) for one in everyone))
    await in_hand(hall, 8)
    stop = asyncio.create_task(hall.lane.stop())
    await asyncio.sleep(0.1)
    await release()

    replies = await saves
    await stop
    assert [(reply.status, reply.headers["connection"]) for reply in replies] == [
        (200, "close")
    ] * 8
    assert hall.lane.counters()["saved"] == 8
    heard = await database.fetchval(
        "SELECT count(*) FROM sittings_presence WHERE seq = 1 AND sitting_id = ANY($1)",
        [one.sitting for one in everyone],
    )
    assert heard == 8  # presence is written a last time
