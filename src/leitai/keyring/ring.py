"""Keys by purpose and id, and what they wrap.

A wrapped value reads ``lt1.<key id>.<base64url nonce>.<base64url sealed>``: it names its suite and
its key, so that old values still open after a key was rotated. Nonces are arguments; nothing is
drawn here except through the ``entropy`` that the caller gives to ``init``.
"""

import base64
import binascii
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, Self, cast, get_args

from leitai.kernel.errors import DomainError
from leitai.kernel.suites import KEY_BYTES, SUITE, suite
from leitai.keyring import store

Purpose = Literal["paper", "field", "index", "ticket", "results", "ledger", "web"]
PURPOSES: Final[tuple[Purpose, ...]] = get_args(Purpose)
VARIABLE: Final = "LEITAI_KEYS"
_SIGNING: Final[frozenset[str]] = frozenset({"results", "ledger"})
_ID_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class Key:
    """One key; ``secret`` has 32 bytes, ``public`` is there for keys that sign."""

    id: str
    purpose: str
    secret: bytes = field(repr=False)
    public: bytes | None
    created_at: datetime | None = field(default=None, compare=False)

    @property
    def fingerprint(self) -> str:
        """Name the public half for people; raises DomainError for a key that does not sign."""
        if self.public is None:
            raise DomainError("key_not_signing", purpose=self.purpose, id=self.id)
        return suite(SUITE).fingerprint(self.public)


class Keyring:
    """All keys of one installation. Old keys stay readable; the newest of a purpose is current."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys: dict[tuple[str, str], Key] = {}
        self._current: dict[str, Key] = {}
        for key in sorted(keys, key=lambda key: _age(key.id)):
            self._keys[key.purpose, key.id] = key
            self._current[key.purpose] = key

    @classmethod
    def load(cls, path: Path | str) -> Self:
        """Read the directory; refuse one that is missing, open to others or spoilt."""
        return cls(_key(stored) for stored in store.read(Path(path)))

    @classmethod
    def from_environment(cls) -> Self:
        """Read the directory that ``LEITAI_KEYS`` names."""
        path = os.environ.get(VARIABLE)
        if not path:
            raise DomainError("keyring_unnamed", variable=VARIABLE)
        return cls.load(path)

    def current(self, purpose: Purpose) -> Key:
        """Give the key with which new things of this purpose are made."""
        if purpose not in self._current:
            raise DomainError("key_missing", purpose=purpose, id="")
        return self._current[purpose]

    def get(self, purpose: Purpose, key_id: str) -> Key:
        """Give the key that an old thing names."""
        key = self._keys.get((purpose, key_id))
        if key is None:
            raise DomainError("key_missing", purpose=purpose, id=key_id)
        return key

    def __iter__(self) -> Iterator[Key]:
        """All keys of all purposes."""
        return iter(self._keys.values())

    def all(self, purpose: Purpose) -> tuple[Key, ...]:
        """Every key of this purpose, the current one last."""
        return tuple(key for (of, _), key in self._keys.items() if of == purpose)

    def wrap(self, purpose: Purpose, plain: bytes, aad: bytes, nonce: bytes) -> str:
        """Seal ``plain`` under the current key; ``aad`` says to what it belongs."""
        key = self.current(purpose)
        sealed = suite(SUITE).seal(_sealing(key), nonce, plain, aad)
        return ".".join((SUITE, key.id, _base64(nonce), _base64(sealed)))

    def unwrap(self, purpose: Purpose, text: str, aad: bytes) -> bytes:
        """Open what ``wrap`` gave; refuses text of another shape, key or ``aad``."""
        parts = text.split(".")
        if len(parts) != 4:
            raise DomainError("wrapped_malformed")
        name, key_id, nonce, sealed = parts
        key = self.get(purpose, key_id)
        return suite(name).open(_sealing(key), _unbase64(nonce), _unbase64(sealed), aad)


def init(
    path: Path | str, *, entropy: Callable[[int], bytes], at: datetime | None = None
) -> Keyring:
    """Make the directory and a first key for each purpose that has none; safe to repeat.

    ``entropy(n)`` gives n random bytes (``secrets.token_bytes`` outside tests).
    """
    where = Path(path)
    store.prepare(where)
    there = {stored.purpose for stored in store.read(where)}
    for purpose in PURPOSES:
        if purpose not in there:
            rotate(where, purpose, entropy=entropy, at=at)
    return Keyring.load(where)


def rotate(
    path: Path | str,
    purpose: Purpose,
    *,
    entropy: Callable[[int], bytes],
    at: datetime | None = None,
) -> Key:
    """Add a new key for ``purpose``, which becomes current; older ones stay readable."""
    drafted = draft(path, purpose, entropy=entropy, at=at)
    publish(path, drafted)
    return drafted.key


@dataclass(frozen=True, slots=True)
class Draft:
    """A key that is not yet in the directory: nobody else can use it until it is published."""

    key: Key
    stored: store.Stored = field(repr=False)


def draft(
    path: Path | str,
    purpose: Purpose,
    *,
    entropy: Callable[[int], bytes],
    at: datetime | None = None,
) -> Draft:
    """The key that would be the next of its purpose."""
    there = [stored.id for stored in store.read(Path(path)) if stored.purpose == purpose]
    number = 1 + max((_age(key_id)[0] for key_id in there), default=0)
    secret = entropy(KEY_BYTES)
    if purpose in _SIGNING:
        secret = suite(SUITE).generate_signing_key(secret)
    key_id = f"{number:02d}-{entropy(_ID_BYTES).hex()}"
    stored = store.Stored(suite=SUITE, purpose=purpose, id=key_id, secret=secret, created_at=at)
    return Draft(_key(stored), stored)


def publish(path: Path | str, drafted: Draft) -> None:
    """Put a drafted key into the directory; from here on it is current."""
    store.write(Path(path), drafted.stored)


def remove(path: Path | str, key: Key) -> None:
    """Take an old key away for good; refuses the current one of its purpose."""
    current = Keyring.load(path).current(cast("Purpose", key.purpose))
    if current.id == key.id:
        raise DomainError("key_current", purpose=key.purpose, id=key.id)
    store.remove(Path(path), key.purpose, key.id)


def _key(stored: store.Stored) -> Key:
    signing = stored.purpose in _SIGNING
    public = suite(stored.suite).public_key(stored.secret) if signing else None
    return Key(
        id=stored.id,
        purpose=stored.purpose,
        secret=stored.secret,
        public=public,
        created_at=stored.created_at,
    )


def _age(key_id: str) -> tuple[int, str]:
    number, _, rest = key_id.partition("-")
    return (int(number) if number.isdecimal() else 0, rest)


def _sealing(key: Key) -> bytes:
    if key.public is not None:
        raise DomainError("key_not_sealing", purpose=key.purpose, id=key.id)
    return key.secret


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise DomainError("wrapped_malformed") from None
