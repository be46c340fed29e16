"""A screen of the live stage as a browser has it: enters, syncs, keeps what it was shown."""

import asyncio
import json
import time
import uuid

from picows import WSListener, WSMsgType, ws_connect

from leitai.lane import tickets


class Screen(WSListener):
    """One connection. ``skew`` sets its clock off in ms, ``delay`` holds its frames back in s."""

    def __init__(self, port, ticket, *, path="/v1/stage", skew=0.0, delay=0.0):
        self.port, self.ticket, self.path = port, ticket, path
        self.skew, self.delay = skew, delay
        self.view, self.frames, self.synced = None, [], 0
        self.gone = asyncio.Event()
        self.news = asyncio.Event()
        self.transport = None

    def on_ws_frame(self, transport, frame):
        if frame.msg_type == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code())
            transport.disconnect()
            return
        if frame.msg_type != WSMsgType.TEXT:
            return
        message = json.loads(frame.get_payload_as_bytes())
        if message["t"] == "sync":
            self.synced += 1
            self.send({"t": "sync", "c": message["c"], "local": self.local()})
        elif message["t"] in ("hello", "view"):
            self.view = message["view"]
        elif message["t"] == "part":
            self.view = merged(self.view, message["view"])
        self.frames.append(message)
        self.news.set()

    def on_ws_disconnected(self, transport):
        self.gone.set()
        self.news.set()

    def local(self):
        return time.monotonic() * 1000 + self.skew

    async def enter(self):
        self.transport, _ = await ws_connect(lambda: self, f"ws://127.0.0.1:{self.port}{self.path}")
        self.send({"t": "enter", "ticket": self.ticket})
        await self.until(lambda: self.view is not None or self.gone.is_set())
        return self

    def send(self, message):
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, self._send, message)
        else:
            self._send(message)

    def _send(self, message):
        if not self.transport.is_disconnected:
            self.transport.send(WSMsgType.TEXT, json.dumps(message).encode())

    async def until(self, what, seconds=5.0):
        async with asyncio.timeout(seconds):
            while not (found := what()):
                self.news.clear()
                await self.news.wait()
        return found

    def last(self, kind, **fields):
        for frame in reversed(self.frames):
            if frame["t"] == kind and all(frame.get(key) == fields[key] for key in fields):
                return frame
        return None

    async def press(self, n=1, *, q=None, local=None):
        q = self.view["question"]["q"] if q is None else q
        local = self.local() if local is None else local
        self.frames = [one for one in self.frames if one["t"] != "press"]
        self.send({"t": "press", "q": q, "n": n, "local": local})
        return await self.until(lambda: self.last("press", n=n) or self.gone.is_set())

    async def move(self, kind, seat="", value="", *, after=None, name=None):
        name = name or str(uuid.uuid4())
        after = self.view["seq"] if after is None else after
        self.send(
            {"t": "move", "id": name, "after": after, "kind": kind, "seat": seat, "value": value}
        )
        answer = await self.until(
            lambda: self.last("done", id=name) or self.last("refused", id=name)
        )
        if answer["t"] == "done":
            await self.until(lambda: self.view["seq"] >= answer["seq"])
        return answer

    async def phase(self, phase):
        return await self.until(
            lambda: self.view["question"] and self.view["question"]["phase"] == phase
        )

    def drop(self):
        """As a cable that is cut."""
        if self.transport is not None:
            self.transport.disconnect(graceful=False)


def ticket(ring, match, role, **more):
    return tickets.issue_stage(
        ring,
        match=match,
        role=role,
        expires_ms=(time.time_ns() // 1_000_000) + 3_600_000,
        **more,
    )


def merged(view, part):
    """What `merged` in frontend/src/lib/stage.ts does."""
    found = {**view, **part}
    news = {seat["seat"]: seat for seat in part.get("seats", ())}
    found["seats"] = [news.get(seat["seat"], seat) for seat in view["seats"]]
    if part.get("question") and "number" not in part["question"]:
        found["question"] = {**view["question"], **part["question"]}
    return found
