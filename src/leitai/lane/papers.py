"""Sealed papers for everybody, ahead of time; their keys only to seats, only after T0."""

import base64
from typing import Final

from leitai.kernel.errors import DomainError
from leitai.kernel.suites import NONCE_BYTES, SUITE, suite
from leitai.lane import sql
from leitai.lane.clock import DatabaseClock
from leitai.lane.database import Readers
from leitai.lane.keys import LaneRing
from leitai.lane.seats import CANCELLED, Seat

_KEPT: Final = 64


class Papers:
    """Papers and keys, each read and unwrapped once."""

    def __init__(self, ring: LaneRing, readers: Readers, clock: DatabaseClock) -> None:
        self._ring = ring
        self._readers = readers
        self._clock = clock
        self._sealed: dict[tuple[str, int], tuple[bytes, str]] = {}
        self._keys: dict[tuple[str, int], bytes] = {}
        self._plain: dict[tuple[str, int], bytes] = {}

    async def sealed(self, code: str, version: int) -> bytes:
        """The sealed paper; raises DomainError("paper_unknown")."""
        return (await self._row(code, version))[0]

    async def key(self, seat: Seat) -> bytes:
        """The paper's key in base64; raises DomainError("not_open") before T0."""
        return base64.b64encode(await self._key(seat))

    async def plain(self, seat: Seat) -> bytes:
        """The opened paper, for clients without WebCrypto; after T0 only."""
        key = await self._key(seat)
        if seat.paper not in self._plain:
            sealed, _ = await self._row(*seat.paper)
            nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
            plain = suite(SUITE).open(key, nonce, rest, associated(*seat.paper))
            self._plain[seat.paper] = plain
        return self._plain[seat.paper]

    async def _key(self, seat: Seat) -> bytes:
        if seat.state == CANCELLED:  # its paper may serve another exam later
            raise DomainError("closed")
        at_t0 = self._clock.measured and self._clock.now_ms() >= seat.opens_ms
        if not (at_t0 or seat.opened_early):
            raise DomainError("not_open", opens_at=seat.opens_ms)
        if seat.paper not in self._keys:
            self._keys[seat.paper] = await self._unwrap(*seat.paper)
        return self._keys[seat.paper]

    async def _unwrap(self, code: str, version: int) -> bytes:
        """Unwrap the paper's key; it may have been wrapped anew since the paper was read."""
        _, wrapped = await self._row(code, version)
        try:
            return self._ring.unwrap("paper", wrapped, associated(code, version))
        except DomainError as error:
            if error.code != "key_missing":
                raise
        self._sealed.pop((code, version), None)
        _, wrapped = await self._row(code, version)
        return self._ring.unwrap("paper", wrapped, associated(code, version))

    async def _row(self, code: str, version: int) -> tuple[bytes, str]:
        found = self._sealed.get((code, version))
        if found is None:
            row = await self._readers.row(sql.PAPER, code, version)
            if row is None:
                raise DomainError("paper_unknown")
            found = (row["sealed"], row["wrapped_key"])
            while len(self._sealed) >= _KEPT:
                self._sealed.pop(next(iter(self._sealed)))
            self._sealed[code, version] = found
        return found


def associated(code: str, version: int) -> bytes:
    """What binds a sealed paper and its wrapped key to their paper."""
    return f"paper:{code}:{version}".encode()
