"""`leitai bench practice`: sets taken and folded, «今天», statistics and roll-ups of a province."""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from leitai.base.actor import system
from leitai.web.cli import house
from leitai.web.cli.scratch import open_kept, open_scratch

SEASON: Final = "sichuan-2022"
PAGES: Final = 100  # learners who open «今天», each once
SOME: Final = 10_000  # learners whose standing sets are folded
MILLION: Final = 1_000_000
_BY_TABLE: Final = """
SELECT coalesce(parent.relname, one.relname) AS name, sum(pg_table_size(one.oid))::bigint,
  sum(pg_indexes_size(one.oid))::bigint
FROM pg_class one LEFT JOIN pg_inherits ON inhrelid = one.oid AND one.relispartition
LEFT JOIN pg_class parent ON parent.oid = inhparent
WHERE one.relkind = 'r' AND one.relnamespace = 'public'::regnamespace
GROUP BY 1 ORDER BY 2 DESC
"""
ROWS: Final = ("taken", "plant", "rebuild", "fold", "today", "statistics", "room")


def practice(arguments: argparse.Namespace) -> int:
    """All of it in a database that is gone afterwards; or in pieces, in a house that is kept."""
    rows = set(arguments.rows.split(",")) if arguments.rows else set(ROWS)
    if unknown := rows - set(ROWS):
        sys.stderr.write(f"--rows: {', '.join(sorted(unknown))}? ({', '.join(ROWS)})\n")
        return 2
    kept = Path(arguments.house).resolve() if arguments.house else None
    with open_kept(kept) if kept else open_scratch("bench_practice"):
        for line in _figures(arguments, rows):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    return 0


def _figures(arguments: argparse.Namespace, rows: set[str]) -> Iterator[dict[str, object]]:
    if "taken" in rows:
        yield _taken(arguments)
    at = datetime.now(UTC)
    if "plant" in rows:
        yield from _plant(arguments, at)
    if "rebuild" in rows:
        yield _rebuilt()
    if "fold" in rows:
        for name, each in (("first", 1), ("next", 2)):
            yield _folded(name, each, at)
            yield _rolled_up(name)
    if "today" in rows:
        yield _today()
    if "statistics" in rows:
        yield from _statistics(at)
    if "room" in rows:
        yield _memory()
        yield _tables()


def _taken(arguments: argparse.Namespace) -> dict[str, object]:
    from django.db import connection  # after django.setup()

    from leitai.lane import bench_sets
    from leitai.lane.settings import Settings
    from leitai.practice.cards import local_day
    from leitai.practice.services.months import make_months

    at = datetime.now(UTC)
    make_months(at=at)
    found = bench_sets.measure(
        Settings.from_environment(),
        connections=arguments.connections,
        seconds=arguments.seconds,
        processes=arguments.clients,
        day=local_day(at),
    )
    with connection.cursor() as cursor:
        settings = []
        for name in ("fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {name}")
            settings.append(cursor.fetchone()[0])
        cursor.execute("TRUNCATE practice_journal")
    return found | {"durable": settings == ["on", "on"]}


def _plant(arguments: argparse.Namespace, at: datetime) -> Iterator[dict[str, object]]:
    """A season that is open, its tree, its questions and what was done in it so far."""
    from django.db import connection  # after django.setup(), as all below

    from leitai.practice import bench
    from leitai.rulebook import load, packaged
    from leitai.seasons import services as seasons
    from leitai.seasons.models import Season
    from leitai.units import services as units
    from leitai.units.models import Unit
    from leitai.web.demonstration import staging

    began = perf_counter()
    house.say("正在建立机构和赛季……")
    staging.plant_units(Path(arguments.tree) if arguments.tree else None, at)
    actor = system("bench")
    season = seasons.create_season(actor=actor, rulebook=SEASON, at=at)
    law = load(packaged(SEASON))
    units.make_delegations(actor=actor, season_code=season.code, rulebook=law, at=at)
    Season.objects.filter(pk=season.pk).update(state="open")
    versions = bench.questions(season.code)
    places = list(Unit.objects.order_by("path").values_list("pk", flat=True))
    for done in bench.plant(
        season=season.code,
        units=places,
        versions=versions,
        learners=arguments.learners,
        answers=arguments.answers,
        at=at,
    ):
        house.say(f"已建立{done}名学员……")
    yield {
        "row": "planted",
        "units": len(places),
        "learners": arguments.learners,
        "answers": _count("SELECT coalesce(sum(answers), 0) FROM practice_day"),
        "seconds": round(perf_counter() - began, 1),
        "disc_mb": _disc(connection),
    }


def _rebuilt() -> dict[str, object]:
    """All sums anew, as after a change of the tree: not what a day costs."""
    from leitai.insight.services import rolling  # after django.setup()

    answers = _count("SELECT coalesce(sum(answers), 0) FROM practice_day")
    began = perf_counter()
    learners = rolling.rebuild()
    seconds = perf_counter() - began
    return {
        "row": "rebuilt",
        "learners": learners,
        "seconds": round(seconds, 1),
        "seconds_per_million_answers": round(seconds * MILLION / max(1, answers), 1),
    }


def _folded(name: str, each: int, at: datetime) -> dict[str, object]:
    """A standing journal, folded by one worker.

    The first time after planting everybody's account is reckoned from all their acts; the next time
    is as every other day of a season.
    """
    from leitai.practice import bench  # after django.setup()
    from leitai.practice.services import folding

    sets = bench.leave_standing(name=f"{name} {at.isoformat()}", learners=SOME, each=each, at=at)
    began = perf_counter()
    done = 0
    while count := folding.fold_journal(at=datetime.now(UTC)):
        done += count
    seconds = perf_counter() - began
    return {
        "row": f"folded, {name}",
        "sets": sets,
        "per_second": round(done / seconds),
        "credited": _count("SELECT count(*) FROM practice_account"),
        "unread": _count("SELECT count(*) FROM practice_unread"),
    }


def _rolled_up(name: str) -> dict[str, object]:
    """What folding just changed, taken into the sums: learners come back after some days."""
    from leitai.insight.services import rolling  # after django.setup()

    answers = _count(
        "SELECT coalesce(sum((after->>'answers')::int - coalesce((before->>'answers')::int, 0)), 0)"
        " FROM practice_daychange"
    )
    began = perf_counter()
    changes = 0
    while count := rolling.roll_up():
        changes += count
    seconds = perf_counter() - began
    return {
        "row": f"rolled up, {name}",
        "changes": changes,
        "answers": answers,
        "seconds": round(seconds, 2),
        "seconds_per_million_answers": round(seconds * MILLION / max(1, answers), 1),
    }


def _today() -> dict[str, object]:
    """«今天» in full, as the client gets it; every request is another learner's."""
    from django.conf import settings  # after django.setup(), as all below
    from django.contrib.auth import get_user_model
    from django.test import Client

    from leitai.people import privacy
    from leitai.practice.models import Learner

    settings.ALLOWED_HOSTS = ["testserver"]
    clients = []
    for learner in Learner.objects.order_by("pk")[: PAGES + 1]:
        account, _ = get_user_model().objects.get_or_create(
            username=f"bench-{learner.pk}",
            defaults={"display_name": "测", "consent": privacy.VERSION},
        )
        Learner.objects.filter(pk=learner.pk).update(account=str(account.pk))
        client = Client()
        client.force_login(account)
        clients.append(client)
    times, statuses = [], set()
    for client in clients:
        client.handler = clients[0].handler  # one server for all: it is not made anew for each
        began = perf_counter()
        statuses.add(client.get(f"/practice/{SEASON}/").status_code)
        times.append(perf_counter() - began)
    return {"row": "today", "statuses": sorted(statuses), **_spread(times[1:])}  # the first warms


def _statistics(at: datetime) -> Iterator[dict[str, object]]:
    """Units of every level, any period: those that pages name, and odd ones."""
    from leitai.insight.periods import Span  # after django.setup(), as all below
    from leitai.insight.selectors.figures import figures_of, topics_of
    from leitai.insight.selectors.groups import children_of
    from leitai.practice.bench import DAYS
    from leitai.practice.cards import local_day
    from leitai.units.models import Unit

    today = local_day(at)
    lengths = (1, 7, 17, 30, 93, DAYS)
    spans = [Span(today - timedelta(days=length - 1), today) for length in lengths]
    spans.append(Span(_back(today, DAYS - 20), _back(today, 31)))
    for level in ("province", "prefecture", "county", "township"):
        times = []
        for unit in Unit.objects.filter(level=level, kind="place").order_by("path")[:5]:
            for span in spans:
                began = perf_counter()
                figures_of(children_of(unit), season=SEASON, span=span, titles=("daily-star",))
                times.append(perf_counter() - began)
                began = perf_counter()
                topics_of(children_of(unit), season=SEASON, span=span)
                times.append(perf_counter() - began)
        if times:
            yield {"row": "statistics", "level": level, **_spread(times)}


def _memory() -> dict[str, object]:
    from django.db import connection  # after django.setup()

    return {
        "row": "room",
        "disc_mb": _disc(connection),
        "own_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "database_memory_mb": _database_memory(connection),
    }


def _tables() -> dict[str, object]:
    """Bytes an answer of every table that counts, its partitions and its indexes apart."""
    from django.db import connection  # after django.setup()

    answers = max(1, _count("SELECT coalesce(sum(answers), 0) FROM practice_day"))
    with connection.cursor() as cursor:
        cursor.execute(_BY_TABLE)
        rows = cursor.fetchall()
    return {
        "row": "bytes an answer",
        "answers": answers,
        "all": round(sum(heap + indexes for _, heap, indexes in rows) / answers, 1),
        "tables": {
            name: {"rows": round(heap / answers, 1), "indexes": round(indexes / answers, 1)}
            for name, heap, indexes in rows
            if heap + indexes > answers / 2
        },
    }


def _back(day: date, days: int) -> date:
    return day - timedelta(days=days)


def _spread(times: list[float]) -> dict[str, object]:
    times = sorted(times)
    return {
        "count": len(times),
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p95_ms": round(times[min(len(times) - 1, len(times) * 95 // 100)] * 1000, 1),
        "max_ms": round(times[-1] * 1000, 1),
    }


def _count(statement: str) -> int:
    from django.db import connection  # after django.setup()

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def _disc(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()) / 1048576")
        return int(cursor.fetchone()[0])


def _database_memory(connection: Any) -> int:
    """What the server's processes really hold, shared pages counted once; 0 where nobody says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend: int = cursor.fetchone()[0]
    try:
        postmaster = _parent(Path("/proc") / str(backend))
        pids = [postmaster, *_children(postmaster)]
        return sum(_proportional(pid) for pid in pids) // 1024
    except (OSError, ValueError, IndexError):
        return 0


def _parent(process: Path) -> int:
    return int((process / "stat").read_text().rpartition(")")[2].split()[1])


def _children(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):  # it has ended meanwhile
            if entry.name.isdigit() and _parent(entry) == pid:
                found.append(int(entry.name))
    return found


def _proportional(pid: int) -> int:
    for line in (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
