"""The figures of an event beside its score, by which ties can be broken."""

from collections.abc import Mapping

from leitai.rulebook.judging.keys import line_keys
from leitai.rulebook.live.keys import live_keys
from leitai.rulebook.model import Event, TieKey


def event_keys(event: Event) -> Mapping[str, TieKey]:
    """Give every key of an event: those that it declares, and those that follow from its kind."""
    return {**event.keys, **line_keys(event), **live_keys(event)}
