"""The figures of a live event by which ties can be broken (``event.KEY``)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from leitai.rulebook.model.events import Event, TieKey
from leitai.rulebook.model.live import Live

RESERVED: Final = frozenset({"right", "wrong", "fouls", "playoff", "place"})


def live_keys(event: Event) -> Mapping[str, TieKey]:
    """Give every key that the log of a live event makes, beside those that the event declares.

    ``right``, ``wrong`` and ``fouls`` are counts; a segment's id is its score, with the event's
    decimals; ``playoff`` and ``place`` are orders, of which the smaller is better (0: none).
    """
    if event.live is None:
        return MappingProxyType({})
    found = {
        "right": TieKey("答对题数", "higher", "题"),
        "wrong": TieKey("答错题数", "lower", "题"),
        "fouls": TieKey("犯规次数", "lower", "次"),
    }
    if has(event.live, "playoff"):
        found["playoff"] = TieKey("加赛名次", "lower")
    if has(event.live, "arena"):
        found["place"] = TieKey("擂台名次", "lower")
    for segment in event.live.segments:
        if segment.playoff is None:
            found[segment.id] = TieKey(f"{segment.title}得分", "higher", "分", event.decimals)
    return MappingProxyType(found)


def has(live: Live, kind: str) -> bool:
    """Say whether a match has a segment of that kind."""
    return any(getattr(segment, kind) is not None for segment in live.segments)
