"""Marks by folder, and each test's own folder for files. The house itself is in tests/house.py."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

from leitai.base import postgres
from tests.house import CLUSTER, REPO

# A busy machine is no fault of the code; CI tries the same cases each time, people try new ones.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    layers = {"kernel": "pure", "keyring": "pure", "rulebook": "pure", "interchange": "pure"}
    for item in items:
        folder = Path(item.path).relative_to(REPO / "tests").parts[0]
        name = layers.get(folder, folder)
        if name in {"pure", "lane", "rooms", "web", "e2e", "architecture"}:
            item.add_marker(name)
        if name == "e2e":  # Playwright's loop must not outlive them in a worker that goes on
            item.add_marker(pytest.mark.xdist_group("e2e"))


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
