"""Whatever bytes come, split wherever: no exception, no hang, an answer that is HTTP, or the end."""

import asyncio
import itertools
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitai.lane.http import HttpServer
from leitai.lane.settings import HttpLimits

LIMITS = HttpLimits(head_bytes=512, target_bytes=64, body_bytes=256, headers=8, pipelined=4)
FUZZ = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Transport(asyncio.Transport):
    """Keeps what is written; closing tells the protocol, as a real one does."""

    def __init__(self):
        super().__init__()
        self.written = bytearray()
        self.closed = self.half_closed = self.paused = False
        self.protocol = None

    def write(self, data):
        assert not self.half_closed
        if not self.closed:
            self.written += data

    def write_eof(self):
        self.half_closed = True

    def is_closing(self):
        return self.closed

    def pause_reading(self):
        assert not self.paused
        self.paused = True

    def resume_reading(self):
        assert self.paused
        self.paused = False

    def close(self):
        if not self.closed:
            self.closed = True
            self.protocol.connection_lost(None)

    abort = close

    def get_extra_info(self, name, default=None):
        return ("192.0.2.1", 1) if name == "peername" else default


def converse(chunks, *, eof=True):
    """Feed the chunks to a new connection; returns answers, transport, crashes, requests."""
    seen, crashes = [], []

    def handle(exchange):
        seen.append((exchange.method, exchange.path, exchange.body))
        if len(exchange.body) % 2:
            asyncio.get_running_loop().call_soon(exchange.answer, 200, b"{}")
        else:
            exchange.answer(200, b"{}")

    async def talk():
        server = HttpServer(handle, limits=LIMITS, on_crash=crashes.append)
        connection, transport = server(), Transport()
        transport.protocol = connection
        connection.connection_made(transport)
        for chunk in chunks:
            while transport.paused:  # noqa: ASYNC110  (a turn of the loop, no waiting)
                await asyncio.sleep(0)
            if transport.closed:
                break
            connection.data_received(chunk)
        for _ in range(2 * LIMITS.pipelined + 4):
            await asyncio.sleep(0)
        if eof and not transport.closed and not connection.eof_received():
            transport.close()
        await asyncio.sleep(0)
        return server, transport

    server, transport = asyncio.run(talk())
    return statuses(bytes(transport.written)), transport, crashes, seen, server


def statuses(data):
    """The statuses of a sequence of whole HTTP answers; raises when it is not one."""
    found = []
    while data:
        head, separator, rest = data.partition(b"\r\n\r\n")
        assert separator, data
        line, *headers = head.split(b"\r\n")
        status = int(line.split(b" ")[1])
        found.append(status)
        if status == 100:
            data = rest
            continue
        fields = dict(header.split(b": ", 1) for header in headers)
        size = int(fields[b"Content-Length"])
        json.loads(rest[:size])
        assert len(rest) >= size
        data = rest[size:]
    return found


def split(data, points):
    cuts = sorted({0, len(data), *(point % (len(data) + 1) for point in points)})
    return [data[a:b] for a, b in itertools.pairwise(cuts)]


methods = st.sampled_from([b"GET", b"POST", b"PUT", b"OPTIONS", b"HEAD", b"DELETE"])
tokens = st.text("abcXYZ-_09", min_size=1, max_size=12).map(str.encode)
header = st.tuples(
    st.one_of(tokens, st.sampled_from([b"Origin", b"Expect", b"X-Forwarded-For", b"Host"])),
    st.binary(max_size=40).map(lambda raw: raw.replace(b"\r", b"").replace(b"\n", b"")),
)


@st.composite
def requests(draw):
    """A request of ours: mostly right."""
    body = draw(st.binary(max_size=64))
    lines = [draw(methods) + b" /" + draw(tokens) + b" HTTP/1.1"]
    if draw(st.booleans()):
        lines.append(b"Content-Length: %d" % len(body))
        rest = body
    else:
        lines.append(b"Transfer-Encoding: chunked")
        rest = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [body] if part)
        rest += b"0\r\n\r\n"
    return b"\r\n".join([*lines, b"", rest]), body


@FUZZ
@given(st.binary(max_size=2000), st.lists(st.integers(0, 5000), max_size=8))
def test_random_bytes(data, points):
    answers, transport, crashes, _, server = converse(split(data, points))

    assert crashes == []
    assert transport.closed or transport.half_closed
    assert all(200 <= status <= 599 or status == 100 for status in answers)
    assert transport.closed is (not server.connections)


@FUZZ
@given(
    st.lists(requests(), min_size=1, max_size=4),
    st.lists(st.integers(0, 5000), max_size=12),
    st.lists(
        st.tuples(
            st.integers(0, 5000), st.sampled_from(["cut", "insert", "flip"]), st.binary(max_size=9)
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_spoilt_requests(wishes, points, spoils):
    data = b"".join(raw for raw, _ in wishes)
    for place, how, extra in spoils:
        at = place % (len(data) + 1)
        tail = data[at:] if how == "insert" else data[at + max(1, len(extra)) :]
        data = data[:at] + (b"" if how == "cut" else extra) + tail

    answers, transport, crashes, seen, _ = converse(split(data, points))

    assert crashes == []
    assert transport.closed or transport.half_closed
    real = [status for status in answers if status != 100]
    assert len(seen) <= len(real) <= len(seen) + 1


@FUZZ
@given(st.lists(requests(), min_size=1, max_size=4), st.lists(st.integers(0, 5000), max_size=12))
def test_right_requests_are_answered_in_order_however_split(wishes, points):
    data = b"".join(raw for raw, _ in wishes)

    answers, _, crashes, seen, _ = converse(split(data, points))

    assert crashes == []
    assert answers == [200] * len(wishes)
    assert [body for _, _, body in seen] == [body for _, body in wishes]


@FUZZ
@given(st.lists(header, max_size=12), st.lists(st.integers(0, 5000), max_size=8))
def test_any_headers(headers, points):
    lines = [b"GET / HTTP/1.1", *(name + b": " + value for name, value in headers), b"", b""]

    answers, transport, crashes, _, _ = converse(split(b"\r\n".join(lines), points))

    assert crashes == []
    assert {status for status in answers if status != 100} <= {200, 400, 403, 413, 431}
    assert transport.closed or transport.half_closed


async def test_the_whole_lane_survives_noise(hall):
    """Real sockets, the real routes: each noisy client is answered 4xx or let go."""
    import random

    chance = random.Random(2022)
    paths = [b"/v1/enter", b"/v1/s/1/save", b"/v1/s/1/hand-in", b"/v1/time", b"/v1/paper/x/1", b"/"]

    async def noise(number):
        reader, writer = await asyncio.open_connection("127.0.0.1", hall.port)
        body = chance.randbytes(chance.randrange(80)) if number % 2 else b'{"ticket":"x"}'
        head = b"POST %s HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (chance.choice(paths), len(body))
        data = bytearray(head + body)
        for _ in range(chance.randrange(4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        writer.write(data)
        writer.write_eof()
        async with asyncio.timeout(5):
            answer = await reader.read()
        writer.transport.abort()
        return answer[:12]

    answers = await asyncio.gather(*(noise(number) for number in range(200)))

    assert all(answer == b"" or answer[:10] == b"HTTP/1.1 4" for answer in answers), answers
    one = await hall.entered()
    assert (await one.save((1, "A", 5))).status == 200
    assert hall.lane.routes.failed == 0
