"""A plain HTTP client of the lane on one kept connection, and a contestant who keeps a diary."""

import asyncio
import hashlib
import json


class Reply(dict):
    """The JSON body with the status and the headers beside it."""

    def __init__(self, status, headers, body):
        super().__init__(
            json.loads(body)
            if headers.get("content-type", "").startswith("application/json")
            else {}
        )
        self.status, self.headers, self.body = status, headers, body

    @property
    def code(self):
        return self["error"]["code"]


async def read_reply(reader):
    """Read one answer off the stream."""
    status = int((await reader.readuntil(b"\r\n")).split()[1])
    headers = {}
    while (line := await reader.readuntil(b"\r\n")) != b"\r\n":
        name, _, value = line.decode().partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Reply(status, headers, body)


class Client:
    def __init__(self, port):
        self.port = port
        self.reader = self.writer = None

    async def raw(self, data):
        async with asyncio.timeout(10):
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            self.writer.write(data)
            await self.writer.drain()
            return await read_reply(self.reader)

    async def get(self, path, headers=""):
        return await self.raw(f"GET {path} HTTP/1.1\r\nHost: lane\r\n{headers}\r\n".encode())

    async def post(self, path, content, headers=""):
        body = (
            content
            if isinstance(content, bytes)
            else json.dumps(content, ensure_ascii=False).encode()
        )
        head = (
            f"POST {path} HTTP/1.1\r\nHost: lane\r\nContent-Type: text/plain\r\n{headers}"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return await self.raw(head.encode() + body)

    def drop(self):
        if self.writer is not None:
            self.writer.transport.abort()
            self.reader = self.writer = None


class Contestant(Client):
    """Computes the journal's digest by itself, from the contract alone."""

    def __init__(self, port, sitting, code, device="pc-1"):
        super().__init__(port)
        self.sitting, self.code, self.device = sitting, code, device
        self.ticket, self.seq = "", 0
        self.digest = hashlib.sha256(f"sitting:{sitting}".encode()).hexdigest()
        self.acknowledged = []  # (seq, answers, digest)

    async def enter(self):
        seat = await self.post("/v1/enter", {"code": self.code, "device": self.device})
        if seat.status == 200:
            self.ticket = seat["ticket"]
        return seat

    async def ask(self, verb, **content):
        return await self.post(f"/v1/s/{self.sitting}/{verb}", {"ticket": self.ticket, **content})

    def next_digest(self, seq, answers):
        batch = json.dumps(
            {"seq": seq, "answers": answers}, ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(bytes.fromhex(self.digest) + batch.encode()).hexdigest()

    async def save(self, *answers, seq=None):
        answers = [list(answer) for answer in answers]
        seq = self.seq + 1 if seq is None else seq
        reply = await self.ask("save", seq=seq, answers=answers)
        if reply.status == 200 and seq == self.seq + 1:
            self.digest = self.next_digest(seq, answers)
            self.seq = seq
            self.acknowledged.append((seq, answers, self.digest))
        return reply

    async def hand_in(self, **changes):
        return await self.ask("hand-in", **{"seq": self.seq, "digest": self.digest, **changes})
