"""A database as a thief would read it: dumped, and searched for a text in every form it may take."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
from collections.abc import Iterable
from urllib.parse import quote

from leitai.base import postgres


def dump(url: str) -> str:
    """All of it in plain SQL: schema, rows, large objects."""
    done = subprocess.run(
        [str(postgres.binaries() / "pg_dump"), "--format=plain", "--large-objects", "-d", url],
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def forms(value: str) -> set[str]:
    """The text itself, and how it looks in hex, base64 (at each alignment), JSON and addresses."""
    raw = value.encode()
    escaped = json.dumps(value)[1:-1]
    found = {
        value,
        raw.hex(),
        raw.hex().upper(),
        escaped,
        quote(value),
        value.encode("gb18030").hex(),
    }
    found |= {re.sub(r"\\u[0-9a-f]{4}", lambda it: it.group().upper().replace("U", "u"), escaped)}
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + raw).decode()
        sure = coded[-(-shift * 8 // 6) : (shift + len(raw)) * 8 // 6]
        found |= {sure, sure.replace("+", "-").replace("/", "_")}
    return found


def found_in(text: str, values: Iterable[str]) -> list[str]:
    """Those of the values that stand in the text in any form."""
    return sorted(value for value in set(values) if any(form in text for form in forms(value)))
