"""A province's practice for `leitai bench practice`: planted in the database as a season leaves it.

Learners have no person, but are spread over the units, whose rosters name as many; each studies
twice on days spread over the season.
Journal, credits and days are rows as the lane and the worker write them, made by the database
itself out of series; nobody's answers are real, but they are worth what the credits say.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final

from django.db import connection

from leitai.bank.models import Bank, Item, ItemVersion
from leitai.lane import packing
from leitai.practice import cards
from leitai.practice.columns import codes_of, press
from leitai.practice.dictionary import Why
from leitai.practice.models import Shelf
from leitai.practice.nodes import node_of
from leitai.practice.services import months

BANK: Final = "bench"
DAYS: Final = 200
ANSWERS: Final = 5  # of a set
SETS: Final = 2  # of a learner's day
MODULES: Final = ("就业创业", "社会保险", "人才人事", "劳动关系", "综合服务规范")
_TOPICS: Final = 8  # of a module; a day's two sets ask for four of one module and four of another
_TYPES: Final = (("single", "A"), ("multiple", "AC"), ("truefalse", "T"), ("blank", [["一百"]]))
_VARIANTS: Final = 50  # so many different memories
_SOME: Final = 100_000  # learners in one statement
_BODY: Final = packing.pack(
    1_700_000_000_000,
    1_700_000_060_000,
    [(1, "A", 8123), (2, "AC", 15004), (3, "F", 6040), (4, ["一百"], 12650), (5, "A", 9377)],
)  # to a question of each type in their order, and one more of the first: the third is wrong
_WHY: Final = {
    "code": "practice_credit",
    "data": {"title": "日日学", "points": "4", "unit": "分", "times": "", "hours": ""},
}
_LEARNERS: Final = """
INSERT INTO practice_learner (season, account, unit_id, joined_at, minutes, hidden, totals)
SELECT %(season)s, 'bench-' || nth, (%(units)s::bigint[])[1 + nth %% %(many)s], %(since)s, 5, false,
  '{"daily": {"2022": "57"}}'
FROM generate_series(1, %(learners)s) AS nth
"""
# What a person of a unit is: the same on its roster and on every day.
_CUTS: Final = """
  (ARRAY['社保', '就业', '人才', ''])[1 + learner %% 4] AS line,
  (ARRAY['permanent', 'contract'])[1 + learner / 4 %% 2] AS staffing,
  (ARRAY['front', 'back', 'none'])[1 + learner / 8 %% 3] AS "window"
"""
_ROSTERS: Final = f"""
INSERT INTO people_roster (unit_id, day, members, counts, digest, confirmed_by, confirmed_at)
SELECT unit_id, %(first)s, members, counts, sha256(convert_to(members::text, 'UTF8')), 'bench',
  %(since)s
FROM (
  SELECT unit_id,
    jsonb_agg(jsonb_build_array('bench-' || learner, "window", staffing, line) ORDER BY learner)
      AS members,
    jsonb_build_object('all', count(*),
      'front', count(*) FILTER (WHERE "window" = 'front'),
      'back', count(*) FILTER (WHERE "window" = 'back'),
      'none', count(*) FILTER (WHERE "window" = 'none'),
      'permanent', count(*) FILTER (WHERE staffing = 'permanent'),
      'contract', count(*) FILTER (WHERE staffing = 'contract')) AS counts
  FROM (
    SELECT unit_id, learner, {_CUTS}
    FROM (SELECT unit_id, id AS learner FROM practice_learner) one
  ) member GROUP BY unit_id
) unit
"""  # noqa: S608  (our own columns)
# A learner's days lie in stretches of `stride` days, on any day of each.
_SPREAD: Final = """
WITH spread AS (
  SELECT learner.id AS learner, learner.unit_id, turn, nth,
    %(first)s::date + turn * %(stride)s
      + (abs(hashint8(learner.id * 1000 + turn)::bigint) %% %(stride)s)::int AS day,
    md5(learner.id || '/' || turn || '/' || nth) AS name
  FROM practice_learner learner, generate_series(0, %(turns)s - 1) AS turn,
    generate_series(0, %(sets)s - 1) AS nth
  WHERE learner.id > %(after)s AND learner.id <= %(upto)s
)
"""
_JOURNAL: Final = """
INSERT INTO practice_journal (learner, at, folded_at, day, set, act, items, body)
SELECT learner, day + interval '4 hours' + nth * interval '10 minutes', day + interval '5 hours',
  day, decode(name, 'hex'), 'daily', (%(asked)s::bytea[])[1 + turn], %(body)s
FROM spread ORDER BY day
"""
_CREDITS: Final = """
INSERT INTO practice_credit (learner, at, day, line, why_id, act, ledger, points, balance)
SELECT learner, day + interval '4 hours' + nth * interval '10 minutes', day,
  1 + turn * %(sets)s + nth, %(why)s, '\\x00'::bytea || decode(name, 'hex'), 'daily', '4',
  (4 * (1 + turn * %(sets)s + nth))::text
FROM spread ORDER BY day, learner
"""
_DAY: Final = f"""
INSERT INTO practice_day (learner_id, day, unit_id, line, staffing, "window", sets, answers,
  "right", seconds, modules, acts, points)
SELECT learner, day, unit_id, {_CUTS},
  %(sets)s, %(answers)s, %(answers)s - 2, 102,
  ARRAY(SELECT ~(
      (%(nodes)s::int[])[1 + (turn + at / 4 * 2) %% 5 * 8 + ((learner + turn + at) %% 8)::int]
      * 65536 + (ARRAY[1, 1, 1, 1, 2, 2, 1, 1])[1 + at] * 256
      + (ARRAY[1, 1, 1, 0, 2, 2, 1, 0])[1 + at])
    FROM generate_series(0, 7) at ORDER BY 1 DESC),
  '{{"daily": 2}}', '{{"daily": "8"}}'
FROM spread WHERE nth = 0
"""  # noqa: S608  (our own columns)
_MEMORIES: Final = """
INSERT INTO practice_memory (learner_id, cards)
SELECT id, (%(cards)s::bytea[])[1 + id %% %(variants)s] FROM practice_learner
"""
_STANDING: Final = """
INSERT INTO practice_journal (day, set, learner, act, items, body, at)
SELECT %(day)s, decode(md5(%(name)s || '/' || id || '/' || nth), 'hex'), id, 'daily',
  %(items)s, %(body)s, %(at)s
FROM (SELECT id FROM practice_learner ORDER BY id LIMIT %(learners)s) AS learner,
  generate_series(1, %(each)s) AS nth
"""
TABLES: Final = (
    "practice_learner", "practice_journal", "practice_act", "practice_credit", "practice_day",
    "practice_memory",
)  # fmt: skip


def questions(season: str, count: int = 2_000) -> list[int]:
    """So many questions on the season's shelf: the ids of their versions, without a gap."""
    bank = Bank.objects.create(code=BANK, title="练习题", live=False)
    Shelf.objects.create(season=season, bank=bank)
    items = Item.objects.bulk_create(Item(bank=bank, number=nth + 1) for nth in range(count))
    versions = ItemVersion.objects.bulk_create(
        ItemVersion(
            item=item,
            type=_TYPES[nth % 4][0],
            module=MODULES[nth % 5],
            topic=_topic(nth),
            stem=f"第{nth + 1}题：用工满一个月不满一年未订立书面劳动合同的，应当如何处理？",
            options=[["A", "甲"], ["B", "乙"], ["C", "丙"], ["D", "丁"]] if nth % 4 < 2 else [],
            key=_TYPES[nth % 4][1],
            explanation="依照规定处理。",
            digest=hashlib.sha256(f"bench{nth}".encode()).digest(),
        )
        for nth, item in enumerate(items)
    )
    return [one.pk for one in versions]


def plant(
    *, season: str, units: list[int], versions: list[int], learners: int, answers: int, at: datetime
) -> Iterator[int]:
    """Learners and what they did until yesterday; tells after each portion how far it is."""
    turns = max(1, answers // (ANSWERS * SETS * learners))
    first = cards.local_day(at) - timedelta(days=DAYS)
    _months(first, cards.local_day(at))
    asked: dict[str, Any] = {
        "season": season, "units": units, "many": len(units), "learners": learners,
        "since": datetime.combine(first, datetime.min.time(), tzinfo=UTC), "first": first,
        "turns": turns, "stride": max(1, DAYS // turns), "sets": SETS, "answers": ANSWERS * SETS,
        "body": _BODY, "variants": _VARIANTS,
        "nodes": _nodes(), "why": _why(),
        "asked": [packing.pack_items(versions[4 * turn :][:37:9]) for turn in range(turns)],
        "cards": [press(one) for one in _memories(_items(versions), first)],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LEARNERS, asked)
        cursor.execute(_ROSTERS, asked)
        cursor.execute("SELECT max(id) FROM practice_learner")
        last: int = cursor.fetchone()[0]
        for after in range(last - learners, last, _SOME):
            portion = asked | {"after": after, "upto": min(after + _SOME, last)}
            for statement in (_JOURNAL, _CREDITS, _DAY):
                cursor.execute(_SPREAD + statement, portion)
            yield portion["upto"] - last + learners
        cursor.execute(_MEMORIES, asked)
        for table in TABLES:  # as autovacuum would have by the next day
            cursor.execute(f"VACUUM ANALYZE {table}")


def leave_standing(*, name: str, learners: int, each: int, at: datetime) -> int:
    """Sets of today that nobody has folded yet, other ones for another name; how many."""
    some = ItemVersion.objects.filter(item__bank__code=BANK).order_by("pk")[:ANSWERS]
    versions = list(some.values_list("pk", flat=True))
    asked: dict[str, Any] = {
        "name": name, "day": cards.local_day(at), "items": packing.pack_items(versions),
        "body": _BODY, "at": at, "learners": learners, "each": each,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, asked)
        return int(cursor.rowcount)


def _topic(nth: int) -> str:
    return f"知识点{nth % (_TOPICS * len(MODULES))}"


def _nodes() -> list[int]:
    """The numbers of the topics, module by module."""
    every = len(MODULES)
    named = [
        node_of(module, _topic(at + every * nth))
        for at, module in enumerate(MODULES)
        for nth in range(_TOPICS)
    ]
    codes = codes_of(named)
    return [codes[one] for one in named]


def _why() -> int:
    digest = hashlib.sha256(json.dumps(_WHY, ensure_ascii=False, sort_keys=True).encode()).digest()
    return Why.objects.get_or_create(digest=digest, defaults={"told": _WHY})[0].pk


def _months(first: date, last: date) -> None:
    """Every month of the season, as the daily round would have made them in time."""
    month = first.replace(day=1)
    while month <= last:
        months.make_months(at=datetime(month.year, month.month, 15, tzinfo=UTC))
        month = months.month_after(month)


def _items(versions: list[int]) -> list[int]:
    found = dict(ItemVersion.objects.filter(pk__in=versions).values_list("pk", "item_id"))
    return [found[one] for one in versions]


def _memories(items: list[int], first: date) -> list[bytes]:
    """Some memories of fifty questions each, as reviews on two days leave them."""
    chance = Random(2022)
    begin = datetime.combine(first, datetime.min.time(), tzinfo=UTC)
    packed = []
    for variant in range(_VARIANTS):
        held: dict[int, cards.Card] = {}
        for item in items[variant * 10 : variant * 10 + 50]:
            at = begin + timedelta(days=chance.randrange(150))
            card = cards.review(None, item=item, right=chance.random() < 0.8, ms=9000, at=at)
            again = at + timedelta(days=chance.randrange(2, 40))
            held[item] = cards.review(card, item=item, right=True, ms=9000, at=again)
        packed.append(cards.pack(held))
    return packed
