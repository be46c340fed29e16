"""One world for all tests of a module; what a test changes is rolled back after it."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler

from leitai.people.middleware import SEEN
from tests import world as worlds

HANDLER = ClientHandler(enforce_csrf_checks=False)  # one chain of middleware, as in a house


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


@pytest.fixture(scope="module")
def sessions(built_world, django_db_blocker):
    """Each role's session, opened once: what a test does to it is rolled back with the rest."""
    opened = {}
    with django_db_blocker.unblock():
        for role, account in built_world.accounts.items():
            client = Client()
            client.force_login(account)
            session = client.session  # noted for the next hour: else each request would write it
            session[SEEN] += 3600
            session.save()
            opened[role] = session.session_key
    return opened


@pytest.fixture
def come(sessions):
    """A client that comes as a role, or as nobody: cheap enough for every route and role."""

    def coming(role: str) -> Client:
        client = Client()
        client.handler = HANDLER
        if role in sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = sessions[role]
        return client

    return coming
