"""`leitai bench people`: how long lists and searches of a province's people take."""

from __future__ import annotations

import argparse
import json
import secrets
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Any

from leitai.base.actor import system
from leitai.web.cli import bench_import, house
from leitai.web.cli.scratch import open_scratch

if TYPE_CHECKING:
    from django.test import Client

PAGES = {
    "list": "/people/",
    "list, page 100": "/people/?page=100",
    "search, two characters": "/people/?q=知秋",
    "search, one character": "/people/?q=越",
    "search, nothing": "/people/?q=不存在",
    "filter": "/people/?window=back&staffing=contract&line=社保",
    "filter, not activated": "/people/?account=no&window=front",
    "filter, guests": "/people/?guest=public",
    "filter, unit": "/people/?unit=5101",
    "unit and name": "/people/?unit=5101&q=知秋",
    "duplicates": "/people/duplicates/",
    "rosters": "/rosters/",
}


def people(arguments: argparse.Namespace) -> int:
    with open_scratch("bench_people"):
        if arguments.taking:
            lines = bench_import.figures(arguments.people, arguments.units, arguments.tree)
        else:
            lines = _figures(arguments.people, arguments.units, arguments.rounds)
        for line in lines:
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    return 0


def _figures(count: int, units: int, rounds: int) -> Iterator[dict[str, object]]:
    from django.conf import settings  # after django.setup(), as all below

    from leitai.people import bench
    from leitai.people.models import Person
    from leitai.units import bench as trees

    settings.ALLOWED_HOSTS = ["testserver"]
    at = datetime.now(UTC)
    house.say(f"正在建立{units}个单位、{count}人……")
    made = trees.plant(actor=system("bench"), units=units, at=at)
    yield {"units": made, "people": bench.plant(people=count)}
    some = Person.objects.select_related("unit").order_by("pk")[count // 2]
    for whose, unit in (("province", "51"), ("unit", some.unit.code)):
        client = signed_in(whose, unit, at)
        pages = PAGES | {
            "person": f"/people/{some.code}/",
            "roster": f"/rosters/{some.unit.code}/",
        }
        for name, path in pages.items():
            yield {"manager of": whose, **_measured(client, name, path, rounds)}
        yield {
            "manager of": whose,
            **_measured(client, "search by phone", "/people/find/", rounds, bench.phone_of(7)),
        }


def signed_in(name: str, unit: str, at: datetime) -> Client:
    from django.test import Client  # after django.setup(), as all below

    from leitai.people import privacy
    from leitai.people import services as people
    from leitai.units import selectors as tree

    actor = system("bench")
    account = people.create_account(
        actor=actor,
        username=f"bench-{name}",
        password=secrets.token_hex(16),
        display_name="测",
        consent=privacy.VERSION,
        at=at,
    )
    people.appoint(
        actor=actor,
        account=account,
        role="unit_manager",
        unit=tree.get_unit(unit),
        season="",
        since=at,
        at=at,
    )
    client = Client()
    client.force_login(account)
    return client


def _measured(
    client: Client, name: str, path: str, rounds: int, number: str = ""
) -> dict[str, Any]:
    """The page in full, as the client gets it; the first time is not counted."""
    from django.db import connection  # after django.setup()
    from django.test.utils import CaptureQueriesContext

    def ask() -> int:
        answer = client.post(path, {"q": number}) if number else client.get(path)
        return int(answer.status_code)

    with CaptureQueriesContext(connection) as queries:
        status = ask()
    asked = len(queries)  # before the next request forgets them
    times = []
    for _round in range(rounds):
        began = perf_counter()
        ask()
        times.append((perf_counter() - began) * 1000)
    times.sort()
    return {
        "page": name,
        "status": status,
        "queries": asked,
        "p50_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[min(len(times) - 1, len(times) * 95 // 100)], 1),
    }
