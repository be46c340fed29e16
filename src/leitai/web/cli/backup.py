"""`leitai backup DIR` and `leitai restore DIR`: database and files, the keys apart."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tarfile
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

import psycopg

from leitai import __version__
from leitai.base import paths, postgres
from leitai.kernel.errors import DomainError
from leitai.web.cli import house
from leitai.web.cli.house import say

DUMP, FILES, MANIFEST = "database.dump", "files.tar", "manifest.json"


def backup(arguments: argparse.Namespace) -> int:
    """Write database, files, checkpoints, then a manifest with digests, into an empty DIR."""
    opened = house.prepare()
    folder = Path(arguments.dir).resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise DomainError("backup_not_empty", folder=str(folder))
    _tool("pg_dump", "-Fc", "--no-owner", "-f", str(folder / DUMP), "-d", opened.database_url)
    with tarfile.open(folder / FILES, "w") as tar:
        tar.add(paths.files(), arcname="files")
        if paths.checkpoints().is_dir():
            tar.add(paths.checkpoints(), arcname="checkpoints")
    manifest = {
        "format": "leitai-backup-1",
        "version": __version__,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": {name: _digest(folder / name) for name in (DUMP, FILES)},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1))
    say(f"已备份到{folder}。密钥不在其中，请另行保管{opened.keys}。")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Put a backup into a fresh installation; one that holds anything is refused."""
    folder = Path(arguments.dir).resolve()
    _check(folder)
    opened = house.prepare()
    with psycopg.connect(opened.database_url) as connection:
        found = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1")
        if found.fetchone() or any(paths.files().iterdir()):
            raise DomainError("restore_not_empty", folder=str(opened.home))
    _tool(
        *("pg_restore", "--no-owner", "--no-comments", "--exit-on-error", "--single-transaction"),
        *("-d", opened.database_url, str(folder / DUMP)),
    )
    shutil.rmtree(paths.files())
    with tarfile.open(folder / FILES) as tar:
        tar.extractall(paths.home(), filter="data")
    say(f"已从{folder}恢复。请确认密钥文件夹{opened.keys}是原来的一份。")
    return 0


def _check(folder: Path) -> None:
    """A backup is whole when each file has the digest that the manifest says."""
    try:
        expected = json.loads((folder / MANIFEST).read_text())["sha256"]
        spoilt = [name for name, digest in expected.items() if _digest(folder / name) != digest]
    except (OSError, ValueError, KeyError):
        raise DomainError("backup_unreadable", folder=str(folder)) from None
    if spoilt:
        raise DomainError("backup_spoilt", file=spoilt[0])


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _tool(name: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(postgres.binaries() / name), *arguments],
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise DomainError("database_command", command=name, said=done.stderr.decode()[-400:])
