"""The key directory: mode 0700, one file of mode 0600 a key, each written whole or not at all."""

import json
import os
import stat
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from leitai.kernel import canonical
from leitai.kernel.errors import DomainError

_SUFFIX: Final = ".key"
_FIELDS: Final = frozenset({"suite", "purpose", "id", "secret"})
_LATER: Final = frozenset({"created_at"})  # files of the first version lack it


@dataclass(frozen=True, slots=True)
class Stored:
    """One key as its file holds it (the file writes the secret in hex).

    `created_at` is the file's own time where the file does not say it.
    """

    suite: str
    purpose: str
    id: str
    secret: bytes = field(repr=False)
    created_at: datetime | None = None


def prepare(path: Path) -> None:
    """Make the directory, private from its first moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        return
    path.chmod(0o700)  # whatever the umask took away


def read(path: Path) -> tuple[Stored, ...]:
    """Read all keys by name of file; refuse a directory that others may enter."""
    if not path.is_dir():
        raise DomainError("keyring_missing", path=str(path))
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise DomainError("keyring_open", path=str(path), mode=f"{mode:04o}")
    return tuple(_parse(file) for file in sorted(path.glob(f"*{_SUFFIX}")))


def write(path: Path, stored: Stored) -> None:
    """Write one key so that a crash leaves either no file or a whole one."""
    record = {
        "suite": stored.suite,
        "purpose": stored.purpose,
        "id": stored.id,
        "secret": stored.secret.hex(),
    }
    if stored.created_at is not None:
        record["created_at"] = stored.created_at.astimezone(UTC).isoformat(timespec="seconds")
    name = _name(stored.purpose, stored.id)
    draft = path / f".{name}.{os.getpid()}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(canonical.encode(record) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path / name)
    _settle(path)


def remove(path: Path, purpose: str, key_id: str) -> None:
    """Take one key away for good; what it sealed can never be opened again."""
    (path / _name(purpose, key_id)).unlink(missing_ok=True)
    _settle(path)


def _name(purpose: str, key_id: str) -> str:
    return f"{purpose}-{key_id}{_SUFFIX}"


def _settle(path: Path) -> None:
    directory = os.open(path, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _parse(file: Path) -> Stored:
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(record, dict) or set(record) - _LATER != _FIELDS:
            raise ValueError  # noqa: TRY301  (one refusal for every way of being spoilt)
        return Stored(
            suite=str(record["suite"]),
            purpose=str(record["purpose"]),
            id=str(record["id"]),
            secret=bytes.fromhex(record["secret"]),
            created_at=_created(file, record.get("created_at")),
        )
    except (ValueError, TypeError, OSError):
        raise DomainError("key_spoilt", path=str(file)) from None


def _created(file: Path, said: str | None) -> datetime:
    if said is None:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise ValueError
    return moment
