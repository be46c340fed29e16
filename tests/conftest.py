"""Marks by folder, and each test's own folder for files. The house itself is in tests/house.py."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from leitai.base import postgres
from tests import databases
from tests.house import CLUSTER, REPO

# A busy machine is no fault of the code; CI tries the same cases each time, people try new ones.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


_LONG = {"web/test_matrix.py", "web/test_pages.py"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks by folder; and each worker takes whole files, in this order."""
    layers = {"kernel": "pure", "keyring": "pure", "rulebook": "pure", "interchange": "pure"}
    for item in items:
        first = item.path.relative_to(REPO / "tests").parts[0]
        name = layers.get(first, first)
        if name in {"pure", "lane", "rooms", "web", "e2e", "architecture"}:
            item.add_marker(name)
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """What takes long comes first and what is over at once last: the workers end together."""
    if item.path.relative_to(REPO / "tests").as_posix() in _LONG:
        return 2
    turns = {"e2e": 0, "lane": 1, "pure": 4}
    return min((turns[mark.name] for mark in item.iter_markers() if mark.name in turns), default=3)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """Each worker stands in its own copy of the migrated database; pytest-django's would migrate."""
    name = f"test_leitai_{os.getpid()}"
    databases.copy_migrated(name)
    with django_db_blocker.unblock():
        with databases.used(name):
            yield
        databases.drop(name)


@pytest.fixture
def own_database(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database that the test alone uses, for what commits; its URL. Cheaper than emptying one."""
    name = f"test_own_{os.getpid()}"
    databases.copy_migrated(name)
    with django_db_blocker.unblock():
        with databases.used(name):
            yield databases.url()
        databases.drop(name)


@pytest.fixture
def _django_db_helper(request) -> None:
    """pytest-django's, but for what commits: emptying the shared database took a second each."""
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or (
        marker is not None and marker.kwargs.get("transaction", False)
    )
    request.getfixturevalue("own_database" if commits else "_django_db_helper")


@pytest.fixture
def cluster() -> postgres.Cluster:
    return CLUSTER


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings) -> None:  # pytest-django's fixture
    """Documents of a test go to the test's own folder."""
    settings.LEITAI_FILES = tmp_path / "files"
    settings.LEITAI_CHECKPOINTS = tmp_path / "checkpoints"


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """A test that asked for an English page leaves no English behind."""
    with translation.override("zh-hans"):
        yield
