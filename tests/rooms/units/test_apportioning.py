"""The office mends a season's delegations; nobody is ever counted twice."""

import pytest
from django.test import Client

from leitai.base import events
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.units import selectors, services
from leitai.units.events import DelegationChanging
from leitai.units.models import Delegation, DelegationPart
from leitai.units.selectors import DelegationMap, get_unit
from tests.factories import people as make
from tests.factories.units import AT
from tests.rooms.units.trees import keeper, plant

pytestmark = pytest.mark.django_db
OFFICE = keeper("51/", "office")


@pytest.fixture(autouse=True)
def _tree(db):
    plant()


def add(code, actor=OFFICE, **more):
    return services.add_delegation(actor=actor, season_code="s", unit=get_unit(code), at=AT, **more)


def part(delegation, code, actor=OFFICE, **more):
    services.add_part(actor=actor, delegation=delegation, unit=get_unit(code), at=AT, **more)


def remove(delegation, code, actor=OFFICE):
    held = DelegationPart.objects.get(delegation=delegation, unit__code=code)
    services.remove_part(actor=actor, part=held, at=AT)


def refusal(act, *given, **more):
    with pytest.raises(DomainError) as caught:
        act(*given, **more)
    return caught.value.code


def counts():
    claims = selectors.coverage("s").claims
    return [(one.delegation.name, one.places, one.bodies) for one in claims]


def unclaimed():
    return [unit.code for unit in selectors.coverage("s").unclaimed]


def test_delegation_inside_another_is_refused_unless_carved_out():
    add("5101")
    assert refusal(add, "510104") == "delegation_overlap"
    add("510104", carve=True)
    assert counts() == [("成都市", 3, 2), ("锦江区", 2, 1)]
    homes = DelegationMap("s")
    assert homes.of("51/5101/510104/510104-jy/") == selectors.get_delegation("s", "510104").pk
    assert homes.of("51/5101/510105/") == selectors.get_delegation("s", "5101").pk


def test_delegation_around_another_leaves_it_alone_when_carving():
    add("510104")
    assert refusal(add, "5101") == "delegation_overlap"
    add("5101", carve=True)
    assert counts() == [("锦江区", 2, 1), ("成都市", 3, 2)]
    assert selectors.coverage("s").doubles == ()


def test_parts_join_and_leave_a_delegation():
    city = add("5101")
    part(city, "510302")
    assert counts() == [("成都市", 6, 3)]  # 1 + 2 + 2 places and 自流井区
    part(city, "510104", carved_out=True)
    assert counts() == [("成都市", 4, 2)]
    remove(city, "510104")
    remove(city, "510302")
    assert counts() == [("成都市", 5, 3)]
    acts = LedgerEntry.objects.filter(chain="s").order_by("seq").values_list("act", flat=True)
    assert list(acts) == [
        "delegations.added",
        "delegations.part_added",
        "delegations.part_carved",
        "delegations.part_removed",
        "delegations.part_removed",
    ]


def test_taking_a_carve_out_back_never_counts_twice():
    city = add("5101")
    add("510104", carve=True)
    assert refusal(remove, city, "510104") == "delegation_overlap"
    services.remove_delegation(
        actor=OFFICE, delegation=selectors.get_delegation("s", "510104"), at=AT
    )
    assert unclaimed() == ["510104"]
    remove(city, "510104")
    assert unclaimed() == []


def test_unclaimed_units_are_named_by_their_tops():
    add("510104")
    add("5103")
    assert unclaimed() == ["5101-rsj", "510105"]
    assert selectors.coverage("s").host.code == "51"


def test_refusals_of_parts():
    city = add("5101")
    assert refusal(add, "5101") == "delegation_twice"
    assert refusal(part, city, "5101") == "delegation_part_twice"
    assert refusal(part, city, "5103", carved_out=True) == "delegation_carve_outside"
    assert refusal(remove, city, "5101") == "delegation_part_base"
    assert refusal(add, "5103", name="坏 名") == "unit_name_unseen"


def test_delegations_are_for_the_office_over_all_they_touch():
    city = add("5101")
    local = keeper("51/5101/", "office")
    assert refusal(add, "5103", local) == "forbidden"
    assert refusal(part, city, "5103", local) == "forbidden"
    assert refusal(add, "5103", keeper("51/", "supervisor")) == "forbidden"
    assert refusal(add, "5103", keeper("51/", "office", season="other")) == "forbidden"


def test_a_citys_office_carves_nothing_out_of_the_provinces_delegation():
    add("51")
    local = keeper("51/5101/", "office")
    assert refusal(add, "5101", local, carve=True) == "forbidden"
    assert counts() == [("四川省", 8, 3)]


def test_rooms_above_may_refuse_the_change():
    city = add("5101")

    def object_to(event):
        assert event == DelegationChanging("s", city.pk, AT)
        raise DomainError("delegation_in_use", name="成都市")

    events.in_transaction(DelegationChanging, object_to)
    try:
        assert refusal(part, city, "510302") == "delegation_in_use"
    finally:
        events._inside[DelegationChanging].remove(object_to)
    assert counts() == [("成都市", 5, 3)]


def test_moving_a_unit_tells_which_delegations_change():
    add("5101")
    add("5103")
    found = selectors.switches("51/5101/510104/", "51/5103/510104/")
    assert [(one.season, one.before, one.after) for one in found] == [("s", "成都市", "自贡市")]
    assert selectors.switches("51/5101/510104/", "51/5101/510105/510104/") == []
    add("510104", carve=True)  # a delegation of its own goes where the unit goes
    assert selectors.switches("51/5101/510104/", "51/5103/510104/") == []
    merged = selectors.switches("51/5101/510104/", "51/5103/510302/", along=False)
    assert [(one.before, one.after) for one in merged] == [("锦江区", "自贡市")]


def test_a_delegation_of_its_own_stays_one_wherever_its_unit_goes():
    add("5101")
    add("5103")
    add("510104", carve=True)
    before = counts()
    services.move_unit(
        actor=OFFICE, unit=get_unit("510104"), to=get_unit("5103"), reason="区划", at=AT
    )
    assert selectors.coverage("s").doubles == ()
    assert counts() == before
    home = DelegationMap("s").of("51/5103/510104/510104001/")
    assert home == selectors.get_delegation("s", "510104").pk
    last = LedgerEntry.objects.filter(chain="s").order_by("-seq").first()
    assert (last.act, last.subject) == ("delegations.part_carved", "delegation:5103")


def test_a_delegation_inside_a_merged_unit_stays_one():
    add("510105")
    add("510104001")
    services.rename_unit(
        actor=OFFICE, unit=get_unit("510104-jy"), name="东片就业中心", reason="并前", at=AT
    )
    services.merge_unit(
        actor=OFFICE, unit=get_unit("510104"), into=get_unit("510105"), reason="合并", at=AT
    )
    assert selectors.coverage("s").doubles == ()
    assert counts() == [("青羊区", 2, 2), ("督院街街道", 1, 0)]


def test_double_claims_of_older_data_are_shown():
    city, district = add("5101"), add("510104", carve=True)
    DelegationPart.objects.filter(delegation=city, carved_out=True).delete()
    double = selectors.coverage("s").doubles[0]
    assert (double.unit.code, double.delegations) == ("510104", (city, district))


def test_page_shows_edits_and_refuses(django_assert_max_num_queries):
    office = Client()
    office.force_login(make.account("office", "office", season="s"))
    add("5101")
    with django_assert_max_num_queries(12):
        page = office.get("/office/s/delegations/", {"q": "自贡", "unit": "5103"})
    assert "没有找到" not in page.content.decode()
    assert 'value="5103"' in page.content.decode()
    assert 'name="q" value="自贡"' in page.content.decode()
    office.post("/office/s/delegations/new/", {"unit": "5103", "guest": "on"})
    assert Delegation.objects.get(unit__code="5103").guest
    refused = office.post("/office/s/delegations/new/", {"unit": "510104"})
    assert refused.status_code == 422
    assert "锦江区将同时计入" in refused.content.decode()
    form = {"delegation": "5101", "unit": "510104", "carved_out": "1"}
    assert office.post("/office/s/delegations/part/", form).status_code == 302
    assert "有单位不属于任何代表队" in office.get("/office/s/delegations/").content.decode()
    held = DelegationPart.objects.get(carved_out=True)
    office.post("/office/s/delegations/remove/", {"part": str(held.pk)})
    assert not DelegationPart.objects.filter(carved_out=True).exists()
    gone = office.post("/office/s/delegations/remove/", {"part": str(held.pk)})
    assert gone.status_code == 422


def test_supervisors_read_and_do_not_write():
    supervisor = Client()
    supervisor.force_login(make.account("watch", "supervisor", season="s"))
    add("5101")
    page = supervisor.get("/office/s/delegations/").content.decode()
    assert "成都市" in page
    assert "增加代表队" not in page
    form = {"unit": "5103"}
    assert supervisor.post("/office/s/delegations/new/", form).status_code == 403
