"""A match in the database: read once, opened box by box, appended to by one connection."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import msgspec

from leitai.kernel.errors import DomainError
from leitai.kernel.suites import NONCE_BYTES, SUITE, suite
from leitai.lane import log
from leitai.lane.database import connect
from leitai.lane.keys import LaneRing
from leitai.lane.live import sql
from leitai.lane.live.facts import Asked, Facts, Line, Refusal
from leitai.lane.live.timing import declared
from leitai.lane.settings import Settings
from leitai.rulebook import live
from leitai.rulebook.data import LogIn

_LOCK_TRIES: Final = 20
_LOCK_SECONDS: Final = 0.05
PLAYABLE: Final = frozenset({"ready", "running", "closed"})
_encode = msgspec.json.Encoder(enc_hook=str).encode


@dataclass(frozen=True, slots=True)
class Held:
    """A match as it was read: facts, lines, the highest epoch of each seat, sealed questions."""

    facts: Facts
    lines: tuple[Line, ...]
    epochs: Mapping[str, int]
    open: Callable[[str], Mapping[str, Any] | None]


class MatchStore:
    """The one connection that may write a match; it holds the match's advisory lock."""

    def __init__(self, settings: Settings, ring: LaneRing, match: int) -> None:
        self.match = match
        self._settings = settings
        self._ring = ring
        self._connection: Any = None
        self._append: Any = None

    async def open(self) -> Held:
        """Lock the match and read it.

        Raises ``stage_elsewhere`` and ``stage_match``, and what asyncpg raises.
        """
        self._connection = await connect(self._settings, "stage")
        for _ in range(_LOCK_TRIES):  # the session of a process that was killed ends by itself
            if await self._connection.fetchval(sql.LOCK, sql.LOCK_CLASS, self.match):
                break
            await asyncio.sleep(_LOCK_SECONDS)
        else:
            raise DomainError("stage_elsewhere")
        self._append = await self._connection.prepare(sql.APPEND)
        return await self.read()

    async def read(self) -> Held:
        """Read the match as it stands."""
        async with self._connection.transaction(isolation="repeatable_read", readonly=True):
            row = await self._connection.fetchrow(sql.MATCH, self.match)
            if row is None or row["state"] not in PLAYABLE:
                raise DomainError("stage_match")
            lines = await self._connection.fetch(sql.LINES, self.match)
            questions = await self._connection.fetch(sql.QUESTIONS, self.match)
            epochs = await self._connection.fetch(sql.EPOCHS, self.match)
        facts = _facts(row, questions)
        return Held(
            facts,
            tuple(_line(facts, line) for line in lines),
            MappingProxyType({found["seat"]: found["epoch"] for found in epochs}),
            self._opener(row, {one["name"]: bytes(one["sealed"]) for one in questions}),
        )

    def _opener(
        self, row: Any, boxes: Mapping[str, bytes]
    ) -> Callable[[str], Mapping[str, Any] | None]:
        """Open the box of a question by its name; its text is kept by whoever asked alone."""
        place, wrapped = f"{row['season']}:{row['code']}", row["wrapped_key"]

        def opened(name: str) -> Mapping[str, Any] | None:
            box = boxes.get(name)
            if box is None:
                return None
            try:
                key = self._ring.unwrap("paper", wrapped, f"match:{place}".encode())
                aad = f"question:{place}:{name}".encode()
                plain = suite(SUITE).open(key, box[:NONCE_BYTES], box[NONCE_BYTES:], aad)
            except DomainError as error:
                log.warn("question_sealed", match=self.match, question=name, error=error)
                return None
            text: Mapping[str, Any] = json.loads(plain)
            return text

        return opened

    async def append(
        self, lines: Sequence[Line], *, opens: bool, closes: bool, closed: bool
    ) -> None:
        """Commit lines; with the first one of the host, and the last, the match's state."""
        if not (opens or closed):
            await self._append.fetch(self.match, *_columns(lines))
            return
        async with self._connection.transaction():
            await self._append.fetch(self.match, *_columns(lines))
            if opens and await self._connection.execute(sql.OPEN, self.match) != "UPDATE 1":
                raise DomainError("stage_match")  # it was made unready at this very moment
            if closes:
                await self._connection.execute(sql.CLOSE, self.match)
            if closed:
                await self._connection.execute(sql.DEFER_SCORE, self.match)

    async def measured(self, seat: str, epoch: int, figures: Mapping[str, int]) -> None:
        """Write what the network test found."""
        text = json.dumps(dict(figures))
        await self._connection.execute(sql.MEASURED, self.match, seat, epoch, text)

    async def paddles(self, after: int) -> list[Any]:
        """Read the orders of paddles that were keyed since a line and are not in the log."""
        rows: list[Any] = await self._connection.fetch(sql.PADDLES, self.match, after)
        return rows

    async def paddles_sent(self, rows: Sequence[Any]) -> None:
        """Mark orders that the log has."""
        await self._connection.execute(sql.PADDLES_SENT, [row["id"] for row in rows])

    def close(self) -> None:
        """Let the connection go, and the lock with it."""
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None

    @property
    def lost(self) -> bool:
        """Whether the connection, and so the lock, is gone."""
        return self._connection is None or bool(self._connection.is_closed())


def refusal_columns(refusals: Sequence[tuple[int, Refusal]]) -> tuple[list[Any], ...]:
    """The parameters of ``REFUSE``."""
    return (
        [match for match, _ in refusals],
        [one.at for _, one in refusals],
        [_clean(one.kind) for _, one in refusals],
        [_clean(one.seat) for _, one in refusals],
        [_clean(one.value) for _, one in refusals],
        [one.by for _, one in refusals],
        [one.code for _, one in refusals],
        [_encode(dict(one.evidence)).decode() for _, one in refusals],
    )


def _clean(text: str) -> str:
    return text.replace("\0", "")


def _columns(lines: Sequence[Line]) -> tuple[list[Any], ...]:
    entries = [line.entry for line in lines]
    return (
        [entry.seq for entry in entries],
        [entry.at for entry in entries],
        [entry.kind for entry in entries],
        [entry.seat for entry in entries],
        [entry.value for entry in entries],
        [line.by for line in lines],
        [_encode(dict(line.evidence)).decode() for line in lines],
    )


def _facts(row: Any, questions: Sequence[Any]) -> Facts:
    event = live.read_event(json.loads(row["rules"]))
    if event.live is None:
        raise DomainError("stage_match")
    return Facts(
        id=row["id"],
        season=row["season"],
        stage=row["stage"],
        track=row["track"],
        event_id=row["event"],
        code=row["code"],
        title=row["title"],
        event=event,
        live=event.live,
        timing=declared(
            row["mode"],
            cap_ms=row["cap_ms"],
            band_us=row["band_us"],
            correction_ms=event.live.correction,
        ),
        state=row["state"],
        rehearsal=row["rehearsal"],
        chosen=row["chosen"],
        names=MappingProxyType(json.loads(row["names"])),
        questions=tuple(
            Asked(one["name"], one["number"], one["segment"], one["spare"]) for one in questions
        ),
    )


def _line(facts: Facts, row: Any) -> Line:
    entry = LogIn(
        facts.stage,
        facts.track,
        facts.event_id,
        facts.code,
        row["seq"],
        row["at"],
        row["kind"],
        row["seat"],
        row["value"],
    )
    return Line(entry, row["by"], json.loads(row["evidence"]))
