"""Practice as the web and the lane leave it: questions on a shelf, learners, sets of answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from django.db import connection

from leitai.bank.models import Bank, Item, ItemVersion
from leitai.lane import packing
from leitai.people.models import Person
from leitai.practice.models import Learner, Shelf
from leitai.practice.rows import ActRow
from leitai.practice.selectors.acts import acts_of
from leitai.practice.selectors.laws import law_of

CHINA = timezone(timedelta(hours=8))
MODULES = ("就业创业", "社会保险", "人才人事", "劳动关系", "综合服务规范")
# One question of each type: its type, its key, a right answer, a wrong one.
KINDS = (
    ("single", "A", "A", "B"),
    ("multiple", "AC", "CA", "A"),
    ("truefalse", "T", "T", "F"),
    ("blank", [["一百", "100"]], ["１００"], ["九十"]),
)


class Taken(NamedTuple):
    """A set as the lane takes it: `marks` "1101" says which answers are right, "-" none given."""

    learner: int
    act: str
    at: datetime
    marks: str
    ms: Sequence[int] = ()
    day: date | None = None
    name: str = ""


def at(text: str) -> datetime:
    """A local moment: "2022-04-01 08:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def questions(count: int, *, season: str = "sichuan-2022", code: str = "drill") -> list[int]:
    """So many questions of a practice bank on the season's shelf: the versions' ids.

    Types follow one another as in KINDS, modules as in MODULES.
    """
    bank = Bank.objects.create(code=code, title="练习题", live=False)
    Shelf.objects.create(season=season, bank=bank)
    items = Item.objects.bulk_create(Item(bank=bank, number=nth + 1) for nth in range(count))
    versions = ItemVersion.objects.bulk_create(
        ItemVersion(
            item=item,
            type=KINDS[nth % 4][0],
            module=MODULES[nth % 5],
            stem=f"第{nth + 1}题",
            options=[["A", "甲"], ["B", "乙"], ["C", "丙"]] if nth % 4 < 2 else [],
            key=KINDS[nth % 4][1],
            digest=hashlib.sha256(f"{code}{nth}".encode()).digest(),
        )
        for nth, item in enumerate(items)
    )
    return [one.pk for one in versions]


def acts(*, season: str = "sichuan-2022") -> list[ActRow]:
    """Everybody's acts, the earliest first."""
    theirs = Learner.objects.filter(season=season).values_list("pk", flat=True)
    return sorted(acts_of(law_of(season), list(theirs)), key=lambda one: one.at)


def learner(
    person: Person | None = None, *, season: str = "sichuan-2022", account: str = ""
) -> Learner:
    """Somebody who practises; without a person, of the public."""
    return Learner.objects.create(
        season=season,
        account=account or (f"a-{person.code}" if person else "public"),
        person=person,
        unit=person.unit if person else None,
        joined_at=datetime(2022, 4, 1, tzinfo=UTC),
    )


def body(marks: str, ms: Sequence[int] = (), *, first: int = 0, began: int = 0) -> bytes:
    """Answers to the questions from `first` on (in the order of `questions`), right as marked."""
    answers = []
    for nth, mark in enumerate(marks):
        if mark != "-":
            _, _, right, wrong = KINDS[(first + nth) % 4]
            answers.append(
                [nth + 1, right if mark == "1" else wrong, ms[nth] if ms else 5000 + 137 * nth]
            )
    return json.dumps({"began": began, "ended": began + 60_000, "answers": answers}).encode()


def take(versions: Sequence[int], sets: Iterable[Taken]) -> None:
    """Let the lane's journal hold these sets; each asks as many questions as it has marks."""
    rows = []
    for nth, one in enumerate(sets):
        name = one.name or f"{one.learner}/{one.act}/{one.at.isoformat()}/{nth}"
        rows.append(
            (
                one.day or one.at.astimezone(CHINA).date(),
                hashlib.blake2b(name.encode(), digest_size=16).digest(),
                one.learner,
                one.act,
                packing.pack_items(versions[: len(one.marks)]),
                _packed(body(one.marks, one.ms)),
                one.at,
            )
        )
    _put(rows)


def _packed(older: bytes) -> bytes:
    told = json.loads(older)
    return packing.pack(told["began"], told["ended"], [tuple(one) for one in told["answers"]])


def put(rows: Iterable[tuple[date, bytes, int, str, list[int], bytes, datetime]]) -> None:
    """Rows of the journal as they are, the questions in the older form."""
    _put((*row[:4], json.dumps(row[4]).encode(), *row[5:]) for row in rows)


def _put(rows: Iterable[tuple[date, bytes, int, str, bytes, bytes, datetime]]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO practice_journal (day, set, learner, act, items, body, at)"
            " SELECT d, s, l, a, i, b, t FROM unnest(%s::date[], %s::bytea[], %s::bigint[],"
            " %s::text[], %s::bytea[], %s::bytea[], %s::timestamptz[]) AS new(d, s, l, a, i, b, t)",
            columns,
        )
