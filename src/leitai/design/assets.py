"""What the front end's build left in `dist/`, read from its manifest."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static

DIST = Path(__file__).parent / "dist"


@cache
def manifest() -> dict[str, dict[str, Any]]:
    """Entry → its record. Empty where the front end was not built."""
    path = DIST / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def built_file(entry: str) -> Path | None:
    record = manifest().get(entry)
    return DIST / record["file"] if record else None


def files_of(*entries: str) -> tuple[str, ...]:
    """Every file that the entries load, scripts and styles, each once, in a steady order."""
    seen: dict[str, None] = {}
    queue = list(entries)
    visited: set[str] = set()
    while queue:
        name = queue.pop(0)
        record = manifest().get(name)
        if name in visited or record is None:
            continue
        visited.add(name)
        seen[record["file"]] = None
        seen.update(dict.fromkeys(record.get("css", [])))
        queue.extend(record.get("imports", []))
    return tuple(seen)


def shell_for(kind: str, *entries: str, every: bool) -> str:
    """The service worker's list as a line of script: cache name and addresses to keep.

    `every`: each page under the worker is kept, not only those that a page asks for.
    """
    addresses = [static(name) for name in files_of(*entries)]
    version = hashlib.sha256("\n".join(addresses).encode()).hexdigest()[:16]
    shell = {"name": f"{kind}-{version}", "assets": addresses, "every": every}
    return f"self.LEITAI_SHELL = {json.dumps(shell)};\n"
