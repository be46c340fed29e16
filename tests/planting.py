"""What is made once for a module: each of its tests changes it within a savepoint of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction


@contextmanager
def planting(blocker) -> Iterator[None]:
    """The rows stay until the module's last test; not for a module with a test that commits."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def once(plant: Callable[[], Any]) -> Any:
    """A module's fixture of what `plant` makes, for `copied`; its files go to a folder of its own."""

    @pytest.fixture(scope="module")
    def planted(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Any]:
        with planting(django_db_blocker):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(settings, "LEITAI_FILES", tmp_path_factory.mktemp("files"))
                made = plant()
            yield made

    return planted


@pytest.fixture
def copied(planted, db) -> Any:
    """What the module planted, as it was: what a test does to it in memory is its own."""
    return deepcopy(planted)
