"""Contract §4: entering, the seat, keys and papers, tickets, beats and hand-in."""

import asyncio
import base64
import hashlib
import json
import time

import pytest

from leitai.kernel.suites import suite
from leitai.lane import tickets
from tests.lane.conftest import until

A = (1, "A", 5)


async def test_enter_gives_the_whole_seat(hall, database):
    one = hall.contestant()
    before = int(time.time() * 1000)

    seat = await one.post(
        "/v1/enter", {"code": one.code[:4].lower() + "-" + one.code[4:], "device": "pc-1"}
    )

    exam = hall.exam
    assert seat.status == 200
    assert abs(seat.pop("now") - before) < 2000
    times = await database.fetchrow(
        "SELECT floor(extract(epoch FROM opens_at) * 1000)::bigint + 1 AS opens,"
        " floor(extract(epoch FROM closes_at) * 1000)::bigint AS closes"
        " FROM sittings_exam WHERE id = $1", exam.exam
    )  # fmt: skip
    ticket = seat.pop("ticket")
    assert abs(seat["exam"]["opens_at"] - times["opens"]) <= 1
    assert dict(seat) == {
        "sitting": one.sitting,
        "epoch": 1,
        "state": "open",
        "exam": {
            "code": exam.code, "title": "试考",
            "opens_at": seat["exam"]["opens_at"], "closes_at": times["closes"],
        },
        "who": {
            "name": "选手1", "delegation": "青川县代表队", "number": f"{exam.code}-1",
            "site": "第一赛点", "seat": 1,
        },
        "paper": {
            "id": exam.code, "version": 1, "href": f"/v1/paper/{exam.code}/1",
            "size": len(exam.plain) + 28,
        },
        "deadline": times["closes"],
        "seq": 0,
        "digest": hashlib.sha256(f"sitting:{one.sitting}".encode()).hexdigest(),
        "answers": [],
    }  # fmt: skip
    payload = ticket.split(".")[2]
    claim = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert {**claim, "exp": 0} == {
        "aud": "lane", "scope": "seat", "sitting": one.sitting, "epoch": 1, "exp": 0
    }  # fmt: skip


async def test_enter_opens_the_sitting(hall, database):
    one = await hall.entered(device="pc-9")

    row = await database.fetchrow(
        "SELECT state, epoch, device, version, entered_at IS NULL AS outside"
        " FROM sittings_sitting WHERE id = $1", one.sitting
    )  # fmt: skip
    assert tuple(row) == ("open", 1, "pc-9", 2, False)


async def test_state_gives_the_seat_back_with_the_latest_answers(hall):
    one = await hall.entered()
    await one.save((2, "AC", 5), (1, "B", 5))
    await one.save((2, "", 6), (3, ["甲", ""], 6))

    state = await one.ask("state")

    assert "ticket" not in state
    assert state["answers"] == [[1, "B"], [2, ""], [3, ["甲", ""]]]
    assert (state["seq"], state["digest"]) == (2, one.digest)


async def test_waiting_room_before_t0(make_hall):
    hall = await make_hall(opens=60)
    one = hall.contestant()

    assert (await one.enter())["state"] == "waiting"
    assert (await one.ask("beat"))["state"] == "waiting"


async def test_unknown_codes_are_told_and_then_throttled_but_right_ones_pass(hall):
    client = hall.client()
    replies = [
        await client.post("/v1/enter", {"code": "0000-0000-0000-0000", "device": "x"})
        for _ in range(21)
    ]

    assert [(reply.status, reply.code) for reply in replies] == [
        *[(404, "code_unknown")] * 20, (429, "too_many_codes")
    ]  # fmt: skip
    assert replies[-1].headers["retry-after"] == "60"
    elsewhere = await client.post(
        "/v1/enter", {"code": "0", "device": "x"}, "X-Forwarded-For: 192.0.2.1, 192.0.2.7\r\n"
    )
    assert elsewhere.code == "code_unknown"
    await hall.entered()


async def test_key_only_after_t0_and_it_opens_the_paper(make_hall):
    hall = await make_hall(opens=2)
    one = await hall.entered()
    sealed = await one.get(f"/v1/paper/{hall.exam.code}/1")
    early = await one.ask("key")
    early_paper = await one.ask("paper")

    async def opened():
        reply = await one.ask("key")
        return reply if reply.status == 200 else None

    key = await until(opened)
    assert key["now"] >= early["error"]["opens_at"]
    paper = await one.ask("paper")

    assert (early.status, early.code, early_paper.code) == (425, "not_open", "not_open")
    raw = base64.b64decode(key["key"])
    aad = f"paper:{hall.exam.code}:1".encode()
    assert raw == hall.exam.key
    plain = suite("lt1").open(raw, sealed.body[:12], sealed.body[12:], aad)
    assert plain == hall.exam.plain
    assert paper["paper"] == json.loads(hall.exam.plain)


async def test_sealed_paper_is_immutable_and_public(hall):
    reply = await hall.client().get(f"/v1/paper/{hall.exam.code}/1")

    assert (reply.status, reply.headers["content-type"], reply.headers["cache-control"]) == (
        200, "application/octet-stream", "public, max-age=31536000, immutable"
    )  # fmt: skip


@pytest.mark.parametrize("path", ["x/1", "x/9999", "x/y", "%00/1", "%ff/1"])
async def test_unknown_paper(path, hall):
    reply = await hall.client().get(f"/v1/paper/{path}")

    assert (reply.status, reply.code) == (404, "paper_unknown")


async def test_tickets_that_do_not_open(hall, ring):
    one, two = await hall.entered(0), await hall.entered(1)
    head, _, tail = one.ticket.rpartition(".")
    forged = tickets.issue(ring, sitting=one.sitting, epoch=1, expires_ms=2**50).split(".")
    forged[2] = base64.urlsafe_b64encode(
        json.dumps({"aud": "lane", "scope": "seat", "sitting": one.sitting, "epoch": 1,
                    "exp": 2**51}).encode()
    ).decode().rstrip("=")  # fmt: skip
    expired = tickets.issue(ring, sitting=one.sitting, epoch=1, expires_ms=1)
    future = tickets.issue(ring, sitting=one.sitting, epoch=9, expires_ms=2**50)
    cases = [
        (f"{head}.{'A' * len(tail)}", 401, "ticket_invalid"),
        (".".join(forged), 401, "ticket_invalid"),
        (f"{head}.", 401, "ticket_invalid"),
        ("", 401, "ticket_invalid"),
        ("lt1.x.y.z", 401, "ticket_invalid"),
        ("票.票.票.票", 401, "ticket_invalid"),
        (one.ticket.replace("lt1.", "lt2.", 1), 401, "ticket_invalid"),
        (future, 401, "ticket_invalid"),
        (expired, 401, "ticket_expired"),
        (two.ticket, 403, "ticket_foreign"),
    ]

    for ticket, status, code in cases:
        one.ticket = ticket
        for verb, body in [("save", {"seq": 1, "answers": []}), ("beat", {}), ("state", {})]:
            reply = await one.ask(verb, **body)
            assert (reply.status, reply.code) == (status, code), (ticket, verb)


async def test_sitting_that_is_gone(hall, ring):
    one = hall.contestant()
    one.sitting = 2**40
    one.ticket = tickets.issue(ring, sitting=2**40, epoch=1, expires_ms=2**50)

    assert (await one.ask("beat")).code == "sitting_unknown"
    one.sitting = 2**63
    assert (await one.ask("beat")).status == 404


async def test_beat(hall):
    one = await hall.entered()
    await one.save(A)

    beat = await one.ask("beat")

    assert abs(beat.pop("now") - time.time() * 1000) < 2000
    assert dict(beat) == {
        "deadline": (await one.ask("state"))["deadline"],
        "state": "open",
        "seq": 1,
        "digest": one.digest,
    }


async def test_presence_is_written(hall, database):
    one = await hall.entered()
    await one.save(A, (2, "", 5), (3, ["", " "], 5))

    async def written():
        return await database.fetchrow(
            "SELECT seq, answered, now() - last_seen < interval '30 s' AS now"
            " FROM sittings_presence WHERE sitting_id = $1 AND seq = 1", one.sitting
        )  # fmt: skip

    assert tuple(await until(written)) == (1, 1, True)


async def test_hand_in_gives_a_receipt_and_the_same_one_again(hall, database):
    one = await hall.entered()
    await one.save(A, (2, "", 5))

    first, again = await one.hand_in(), await one.hand_in()

    receipt = first["receipt"]
    assert dict(first) == dict(again)
    assert {**receipt, "number": "", "at": 0} == {
        "number": "", "sitting": one.sitting, "seq": 1, "digest": one.digest, "answered": 1, "at": 0
    }  # fmt: skip
    assert len(receipt["number"]) == 8
    row = await database.fetchrow(
        "SELECT state, final_seq, encode(final_digest, 'hex') AS digest, receipt"
        " FROM sittings_sitting WHERE id = $1", one.sitting
    )  # fmt: skip
    assert tuple(row) == ("handed_in", 1, one.digest, receipt["number"])
    state = await one.ask("state")
    assert (state["state"], state["receipt"]) == ("handed_in", receipt)


async def test_hand_in_of_an_empty_sitting(hall):
    one = await hall.entered()

    receipt = (await one.hand_in())["receipt"]

    assert (receipt["seq"], receipt["digest"], receipt["answered"]) == (0, one.digest, 0)


async def test_hand_in_that_does_not_agree(hall):
    one = await hall.entered()
    await one.save(A)

    behind, ahead = await one.hand_in(seq=0), await one.hand_in(seq=2)
    other = await one.hand_in(digest="0" * 64)

    assert (behind.status, behind.code, behind["error"]["expected"]) == (409, "seq_gap", 1)
    assert (ahead.status, ahead.code, ahead["error"]["expected"]) == (409, "seq_gap", 1)
    assert (other.status, other.code) == (409, "digest_differs")
    assert (await one.hand_in(digest="zz")).code == "malformed"
    assert (await one.hand_in()).status == 200


async def test_after_hand_in_nothing_is_saved(hall, database):
    one = await hall.entered()
    await one.save(A)
    await one.hand_in()

    reply = await one.ask("save", seq=2, answers=[list(A)])

    assert (reply.status, reply.code) == (409, "closed")
    assert (
        await database.fetchval(
            "SELECT count(*) FROM sittings_journal WHERE sitting_id = $1", one.sitting
        )
        == 1
    )


async def test_hand_in_before_t0(make_hall):
    hall = await make_hall(opens=60)
    one = await hall.entered()

    assert (await one.hand_in()).code == "not_open"


async def test_hand_ins_at_once_defer_their_folding(make_hall, database):
    hall = await make_hall(seats=20)
    everyone = [await hall.entered(seat) for seat in range(20)]
    for one in everyone:
        await one.save(A)

    replies = await asyncio.gather(*(one.hand_in() for one in everyone))

    assert [reply.status for reply in replies] == [200] * 20
    rows = await database.fetch(
        "SELECT args, queue_name, status::text FROM procrastinate_jobs"
        " WHERE task_name = 'sittings.fold'"
    )
    ours = {one.sitting for one in everyone}
    jobs = [set(json.loads(row["args"])["sittings"]) & ours for row in rows]
    folded = [sitting for job in jobs for sitting in job]
    assert sorted(folded) == sorted(ours)  # each exactly once
    assert {(row["queue_name"], row["status"]) for row in rows} == {("default", "todo")}
