"""`leitai bench units`: how long the organisation tree's pages take at a province's size."""

from __future__ import annotations

import argparse
import json
import secrets
import sys
from datetime import UTC, datetime

from leitai.base.actor import system
from leitai.web.cli import house
from leitai.web.cli.scratch import open_scratch


def units(arguments: argparse.Namespace) -> int:
    with open_scratch("bench_units"):
        for line in _figures(arguments.units, arguments.rounds):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


def _figures(count: int, rounds: int) -> list[dict[str, object]]:
    from django.conf import settings  # after django.setup(), as all below
    from django.db import connection
    from django.test import Client

    from leitai.people import privacy
    from leitai.people import services as people
    from leitai.units import bench
    from leitai.units import selectors as tree

    settings.ALLOWED_HOSTS = ["testserver"]
    at, actor = datetime.now(UTC), system("bench")
    house.say(f"正在建立{count}个单位……")
    made = bench.plant(actor=actor, units=count, at=at)
    with connection.cursor() as cursor:  # as autovacuum would have by the next day
        cursor.execute("VACUUM ANALYZE units_unit")
    account = people.create_account(
        actor=actor,
        username="bench",
        password=secrets.token_hex(16),
        display_name="测",
        consent=privacy.VERSION,
        at=at,
    )
    people.appoint(
        actor=actor,
        account=account,
        role="unit_manager",
        unit=tree.get_unit("51"),
        season="",
        since=at,
        at=at,
    )
    client = Client()
    client.force_login(account)
    pages = {
        "list": "/units/",
        "list, last page": f"/units/?page={-(-made // 50)}",
        "search, two characters": "/units/?q=龙泉",
        "search, body": "/units/?q=就业&kind=body&page=3",
        "search, nothing": "/units/?q=不存在",
        "unit, province": "/units/51/",
        "unit, county": "/units/51000106/",
        "candidates": "/units/51000106/merge/?q=龙",
    }
    return [{"units": made}, *bench.measure(client, pages, rounds=rounds)]
