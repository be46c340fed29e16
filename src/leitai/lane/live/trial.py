"""An invented match in an empty database, for the bench and for the stage's own tests.

The stage reads rows that a room above it writes, and may not import it; this is the one place where
such rows are written by plain SQL. Names are invented by number.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from leitai.kernel.suites import KEY_BYTES, NONCE_BYTES, SUITE, suite
from leitai.keyring import Keyring

_MATCH: Final = """
INSERT INTO live_match (season, stage, track, event, code, title, state, rehearsal, rules,
  rules_hash, seats, names, members, present, mode, cap_ms, band_us, network, wrapped_key, version,
  scored_seq)
VALUES ($1, 'final', 'all', 'quiz', $2, '试赛', 'ready', false, $3::jsonb, '', $4::jsonb, $5::jsonb,
  '{}', '{}', $6, $7, $8, '{}', $9, 1, 0)
RETURNING id
"""
_LINES: Final = """
INSERT INTO live_log (match_id, seq, at, kind, seat, value, by, evidence, written_at)
SELECT $1, at, 0, 'seat', seat, 'entry-' || seat, 'office:trial', '{}', clock_timestamp()
FROM unnest($2::text[]) WITH ORDINALITY AS seat(seat, at)
"""
_QUESTIONS: Final = """
INSERT INTO live_question (match_id, number, name, segment, spare, sealed)
SELECT $1, number, name, '', false, sealed
FROM unnest($2::int[], $3::text[], $4::bytea[]) AS question(number, name, sealed)
"""
BUZZER: Final = {
    "title": "业务知识抢答",
    "kind": "live",
    "decimals": 0,
    "live": {
        "segments": [
            {
                "id": "buzz",
                "title": "抢答题",
                "points": {"right": "10"},
                "buzzer": {"questions": 200, "after_wrong": "others"},
            }
        ]
    },
}


@dataclass(frozen=True, slots=True)
class Trial:
    """The match's row, its seats, and the names of its questions."""

    id: int
    season: str
    code: str
    seats: tuple[str, ...]
    questions: tuple[str, ...]


async def stage(
    connection: Any,
    ring: Keyring,
    *,
    season: str,
    seats: int = 12,
    questions: int = 3,
    rules: Mapping[str, Any] = BUZZER,
    mode: str = "arrival",
    cap_ms: int = 0,
    band_us: int = 0,
) -> Trial:
    """Write a match that is ready; ``season`` must be new."""
    code, names = "m1", tuple(str(number) for number in range(1, seats + 1))
    place, key = f"{season}:{code}", os.urandom(KEY_BYTES)
    wrapped = ring.wrap("paper", key, f"match:{place}".encode(), os.urandom(NONCE_BYTES))
    asked = tuple(f"q{number}" for number in range(1, questions + 1))
    async with connection.transaction():
        match = await connection.fetchval(
            _MATCH,
            season,
            code,
            json.dumps(rules),
            json.dumps({name: f"entry-{name}" for name in names}),
            json.dumps({name: f"{name}号代表队" for name in names}, ensure_ascii=False),
            mode,
            cap_ms,
            band_us,
            wrapped,
        )
        await connection.execute(_LINES, match, list(names))
        boxes = [_box(key, f"question:{place}:{name}", name) for name in asked]
        numbers = list(range(1, questions + 1))
        await connection.execute(_QUESTIONS, match, numbers, list(asked), boxes)
    return Trial(match, season, code, names, asked)


def _box(key: bytes, aad: str, name: str) -> bytes:
    text = {
        "type": "single",
        "stem": f"题目{name}：一加一等于几？",
        "options": [["A", "二"], ["B", "三"]],
        "key": "A",
        "answer": "A. 二",
        "explanation": "算术。",
    }
    nonce = os.urandom(NONCE_BYTES)
    return nonce + suite(SUITE).seal(key, nonce, msgspec.json.encode(text), aad.encode())
