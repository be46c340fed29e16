"""The verifiable draw "draw-1": anyone with the pool and the key string recomputes the order.

It is the selection of RFC 3797 with SHA-256: in step i the digest of BE16(i) || key || BE16(i),
read as a number, modulo what remains, names the position in the sorted pool that is drawn next.
The bias is below 2**-240, so no rejection loop is needed. `docs/formats/draw.md` is the full text.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from leitai.kernel.errors import DomainError

MAX_POOL: Final = 1 << 16
ATTEMPTS: Final = 10_000  # before the next constraint is given up
SECRET_DIGITS: Final = (32, 128)  # of hex: 128 bits at least; as in _SECRET
_WORD: Final = re.compile(r"[0-9A-Z]+")
_SECRET: Final = re.compile(r"[0-9A-F]{32,128}")

Digest = Literal["sha256", "md5"]


@dataclass(frozen=True, slots=True)
class Step:
    """One lot: `index` is the digest modulo `remaining`, the position in what was left."""

    digest: str
    remaining: int
    index: int
    drawn: str


@dataclass(frozen=True, slots=True)
class Constraint:
    """`apart`: members of a group never follow each other. `not_first`: none of them is first."""

    kind: Literal["apart", "not_first"]
    groups: tuple[tuple[str, ...], ...]

    def allows(self, before: str | None, name: str) -> bool:
        """Whether `name` may be drawn right after `before` (None: as the first)."""
        if self.kind == "not_first":
            return before is not None or not any(name in group for group in self.groups)
        return before is None or not any(before in group and name in group for group in self.groups)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`attempt` is None without constraints; `relaxed` are the positions of those given up."""

    key: str
    attempt: int | None
    relaxed: tuple[int, ...]
    steps: tuple[Step, ...]

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(step.drawn for step in self.steps)


def order(pool: Sequence[str], key: str) -> tuple[str, ...]:
    """Draw the whole ``pool`` in order, the first drawn first; the pool's own order is no matter.

    Raises DomainError("draw_pool") when the pool holds a name twice or more than 65,536 names.
    """
    return draw_order(pool, key)


def draw_order(pool: Sequence[str], key: str, digest: Digest = "sha256") -> tuple[str, ...]:
    """As `order`; MD5 is there only so that RFC 3797's own vectors can be held against it."""
    return tuple(step.drawn for step in steps(pool, key, digest))


def steps(pool: Sequence[str], key: str, digest: Digest = "sha256") -> tuple[Step, ...]:
    """Every lot with its digest, so that each can be checked by itself."""
    return tuple(_lots(_sorted(pool), key, digest))


def resolve(
    pool: Sequence[str],
    key: str,
    constraints: Sequence[Constraint] = (),
    relax: Sequence[int] = (),
) -> Outcome:
    """Draw until the constraints hold: attempt j draws with the key `key` || j || "/".

    Attempts 0 to 9,999 keep every constraint, the next 10,000 all but ``constraints[relax[0]]``,
    and so on: the number of the attempt alone says which held. ``relax`` names each once, so that
    the last round is free and always ends.
    """
    if sorted(relax) != list(range(len(constraints))):
        raise DomainError("draw_relax", constraints=len(constraints))
    if not constraints:
        return Outcome(key, None, (), steps(pool, key))
    names = _sorted(pool)
    for given_up in range(len(relax) + 1):
        dropped = tuple(relax[:given_up])
        held = [one for at, one in enumerate(constraints) if at not in dropped]
        for attempt in range(given_up * ATTEMPTS, (given_up + 1) * ATTEMPTS):
            tried = f"{key}{attempt}/"
            if drawn := _try(names, tried, held):
                return Outcome(tried, attempt, dropped, drawn)
    raise DomainError("draw_pool", size=len(names))  # an empty pool has nothing to draw


def key_of(*parts: str | Sequence[int]) -> str:
    """Write the key string: text without white space in capitals, each part ended by a slash.

    A group of numbers stands ascending, joined and ended by full stops: `9319./2.5.8.10.12./`.
    """
    written = []
    for part in parts:
        if isinstance(part, str):
            word = "".join(part.split()).upper()
            if not _WORD.fullmatch(word):
                raise DomainError("draw_key_part", part=part[:40])
        else:
            if not part or min(part) < 0:
                raise DomainError("draw_key_part", part=list(part))
            word = "".join(f"{number}." for number in sorted(part))
        written.append(f"{word}/")
    return "".join(written)


def secret_of(text: str) -> str:
    """A party's secret in its one form: capital hex without white space, 128 bits at least."""
    secret = "".join(text.split()).upper()
    if not _SECRET.fullmatch(secret):
        raise DomainError("draw_secret", least=SECRET_DIGITS[0], most=SECRET_DIGITS[1])
    return secret


def commitment(secret: str) -> str:
    """SHA-256 over the ASCII letters of `secret_of`, in lower-case hex."""
    return hashlib.sha256(secret_of(secret).encode("ascii")).hexdigest()


def _sorted(pool: Sequence[str]) -> list[str]:
    names = sorted(pool)  # by Unicode code point, as Python compares text
    if len(set(names)) != len(names) or len(names) > MAX_POOL:
        raise DomainError("draw_pool", size=len(names))
    return names


def _lots(names: list[str], key: str, digest: Digest = "sha256") -> Iterator[Step]:
    remaining, middle = list(names), key.encode()
    for step in range(len(names)):
        edge = step.to_bytes(2, "big")
        hashed = hashlib.new(digest, edge + middle + edge, usedforsecurity=False).hexdigest()
        left = len(remaining)
        index = int(hashed, 16) % left
        yield Step(hashed, left, index, remaining.pop(index))


def _try(names: list[str], key: str, constraints: Sequence[Constraint]) -> tuple[Step, ...] | None:
    """The attempt's lots, or None as soon as one breaks a constraint."""
    drawn: list[Step] = []
    for lot in _lots(names, key):
        before = drawn[-1].drawn if drawn else None
        if not all(one.allows(before, lot.drawn) for one in constraints):
            return None
        drawn.append(lot)
    return tuple(drawn)
