"""Upwards one publishes: lower rooms announce, upper rooms subscribe in `apps.ready()`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

E = TypeVar("E")
_inside: dict[type, list[Callable[[Any], None]]] = defaultdict(list)
_after: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def in_transaction(event: type[E], handler: Callable[[E], None]) -> None:
    """Run `handler` in the publisher's transaction: both hold or neither does."""
    if handler not in _inside[event]:
        _inside[event].append(handler)


def after_commit(event: type[E], handler: Callable[[E], None]) -> None:
    """Run `handler` once the publisher's transaction has been committed."""
    if handler not in _after[event]:
        _after[event].append(handler)


def publish(event: object) -> None:
    """Tell everyone above. Handlers are called in the order of subscription."""
    for handler in _inside[type(event)]:
        handler(event)
    for handler in _after[type(event)]:
        transaction.on_commit(partial(handler, event))
