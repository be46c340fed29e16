"""The stage over its sockets: one match from the first word to the last."""

import asyncio

from picows import WSMsgType

from leitai.lane.live import sql
from tests.lane.conftest import until


async def test_every_statement_is_one_that_the_database_takes(database):
    assert len(sql.STATEMENTS) == 13
    for statement in sql.STATEMENTS.values():
        await database.prepare(statement)


async def test_a_question_from_the_hosts_word_to_the_verdict(table):
    host, one, two = await table.host(), await table.seat("1"), await table.seat("2")
    hall = await table.screen("hall")
    assert host.view["match"]["state"] == "ready"
    assert [seat["name"] for seat in host.view["seats"]] == [
        "1号代表队", "2号代表队", "3号代表队"
    ]  # fmt: skip
    await table.asked(host, "q1")
    assert host.view["question"]["phase"] == "asked"
    assert host.view["question"]["key"]["answer"] == "A. 二"
    await hall.phase("asked")
    assert hall.view["question"]["text"]["options"] == [["A", "二"], ["B", "三"]]
    assert "key" not in hall.view["question"]
    await one.phase("asked")
    assert "text" not in one.view["question"]
    assert (one.view["me"]["may"], one.view["me"]["early"]) == (False, True)
    assert (await host.move("go"))["t"] == "done"
    await one.phase("open")
    assert (one.view["me"]["may"], one.view["me"]["early"]) == (True, False)
    answer = await two.press()
    assert (answer["state"], answer["seq"]) == ("logged", 8)
    await one.phase("answering")
    assert one.view["question"]["turn"] == ["2"]
    late = await one.press()
    assert (late["state"], late["seq"]) == ("behind", 9)
    assert (await host.move("verdict", "2", "right"))["t"] == "done"
    await hall.phase("over")
    assert {seat["seat"]: seat["score"] for seat in hall.view["seats"]} == {
        "1": "0", "2": "10", "3": "0"
    }  # fmt: skip
    assert hall.view["order"] == ["2", "1", "3"]
    assert await table.log() == [
        "open buzz", "question q1", "go", "press 2", "press 1", "verdict 2 right"
    ]  # fmt: skip
    row = await table.database.fetchrow(
        "SELECT by, evidence::text FROM live_log WHERE match_id = $1 AND seq = 8", table.match.id
    )
    assert row["by"] == "seat:d2"
    assert '"arrival"' in row["evidence"]
    state = await table.database.fetchval(
        "SELECT state FROM live_match WHERE id = $1", table.match.id
    )
    assert state == "running"


async def test_an_early_press_is_a_foul_and_the_rest_go_on(table):
    host, one, two = await table.host(), await table.seat("1"), await table.seat("2")
    await table.asked(host, "q1")
    await one.phase("asked")
    assert (await one.press())["state"] == "early"
    await host.move("go")
    await two.phase("open")
    assert (one.view["me"]["may"], one.view["me"]["state"]) == (False, "locked")
    assert (await two.press())["state"] == "logged"
    assert host.view["seats"][0]["fouls"] == 1


async def test_presses_that_cannot_count_are_told_and_kept(table):
    host, one = await table.host(), await table.seat("1")
    await table.asked(host, "q1")
    await host.move("go")
    await one.phase("open")
    stale = await one.press(q=3)
    assert (stale["state"], stale["code"]) == ("late", "stage_epoch")
    await host.move("out", "1", "left")
    barred = await one.press(n=2)
    assert (barred["state"], barred["code"]) == ("locked", "live_not_playing")
    assert barred["zh"]
    assert barred["en"]

    async def kept():
        rows = await table.database.fetch(
            "SELECT kind, seat, code FROM live_refusal WHERE match_id = $1 ORDER BY id",
            table.match.id,
        )
        return [tuple(row) for row in rows] if len(rows) == 2 else None

    assert await until(kept) == [
        ("press", "1", "stage_epoch"), ("press", "1", "live_not_playing")
    ]  # fmt: skip


async def test_a_repeated_press_and_a_repeated_move_get_the_first_answer(table):
    host, one, two = await table.host(), await table.seat("1"), await table.seat("2")
    await table.asked(host, "q1")
    go = await host.move("go", name="the-same")
    await one.phase("open")
    first = await one.press(n=4)
    await two.press()
    await two.phase("answering")
    one.drop()
    await asyncio.wait_for(one.gone.wait(), 5)
    again = await table.seat("1")
    assert (await again.press(n=4)) == first
    host.frames.clear()
    assert await host.move("go", name="the-same", after=0) == go
    assert await table.log() == ["open buzz", "question q1", "go", "press 1", "press 2"]


async def test_a_host_who_has_not_looked_is_refused(table):
    host, other = await table.host(), await table.host()
    await table.asked(host, "q1")
    stale = other.view["seq"]
    await host.move("go")
    answer = await other.move("drop", after=stale)
    assert (answer["t"], answer["code"]) == ("refused", "stage_moved_on")
    answer = await host.move("verdict", "1", "right")
    assert answer["code"] == "live_nobody_answers"
    assert answer["zh"] != answer["code"]
    assert (await host.move("press", "1"))["code"] == "stage_kind"


async def test_only_the_host_may_ask_why_and_nothing_is_kept_of_it(table):
    host, hall = await table.host(), await table.screen("hall")
    await table.asked(host, "q1")
    host.send({"t": "why", "kind": "verdict", "seat": "1", "value": "right"})
    answer = await host.until(lambda: host.last("refused"))
    assert (answer["id"], answer["code"]) == ("", "live_nobody_answers")
    host.send({"t": "why", "kind": "go"})
    await host.until(lambda: host.last("refused", code="stage_may"))
    hall.send({"t": "why", "kind": "go"})
    await hall.until(lambda: hall.last("refused", code="stage_role"))
    await host.move("drop")  # whatever was to be kept would be by now
    assert await table.log() == ["open buzz", "question q1", "drop"]


async def test_a_seat_is_one_device_the_newest(table):
    old = await table.seat("1", epoch=1)
    new = await table.seat("1", epoch=2)
    await asyncio.wait_for(old.gone.wait(), 5)
    assert old.last("bye")["code"] == "taken_over"
    third = await table.seat("1", epoch=1)
    assert third.last("bye")["code"] == "taken_over"
    assert not new.gone.is_set()


async def test_the_end_closes_the_match_and_asks_for_its_scores_once(table):
    host = await table.host()
    await table.asked(host, "q1")
    assert (await host.move("close", value="early"))["t"] == "done"
    assert host.view["match"]["state"] == "closed"
    assert (await host.move("adjust", "2", "5 更正"))["t"] == "done"
    row = await table.database.fetchrow(
        "SELECT state, closed_at FROM live_match WHERE id = $1", table.match.id
    )
    assert row["state"] == "closed"
    assert row["closed_at"] is not None
    jobs = await table.database.fetch(
        "SELECT args::text FROM procrastinate_jobs WHERE queueing_lock = $1",
        f"live.score:{table.match.id}",
    )
    assert [job["args"] for job in jobs] == [f'{{"match": {table.match.id}}}']


async def test_a_second_stage_does_not_write_the_same_match(table, make_table, lane_settings):
    await table.host()
    other = await make_table(settings=lane_settings)
    other.match = table.match
    refused = await other.screen("host")
    assert refused.last("bye")["code"] == "stage_elsewhere"
    await table.stage.stop()
    assert (await other.screen("host")).view["match"]["code"] == "m1"


async def test_the_answer_is_shown_when_the_host_says_so_and_not_before_the_end(table):
    host, hall = await table.host(), await table.screen("hall")
    await table.asked(host, "q1")
    host.send({"t": "screen", "show": "question", "reveal": True})
    await host.until(lambda: host.last("refused", code="stage_reveal"))
    await host.move("drop")
    host.send({"t": "screen", "show": "question", "reveal": True})
    await hall.until(lambda: hall.view["question"].get("key"))
    assert hall.view["question"]["key"]["key"] == "A"
    await host.move("question", value="q2")
    await hall.phase("asked")
    assert "key" not in hall.view["question"]
    assert hall.view["question"]["text"]["stem"].startswith("题目q2")
    assert (await host.move("drop"))["t"] == "done"
    assert (await host.move("question", value="q1"))["code"] == "stage_question_used"
    assert (await host.move("question", value="q9"))["code"] == "stage_question_unknown"


async def test_the_lower_third_stays_until_it_is_cleared_and_is_in_no_log(table):
    host, hall = await table.host(), await table.screen("hall")
    await table.asked(host, "q1")
    host.send({"t": "screen", "show": "auto", "strip": " 岳望舒｜裁判长 "})
    await hall.until(lambda: hall.view["screen"]["strip"])
    await host.move("drop")
    await host.move("question", value="q2")
    await hall.phase("asked")
    assert hall.view["screen"] == {"show": "auto", "reveal": False, "strip": "岳望舒｜裁判长"}
    said = await table.database.fetchval(
        "SELECT count(*) FROM live_log WHERE match_id = $1 AND value LIKE '%岳%'", table.match.id
    )
    assert said == 0
    host.send({"t": "screen", "show": "auto"})
    await hall.until(lambda: not hall.view["screen"]["strip"])


async def test_the_office_changes_the_mode_between_two_questions(table):
    host, one = await table.host(), await table.seat("1")
    await table.asked(host, "q1")
    await table.database.execute(
        "UPDATE live_match SET mode = 'manual', version = version + 1 WHERE id = $1",
        table.match.id,
    )
    await table.database.execute("SELECT pg_notify('live', $1)", f"match:{table.match.id}")
    await asyncio.sleep(0.2)
    assert host.view["match"]["mode"] == "arrival"
    await host.move("question", value="q2")
    assert host.view["match"]["mode"] == "manual"
    await host.move("go")
    await one.phase("open")
    answer = await one.press()
    assert (answer["state"], answer["code"]) == ("locked", "stage_manual")
    # Two recorders agree; a third has seen something else.
    for account, order in (("x", '["3","1"]'), ("y", '["1","3"]'), ("z", '["3","1"]')):
        await table.database.execute(
            'INSERT INTO live_paddles (match_id, after, account, name, "order", decides, sent, at)'
            " VALUES ($1, $2, $3, '', $4::jsonb, false, false, now())",
            table.match.id, host.view["seq"], account, order,
        )  # fmt: skip
    await table.database.execute("SELECT pg_notify('live', $1)", f"paddles:{table.match.id}")
    await host.phase("answering")
    assert host.view["question"]["turn"] == ["3"]
    assert (await table.log())[-2:] == ["press 3", "press 1"]


async def test_the_network_test_measures_every_seat(table):
    host, one = await table.host(), await table.seat("1")
    await table.database.execute(
        "INSERT INTO live_device (match_id, seat, epoch, code_digest, sealed_code, measured)"
        " VALUES ($1, '1', 1, sha256($2::bytea), '', '{\"shared\": true}')",
        table.match.id, str(table.match.id).encode(),
    )  # fmt: skip
    host.send({"t": "test", "seconds": 1})
    found = await host.until(lambda: host.last("tested"))
    figures = found["seats"]["1"]
    assert 8 <= figures["count"] <= 11
    assert 0 < figures["least"] <= figures["median"] <= figures["p99"]
    text = await table.database.fetchval(
        "SELECT measured::text FROM live_device WHERE match_id = $1", table.match.id
    )
    assert '"p99_us"' in text
    assert '"shared": true' in text  # what the room knows of the device stays
    assert one.synced >= 8


async def test_strangers_get_nowhere(table, ring):
    nobody = await table.screen("watch")
    assert nobody.last("bye")["code"] == "stage_role"
    stray = await table.seat("9")
    assert stray.last("bye")["code"] == "stage_ticket"
    hall = await table.screen("hall")
    hall.send({"t": "move", "id": "x", "after": 0, "kind": "open", "seat": "", "value": "buzz"})
    await hall.until(lambda: hall.last("refused", code="stage_role"))
    hall.transport.send(WSMsgType.TEXT, b"{not json")
    await asyncio.wait_for(hall.gone.wait(), 5)
    assert await table.log() == []
