"""The verifiable draw "draw-1": anyone with the pool and the key string recomputes the order.

It is the selection of RFC 3797 with SHA-256: in step i the digest of BE16(i) || key || BE16(i),
read as a number, modulo what remains, names the position in the sorted pool that is drawn next.
The bias is below 2**-240, so no rejection loop is needed.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

from leitai.kernel.errors import DomainError

MAX_POOL: Final = 1 << 16


def order(pool: Sequence[str], key: str) -> tuple[str, ...]:
    """Draw the whole ``pool`` in order, the first drawn first; the pool's own order is no matter.

    Raises DomainError("draw_pool") when the pool holds a name twice or more than 65,536 names.
    """
    remaining = sorted(pool)  # by Unicode code point, as Python compares text
    if len(set(remaining)) != len(remaining) or len(remaining) > MAX_POOL:
        raise DomainError("draw_pool", size=len(remaining))
    secret = key.encode()
    drawn = []
    for step in range(len(remaining)):
        edge = step.to_bytes(2, "big")
        digest = hashlib.sha256(edge + secret + edge).digest()
        drawn.append(remaining.pop(int.from_bytes(digest, "big") % len(remaining)))
    return tuple(drawn)
