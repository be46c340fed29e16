"""One world for all tests of a module; what a test changes is rolled back after it."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.db import transaction
from django.test import Client

from tests import world as worlds


@pytest.fixture(scope="module")
def built_world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built_world, db):
    """As it was built: a test that moves an exam in memory moves its own copy."""
    return deepcopy(built_world)


@pytest.fixture
def sign_in(world):
    """A client that is signed in as a role, or as nobody."""

    def signed(role: str = "") -> Client:
        client = Client()
        if role:
            client.force_login(world.accounts[role])
        return client

    return signed
