"""The hash chain: each record's hash covers the record and everything before it."""

from typing import Final

from leitai.kernel import suites
from leitai.kernel.suites import SUITE

GENESIS: Final = bytes(32)


def link(prev: bytes, payload: bytes, suite: str = SUITE) -> bytes:
    """Hash ``payload`` onto ``prev`` (``GENESIS`` for the first record)."""
    return suites.suite(suite).digest(prev + payload)
