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


_ONCE = {"built_world", "planted"}  # made once for a module: one worker has all of it
_STORMS = "own_cluster"  # made once for all that ask for it
_LONG = {"web/test_matrix.py", "web/test_pages.py"}  # but these are for all of them


@pytest.hookimpl(wrapper=True)  # groups before xdist reads them, turns after everybody's sorting
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    layers = {"kernel": "pure", "keyring": "pure", "rulebook": "pure", "interchange": "pure"}
    for item in items:
        place = item.path.relative_to(REPO / "tests")
        name = layers.get(place.parts[0], place.parts[0])
        if name in {"pure", "lane", "rooms", "web", "e2e", "architecture"}:
            item.add_marker(name)
        if name == "e2e":  # Playwright's loop must not outlive them in a worker that goes on
            item.add_marker(pytest.mark.xdist_group("e2e"))
        elif _STORMS in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(_STORMS))
        elif _ONCE & set(getattr(item, "fixturenames", ())) and str(place) not in _LONG:
            item.add_marker(pytest.mark.xdist_group(str(place)))
    yield
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """What one worker has alone comes first and what is over at once last: they end together."""
    marks = {mark.name for mark in item.iter_markers()}
    first = ("e2e", "lane", "xdist_group")
    return next((turn for turn, name in enumerate(first) if name in marks), 4 + ("pure" in marks))


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
