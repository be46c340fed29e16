from __future__ import annotations

import pytest

from tests.factories import live as quiz


@pytest.fixture
def season(db):
    return quiz.open_season()
