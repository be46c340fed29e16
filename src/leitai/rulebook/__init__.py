"""The language of rules and its engine: a notice's rules as data, and what follows from them.

Pure: the same inputs in any order give the same outcome, and every outcome carries its reason.

The names below are looked up when they are used: a process that needs the referee of live matches
alone starts in half the time, and a hall is waiting for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from leitai.rulebook.eligibility import refusals
    from leitai.rulebook.engine import decide
    from leitai.rulebook.explaining import explain
    from leitai.rulebook.loading import from_canonical, load, packaged
    from leitai.rulebook.model import Rulebook

__all__ = ["Rulebook", "decide", "explain", "from_canonical", "load", "packaged", "refusals"]

_HOMES: Final = {
    "Rulebook": "model",
    "decide": "engine",
    "explain": "explaining",
    "from_canonical": "loading",
    "load": "loading",
    "packaged": "loading",
    "refusals": "eligibility",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
