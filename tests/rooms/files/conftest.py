"""A kind of file that only the tests know, and two people."""

from __future__ import annotations

import pytest

from leitai.files import kinds, services
from leitai.files.kinds import MB, FileKind
from tests.factories import people
from tests.factories.units import load_packaged
from tests.rooms.files.wire import Tus

TYPES = ("pdf", "png", "jpeg", "docx", "zip", "txt", "mp4")


@pytest.fixture
def kind(monkeypatch):
    """Whoever is signed in may upload; the owner "thing:<account>" is seen by that account."""
    monkeypatch.setattr(kinds, "_KINDS", {})

    def make(**more):
        given = {
            "code": "thing",
            "max_bytes": 64 * MB,
            "types": TYPES,
            "can_upload": lambda actor, owner: actor.known and owner != "thing:shut",
            "can_view": lambda actor, owner: owner == f"thing:{actor.account}",
            "quota_bytes": 100 * MB,
        } | more
        made = FileKind(**given)
        kinds.register(made)
        return made

    make()
    return make


@pytest.fixture
def clerk(kind):
    load_packaged()
    return people.account("clerk")


@pytest.fixture
def other(clerk):
    return people.account("other")


@pytest.fixture
def tus(client, clerk):
    client.force_login(clerk)
    return Tus(client)


@pytest.fixture
def deferred(monkeypatch):
    """Tokens of checks that were left to the worker."""
    found = []
    monkeypatch.setattr(services.checking, "defer_check", found.append)
    return found
