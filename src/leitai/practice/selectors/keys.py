"""The keys of questions: a version never changes, so that each is read once a process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import Final

from leitai.bank.models import ItemVersion
from leitai.practice.marking import Keyed
from leitai.practice.nodes import node_of

KEPT: Final = 50_000
_known: OrderedDict[int, Keyed] = OrderedDict()
_guard = Lock()


def keys_of(versions: Iterable[int]) -> dict[int, Keyed]:
    """By version's id; one of a live bank, or that nobody knows, is left out."""
    wanted = set(versions)
    with _guard:
        found = {version: _known[version] for version in wanted if version in _known}
    missing = wanted - set(found)
    if missing:
        new = _read(missing)
        found |= new
        with _guard:
            _known.update(new)
            while len(_known) > KEPT:
                _known.popitem(last=False)
    return found


def _read(versions: set[int]) -> dict[int, Keyed]:
    rows = ItemVersion.objects.filter(pk__in=versions, sealed="", item__bank__live=False)
    columns = ("pk", "item_id", "type", "key", "module", "topic")
    return {
        pk: Keyed(item, type_, key, node_of(module, topic))
        for pk, item, type_, key, module, topic in rows.values_list(*columns)
    }
