"""Every route of the house, walked from the resolver, and how each is asked by the matrix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.world import AWAY, HOME, World

ANONYMOUS = "anonymous"
COLUMNS = (
    ANONYMOUS,
    "contestant",
    "office",
    "exam_officer",
    "supervisor",
    "unit_manager",
    "item_writer",
    "operator",
)
METHODS = ("GET", "POST")

# Reads that need a question to answer.
QUERIES: dict[str, dict[str, str]] = {
    "results:why": {
        "track": "individual",
        "board": "main",
        "upper": "2022-5101-1",
        "lower": "2022-51-province-1",
    },
    "sittings:tickets": {"site": "5101"},
    "certificates:verify": {},
}
# Writes as a person would send them: permission is asked of something that would work.
FORMS: dict[str, dict[str, str]] = {
    "sittings:extend": {"minutes": "5", "reason": "停电"},
    "sittings:close": {"reason": "停电", "known": "on"},
    "seasons:calendar": {
        "name": "final",
        "opens_at": "2022-08-18T09:30",
        "closes_at": "2022-08-18T11:00",
        "reason": "赛点检修",
    },
    "results:resolve": {"numbers": "1 2 3 4 5 6", "note": "见证人"},
    "certificates:revoke": {"serial": "NONE-1", "reason": "重复"},
    "account_login": {"login": "office", "password": "not-the-word"},
    "set_language": {"language": "en", "next": "/"},
}


@dataclass(frozen=True, slots=True)
class Route:
    """`pattern` is the whole address as the URL files write it."""

    pattern: str
    name: str

    @property
    def arguments(self) -> list[str]:
        return re.findall(r"<(?:\w+:)?(\w+)>", self.pattern)

    @property
    def places(self) -> tuple[str, ...]:
        """Where it is asked: in the own season and in a foreign one, if it belongs to a season."""
        return ("own", "foreign") if "season" in self.arguments else ("own",)


def walk() -> list[Route]:
    """All routes; of two with the same pattern only the first is ever reached."""
    found: dict[str, Route] = {}
    for route in _walk(get_resolver(), "/", ""):
        found.setdefault(route.pattern, route)
    return list(found.values())


def _walk(resolver: URLResolver, before: str, space: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(pattern, space + (entry.name or ""))
        else:
            yield from _walk(
                entry, pattern, f"{space}{entry.namespace}:" if entry.namespace else space
            )


def values(world: World, place: str, serial: str = "NONE-1") -> dict[str, Any]:
    """Something real for each argument."""
    held = world.home if place == "own" else world.away
    return {
        "season": HOME if place == "own" else AWAY,
        "exam": held.ahead.code,
        "stage": "heat",
        "version": held.result.version,
        "index": 0,
        "key": "ties",
        "code": "rsfw",
        "serial": serial,
        "uidb36": "1",
    }


def ask(client: Client, route: Route, method: str, given: dict[str, Any]) -> HttpResponse:
    address = reverse(route.name, kwargs={name: given[name] for name in route.arguments})
    if method == "GET":
        return client.get(address, QUERIES.get(route.name, {}))
    return client.post(address, _form(route))


def _form(route: Route) -> dict[str, Any]:
    if route.name != "bank:import":
        return FORMS.get(route.name, {"nothing": "1"})
    file = BytesIO("题型,题干,答案\n判断,地球是圆的。,T\n".encode())
    file.name = "one.csv"
    return {"code": "one", "title": "一题", "file": file}


def outcome(response: HttpResponse) -> str:
    """The status; L for the way to the sign-in page, R for the way elsewhere."""
    if response.status_code not in {301, 302}:
        return str(response.status_code)
    return "L" if response.headers["Location"].startswith("/account/login/") else "R"
