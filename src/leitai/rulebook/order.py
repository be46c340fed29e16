"""The order of stages, which follows from who advances where and not from the text.

Canonical JSON sorts its keys, so an order that stood only in the text would be lost with it.
"""

import heapq
from collections.abc import Mapping

from leitai.rulebook.model import Stage


def stage_order(stages: Mapping[str, Stage]) -> tuple[str, ...]:
    """Give the stages so that each stands after those that feed it; the id decides between equals.

    Stages on a cycle, and what follows from them, are left out.
    """
    feeders = dict.fromkeys(stages, 0)
    targets = {
        name: {rule.to for rule in stage.advance if rule.to in stages}
        for name, stage in stages.items()
    }
    for fed in targets.values():
        for name in fed:
            feeders[name] += 1
    ready = [name for name, count in feeders.items() if not count]
    heapq.heapify(ready)
    order = []
    while ready:
        name = heapq.heappop(ready)
        order.append(name)
        for target in targets[name]:
            feeders[target] -= 1
            if not feeders[target]:
                heapq.heappush(ready, target)
    return tuple(order)
