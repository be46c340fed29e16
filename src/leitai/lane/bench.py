"""``leitai bench hall``: how many saves a second one lane process makes durable.

It makes a database of its own beside the given one, starts one lane, lets another process drive it
over kept connections without a pause, and afterwards reads the whole journal: every acknowledged
batch must be in it with the digest that follows from its bytes. One JSON line a row on stdout.
"""

import argparse
import asyncio
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import msgspec

from leitai.keyring import Keyring
from leitai.lane import trial
from leitai.lane.bench_client import Findings, Plan, batch
from leitai.lane.settings import Settings

ROWS: Final = {"saves": 1, "x10": 10}  # name: answers in a batch
_NGINX: Final = """
daemon off; worker_processes 1; pid {folder}/pid; error_log stderr crit;
events {{ worker_connections 16384; }}
http {{
  access_log off; keepalive_requests 1000000000; client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
  scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port} backlog=4096; location / {{ return 200 '{{}}'; }} }}
}}
"""


def main(argv: list[str] | None = None) -> int:
    """Run the bench; 0 when nothing that was acknowledged is missing."""
    parser = argparse.ArgumentParser(prog="leitai bench hall")
    parser.add_argument("--connections", type=int, default=512)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rows", default="saves,x10,nginx", help="saves, x10, nginx")
    options = parser.parse_args(argv)
    rows = hall(
        Settings.from_environment(),
        connections=options.connections,
        seconds=options.seconds,
        rows=tuple(options.rows.split(",")),
    )
    lost = 0
    for row in rows:
        sys.stdout.write(json.dumps(row) + "\n")
        sys.stdout.flush()
        lost += int(row.get("lost", 0))
    return 1 if lost else 0


def hall(
    settings: Settings,
    *,
    connections: int = 512,
    seconds: float = 10,
    rows: tuple[str, ...] = ("saves", "x10", "nginx"),
) -> Iterator[dict[str, Any]]:
    """Measure row by row; ``settings`` say which server and which keys."""
    for name in rows:
        if name in ROWS:
            yield asyncio.run(_saves(settings, name, connections, seconds))
        elif nginx := shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin"):
            yield _bare(nginx, connections, seconds)


async def _saves(settings: Settings, name: str, connections: int, seconds: float) -> dict[str, Any]:
    async with _database(settings) as own:
        connection = await asyncpg.connect(own.database_url)
        now = datetime.now(UTC)
        exam = await trial.stage(
            connection,
            Keyring.load(settings.keys),
            name=f"bench-{name}",
            seats=connections,
            opens_at=now - timedelta(minutes=1),
            closes_at=now + timedelta(hours=1),
        )
        # Fresh tables know nothing of themselves; a hall's are known to the planner.
        await connection.execute("VACUUM ANALYZE")
        with run_lane(own) as port:
            plan = Plan(port, seconds, ROWS[name], sorted(exam.sittings))
            findings = await asyncio.to_thread(_drive, plan)
        durable = [await connection.fetchval(f"SHOW {s}") for s in ("fsync", "synchronous_commit")]
        lost = await _verify(connection, plan, findings)
        await connection.close()
    return {
        "row": name,
        "connections": connections,
        **_figures(findings),
        "answers_per_second": round(findings.per_second * ROWS[name]),
        "acknowledged": sum(map(len, findings.digests)),
        "lost": lost,
        "durable": durable == ["on", "on"],
    }


def _figures(findings: Findings) -> dict[str, Any]:
    return {
        "per_second": round(findings.per_second),
        "p50_ms": round(findings.p50_ms, 1),
        "p99_ms": round(findings.p99_ms, 1),
        "max_ms": round(findings.max_ms, 1),
        "refused": findings.refused,
    }


def _drive(plan: Plan) -> Findings:
    command = [sys.executable, "-m", "leitai.lane.bench_client"]
    done = subprocess.run(command, input=msgspec.json.encode(plan), stdout=-1, check=True)
    return msgspec.json.decode(done.stdout, type=Findings)


async def _verify(connection: Any, plan: Plan, findings: Findings) -> int:
    """Count acknowledged batches that are not in the journal as they were sent and digested."""
    lost = 0
    for (sitting, _), acknowledged in zip(plan.sittings, findings.digests, strict=True):
        rows = await connection.fetch(
            "SELECT seq, body, digest FROM sittings_journal WHERE sitting_id = $1", sitting
        )
        stored = {row["seq"]: (row["body"], row["digest"].hex()) for row in rows}
        digest = hashlib.sha256(b"sitting:%d" % sitting).digest()
        for seq, receipt in enumerate(acknowledged, start=1):
            body = batch(sitting, seq, plan.answers)
            digest = hashlib.sha256(digest + body).digest()
            lost += not (stored.get(seq) == (body, receipt) and receipt == digest.hex())
    return lost


@asynccontextmanager
async def _database(settings: Settings) -> Any:
    """A migrated database of the bench's own; migrating needs Django, so another process does."""
    name = f"leitai_bench_{os.getpid()}"
    url = urlunsplit(urlsplit(settings.database_url)._replace(path=f"/{name}"))
    connection = await asyncpg.connect(settings.database_url)
    await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    await connection.execute(f'CREATE DATABASE "{name}"')
    try:
        env = {**os.environ, "LEITAI_DATABASE_URL": url}
        command = [sys.executable, "-m", "leitai.web.cli", "migrate"]
        await asyncio.to_thread(subprocess.run, command, check=True, env=env)
        yield replace(settings, database_url=url)
    finally:
        await _drop(connection, name)
        await connection.close()


async def _drop(connection: asyncpg.Connection, name: str) -> None:
    """Drop a database; an autovacuum worker in it is not ours to end, so wait for it."""
    for _ in range(20):
        with suppress(asyncpg.InsufficientPrivilegeError):
            await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            return
        await asyncio.sleep(0.5)


@contextmanager
def run_lane(settings: Settings) -> Iterator[int]:
    """One lane process on a port of its own choice."""
    env = {
        **os.environ,
        "LEITAI_DATABASE_URL": settings.database_url,
        "LEITAI_KEYS": str(settings.keys),
        "LEITAI_LANE_BIND": "127.0.0.1:0",
    }
    command = [sys.executable, "-m", "leitai.lane"]
    process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE)
    try:
        yield _ready_port(process)
    finally:
        process.terminate()
        _, rest = process.communicate(timeout=30)
        sys.stderr.write(rest.decode())


def _ready_port(process: "subprocess.Popen[bytes]") -> int:
    for line in process.stderr or ():
        if line.startswith(b'{"lane": "ready"'):
            return int(json.loads(line)["port"])
        sys.stderr.write(line.decode())
    raise SystemExit(process.wait())


def _bare(nginx: str, connections: int, seconds: float) -> dict[str, Any]:
    """The same client against nginx's bare ``return 200``."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        config = Path(folder) / "nginx.conf"
        config.write_text(_NGINX.format(folder=folder, port=port))
        process = subprocess.Popen([nginx, "-c", str(config), "-p", folder])
        try:
            _await_port(port)
            plan = Plan(port, seconds, 0, [(number, "") for number in range(connections)])
            findings = _drive(plan)
        finally:
            process.terminate()
            process.wait()
    return {"row": "nginx", "connections": connections, **_figures(findings)}


def _await_port(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    raise SystemExit(main())
