"""Days as text: exactly ``YYYY-MM-DD``, since more is written in more ways than one."""

import re
from datetime import date
from typing import Final

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def day(text: str) -> date | None:
    """Read a day; None for anything else."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
