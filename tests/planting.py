"""What is made once for a module: each of its tests changes it within a savepoint of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def planting(blocker) -> Iterator[None]:
    """The rows stay until the module's last test; not for a module with a test that commits."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
