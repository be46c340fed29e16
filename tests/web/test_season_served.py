"""Which season somebody serves who is appointed for all of them: none of another province's."""

import pytest

from leitai.base.actor import Actor, AppointmentRef
from leitai.seasons import selectors as seasons
from leitai.seasons.models import Season
from leitai.units.models import Unit
from leitai.web import portal

# The newest first, as the selector gives them.
STANDING = (
    ("north", "15/", "open"),
    ("county", "51/5101/510104/", "open"),
    ("province", "51/", "open"),
    ("before", "51/", "closed"),
)


@pytest.fixture(autouse=True)
def standing(monkeypatch):
    rows = [
        Season(code=code, state=state, host=Unit(code=path.split("/")[-2], path=path))
        for code, path, state in STANDING
    ]
    monkeypatch.setattr(seasons, "list_seasons", lambda: rows)


def served(*held: tuple[str, str, str]) -> str:
    found = portal.season_of(Actor("1", "贺知秋", "", tuple(AppointmentRef(*one) for one in held)))
    return found.code if found else ""


@pytest.mark.parametrize(
    ("role", "path", "season", "expected"),
    [
        ("office", "51/", "", "province"),  # and not what a county holds for itself
        ("unit_manager", "51/5101/", "", "province"),
        ("unit_manager", "51/5101/510104/", "", "county"),  # the newest of both
        ("unit_manager", "51/5101/510105/", "", "province"),
        ("unit_manager", "15/1501/", "", "north"),
        ("unit_manager", "62/6201/", "", ""),
        ("office", "51/", "before", "before"),
        ("operator", "51/", "", ""),
    ],
)
def test_season_served(role, path, season, expected):
    assert served((role, path, season)) == expected


def test_nobody_serves_nothing():
    assert served() == ""
