"""Personal numbers at rest: sealed under the field key, found again by a keyed digest.

`place` says to what a value belongs ("person:17:phone"): sealed text moved to another row or field
does not open. The digest of a value is the same wherever it stands, so that duplicates are found.

Whoever keeps sealed values registers the column, or `leitai keys rotate` would leave them behind:

    sealing.register(SealedColumn(model="people.Personal", column="phone",
        place="person:{row.person_id}:phone", digests=(Digested("phone_digest", "phone"),)))
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from leitai.kernel.suites import NONCE_BYTES, suite
from leitai.keyring import Key, Keyring, Purpose

_INDEX_KEY: ContextVar[Key | None] = ContextVar("index key", default=None)


def keyring() -> Keyring:
    """The keys of this installation, read again whenever one was added or taken away.

    The names of the files tell: a key's file never changes.
    """
    path = Path(settings.LEITAI_KEYS)
    return _read(path, frozenset(path.iterdir()) if path.is_dir() else frozenset())


@lru_cache(maxsize=4)
def _read(path: Path, _files: frozenset[Path]) -> Keyring:
    return Keyring.load(path)


def seal(text: str, *, place: str) -> str:
    """Seal one value; "" stays "" so that an empty field shows itself as empty."""
    if not text:
        return ""
    return keyring().wrap("field", text.encode(), place.encode(), os.urandom(NONCE_BYTES))


def open_sealed(sealed: str, *, place: str) -> str:
    """The value again; raises DomainError("seal_broken") for one of another place."""
    return keyring().unwrap("field", sealed, place.encode()).decode() if sealed else ""


def digest(kind: str, value: str) -> bytes:
    """32 bytes that are the same for the same value of a kind, and tell nothing without the key."""
    key = _INDEX_KEY.get() or keyring().current("index")
    return suite().mac(key.secret, f"{kind}:{value}".encode())


@contextmanager
def digesting_with(key: Key) -> Iterator[None]:
    """Make digests with a key that is not yet current: only while all of them are changed."""
    token = _INDEX_KEY.set(key)
    try:
        yield
    finally:
        _INDEX_KEY.reset(token)


def code_digest(code: str) -> bytes:
    """Of a code of at least 80 random bits, which needs no key."""
    return hashlib.sha256(code.encode()).digest()


def same(one: bytes, other: bytes) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(bytes(one), bytes(other))


@dataclass(frozen=True, slots=True)
class Digested:
    """A column beside a sealed one: `digest(kind, of(plain))`, empty where `of` gives ""."""

    column: str
    kind: str
    of: Callable[[str], str] = str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedColumn:
    """One place where sealed values stand, so that keys can be changed without knowing the room.

    `place` is a format of the row ("person:{row.person_id}:phone") or a function of it. Where the
    sealed text is not simply the column (one entry of a JSON column), `get` takes it out of a row
    ("" when there is none) and `put` puts it back; several entries of one column are registered
    one by one, told apart by `entry`. `opener` and `sealer` replace the ring's own opening and
    sealing, for what is sealed in another way than `seal` does.
    """

    model: str  # "people.Personal"
    column: str  # "phone"
    place: str | Callable[[Any], str]
    entry: str = ""
    purpose: Purpose = "field"
    digests: tuple[Digested, ...] = ()
    get: Callable[[Any], str] | None = None
    put: Callable[[Any, str], None] | None = None
    opener: Callable[[str, str], bytes] | None = None  # (sealed, place)
    sealer: Callable[[bytes, str], str] | None = None  # (plain, place)

    @property
    def name(self) -> str:
        return ".".join(filter(None, (self.model, self.column, self.entry)))

    def place_of(self, row: Any) -> str:
        return self.place.format(row=row) if isinstance(self.place, str) else self.place(row)

    def sealed_of(self, row: Any) -> str:
        return self.get(row) if self.get else str(getattr(row, self.column) or "")

    def open(self, row: Any) -> bytes:
        """What stands sealed in the row; only for a row that holds something."""
        sealed, place = self.sealed_of(row), self.place_of(row)
        if self.opener:
            return self.opener(sealed, place)
        return keyring().unwrap(self.purpose, sealed, place.encode())

    def digests_of(self, row: Any) -> dict[str, bytes]:
        """What the columns beside it should hold, by the current index key."""
        text = self.open(row).decode()
        return {one.column: digest(one.kind, one.of(text)) for one in self.digests if one.of(text)}

    def reseal(self, row: Any) -> None:
        """The same value under the current key, in the row as it is in memory."""
        plain, place = self.open(row), self.place_of(row)
        if self.sealer:
            sealed = self.sealer(plain, place)
        else:
            nonce = os.urandom(NONCE_BYTES)
            sealed = keyring().wrap(self.purpose, plain, place.encode(), nonce)
        if self.put:
            self.put(row, sealed)
        else:
            setattr(row, self.column, sealed)


@dataclass(frozen=True, slots=True)
class Derived:
    """Digests that stand apart from the value they are made of, such as login names.

    `rebuild` writes them anew with the current index key and gives how many; it runs inside the
    transaction that changed all others, after them. `tables` are locked by the models' names.
    """

    name: str
    tables: tuple[str, ...]
    rebuild: Callable[[], int]


_COLUMNS: Final[dict[str, SealedColumn]] = {}
_DERIVED: Final[dict[str, Derived]] = {}


def register(*columns: SealedColumn | Derived) -> None:
    """Called in `apps.ready()` by the room that owns the column; safe to repeat."""
    for column in columns:
        if isinstance(column, Derived):
            _DERIVED[column.name] = column
        else:
            _COLUMNS[column.name] = column


def columns(purpose: Purpose = "field") -> tuple[SealedColumn, ...]:
    """Every registered column that a key of this purpose seals."""
    found = (column for column in _COLUMNS.values() if column.purpose == purpose)
    return tuple(sorted(found, key=lambda column: column.name))


def derived() -> tuple[Derived, ...]:
    return tuple(_DERIVED[name] for name in sorted(_DERIVED))


def key_id_of(sealed: str) -> str:
    """Under which key a sealed text stands; "" for text that is not sealed."""
    parts = sealed.split(".")
    return parts[1] if len(parts) == 4 else ""
