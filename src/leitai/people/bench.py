"""A province's people for `leitai bench people`: planted by COPY, with sealed numbers as real ones.

The ID numbers begin with 00, which is no region, and the names are put together by chance. Days of
birth lie in forty years, so that few are namesakes born on one day; one phone in `SHARED` is the
neighbour's.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from django.db import connection

from leitai.base import sealing
from leitai.people import numbers
from leitai.people.services.cells import labels_of
from leitai.people.services.personal import place_of
from leitai.people.services.planning import CHOICES, HEADINGS
from leitai.people.services.registering import new_code
from leitai.units.models import Unit

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "清越望舒见山知秋知微守一思齐既明慎行亦真令仪同舟沐阳长歌若衡正则可久牧之如玉时雨秋实"
WINDOWS = ("front", "front", "back", "none")
LINES = ("社保", "就业", "人才", "劳动关系", "")
SINCE = datetime(2022, 3, 1, tzinfo=UTC)
BORN, DAYS = date(1964, 1, 1), 14_600
SHARED = 2_000
WRONG = 100  # one row in so many of a file has a slip of the pen in its ID number
_COPY_PEOPLE = """
COPY people_person (code, name, unit_id, guest, "window", staffing, line, post, since) FROM STDIN
"""
_POSTINGS = """
INSERT INTO people_posting
    (person_id, unit_id, "window", staffing, line, post, since, recorded_by, recorded_at)
SELECT id, unit_id, "window", staffing, line, post, since, 'system:bench', now() FROM people_person
"""


def plant(*, people: int, seed: int = 2022) -> int:
    """So many people over the units that are there, each with a posting and sealed numbers."""
    chance = Random(seed)  # figures, not fates
    units = list(Unit.objects.order_by("path").values_list("pk", flat=True))
    rows = list(_people(people, units, chance))
    with connection.cursor() as cursor:
        with cursor.copy(_COPY_PEOPLE) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(_POSTINGS)
        cursor.execute("SELECT id FROM people_person ORDER BY id")
        ids = [row[0] for row in cursor.fetchall()]
        with cursor.copy(
            "COPY people_personal (person_id, id_number, id_digest, id_tail, birth_digest, phone,"
            " phone_digest, staff_number, bank_account) FROM STDIN"
        ) as copy:
            for order, person in enumerate(ids):
                copy.write_row(_personal(person, order))
    for table in ("people_person", "people_posting", "people_personal", "units_unit"):
        with connection.cursor() as cursor:  # as autovacuum would have by the next day
            cursor.execute(f"VACUUM ANALYZE {table}")
    return len(ids)


def file_of(count: int, seed: int = 2022) -> bytes:
    """A CSV file of so many people of the units that are there, every column filled."""
    chance = Random(seed)  # figures, not fates
    units = dict(Unit.objects.order_by("path").values_list("pk", "code"))
    names = dict(Unit.objects.values_list("code", "name"))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADINGS)
    writer.writerow(HEADINGS)
    words = {
        field: dict(zip(choices.values, labels_of(choices), strict=True)) | {"": ""}
        for field, choices in CHOICES.items()
    }
    for order, row in enumerate(_people(count, list(units), chance)):
        _code, name, unit, guest, window, staffing, line, post, since = row
        number = id_number_of(order)
        slip = "0" if number[-1] != "0" else "1"
        writer.writerow({
            "name": name,
            "id_number": number[:-1] + slip if order % WRONG == WRONG - 1 else number,
            "phone": phone_of(order),
            "staff_number": f"GH-{order:08d}",
            "unit": units[unit],
            "unit_name": names[units[unit]],
            "window": words["window"][window],
            "staffing": words["staffing"][staffing],
            "line": line,
            "post": post,
            "since": since,
            "guest": words["guest"][guest],
        })  # fmt: skip
    return text.getvalue().encode()


def phone_of(order: int) -> str:
    return f"199{order:08d}"


def id_number_of(order: int) -> str:
    born = BORN + timedelta(days=order * 7919 % DAYS)
    body = f"00{order // 900 % 10000:04d}{born:%Y%m%d}{order % 900 + 100:03d}"
    return body + numbers.check_digit(body)


def _people(count: int, units: list[int], chance: Random) -> Iterator[tuple[Any, ...]]:
    for order in range(count):
        name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
        guest = "public" if order % 50 == 0 else ""
        window = "" if guest else chance.choice(WINDOWS)
        staffing = "" if guest else chance.choice(("permanent", "contract"))
        line = chance.choice(LINES)
        unit = units[order * len(units) // count]
        yield new_code(), name, unit, guest, window, staffing, line, "综合柜员", SINCE.date()


def _personal(person: int, order: int) -> tuple[object, ...]:
    id_number = id_number_of(order)
    phone = phone_of(order - 1 if order % SHARED == 1 else order)
    return (
        person,
        sealing.seal(id_number, place=place_of(person, "id_number")),
        sealing.digest("id_number", id_number),
        sealing.digest("id_tail", numbers.tail_of(id_number)),
        sealing.digest("birth", numbers.birth_text(id_number)),
        sealing.seal(phone, place=place_of(person, "phone")),
        sealing.digest("phone", phone),
        "",
        "",
    )
