"""Paths of our own: what a message or a short link may lead to."""

from __future__ import annotations

import re

LIMIT = 300
# One slash, then letters of an address: no host, no scheme, no backslash, no blank.
_OWN = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def is_own(path: str) -> bool:
    return len(path) <= LIMIT and _OWN.fullmatch(path) is not None
