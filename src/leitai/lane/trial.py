"""An invented exam in an empty database, for the bench and for the lane's own tests.

The lane reads rows that rooms above it write, and may not import them; this is the one place where
it writes such rows itself, by plain SQL. Names are invented by number.
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec

from leitai.kernel.ids import admission_code
from leitai.kernel.suites import KEY_BYTES, NONCE_BYTES, SUITE, suite
from leitai.keyring import Keyring
from leitai.lane.papers import associated

_STAGE: Final = """
WITH unit AS (
  INSERT INTO units_unit (code, name, level, kind, path)
  VALUES ($1::text, $1::text, 'county', 'place', $1::text || '/') RETURNING id
), delegation AS (
  INSERT INTO units_delegation (season, unit_id, name, guest, position)
  SELECT $1::text, id, '青川县代表队', false, 1 FROM unit RETURNING id
), book AS (
  INSERT INTO seasons_rulebookversion (hash, text, canonical, added_at)
  VALUES (encode(sha256(convert_to($1::text, 'UTF8')), 'hex'), '', '', now()) RETURNING id
), season AS (
  INSERT INTO seasons_season (code, rulebook_id, state, created_at, remind_days, remind_loud)
  SELECT $1::text, id, 'open', now(), 0, false FROM book RETURNING id
), stage AS (
  INSERT INTO seasons_stage (season_id, code, title, position)
  SELECT id, 'final', '决赛', 1 FROM season RETURNING id
), paper AS (
  INSERT INTO bank_paper (code, version, season, title, sealed, wrapped_key, plain_digest, made_at,
    composition, item_count)
  VALUES ($1::text, 1, $1::text, '试卷', $2, $3, $4, now(), '', 0) RETURNING id
), exam AS (
  INSERT INTO sittings_exam (code, stage_id, event, title, paper_id, opens_at, closes_at)
  SELECT $1::text, stage.id, 'exam', '试考', paper.id, $5, $6 FROM stage, paper RETURNING id
), site AS (
  INSERT INTO sittings_site (exam_id, code, name) SELECT id, '01', '第一赛点' FROM exam
  RETURNING id
)
SELECT unit.id AS unit, delegation.id AS delegation, stage.id AS stage, exam.id AS exam,
  site.id AS site
FROM unit, delegation, stage, exam, site
"""

_SEATS: Final = """
WITH wish AS (
  SELECT * FROM unnest($1::int[], $2::bytea[]) AS wish(seat, digest)
), person AS (
  INSERT INTO people_person (code, name, unit_id, guest, "window", staffing, line, post)
  SELECT $3::text || '-' || seat, '选手' || seat, $4, '', '', '', '', '' FROM wish ORDER BY seat
  RETURNING id, code
), entry AS (
  INSERT INTO seasons_entry
    (stage_id, track, code, person_id, delegation_id, as_kind, state, entered_at)
  SELECT $5, 'individual', code, id, $6, 'team', 'confirmed', now() FROM person
  RETURNING id, code
)
INSERT INTO sittings_sitting (exam_id, entry_id, site_id, seat, number, admission_digest, state,
  deadline, epoch, device, version, receipt)
SELECT $7, entry.id, $8, wish.seat, entry.code, wish.digest, 'waiting', $9, 0, '', 1, ''
FROM wish JOIN entry ON entry.code = $3::text || '-' || wish.seat ORDER BY wish.seat
RETURNING id, seat
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """The exam's row and code, its sittings with their admission codes, its paper and key."""

    exam: int
    code: str
    sittings: tuple[tuple[int, str], ...]
    plain: bytes
    key: bytes


async def stage(
    connection: Any,
    ring: Keyring,
    *,
    name: str,
    seats: int,
    opens_at: datetime,
    closes_at: datetime,
) -> Trial:
    """Write an exam with that many seats; ``name`` must be new (season, exam and paper bear it)."""
    plain = _paper(name)
    key, nonce = os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
    aad = associated(name, 1)
    sealed = nonce + suite(SUITE).seal(key, nonce, plain, aad)
    wrapped = ring.wrap("paper", key, aad, os.urandom(NONCE_BYTES))
    codes = [admission_code(os.urandom(10)) for _ in range(seats)]
    digest = hashlib.sha256(plain).digest()
    async with connection.transaction():
        row = await connection.fetchrow(_STAGE, name, sealed, wrapped, digest, opens_at, closes_at)
        rows = await connection.fetch(
            _SEATS,
            list(range(1, seats + 1)),
            [hashlib.sha256(code.encode()).digest() for code in codes],
            name,
            row["unit"],
            row["stage"],
            row["delegation"],
            row["exam"],
            row["site"],
            closes_at,
        )
    sittings = tuple((found["id"], codes[found["seat"] - 1]) for found in rows)
    return Trial(exam=row["exam"], code=name, sittings=sittings, plain=plain, key=key)


def _paper(name: str) -> bytes:
    item = {
        "n": 1,
        "type": "single",
        "stem": "一加一等于几？",
        "options": [["A", "二"]],
        "blanks": 0,
    }
    return msgspec.json.encode({"exam": name, "id": name, "items": [item], "version": 1})
