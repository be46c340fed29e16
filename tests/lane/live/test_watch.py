"""The spectators: their own process, compact snapshots, and nobody of them slows the stage."""

import asyncio
import json
import socket
import time

from picows import ws_connect

from leitai.lane.live.bench_client import masked
from tests.lane.conftest import until
from tests.lane.live.client import Screen, ticket


async def test_spectators_see_what_the_hall_sees(table, watch):
    first = await watch.spectator()  # nobody else is there: the stage loads the match for it
    assert first.view["match"]["state"] == "ready"
    host, one, hall = await table.host(), await table.seat("1"), await table.screen("hall")
    await table.asked(host, "q1")
    await host.move("go")
    await one.phase("open")
    await one.press()
    await first.phase("answering")
    assert first.view["question"]["turn"] == ["1"]
    assert "key" not in first.view["question"]
    assert "flag" not in first.view["question"]["presses"][0]
    assert "host" not in first.view
    second = await watch.spectator()
    keys = ("seq", "match", "segment", "seats", "order", "screen")
    assert {key: second.view[key] for key in keys} == {key: hall.view[key] for key in keys}
    assert second.view["question"] == first.view["question"]


async def test_snapshots_come_four_times_a_second_at_most(table, watch):
    crowd = await watch.spectator()
    host = await table.host()
    await table.asked(host, "q1")
    await crowd.phase("asked")
    crowd.frames.clear()
    began = time.monotonic()
    for number in range(40):
        await host.move("note", value=f"n{number}")
    took = time.monotonic() - began
    await crowd.until(lambda: crowd.view["seq"] == host.view["seq"])
    assert len(crowd.frames) <= took * 4 + 2


async def test_what_a_feed_wants_may_stand_right_behind_its_ticket(table):
    feed = Screen(table.stage.port, ticket(table.ring, 0, "feed"))
    table.screens.append(feed)
    address = f"ws://127.0.0.1:{feed.port}{feed.path}"
    feed.transport, _ = await ws_connect(lambda: feed, address)
    feed.send({"t": "enter", "ticket": feed.ticket})
    feed.send({"t": "want", "match": table.match.id})
    await feed.until(lambda: feed.last("snap", match=table.match.id))


async def test_strangers_and_other_roles_are_sent_away(table, watch):
    screen = Screen(watch.port, ticket(table.ring, table.match.id, "hall"), path="/v1/watch")
    await screen.enter()
    assert screen.last("bye")["code"] == "stage_role"
    stranger = Screen(watch.port, "lt1.x.y.z", path="/v1/watch")
    await stranger.enter()
    assert stranger.last("bye")["code"] == "stage_ticket"


async def test_spectators_stay_while_the_stage_is_away(table, watch, make_table, lane_settings):
    crowd = await watch.spectator()
    await table.stage.stop()
    await asyncio.sleep(0.2)
    assert not crowd.gone.is_set()


async def test_a_spectator_that_does_not_read_is_passed_over_and_gets_the_whole(table, watch):
    crowd = await watch.spectator()
    host = await table.host()
    await table.asked(host, "q1")
    await crowd.phase("asked")
    slow = next(iter(watch.board(table.match.id).spectators))
    slow.pause_writing()  # as the socket does when something is not written
    crowd.frames.clear()
    for number in range(3):
        await host.move("note", value=f"n{number}")
        await asyncio.sleep(0.3)
    assert crowd.frames == []
    slow.resume_writing()
    await crowd.until(lambda: crowd.view["seq"] == host.view["seq"])
    assert [frame["t"] for frame in crowd.frames] == ["hello"]


async def test_whoever_does_not_answer_a_ping_is_let_go(table, watch):
    there, gone = await watch.spectator(), await watch.spectator()
    one, other = watch.board(table.match.id).spectators
    now = time.monotonic() + 60  # both are due
    watch.pulse.beat(now)
    assert one.silent

    async def answered():
        return not (one.silent or other.silent)

    await until(answered)  # a client's pong is its library's
    other.silent = True
    watch.pulse.beat(now + 60)
    await gone.until(gone.gone.is_set)
    assert not there.gone.is_set()
    assert list(watch.board(table.match.id).spectators) == [one]


def _enter_and_read_nothing(watch, claim):
    phone = socket.socket()
    phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    phone.connect(("127.0.0.1", watch.port))
    phone.sendall(
        b"GET /v1/watch HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    phone.recv(4096)
    phone.sendall(masked(json.dumps({"t": "enter", "ticket": claim}).encode()))
    return phone


async def test_no_more_than_one_frame_waits_for_a_phone_whose_line_is_full(table, watch):
    claim = ticket(table.ring, table.match.id, "watch")
    phone = await asyncio.to_thread(_enter_and_read_nothing, watch, claim)
    board = watch.board(table.match.id)

    async def there():
        return board.spectators and board.view

    await until(there)
    (spectator,) = board.spectators
    line = spectator._transport.underlying_transport
    for number in range(1_500):  # 30 MB: more than any socket keeps
        board.take({**board.view, "seq": 1_000 + number, "more": f"{number:020000}"})
    assert 0 < line.get_write_buffer_size() <= 20_200
    phone.close()
