"""Actors, accounts and people, made as the house makes them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache

import pytest

from leitai.base.actor import Actor, AppointmentRef
from leitai.people import privacy, services
from leitai.people.hashers import MinimumArgon2
from leitai.people.models import Account, Person
from leitai.people.services import NewPerson
from leitai.units import selectors as units
from tests.factories.units import HOUSE

SINCE = datetime(2022, 3, 1, tzinfo=UTC)
PASSWORD = "drum-on-two-steps"


def actor(role: str, *, season: str = "", unit: str = "51/", account: str = "9") -> Actor:
    """Somebody with one appointment, without any account behind it."""
    return Actor(account, "蒲清越", appointments=(AppointmentRef(role, unit, season),))


_encode = MinimumArgon2.encode


@cache
def _hashed(password: str) -> str:
    hasher = MinimumArgon2()
    return _encode(hasher, password, hasher.salt())


@contextmanager
def hashed_once() -> Iterator[None]:
    """A hash costs as much as a small test: who only has to be there shares one a password."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MinimumArgon2, "encode", lambda _self, password, _salt: _hashed(password))
        yield


def account(username: str, role: str = "", *, unit: str = "51", season: str = "") -> Account:
    """An account that can sign in with PASSWORD, appointed if a role is named."""
    with hashed_once():
        made = services.create_account(
            actor=HOUSE,
            username=username,
            password=PASSWORD,
            display_name="蒲清越",
            consent=privacy.VERSION,
            at=SINCE,
        )
    if role:
        services.appoint(
            actor=HOUSE,
            account=made,
            role=role,
            unit=units.get_unit(unit),
            season=season,
            since=SINCE,
            at=SINCE,
        )
    return made


def people(unit: str, count: int, *, prefix: str = "p") -> list[Person]:
    """So many people of a unit: p-5101-1, p-5101-2 …"""
    return services.create_people(
        actor=HOUSE,
        people=[
            NewPerson(f"{prefix}-{unit}-{number}", f"选手{number}", unit)
            for number in range(1, count + 1)
        ],
        at=SINCE,
    )
