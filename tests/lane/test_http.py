"""The HTTP layer: bounds, order, refusals that arrive, and time limits, over real sockets."""

import asyncio
import json
import socket
import time

import pytest

from leitai.kernel.errors import DomainError
from leitai.lane.http import HttpServer
from leitai.lane.settings import HttpLimits
from tests.lane.client import Client, read_reply
from tests.lane.conftest import until

LIMITS = HttpLimits(
    message_seconds=0.8, idle_seconds=1.2, answer_seconds=1.2, linger_seconds=2, connections=8,
    pipelined=4,
)  # fmt: skip


class Echo:
    """Answers with what it was asked; `/wait/<seconds>` later, `/boom` never."""

    def __init__(self):
        self.crashes = []
        self.tasks = set()

    def __call__(self, exchange):
        if exchange.path == b"/boom":
            raise RuntimeError
        if exchange.path.startswith(b"/wait/"):
            task = asyncio.create_task(self.later(exchange))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        elif exchange.path == b"/no":
            exchange.refuse(DomainError("busy"))
        elif exchange.path == b"/large":
            exchange.answer(200, b"x" * 50_000_000)
        else:
            self.echo(exchange)

    async def later(self, exchange):
        await asyncio.sleep(float(exchange.path[6:]))
        self.echo(exchange)
        self.echo(exchange)  # a second answer must not disturb anything

    def echo(self, exchange):
        body = {
            "method": exchange.method.decode(),
            "path": exchange.path.decode(),
            "size": len(exchange.body),
            "forwarded": exchange.forwarded.decode(),
        }
        exchange.answer(200, json.dumps(body).encode())


@pytest.fixture
async def http():
    echo = Echo()
    server = HttpServer(
        echo, origins=("http://exam.example",), limits=LIMITS, on_crash=echo.crashes.append
    )
    listening = await asyncio.get_running_loop().create_server(server, "127.0.0.1", 0)
    server.echo, server.port = echo, listening.sockets[0].getsockname()[1]

    async def tick():
        while True:
            await asyncio.sleep(0.05)
            server.tick()

    ticker = asyncio.create_task(tick())
    yield server
    ticker.cancel()
    listening.close()
    server.abort()
    for _ in range(3):
        await asyncio.sleep(0.01)


@pytest.fixture
async def client(http):
    client = Client(http.port)
    yield client
    client.drop()


async def closed(client):
    """Whether the server closes the connection soon."""
    async with asyncio.timeout(8):
        return await client.reader.read() == b""


async def test_request_is_handed_over_whole(client):
    reply = await client.post("/a/b?c=d", b"hello", "X-Forwarded-For: 192.0.2.1\r\n")

    assert dict(reply) == {"method": "POST", "path": "/a/b", "size": 5, "forwarded": "192.0.2.1"}
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cache-control"] == "no-store"


async def test_connection_is_kept(client, http):
    for _ in range(5):
        await client.get("/")

    assert http.accepted == 1


async def test_pipelined_requests_are_answered_in_order(client):
    paths = ["/wait/0.1", "/now", "/wait/0.01", "/last"]
    await client.get("/")
    client.writer.write(b"".join(b"GET %s HTTP/1.1\r\n\r\n" % path.encode() for path in paths))

    replies = [await read_reply(client.reader) for _ in paths]

    assert [reply["path"] for reply in replies] == paths


async def test_too_many_pipelined_requests_get_a_refusal_after_the_first_ones(client):
    await client.get("/")
    client.writer.write(b"GET /wait/0.05 HTTP/1.1\r\n\r\n" * 9)

    replies = [await read_reply(client.reader) for _ in range(5)]

    assert [reply.status for reply in replies] == [200, 200, 200, 200, 503]
    assert await closed(client)


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "bad_request"),
        (b"GET\r\n\r\n", 400, "bad_request"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "bad_request"),
        (
            b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
            400,
            "bad_request",
        ),
        (b"GET /" + b"a" * 1100 + b" HTTP/1.1\r\n\r\n", 400, "bad_request"),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 65 + b"\r\n", 431, "headers_too_large"),
        (b"GET / HTTP/1.1\r\nA: " + b"b" * 17_000 + b"\r\n\r\n", 431, "headers_too_large"),
        (b"GET / HTTP/1.1\r\nA: " + b"b" * 60_000, 431, "headers_too_large"),
        (b"POST / HTTP/1.1\r\nContent-Length: 65537\r\n\r\n", 413, "too_large"),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999999999999\r\n\r\n", 413, "too_large"),
        (b"POST / HTTP/1.1\r\nContent-Length: 9999999999999999999999\r\n\r\n", 400, "bad_request"),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400, "bad_request"),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400, "bad_request"),
        (
            b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            400,
            "bad_request",
        ),
        (
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 65_537,
            413,
            "too_large",
        ),
        (
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"x" * 400_000,
            413,
            "too_large",
        ),
    ],
)
async def test_refused_requests_are_answered_and_the_connection_ends(client, data, status, code):
    reply = await client.raw(data)

    assert (reply.status, reply.code, reply.headers["connection"]) == (status, code, "close")
    assert reply["error"]["zh"]
    assert await closed(client)


async def test_five_megabytes_get_their_refusal_read(client):
    reply = await client.post("/", b"x" * 5_000_000)

    assert (reply.status, reply.code, reply["error"]["limit"]) == (413, "too_large", 65536)


async def test_largest_body_and_chunked_bodies_are_taken(client):
    assert (await client.post("/", b"x" * 65_536))["size"] == 65_536
    chunked = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + b"3\r\nabc\r\n" * 9
    assert (await client.raw(chunked + b"0\r\n\r\n"))["size"] == 27


async def test_expect_continue_is_answered(client):
    await client.get("/")
    client.writer.write(b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")

    assert await client.reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert (await client.raw(b"ab"))["size"] == 2


async def test_origins(client):
    known = await client.get("/", "Origin: http://exam.example\r\n")
    none = await client.get("/")
    foreign = await client.get("/", "Origin: http://evil.example\r\n")
    null = await client.post("/", b"", "Origin: null\r\n")

    assert (known.status, known.headers["access-control-allow-origin"], known.headers["vary"]) == (
        200, "http://exam.example", "Origin"
    )  # fmt: skip
    assert (none.status, "access-control-allow-origin" in none.headers) == (200, False)
    assert [(each.status, each.code) for each in (foreign, null)] == [(403, "origin_refused")] * 2
    assert "access-control-allow-origin" not in foreign.headers
    refused = await client.post("/", b"x" * 70_000, "Origin: http://exam.example\r\n")
    assert refused.headers["access-control-allow-origin"] == "http://exam.example"


async def test_connection_close_and_http_1_0_are_obeyed(http):
    for request in (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n"):
        client = Client(http.port)
        assert (await client.raw(request)).status == 200
        assert await closed(client)
        client.drop()


async def test_half_closed_client_gets_its_answer(http):
    client = Client(http.port)
    client.reader, client.writer = await asyncio.open_connection("127.0.0.1", http.port)
    client.writer.write(b"GET /wait/0.1 HTTP/1.1\r\n\r\n")
    client.writer.write_eof()

    assert (await read_reply(client.reader)).status == 200
    assert await closed(client)
    client.drop()


async def test_crash_of_a_handler_is_a_500_and_the_connection_lives(client, http):
    reply = await client.get("/boom")

    assert (reply.status, reply.code) == (500, "failed")
    assert [type(crash) for crash in http.echo.crashes] == [RuntimeError]
    assert (await client.get("/")).status == 200


async def test_busy_says_when_to_come_again(client):
    reply = await client.get("/no")

    assert (reply.status, reply.headers["retry-after"], reply["error"]["retry_after"]) == (
        503, "1", 1
    )  # fmt: skip


async def test_slow_request_is_refused_in_time(client):
    reply = await client.raw(b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab")

    assert (reply.status, reply.code) == (408, "too_slow")
    assert await closed(client)


async def test_dripping_client_is_refused_in_time(http):
    reader, writer = await asyncio.open_connection("127.0.0.1", http.port)
    writer.write(b"GET / HTTP/1.1\r\nX: ")
    began = time.monotonic()
    answer = asyncio.create_task(reader.read())
    while not answer.done() and time.monotonic() < began + 8:
        writer.write(b"A")
        await asyncio.sleep(0.05)
    writer.transport.abort()
    assert (await answer).startswith(b"HTTP/1.1 408 ")


async def test_idle_connection_ends_silently(client, http):
    await client.get("/")
    async with asyncio.timeout(8):
        assert await client.reader.read() == b""
    assert http.connections == set()


async def test_client_that_reads_nothing_is_let_go(http):
    peer = socket.create_connection(("127.0.0.1", http.port))
    peer.sendall(b"GET /large HTTP/1.1\r\n\r\n")

    async def came():
        return http.connections

    async def gone():
        return not http.connections

    await until(came)
    await until(gone)
    peer.close()


async def test_client_that_reads_slowly_is_let_finish(http):
    """Taking 50 MB lasts longer than the time for an answer; what counts is that it goes on."""
    reader, writer = await asyncio.open_connection("127.0.0.1", http.port)
    writer.write(b"GET /large HTTP/1.1\r\n\r\n")
    head = await reader.readuntil(b"\r\n\r\n")
    taken = 0
    for _ in range(16):
        taken += len(await reader.readexactly(1_000_000))
        await asyncio.sleep(0.15)
    taken += len(await reader.readexactly(50_000_000 - taken))
    writer.transport.abort()

    assert b"Content-Length: 50000000" in head
    assert taken == 50_000_000


async def test_client_that_leaves_does_not_disturb(http):
    client = Client(http.port)
    client.reader, client.writer = await asyncio.open_connection("127.0.0.1", http.port)
    client.writer.write(b"GET /wait/0.1 HTTP/1.1\r\n\r\n")
    await client.writer.drain()
    await asyncio.sleep(0.02)
    client.drop()
    await asyncio.sleep(0.2)

    assert (http.connections, http.echo.crashes) == (set(), [])


async def test_more_connections_than_allowed_are_told_to_wait(http):
    clients = [Client(http.port) for _ in range(9)]
    statuses = [(await client.get("/")).status for client in clients]

    assert statuses == [200] * 8 + [503]
    assert http.turned_away == 1
    clients[0].drop()
    await asyncio.sleep(0.05)
    again = Client(http.port)
    assert (await again.get("/")).status == 200
    for client in (*clients, again):
        client.drop()


async def test_shutting_down_answers_what_was_asked(http):
    client, idle = Client(http.port), Client(http.port)
    await idle.get("/")
    waiting = asyncio.create_task(client.get("/wait/0.2"))
    await asyncio.sleep(0.05)
    http.shut()

    reply = await waiting

    assert (reply.status, reply.headers["connection"]) == (200, "close")
    assert await closed(idle)
    client.drop()
    idle.drop()
