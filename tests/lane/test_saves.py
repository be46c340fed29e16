"""Contract §4: saves, repeats, gaps, lateness, and two machines on one sitting."""

import asyncio
import dataclasses
import hashlib
import json

A = (1, "A", 1_700_000_000_000)


async def journal(database, sitting):
    rows = await database.fetch(
        "SELECT seq, body, digest FROM sittings_journal WHERE sitting_id = $1 ORDER BY seq", sitting
    )
    return [(row["seq"], bytes(row["body"]), bytes(row["digest"]).hex()) for row in rows]


async def test_save_is_stored_as_it_was_digested(hall, database):
    one = await hall.entered()

    reply = await one.save((1, "AC", 1_700_000_000_000), (2, ["甲", "乙\n"], 1_700_000_000_001))

    body = '{"seq":1,"answers":[[1,"AC",1700000000000],[2,["甲","乙\\n"],1700000000001]]}'
    digest = hashlib.sha256(f"sitting:{one.sitting}".encode()).digest()
    digest = hashlib.sha256(digest + body.encode()).hexdigest()
    assert (reply.status, reply["seq"], reply["digest"], reply["state"]) == (200, 1, digest, "open")
    assert await journal(database, one.sitting) == [(1, body.encode(), digest)]


async def test_digest_runs_over_all_batches(hall):
    one = await hall.entered()
    for letter in "ABCD":
        reply = await one.save((1, letter, 5))
        assert reply["digest"] == one.digest

    assert one.seq == 4


async def test_white_space_and_escapes_of_the_request_do_not_change_the_digest(hall, database):
    one = await hall.entered()
    body = '{ "answers" : [[1, "\\u7532/\\/\\u007f", 5]],\n "seq":1, "ticket":"%s", "more":[] }'

    reply = await one.post(f"/v1/s/{one.sitting}/save", (body % one.ticket).encode())

    stored = '{"seq":1,"answers":[[1,"甲//\x7f",5]]}'.encode()
    assert reply.status == 200
    assert [row[1] for row in await journal(database, one.sitting)] == [stored]


async def test_repeat_of_the_last_batch_is_answered_and_not_stored_twice(hall, database):
    one = await hall.entered()
    first = await one.save(A)

    again = await one.ask("save", seq=1, answers=[list(A)])

    assert again.status == 200
    assert dict(again) == {**first, "repeat": True}
    assert len(await journal(database, one.sitting)) == 1


async def test_repeat_of_an_older_batch_is_answered_with_its_own_digest(hall):
    one = await hall.entered()
    replies = [await one.save((1, letter, 5)) for letter in "ABC"]

    again = [await one.ask("save", seq=n, answers=[[1, "ABC"[n - 1], 5]]) for n in (1, 2, 3)]

    assert [(reply["seq"], reply["digest"]) for reply in again] == [
        (reply["seq"], reply["digest"]) for reply in replies
    ]


async def test_repeat_with_other_answers_is_a_conflict(hall, database):
    one = await hall.entered()
    await one.save(A)
    await one.save((1, "B", 5))

    last = await one.ask("save", seq=2, answers=[[1, "C", 5]])
    older = await one.ask("save", seq=1, answers=[[1, "C", 5]])

    assert (last.status, last.code, last["error"]["seq"]) == (409, "seq_conflict", 2)
    assert (older.status, older.code, older["error"]["seq"]) == (409, "seq_conflict", 1)
    assert len(await journal(database, one.sitting)) == 2


async def test_gap_names_the_number_that_is_expected(hall):
    one = await hall.entered()
    await one.save(A)

    reply = await one.ask("save", seq=3, answers=[list(A)])

    assert (reply.status, reply.code, reply["error"]["expected"]) == (409, "seq_gap", 2)
    assert (await one.save((1, "B", 5))).status == 200


async def test_same_batch_sent_twice_at_once_is_stored_once(hall, database):
    one = await hall.entered()
    twin = hall.contestant()
    twin.ticket = one.ticket

    replies = await asyncio.gather(
        *(each.ask("save", seq=1, answers=[list(A)]) for each in (one, twin))
    )

    assert [reply.status for reply in replies] == [200, 200]
    assert sorted(reply.get("repeat", False) for reply in replies) == [False, True]
    assert len(await journal(database, one.sitting)) == 1


async def test_next_batch_may_come_while_the_one_before_is_on_its_way(hall):
    one = await hall.entered()
    twin = hall.contestant()
    twin.ticket = one.ticket

    replies = await asyncio.gather(
        one.ask("save", seq=1, answers=[list(A)]), twin.ask("save", seq=2, answers=[[1, "B", 6]])
    )

    assert {reply.status for reply in replies} <= {200, 409}
    assert replies[0].status == 200


async def test_before_t0_nothing_is_saved(make_hall, database):
    hall = await make_hall(opens=60)
    one = await hall.entered()

    reply = await one.save(A)

    assert (reply.status, reply.code) == (425, "not_open")
    assert reply["error"]["opens_at"] == (await one.ask("state"))["exam"]["opens_at"]
    assert await journal(database, one.sitting) == []


async def test_late_batch_is_kept_apart_with_both_clocks(hall, database):
    one = await hall.entered()
    assert (await one.save(A)).status == 200
    await hall.end(database, one)

    reply = await one.ask("save", seq=2, answers=[[1, "B", 77]])
    again = await one.ask("save", seq=2, answers=[[1, "B", 77]])

    assert (reply.status, reply.code, again.code) == (410, "late", "late")
    row = await database.fetchrow(
        "SELECT late.body, late.at > sitting.deadline AS after FROM sittings_late late"
        " JOIN sittings_sitting sitting ON sitting.id = sitting_id WHERE sitting_id = $1",
        one.sitting,
    )
    assert (bytes(row["body"]), row["after"]) == (b'{"seq":2,"answers":[[1,"B",77]]}', True)
    assert (
        await database.fetchval(
            "SELECT count(*) FROM sittings_late WHERE sitting_id = $1", one.sitting
        )
        == 1
    )
    kinds = await database.fetch(
        "SELECT kind FROM sittings_incident WHERE sitting_id = $1", one.sitting
    )
    assert [kind["kind"] for kind in kinds] == ["late"]
    assert len(await journal(database, one.sitting)) == 1


async def test_repeat_after_the_end_is_still_answered(hall, database):
    one = await hall.entered()
    first = await one.save(A)
    await hall.end(database, one)

    again = await one.ask("save", seq=1, answers=[list(A)])

    assert (again.status, again["digest"], again["repeat"]) == (200, first["digest"], True)
    assert again["state"] == "closed"


async def test_batch_bounds(hall):
    one = await hall.entered()
    most = [[n % 60 + 1, "A", 5] for n in range(200)]

    assert (await one.save(*most)).status == 200
    many = await one.ask("save", seq=2, answers=[*most, [1, "A", 5]])
    long = await one.ask("save", seq=2, answers=[[1, "字" * 2001, 5]])
    assert (many.status, many.code, many["error"]["place"]) == (400, "malformed", "$.answers")
    assert (long.status, long.code, long["error"]["place"]) == (400, "malformed", "$.answers[0][1]")
    assert (await one.ask("save", seq=2, answers=[[1, "字" * 2000, 5]])).status == 200


async def test_malformed_bodies_are_refused_and_harm_nothing(hall):
    one = await hall.entered()
    path = f"/v1/s/{one.sitting}/save"
    good = json.dumps({"ticket": one.ticket, "seq": 1, "answers": [list(A)]})
    bad = [
        b"", b"{", b"null", b"[]", b"\xff\xfe", b"[" * 60_000, b"{}", good[:-1].encode(),
        good.replace('"seq": 1', '"seq": 1.0').encode(),
        good.replace('"seq": 1', '"seq": 0').encode(),
        good.replace('"seq": 1', '"seq": true').encode(),
        good.replace('"seq": 1', '"seq": 99999999999999999999').encode(),
        good.replace('"A"', "7").encode(), good.replace('"A"', '{"a":1}').encode(),
        good.replace('"A"', '"\\ud800"').encode(), good.replace('"A"', "[[]]").encode(),
    ]  # fmt: skip

    replies = [await one.post(path, body) for body in bad]

    assert [(reply.status, reply.code) for reply in replies] == [(400, "malformed")] * len(bad)
    assert all(reply["error"]["zh"] and reply["error"]["en"] for reply in replies)
    assert (await one.post(path, good.encode())).status == 200


async def test_one_sitting_has_bounded_room(make_hall, lane_settings):
    bounds = dataclasses.replace(lane_settings, batches=3, journal_bytes=5000)
    hall = await make_hall(settings=bounds)
    often, much = await hall.entered(0), await hall.entered(1)

    replies = [await often.save(A) for _ in range(4)]
    large = [await much.save((1, "字" * 1000, 5)) for _ in range(3)]

    assert [reply.status for reply in replies] == [200, 200, 200, 409]
    assert [reply.status for reply in large] == [200, 200, 409]
    assert (replies[-1].code, large[-1].code) == ("too_much", "too_much")
    assert (await often.hand_in()).status == 200


async def test_null_character_in_an_answer_is_kept(hall, database):
    one = await hall.entered()

    reply = await one.save((1, "a\x00b", 5))

    assert (reply.status, reply["digest"]) == (200, one.digest)
    assert [row[1] for row in await journal(database, one.sitting)] == [
        b'{"seq":1,"answers":[[1,"a\\u0000b",5]]}'
    ]


async def test_second_machine_takes_over_and_the_first_is_told(hall, database):
    one = await hall.entered(device="pc-1")
    await one.save(A)
    other = hall.contestant(device="pc-2")

    seat = await other.enter()

    assert (seat["seq"], seat["digest"], seat["answers"]) == (1, one.digest, [[1, "A"]])
    assert (seat["epoch"], seat["state"]) == (2, "open")
    for verb, body in [
        ("save", {"seq": 2, "answers": []}),
        ("beat", {}),
        ("key", {}),
        ("state", {}),
    ]:
        reply = await one.ask(verb, **body)
        assert (reply.status, reply.code) == (409, "taken_over")
    assert (await one.hand_in()).code == "taken_over"
    other.seq, other.digest = seat["seq"], seat["digest"]
    assert (await other.save((2, "B", 5)))["digest"] == other.digest
    row = await database.fetchrow(
        "SELECT kind, data FROM sittings_incident WHERE sitting_id = $1", one.sitting
    )
    assert (row["kind"], json.loads(row["data"])) == (
        "take_over",
        {"from": "pc-1", "to": "pc-2", "epoch": 2},
    )


async def test_same_machine_again_is_no_take_over(hall):
    one = await hall.entered(device="pc-1")
    await one.save(A)

    seat = await hall.contestant(device="pc-1").enter()

    assert (seat["epoch"], seat["seq"], (await one.save((1, "B", 5))).status) == (1, 1, 200)


async def test_two_machines_fighting_lose_nothing_that_was_acknowledged(hall, database):
    machines = [hall.contestant(device=f"pc-{n}") for n in range(4)]
    acknowledged = {}

    async def fight(machine):
        for turn in range(8):
            seat = await machine.enter()
            answers = [[1, f"{machine.device}-{turn}", 5]]
            reply = await machine.ask("save", seq=seat["seq"] + 1, answers=answers)
            if reply.status == 200 and not reply.get("repeat"):
                acknowledged[reply["seq"]] = (answers, reply["digest"])

    await asyncio.gather(*(fight(machine) for machine in machines))

    rows = await journal(database, machines[0].sitting)
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    digest = hashlib.sha256(f"sitting:{machines[0].sitting}".encode()).digest()
    for seq, body, stored in rows:
        digest = hashlib.sha256(digest + body).digest()
        assert digest.hex() == stored
        if seq in acknowledged:
            assert (json.loads(body)["answers"], stored) == acknowledged[seq]
    assert set(acknowledged) <= {row[0] for row in rows}
    assert len(acknowledged) >= 4


TWO_ITEMS = """
UPDATE bank_paper SET item_count = 2 WHERE id = (SELECT max(id) FROM bank_paper)
"""


async def test_a_question_that_the_paper_has_not_is_refused_and_nothing_of_it_stored(
    hall, database
):
    await database.execute(TWO_ITEMS)
    one = await hall.entered()

    reply = await one.save((2, "A", 5), (3, "B", 6))

    error = reply["error"]
    assert (reply.status, error["code"], error["number"], error["items"]) == (
        400, "item_unknown", 3, 2,
    )  # fmt: skip
    assert await journal(database, one.sitting) == []
    assert (await one.save((2, "A", 5))).status == 200
