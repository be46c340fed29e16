"""One invented contestant as an HTTP client of the lane, from the admission code to the receipt.

Everything that a real page does: fetch the sealed paper, open it with the key at T0, save in
batches, compute the journal's digest oneself and believe nothing else. Some pull the cable and come
back, some go on at another machine, a few never hand in.
"""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from leitai.kernel.suites import SUITE, suite
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.wire import Connection, Refused

NONCE = 12
RETRIES = 60
LAST_SECONDS = 3.0  # before the end: whoever is behind by then hands in what there is
Answer = tuple[int, Any, int]


@dataclass(frozen=True, slots=True)
class Habits:
    """What this contestant will do: times in seconds after T0."""

    answers: int
    batches: int
    starts_after: float
    hands_in: bool
    drops_at: int  # before which batch the cable is pulled; 0: never
    moves_at: int  # before which batch the machine is changed; 0: never


@dataclass(slots=True)
class Diary:
    """The contestant's own receipts."""

    sitting: int = 0
    digest: str = ""
    acknowledged: dict[int, tuple[Answer, ...]] = field(default_factory=dict)
    receipt: str = ""
    late: bool = False  # the end came before the last batch or the hand-in, as it may on a busy day
    faults: list[str] = field(default_factory=list)


class Contestant:
    def __init__(
        self,
        address: tuple[str, int],
        code: str,
        *,
        habits: Habits,
        strength: int,
        keys: Mapping[str, Any],
        chance: Chance,
    ) -> None:
        self._address = address
        self._code = code
        self._habits = habits
        self._strength = strength
        self._keys = keys
        self._chance = chance
        self._wire = Connection(*address)
        self._device = f"pc-{chance.below(10**9)}"
        self._ahead = 0.0  # of the server's clock
        self.seat: dict[str, Any] = {}
        self.diary = Diary()

    async def sit(self, seconds: float) -> Diary:
        """Sit the whole exam; `seconds` is how long answering may take after T0."""
        try:
            await self._enter()
            sealed = await self._patiently(lambda: self._wire.get(self.seat["paper"]["href"]))
            paper = await self._open(sealed)
            await self._answer(paper, seconds)
            if self._habits.hands_in:
                await self._hand_in()
        except Refused as refused:
            if refused.error.get("code") == "late" and self._left() <= 0:
                self.diary.late = True  # nothing was acknowledged that does not count
            else:
                self.diary.faults.append(repr(refused))
        except (OSError, TimeoutError, ValueError) as fault:
            self.diary.faults.append(repr(fault))
        finally:
            self._wire.drop()
        return self.diary

    async def _enter(self) -> None:
        body = {"code": self._code, "device": self._device}
        self.seat = await self._patiently(lambda: self._wire.post("/v1/enter", body))
        self._ahead = time.time() - self.seat["now"] / 1000
        self.diary.sitting = self.seat["sitting"]
        self.diary.digest = self.diary.digest or self.seat["digest"]
        if self.diary.digest != self.seat["digest"]:
            self.diary.faults.append("digest differs after coming back")

    async def _open(self, sealed: bytes) -> dict[str, Any]:
        """Wait for T0 by the server's clock, then exchange the ticket for the key."""
        opens = self.seat["exam"]["opens_at"] / 1000
        wait = max(0.0, opens + self._ahead - time.time())
        await asyncio.sleep(wait + self._chance.below(800) / 1000)
        reply = await self._patiently(lambda: self._post("key", {}))
        paper = self.seat["paper"]
        aad = f"paper:{paper['id']}:{paper['version']}".encode()
        key = base64.b64decode(reply["key"])
        plain = suite(SUITE).open(key, sealed[:NONCE], sealed[NONCE:], aad)
        opened: dict[str, Any] = json.loads(plain)
        return opened

    async def _answer(self, paper: dict[str, Any], seconds: float) -> None:
        habits, items = self._habits, paper["items"]
        chosen = sorted(self._chance.sample(range(len(items)), habits.answers))
        size = -(-len(chosen) // habits.batches)
        batches = [chosen[start : start + size] for start in range(0, len(chosen), size)]
        pause = seconds / (len(batches) + 1)
        due = time.monotonic() + habits.starts_after
        for number, batch in enumerate(batches, start=1):
            due += pause * (60 + self._chance.below(60)) / 100  # a slow reply delays no later batch
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if self._left() < LAST_SECONDS:
                return
            if number == habits.drops_at:
                self._wire.drop()
            if number == habits.moves_at:
                await self._move()
            now = int(time.time() * 1000)
            await self._save(tuple((items[i]["n"], self._think(items[i]), now) for i in batch))

    def _left(self) -> float:
        """Seconds until the end, by the server's clock."""
        return float(self.seat["deadline"]) / 1000 + self._ahead - time.time()

    async def _move(self) -> None:
        """Another machine, the same code: the old one's ticket is dead from now on."""
        self._wire.drop()
        self._wire = Connection(*self._address)
        self._device = f"pc-{self._chance.below(10**9)}"
        await self._enter()

    async def _save(self, answers: tuple[Answer, ...]) -> None:
        seq = len(self.diary.acknowledged) + 1
        body = {"seq": seq, "answers": answers}
        reply = await self._patiently(lambda: self._post("save", body))
        data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        digest = sha256(bytes.fromhex(self.diary.digest) + data).hexdigest()
        if reply["digest"] != digest:
            self.diary.faults.append(f"digest of batch {seq} differs")
        self.diary.digest = digest
        self.diary.acknowledged[seq] = answers

    async def _hand_in(self) -> None:
        body = {"seq": len(self.diary.acknowledged), "digest": self.diary.digest}
        reply = await self._patiently(lambda: self._post("hand-in", body))
        self.diary.receipt = reply["receipt"]["number"]

    async def _post(self, verb: str, body: dict[str, Any]) -> dict[str, Any]:
        path = f"/v1/s/{self.seat['sitting']}/{verb}"
        return await self._wire.post(path, {"ticket": self.seat["ticket"], **body})

    async def _patiently(self, ask: Any) -> Any:
        """A lost line or a busy server is asked again; the same bytes, so nothing counts twice."""
        for attempt in range(RETRIES):
            try:
                return await ask()
            except Refused as refused:
                if refused.status not in {425, 503}:
                    raise
            except (OSError, asyncio.IncompleteReadError, TimeoutError):
                self._wire.drop()
            await asyncio.sleep(min(1.0, 0.05 * 2**attempt))
        raise TimeoutError

    def _think(self, item: dict[str, Any]) -> Any:
        """Right in `strength` of 1,000 cases, else another of the possible answers."""
        right = self._keys[item["stem"]]
        if self._chance.permille(self._strength):
            return [variants[0] for variants in right] if item["type"] == "blank" else right
        if item["type"] == "blank":
            return ["不清楚"] * len(right)
        if item["type"] == "truefalse":
            return "F" if right == "T" else "T"
        letters = [option[0] for option in item["options"]]
        if item["type"] == "single":
            return self._chance.pick([letter for letter in letters if letter != right])
        wrong = set(right) ^ {self._chance.pick(letters)}
        return "".join(sorted(wrong)) or letters[0]
