"""Schemathesis against the whole application: every answer is one that the description names.

Bounded and derandomised: the same cases each time.
"""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest
from django.conf import settings as house
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from leitai.api import doors, services
from leitai.api.version_1 import api
from leitai.base.doors import Door
from tests.web.matrix import api as made
from tests.web.test_matrix import finished, serial  # noqa: F401  # fixtures
from tests.world import HOME

EXAMPLES = 8
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
DESCRIBED = api.get_openapi_schema()["paths"]
PATHS = sorted(DESCRIBED)
KNOWN, ANY, WRONG = "what is there", "anything", "what is wrong"


@cache
def description():
    """As a stranger's program loads it, with the application behind it."""
    return openapi.from_wsgi("/api/1/openapi.json", get_wsgi_application())


@pytest.fixture
def _one_connection():
    """As Django's own test client does it: a request does not leave the test's transaction."""
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@pytest.fixture
def credentials(world, serial, monkeypatch, _one_connection):  # noqa: F811  # the fixture
    """A session and a token, and doors that do not count."""
    for name in ("PEER", "TOKEN"):
        monkeypatch.setattr(doors, name, Door(f"api.{name}", 10**9, doors.PEER.window))
    token = services.make_token(
        actor=world.home.office, season=world.home.season, label="省平台", days=30, at=world.now
    )
    client = Client()
    client.force_login(world.accounts["office"])
    name = house.SESSION_COOKIE_NAME
    return {
        "headers": {"Authorization": f"Bearer {token.secret}"},
        "cookies": {name: client.cookies[name].value},
    }


def cases(path, kind, known):
    operation = description()[path]["GET"]
    if kind == KNOWN:
        given_ones = {name: value for name, value in known.items() if f"{{{name}}}" in path}
        return operation.as_strategy(path_parameters=given_ones or None)
    mode = GenerationMode.NEGATIVE if kind == WRONG else GenerationMode.POSITIVE
    return operation.as_strategy(generation_mode=mode)


def asked():
    for path, kind in product(PATHS, (KNOWN, ANY, WRONG)):
        has_any = bool(DESCRIBED[path]["get"]["parameters"])
        if has_any or kind == KNOWN:
            yield pytest.param(path, kind, id=f"{path} {kind}")


@pytest.mark.parametrize(("path", "kind"), list(asked()))
def test_every_answer_is_one_that_the_description_names(
    world,
    serial,  # noqa: F811  # the fixture
    credentials,
    path,
    kind,
):
    if kind == KNOWN:
        made.things(world, "own")
    known = {"season": HOME, "stage": "heat", "number": 1, "serial": serial, "code": "5101"}

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases(path, kind, known))
    def answer(case):
        case.call_and_validate(checks=CHECKS, **credentials)

    answer()
