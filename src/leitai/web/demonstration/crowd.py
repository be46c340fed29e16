"""All contestants of one exam, as clients of a running lane; and what their receipts prove."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.contestant import Contestant, Diary, Habits

LEAST_ANSWERS = 55
ENTERING_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Seated:
    """A contestant with an admission code, and how strong they are."""

    entry: str
    code: str
    strength: int


def habits_of(chance: Chance, items: int, seconds: float) -> Habits:
    """Two in a hundred never hand in; some lose the line, some go on at another machine."""
    lost = chance.permille(20)
    least = min(LEAST_ANSWERS, items)
    batches = 5 + chance.below(4)
    return Habits(
        answers=items - 10 - chance.below(10) if lost else least + chance.below(items - least + 1),
        batches=batches,
        starts_after=chance.below(max(1, int(seconds * 200))) / 1000,
        hands_in=not lost,
        drops_at=1 + chance.below(batches) if chance.permille(80) else 0,
        moves_at=1 + chance.below(batches) if chance.permille(30) else 0,
    )


def sit_all(
    address: tuple[str, int],
    seated: Sequence[Seated],
    *,
    items: int,
    seconds: float,
    keys: Mapping[str, Any],
    chance: Chance,
) -> dict[str, Diary]:
    """Let everyone sit at once; returns each one's diary by entry code."""
    return asyncio.run(_sit_all(address, seated, items, seconds, keys, chance))


async def _sit_all(
    address: tuple[str, int],
    seated: Sequence[Seated],
    items: int,
    seconds: float,
    keys: Mapping[str, Any],
    chance: Chance,
) -> dict[str, Diary]:
    contestants = {
        one.entry: Contestant(
            address,
            one.code,
            habits=habits_of(chance.child("habits", one.entry), items, seconds),
            strength=one.strength,
            keys=keys,
            chance=chance.child("contestant", one.entry),
        )
        for one in seated
    }
    answering = seconds * 0.6
    diaries = await asyncio.gather(*(one.sit(answering) for one in contestants.values()))
    return dict(zip(contestants, diaries, strict=True))
