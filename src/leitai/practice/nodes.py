"""The syllabus has two levels: a node is a module, or a topic below one, told by one text.

Days keep their answers by node, so that a module is the sum of what lies below it; answers to
questions without a topic, and those of days that were folded before topics were kept, stand at the
module itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

_BETWEEN: Final = "\x1f"  # the unit separator: no bank's text has one


def node_of(module: str, topic: str = "") -> str:
    return f"{module}{_BETWEEN}{topic}" if topic else module


def parts_of(node: str) -> tuple[str, str]:
    """Its module and its topic, which is empty for the module itself."""
    module, _, topic = node.partition(_BETWEEN)
    return module, topic


def by_module(days: Iterable[Mapping[str, Sequence[int]]]) -> dict[str, list[int]]:
    """Answers and right ones by module, summed over days and topics."""
    sums: dict[str, list[int]] = {}
    for nodes in days:
        for node, (answers, right) in nodes.items():
            held = sums.setdefault(parts_of(node)[0], [0, 0])
            held[0] += answers
            held[1] += right
    return sums
