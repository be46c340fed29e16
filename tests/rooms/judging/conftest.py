"""The season of a judged final, made once for a module; what a test changes is rolled back."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.rooms.judging import making


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        making.BUILT.append((making.open_final(), making.judges()))
        yield
        making.BUILT.pop()
        transaction.set_rollback(True)


@pytest.fixture
def stage(planted, db):
    """The final of `contest.yaml` and seven judges."""
