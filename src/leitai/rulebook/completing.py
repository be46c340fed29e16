"""What a short rulebook leaves unsaid: two lines (language and title) are a contest already."""

import re
from typing import Any, Final

from leitai.rulebook.schema import NAME

TRACK: Final = "main"
EVENT: Final = "score"
STAGE: Final = "contest"
_OTHER: Final = re.compile(r"[^a-z0-9_-]+")


def complete(plain: dict[str, Any], name: str) -> dict[str, Any]:
    """Give the full tree of a rulebook from a file ``name``; what the text says is never touched.

    Without ``id``: the file's name. Without ``tracks``: one track, ``main``. Without ``stages``:
    one stage, ``contest``, of all events (without any: of one reported score), ranked by the total,
    equal totals sharing a rank.
    """
    whole = dict(plain)
    whole.setdefault("id", id_of(plain, name))
    whole.setdefault("tracks", {TRACK: {"title": "比赛"}})
    if "stages" not in whole:
        whole.setdefault("events", {EVENT: {"title": "成绩"}})
        events = whole["events"]
        names = list(events) if isinstance(events, dict) else []
        whole["stages"] = {
            STAGE: {
                "title": "比赛",
                "events": names,
                "total": {"sum": names},
                "ranking": {"keys": ["total"], "unbroken": "share"},
            }
        }
    return whole


def id_of(plain: dict[str, Any], name: str) -> Any:
    """Give the id that a rulebook has, or takes from its file's name."""
    return plain["id"] if "id" in plain else _id(name)


def _id(name: str) -> str:
    """Make an id of a file's name; a name without a usable letter gives ``contest``."""
    stem = name.replace("\\", "/").rpartition("/")[2]
    stem = stem.rpartition(".")[0] or stem
    made = _OTHER.sub("-", stem.casefold()).strip("-_")
    return made if NAME.fullmatch(made) else STAGE
