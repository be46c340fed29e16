"""The permission matrix: every route, every role, the own season and a foreign one."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import transaction

from leitai.certificates.models import Certificate
from tests import world as worlds
from tests.web import routes

MATRIX = routes.rows()
ROUTES = {route.pattern: route for route in routes.walk()}
CASES = [
    pytest.param(found, place, method, id=f"{room} {place} {method}")
    for room, found in routes.rooms(
        ROUTES[pattern] for pattern in ROUTES if pattern in MATRIX
    ).items()
    for place in ("own", "foreign")
    for method in sorted({method for route in found for method in route.methods})
    if any(place in route.places and method in route.methods for route in found)
]


@pytest.fixture(scope="module")
def finished(built_world, django_db_blocker, tmp_path_factory):
    """The contestant's own certificate, of a season that is over, and where its papers lie."""
    folder, kept = tmp_path_factory.mktemp("files"), settings.LEITAI_FILES
    with django_db_blocker.unblock():
        settings.LEITAI_FILES = folder
        worlds.finish(built_world)
        settings.LEITAI_FILES = kept
        yield Certificate.objects.get(holder=worlds.NAMES["contestant"]).serial, folder


@pytest.fixture
def serial(finished, settings):
    settings.LEITAI_FILES = finished[1]
    return finished[0]


def test_every_route_stands_in_the_matrix_and_nothing_else_does():
    assert sorted(MATRIX) == sorted(ROUTES)


@pytest.mark.parametrize("pattern", sorted(MATRIX))
def test_every_row_says_all_that_is_asked(pattern):
    route = ROUTES[pattern]
    assert {place: set(said) for place, said in MATRIX[pattern].items()} == {
        place: set(route.methods) for place in route.places
    }


@pytest.mark.parametrize(("found", "place", "method"), CASES)
def test_everybody_gets_the_answer_of_the_matrix(world, come, serial, found, place, method):
    """A room at a time: what its routes are asked about is made once, and stays as it was."""
    given = routes.given(world, routes.home(found[0]), place, serial)
    wrong = {}
    for route in found:
        if place in route.places and method in route.methods:
            said = routes.answers(MATRIX[route.pattern][place][method])
            got = {role: _answer(come(role), route, method, given) for role in routes.COLUMNS}
            if got != said:
                wrong[route.pattern] = {
                    role: f"{got[role]}, not {said[role]}"
                    for role in routes.COLUMNS
                    if got[role] != said[role]
                }
    assert wrong == {}


def _answer(client, route, method, given):
    """What it did is undone before the next one asks."""
    with transaction.atomic():
        response = routes.ask(client, route, method, given)
        answer = routes.outcome(response)
        if response.streaming:  # a file is closed when it has been read to its end
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return answer
