"""Every route of the house, walked from the resolver, and how each is asked by the matrix."""

from __future__ import annotations

import pkgutil
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.web import matrix
from tests.world import AWAY, HOME, ROLES, World

ANONYMOUS = "anonymous"
COLUMNS = (ANONYMOUS, "contestant", *ROLES)
METHODS = ("GET", "POST")
FOLDER = Path(matrix.__path__[0])


def rows() -> dict[str, dict[str, dict[str, str]]]:
    """Pattern → place → method → what is said, of all rooms; a pattern has one home."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        said = tomllib.loads(file.read_text(encoding="utf-8"))
        twice = found.keys() & said.keys()
        if twice:
            raise ValueError(sorted(twice))
        found |= said
    return found


def answers(said: str) -> dict[str, str]:
    """One word is everybody's answer; else the stranger's, everybody else's, then exceptions."""
    stranger, *rest = said.split()
    if not rest:
        return dict.fromkeys(COLUMNS, stranger)
    exceptions = dict(one.split("=") for one in rest[1:])
    unknown = exceptions.keys() - set(COLUMNS)
    if unknown:
        raise ValueError(sorted(unknown))
    return dict.fromkeys(COLUMNS, rest[0]) | {ANONYMOUS: stranger} | exceptions


@cache
def _brought() -> list[ModuleType]:
    """What rooms bring beside their rows.

    `FORMS`, `QUERIES`, `METHODS` and `HEADERS` by name of route, `NO_PAGE` and `PART` as patterns, and
    `things(world, place)`, which makes real records for the arguments of the room's routes.
    """
    return [
        import_module(f"{matrix.__name__}.{found.name}")
        for found in pkgutil.iter_modules(matrix.__path__)
    ]


def patterns(name: str) -> set[str]:
    """The patterns that rooms name, e.g. NO_PAGE or PART."""
    return {pattern for room in _brought() for pattern in getattr(room, name, ())}


@cache
def _of_rooms(name: str) -> dict[str, Any]:
    return {route: value for room in _brought() for route, value in getattr(room, name, {}).items()}


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
        """Where it is asked: at home and elsewhere, if it belongs to a season or a unit."""
        here = {"season", "unit"} & set(self.arguments)
        return ("own", "foreign") if here else ("own",)

    @property
    def methods(self) -> tuple[str, ...]:
        return tuple(_of_rooms("METHODS").get(self.name, METHODS))


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


def values(world: World, route: Route, place: str, serial: str = "NONE-1") -> dict[str, Any]:
    """Something real for each argument; what a room brings is made for its own routes only."""
    return given(world, home(route), place, serial)


def given(world: World, room: str, place: str, serial: str = "NONE-1") -> dict[str, Any]:
    """The same for all routes of a room."""
    held = world.home if place == "own" else world.away
    brought = _named().get(room)
    return {
        "season": HOME if place == "own" else AWAY,
        "unit": "5101" if place == "own" else "5103",
        "exam": held.ahead.code,
        "stage": "heat",
        "version": held.result.version,
        "index": 0,
        "key": "ties",
        "code": "rsfw",
        "serial": serial,
        "uidb36": "1",
    } | (brought.things(world, place) if hasattr(brought, "things") else {})


def home(route: Route) -> str:
    """The name of the file that has the route's row."""
    return _homes().get(route.pattern, "")


def rooms(found: Iterable[Route]) -> dict[str, list[Route]]:
    """Routes by the file that has their rows: what is asked about is made once for all of them."""
    grouped: dict[str, list[Route]] = {}
    for route in found:
        grouped.setdefault(home(route), []).append(route)
    return grouped


@cache
def _named() -> dict[str, ModuleType]:
    return {room.__name__.rpartition(".")[2]: room for room in _brought()}


@cache
def _homes() -> dict[str, str]:
    return {
        pattern: file.stem
        for file in FOLDER.glob("*.toml")
        for pattern in tomllib.loads(file.read_text(encoding="utf-8"))
    }


def ask(client: Client, route: Route, method: str, given: dict[str, Any]) -> HttpResponse:
    address = reverse(route.name, kwargs={name: given[name] for name in route.arguments})
    headers = _of_rooms("HEADERS").get(route.name, {})
    if method == "GET":
        query = (QUERIES | _of_rooms("QUERIES")).get(route.name, {})
        return client.get(address, query, headers=headers)
    if method == "POST":
        return client.post(address, _form(route), headers=headers)
    return client.generic(method, address, headers=headers)


def _form(route: Route) -> dict[str, Any]:
    if route.name != "bank:import":
        return (FORMS | _of_rooms("FORMS")).get(route.name, {"nothing": "1"})
    file = BytesIO("题型,题干,答案\n判断,地球是圆的。,T\n".encode())
    file.name = "one.csv"
    return {"code": "one", "title": "一题", "file": file}


def outcome(response: HttpResponse) -> str:
    """The status; L for the way to the sign-in page, R for the way elsewhere."""
    if response.status_code not in {301, 302}:
        return str(response.status_code)
    return "L" if response.headers["Location"].startswith("/account/login/") else "R"
