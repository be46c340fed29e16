"""Warnings of the lane: one JSON object a line on stderr, for errors only, never a line a request.

The same event is written at most ten times a second; what was held back is counted and told.
"""

import json
import sys
import time
from typing import Final

_A_SECOND: Final = 10
_seen: Final[dict[str, tuple[int, int]]] = {}  # event: (second, how many in it)


def warn(event: str, **data: object) -> None:
    """Write one warning."""
    second, count = _seen.get(event, (0, 0))
    now = int(time.monotonic())
    if second != now:
        if count > _A_SECOND:
            data["held_back"] = count - _A_SECOND
        second, count = now, 0
    _seen[event] = (second, count + 1)
    if count < _A_SECOND:
        write({"lane": event, **data})


def write(record: dict[str, object]) -> None:
    """Write one line whatever the rate; for what is written once, such as the last counters."""
    sys.stderr.write(json.dumps(record, ensure_ascii=False, default=repr) + "\n")
    sys.stderr.flush()
