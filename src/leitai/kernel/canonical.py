r"""Canonical JSON: one value has one encoding, so that its bytes can be hashed and signed.

The form: UTF-8, no white space, object keys sorted by Unicode code point, strings escaped only
where JSON demands it (``\"`` ``\\`` ``\b`` ``\f`` ``\n`` ``\r`` ``\t``, other C0 controls
as ``\u00xx`` in lower-case hex), integers only. There is no float in this house's records, so
the hard part of RFC 8785 never arises.
"""

import json
from collections.abc import Mapping
from typing import Any

from leitai.kernel.errors import DomainError


def encode(obj: object) -> bytes:
    """Encode None, bool, int, str, lists, tuples and mappings with str keys.

    Raises TypeError for anything else (floats first of all) and DomainError("lone_surrogate") for
    text that is not Unicode.
    """
    try:
        return _dump(_plain(obj)).encode()
    except UnicodeEncodeError as error:
        raise DomainError("lone_surrogate", text=ascii(error.object[:80])) from None


def decode(data: bytes) -> Any:
    """Decode ``data``, demanding that it is exactly what ``encode`` would give.

    Raises DomainError("not_canonical", at=…) with the offset of the first byte that is wrong.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise DomainError("not_canonical", at=error.start) from None
    try:
        # What the form does not have (1.5, NaN) becomes null, which is written otherwise from its
        # first letter on, so that the comparison below finds its place.
        value = json.loads(text, parse_float=_nothing, parse_constant=_nothing)
        again = _dump(value).encode(errors="surrogatepass")
    except json.JSONDecodeError as error:
        at = len(text[: error.pos].encode())
        raise DomainError("not_canonical", at=at) from None
    except (RecursionError, ValueError):  # absurdly deep, or a number of thousands of digits
        raise DomainError("not_canonical", at=0) from None
    if again != data:
        raise DomainError("not_canonical", at=_first_difference(data, again))
    return value


def _dump(value: object) -> str:
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def _nothing(_text: str) -> None:
    return None


def _first_difference(one: bytes, other: bytes) -> int:
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))


def _plain(obj: object) -> object:
    """Copy ``obj`` as dicts and lists; refuse floats and keys that are not text."""
    if obj is None or isinstance(obj, bool | int | str):
        return obj
    if isinstance(obj, list | tuple):
        return [_plain(item) for item in obj]
    if isinstance(obj, Mapping):
        for key in obj:
            if not isinstance(key, str):
                message = f"canonical JSON has text keys only, not {key!r}"
                raise TypeError(message)
        return {key: _plain(value) for key, value in obj.items()}
    message = f"canonical JSON has no {type(obj).__name__}: {obj!r}"
    raise TypeError(message)
