"""The spectators of `leitai bench live`: so many phones in one process, as cheap as can be.

`python -m leitai.lane.live.bench_client` reads a JSON plan from the first line of stdin, connects,
says `ready` when every phone has the state, and once stdin ends writes what came as one JSON line.
Plain sockets and one epoll: what this process spends the machine's other processes do not have, and
all phones get the same bytes, so of most frames nothing is looked at but that they are the same.
"""

import select
import socket
import struct
import sys
import time
from typing import Final

import msgspec

from leitai.lane.live import wire
from leitai.lane.process import WATCH, raise_file_limit, take_rank

_AT_ONCE: Final = 100
_MOST: Final = 8192
_MADE: Final = b'"now":'
_PART: Final = b'{"t":"part"'
_HELLO: Final = b'{"t":"hello"'
_TEXT: Final = 0x81
_PING: Final = 0x89
_PONG: Final = bytes([0x8A, 0x80, 0, 0, 0, 0])  # empty, masked by noughts
_MEDIUM: Final = 126
_LARGE: Final = 127
_UPGRADE: Final = (
    b"GET /v1/watch HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Plan(msgspec.Struct):
    """Where to look from how many phones."""

    port: int
    spectators: int
    ticket: str


class Seen(msgspec.Struct):
    """One snapshot: made and last seen in µs since 1970, bytes, how many had it."""

    made: int
    last: int
    size: int
    count: int


class Looked(msgspec.Struct):
    """What came after `ready`, what it cost this process, and how many phones were let go."""

    seen: list[Seen]
    cpu_us: int
    gone: int


class Crowd:
    """All phones of this process."""

    def __init__(self, plan: Plan) -> None:
        self.seen: dict[int, Seen] = {}
        self.greeted = self.gone = 0
        self._port = plan.port
        self._enter = masked(wire.encode({"t": "enter", "ticket": plan.ticket}))
        self._phones: dict[int, socket.socket] = {}
        self._begun: dict[int, bytes] = {}  # frames that have not come whole
        self._same = b""
        self._newest = Seen(0, 0, 0, 0)
        self._epoll = select.epoll()

    def come(self, count: int) -> None:
        """Connect, a few at a time, until everybody has the state."""
        for start in range(0, count, _AT_ONCE):
            phones = [self._connected() for _ in range(min(_AT_ONCE, count - start))]
            for phone in phones:
                answer = b""
                while b"\r\n\r\n" not in answer:
                    answer += phone.recv(_MOST)
                phone.sendall(self._enter)
                self._phones[phone.fileno()] = phone
                self._epoll.register(phone.fileno(), select.EPOLLIN)
            self._look(0)
        while self.greeted < count:
            self._look(0.1)

    def _connected(self) -> socket.socket:
        phone = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        phone.sendall(_UPGRADE)
        return phone

    def look_until(self, end: int) -> None:
        """Take what comes until there is something at a descriptor."""
        self._epoll.register(end, select.EPOLLIN)
        while not self._look(-1, end):
            pass

    def _look(self, wait: float, end: int = -1) -> bool:
        phones, begun = self._phones, self._begun
        ended = False
        for fd, _ in self._epoll.poll(wait):
            if fd == end:
                ended = True
                continue
            data = phones[fd].recv(_MOST)
            if data == self._same and fd not in begun:
                self._newest.last = time.time_ns() // 1000
                self._newest.count += 1
            else:
                self._take(fd, data)
        return ended

    def _take(self, fd: int, data: bytes) -> None:
        if not data:
            self._epoll.unregister(fd)
            self._phones.pop(fd).close()
            self.gone += 1
            return
        data = self._begun.pop(fd, b"") + data
        while frame := first(data):
            self._frame(fd, data[:frame])
            data = data[frame:]
        if data:
            self._begun[fd] = data

    def _frame(self, fd: int, frame: bytes) -> None:
        if frame[0] == _PING:
            self._phones[fd].sendall(_PONG)
        elif frame[0] == _TEXT and _HELLO in frame[:32]:
            self.greeted += 1
        elif frame[0] == _TEXT and _PART in frame[:32]:
            at = frame.index(_MADE) + len(_MADE)
            made = int(frame[at : at + 16])
            found = self.seen.get(made)
            if found is None:
                found = self.seen[made] = Seen(made, 0, len(frame), 0)
            found.last = time.time_ns() // 1000
            found.count += 1
            self._same, self._newest = frame, found


def first(data: bytes) -> int:
    """Give the length of a server's first frame, its head included; 0 where it is not whole."""
    if len(data) < 2:
        return 0
    size, head = data[1], 2
    if size == _MEDIUM:
        head = 4
    elif size == _LARGE:
        head = 10
    if head > 2:
        size = int.from_bytes(data[2:head], "big")
    return head + size if head + size <= len(data) else 0


def masked(text: bytes) -> bytes:
    """Give a client's text frame; its mask is nought."""
    size = len(text)
    if size < _MEDIUM:
        head = bytes([_TEXT, 0x80 | size])
    else:
        head = struct.pack(">BBH", _TEXT, 0x80 | _MEDIUM, size)
    return head + bytes(4) + text


def main() -> None:
    """Run the plan that stands in the first line of stdin."""
    raise_file_limit()
    take_rank(WATCH)  # phones have processors of their own
    plan = msgspec.json.decode(sys.stdin.readline(), type=Plan)
    crowd = Crowd(plan)
    crowd.come(plan.spectators)
    crowd.seen.clear()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    began = time.process_time_ns()
    crowd.look_until(sys.stdin.fileno())
    cpu = (time.process_time_ns() - began) // 1000
    looked = Looked(list(crowd.seen.values()), cpu, crowd.gone)
    sys.stdout.write(msgspec.json.encode(looked).decode() + "\n")


if __name__ == "__main__":
    main()
