"""Where the bytes lie: `uploads/<token>.part` on their way, `store/<aa>/<sha256>` for good.

Nothing here knows the database. Names are made of our own tokens and hashes, never of a person's.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

BLOCK = 256 * 1024
RESERVE = 1024 * 1024 * 1024  # the database lives on the same disk


def root() -> Path:
    return Path(settings.LEITAI_FILES)


def part_path(token: str) -> Path:
    return root() / "uploads" / f"{token}.part"


def blob_path(sha256: str) -> Path:
    return root() / "store" / sha256[:2] / sha256


def has_room(size: int) -> bool:
    """Whether the disk takes so much and still has what the database needs."""
    folder = root()
    folder.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(folder).free - size > RESERVE


def make_part(token: str) -> None:
    path = part_path(token)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
    _sync_folder(path.parent)


def write_part(
    token: str, offset: int, read: Callable[[int], bytes], limit: int, digest: hashlib._Hash | None
) -> int:
    """Write what `read` gives at `offset`, at most `limit` bytes; the number that is on the disk.

    Whatever a process that died has left beyond the offset is cut first.
    """
    written = 0
    with part_path(token).open("r+b") as part:
        part.seek(offset)
        part.truncate(offset)
        while written < limit and (block := read(min(BLOCK, limit - written))):
            part.write(block)
            written += len(block)
            if digest:
                digest.update(block)
        part.flush()
        os.fsync(part.fileno())
    return written


def hash_file(path: Path, progress: Callable[[int], None]) -> str:
    """SHA-256 of a file, telling how far it has come every 64 MB."""
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(4 * 1024 * 1024):
            digest.update(block)
            done += len(block)
            if done % (64 * 1024 * 1024) == 0:
                progress(done)
    return digest.hexdigest()


def keep(path: Path, sha256: str) -> None:
    """Move a checked file to its place under its hash; equal content is stored once."""
    blob = blob_path(sha256)
    blob.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    path.chmod(0o600)
    path.replace(blob)
    _sync_folder(blob.parent)


def drop_part(token: str) -> None:
    for path in (part_path(token), clean_path(token)):
        path.unlink(missing_ok=True)


def clean_path(token: str) -> Path:
    """Where a check writes an image anew."""
    return part_path(token).with_suffix(".clean")


def list_parts() -> Iterator[tuple[str, datetime]]:
    """Tokens of all part files and when each was last written."""
    yield from _listed(root() / "uploads", "*")


def list_blobs() -> Iterator[tuple[str, datetime]]:
    yield from _listed(root() / "store", "*/*")


def _listed(folder: Path, pattern: str) -> Iterator[tuple[str, datetime]]:
    for path in folder.glob(pattern):
        try:
            written = path.stat().st_mtime
        except FileNotFoundError:
            continue  # somebody was quicker
        yield path.stem, datetime.fromtimestamp(written).astimezone()


def read_slice(sha256: str, start: int, stop: int) -> Iterator[bytes]:
    """The bytes from `start` up to `stop`, a block at a time."""
    with blob_path(sha256).open("rb") as file:
        file.seek(start)
        left = stop - start
        while left > 0 and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
