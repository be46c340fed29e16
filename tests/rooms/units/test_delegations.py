import pytest

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.rulebook import load, packaged
from leitai.units import selectors, services
from leitai.units.models import Unit
from tests.factories.units import AT, HOUSE, load_packaged

pytestmark = pytest.mark.django_db
LAW = load(packaged("sichuan-2022"))
# The fourteen of Inner Mongolia have this shape: a city carved out of its league.
CARVED = """
rulebook: 1
id: carved
title: 试
year: 2022
delegations:
  title: 代表队
  each: {under: "51", level: prefecture}
  also:
    - {unit: "510104", name: 锦江}
tracks:
  individual: {title: 个人赛, kind: person}
stages:
  selection: {title: 选拔, method: nomination}
"""


def make(law=LAW, season="s"):
    return services.make_delegations(actor=HOUSE, season_code=season, rulebook=law, at=AT)


def test_make_delegations_takes_each_unit_of_the_level_then_the_others():
    load_packaged()
    made = make()
    assert [delegation.position for delegation in made] == list(range(1, 23))
    assert [delegation.unit.code for delegation in made[:3]] == ["5101", "5103", "5104"]
    last = made[-1]
    assert (last.unit.code, last.name, last.guest) == ("51-province", "省本级", True)
    assert [delegation.guest for delegation in made].count(True) == 1


def test_make_delegations_twice_gives_the_same():
    load_packaged()
    assert make() == make()
    assert LedgerEntry.objects.filter(act="delegations.made").count() == 1


def test_make_delegations_refuses_other_ones_later():
    load_packaged()
    make()
    Unit.objects.filter(code="5134").update(level="county")
    with pytest.raises(DomainError, match="delegations_differ"):
        make()


def test_make_delegations_needs_units():
    with pytest.raises(DomainError, match="unit_unknown"):
        make()


def test_make_delegations_is_for_the_office():
    load_packaged()
    with pytest.raises(DomainError, match="forbidden"):
        services.make_delegations(actor=Actor("7", ""), season_code="s", rulebook=LAW, at=AT)


def test_delegation_map_finds_the_delegation_of_any_unit():
    load_packaged()
    by_code = {delegation.unit.code: delegation.pk for delegation in make()}
    homes = selectors.DelegationMap("s")
    assert homes.of("51/5101/510104/") == by_code["5101"]
    assert homes.of("51/5101/5101-rsj/") == by_code["5101"]
    assert homes.of("51/51-province/") == by_code["51-province"]
    assert homes.of("51/") is None
    assert selectors.DelegationMap("other").of("51/5101/") is None


def test_delegation_map_counts_a_carved_out_place_once():
    load_packaged()
    by_code = {delegation.unit.code: delegation.pk for delegation in make(load(CARVED))}
    homes = selectors.DelegationMap("s")
    assert homes.of("51/5101/510104/") == by_code["510104"]
    assert homes.of("51/5101/510105/") == by_code["5101"]


def test_get_delegation_by_its_units_code():
    load_packaged()
    make()
    assert selectors.get_delegation("s", "5101").name == "成都市"
    with pytest.raises(DomainError, match="team_unknown"):
        selectors.get_delegation("s", "510104")


def test_list_delegations_asks_once(django_assert_num_queries):
    load_packaged()
    make()
    with django_assert_num_queries(1):
        assert len({row.unit.code for row in selectors.list_delegations("s")}) == 22
