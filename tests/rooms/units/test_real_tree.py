"""Seed A's fourteen delegations over the real tree of Inner Mongolia, where it is beside us."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest
from django.db import transaction

from leitai.kernel.errors import DomainError
from leitai.units import selectors, services
from leitai.units.models import Unit
from tests.factories.units import AT, HOUSE
from tests.rooms.units.trees import keeper

pytestmark = pytest.mark.django_db
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "units" / "inner-mongolia.csv"
OFFICE = keeper("15/", "office", season="a")
CARVED = {"150781": "1507", "152501": "1525"}  # 满洲里, 二连浩特


@pytest.fixture(scope="module")
def rows():
    if not REAL.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{REAL} is missing")
        pytest.skip(f"the real tree is not there: {REAL}")
    with REAL.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture(scope="module")
def planted(rows, django_db_setup, django_db_blocker):
    """The whole tree, once for both: what a test adds is rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        services.import_units(actor=HOUSE, source=REAL, at=AT)
        yield rows
        transaction.set_rollback(True)


def _homes(rows):
    """Each unit's delegation by walking up the file, apart from the code that is tested."""
    parents = {row["code"]: row["parent"] for row in rows}
    leagues = {row["code"] for row in rows if row["level"] == "prefecture"}
    found = {}
    for code in parents:
        at = code
        while at and at not in CARVED and at not in leagues:
            at = parents[at]
        found[code] = at
    return found


def test_fourteen_delegations_cover_every_unit_exactly_once(planted):
    rows = planted
    homes = _homes(rows)
    leagues = sorted(set(homes.values()) - CARVED.keys() - {""})
    assert len(leagues) == 12
    for code in (*leagues, *CARVED):
        services.add_delegation(
            actor=OFFICE,
            season_code="a",
            unit=selectors.get_unit(code),
            carve=code in CARVED,
            at=AT,
        )
    coverage = selectors.coverage("a")
    assert (coverage.host.code, coverage.doubles, coverage.unclaimed) == ("15", (), ())
    counted = {claim.delegation.unit.code: claim.places for claim in coverage.claims}
    expected = Counter(home for home in homes.values() if home)
    assert counted == dict(expected)
    assert sum(counted.values()) == len(rows) - 1  # all but the region itself
    assert len(counted) == 14
    whose = {one.pk: one.unit.code for one in selectors.list_delegations("a")}
    tree = selectors.DelegationMap("a")
    paths = dict(Unit.objects.values_list("code", "path"))
    assert {code: whose.get(tree.of(paths[code]), "") for code in homes} == homes


@pytest.mark.usefixtures("planted")
def test_carving_is_not_forgotten_silently():
    for code in ("1507", "1525"):
        services.add_delegation(actor=OFFICE, season_code="a", unit=selectors.get_unit(code), at=AT)
    for code in CARVED:
        with pytest.raises(DomainError, match="delegation_overlap"):
            services.add_delegation(
                actor=OFFICE, season_code="a", unit=selectors.get_unit(code), at=AT
            )
