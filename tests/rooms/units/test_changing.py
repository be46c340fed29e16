"""Created, renamed, moved, merged, closed: what holds afterwards, and who may."""

from datetime import UTC, date, datetime

import pytest

from leitai.base import events
from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.units import services
from leitai.units.events import UnitClosing, UnitMerged, UnitMoved
from leitai.units.models import Unit, UnitChange
from leitai.units.selectors import get_unit
from leitai.units.services import NewUnit
from tests.factories.units import AT, HOUSE
from tests.rooms.units.trees import CHENGDU, PROVINCE, keeper, plant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tree(db):
    plant()


@pytest.fixture
def heard():
    """What was published, by kind; the handlers are gone after the test."""
    found = []
    kinds = (UnitClosing, UnitMerged, UnitMoved)
    for kind in kinds:
        events.in_transaction(kind, found.append)
    yield found
    for kind in kinds:
        events._inside[kind].remove(found.append)


def create(actor=CHENGDU, parent="510104", **new):
    given = {"name": "锦江区社保中心", **new}
    return services.create_unit(actor=actor, parent=get_unit(parent), new=NewUnit(**given), at=AT)


def move(code, to, actor=CHENGDU):
    return services.move_unit(
        actor=actor, unit=get_unit(code), to=get_unit(to), reason="区划调整", at=AT
    )


def merge(code, into, actor=CHENGDU):
    return services.merge_unit(
        actor=actor, unit=get_unit(code), into=get_unit(into), reason="机构改革", at=AT
    )


def close(code, actor=CHENGDU, at=AT):
    return services.close_unit(actor=actor, unit=get_unit(code), reason="撤并", at=at)


def rename(code, name, actor=CHENGDU):
    return services.rename_unit(actor=actor, unit=get_unit(code), name=name, reason="更名", at=AT)


def refusal(act, *given, **more):
    with pytest.raises(DomainError) as caught:
        act(*given, **more)
    return caught.value.code


def acts():
    return list(LedgerEntry.objects.order_by("seq").values_list("act", flat=True))[1:]


def paths(under="51/"):
    rows = Unit.objects.filter(path__startswith=under).order_by("path")
    return list(rows.values_list("path", flat=True))


def test_create_unit_numbers_bodies_past_all_that_ever_were():
    made = [create(name=name) for name in ("甲中心", "乙中心")]
    close(made[1].code)
    assert [one.code for one in (*made, create(name="丙中心"))] == [
        "510104-01",
        "510104-02",
        "510104-03",
    ]
    assert get_unit("510104-03").path == "51/5101/510104/510104-03/"
    assert acts() == ["units.created", "units.created", "units.closed", "units.created"]


def test_create_unit_gives_a_body_its_parents_level_and_a_place_the_next():
    body = create(body_kind="insurance", window=True, opened_on=date(2026, 1, 5))
    place = create(kind="place", name="书院街街道", code="510104002")
    assert (body.level, body.body_kind, body.window) == ("county", "insurance", True)
    assert (place.level, place.kind) == ("township", "place")
    change = UnitChange.objects.get(unit=body)
    assert (change.kind, change.by, change.after["opened_on"]) == ("created", "7", "2026-01-05")


@pytest.mark.parametrize("name", ["䶮·㛃服务站", "𬣙𫘬中心", "买买提·阿不都热合曼工作室"])
def test_create_unit_takes_rare_characters(name):
    assert create(name=name).name == name


def test_create_unit_keeps_names_composed():
    assert create(name="e\u0301中心").name == "\u00e9中心"


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ({"name": "  "}, "unit_name_empty"),
        ({"name": "锦江区 社保中心"}, "unit_name_unseen"),
        ({"name": "社保\u200b中心"}, "unit_name_unseen"),
        ({"name": "社保\x07中心"}, "unit_name_unseen"),
        ({"name": "长" * 81}, "unit_name_long"),
        ({"name": "锦江区就业中心"}, "unit_name_twice"),
        ({"code": "510105"}, "unit_code_taken"),
        ({"code": "510104 1"}, "unit_code_form"),
        ({"code": "import"}, "unit_code_form"),
        ({"level": "prefecture"}, "unit_level_order"),
        ({"level": "planet"}, "unit_level_unknown"),
        ({"kind": "cloud"}, "unit_kind_unknown"),
        ({"body_kind": "cloud"}, "unit_body_kind_unknown"),
        ({"kind": "place", "code": "510104002", "body_kind": "hall"}, "unit_body_kind_place"),
        ({"kind": "place", "code": "510104002", "level": "county"}, "unit_level_order"),
        ({"kind": "place"}, "unit_place_code"),
        ({"kind": "place", "code": "510104-1"}, "unit_place_code"),
    ],
)
def test_create_unit_refuses(new, code):
    before = Unit.objects.count()
    assert refusal(create, **new) == code
    assert Unit.objects.count() == before


def test_create_unit_refuses_a_place_below_a_body():
    given = {"kind": "place", "code": "99", "name": "某街道"}
    assert refusal(create, parent="510104-jy", **given) == "unit_parent_body"


def test_create_unit_is_for_those_who_keep_the_parent():
    assert refusal(create, keeper("51/5101/510105/")) == "forbidden"
    assert refusal(create, keeper("51/5101/510104/", "supervisor")) == "forbidden"
    assert create(keeper("51/5101/510104/")).name == "锦江区社保中心"
    with pytest.raises(DomainError, match="forbidden"):
        services.create_unit(
            actor=PROVINCE, parent=None, new=NewUnit("重庆市", "place", "50"), at=AT
        )
    root = services.create_unit(
        actor=HOUSE, parent=None, new=NewUnit("重庆市", "place", "50"), at=AT
    )
    assert (root.path, root.level) == ("50/", "province")


def test_edit_unit_is_also_for_ones_own_unit():
    own = keeper("51/5101/510104/510104-jy/")
    details = {"body_kind": "employment", "window": True, "opened_on": None, "at": AT}
    unit = get_unit("510104-jy")
    services.edit_unit(actor=own, unit=unit, **details)
    services.edit_unit(actor=own, unit=unit, **details)  # nothing changed: no trace
    change = UnitChange.objects.get(unit=unit, kind="edited")
    assert change.before == {"body_kind": "", "window": False}
    assert change.after == {"body_kind": "employment", "window": True}
    assert acts() == ["units.edited"]
    assert refusal(rename, "510104-jy", "锦江区就业服务中心", own) == "forbidden"


def test_rename_unit_keeps_the_old_name_in_its_history():
    rename("510104-jy", "锦江区就业服务中心")
    change = UnitChange.objects.get(unit__code="510104-jy", kind="renamed")
    assert (change.before, change.after) == (
        {"name": "锦江区就业中心"},
        {"name": "锦江区就业服务中心"},
    )
    assert refusal(rename, "510104-jy", "锦江区就业服务中心") == "unit_name_same"
    assert refusal(rename, "510105", "锦江区") == "unit_name_twice"


def test_nobody_changes_the_root_of_their_own_subtree():
    assert refusal(rename, "5101", "新成都市") == "forbidden"
    assert refusal(move, "5101", "5103") == "forbidden"
    assert refusal(merge, "5101", "5103") == "forbidden"
    assert refusal(close, "5101") == "forbidden"
    assert rename("5101", "新成都市", PROVINCE).name == "新成都市"


def test_move_unit_rewrites_the_whole_subtree(heard):
    assert move("510104", "5103", PROVINCE) == 3
    assert paths("51/5103/") == [
        "51/5103/",
        "51/5103/510104/",
        "51/5103/510104/510104-jy/",
        "51/5103/510104/510104001/",
        "51/5103/510302/",
    ]
    assert get_unit("510104").parent.code == "5103"
    assert heard == [
        UnitMoved(get_unit("510104").pk, "51/5101/510104/", "51/5103/510104/", AT),
    ]
    last = LedgerEntry.objects.filter(act="units.moved").get()
    assert (last.chain, last.subject) == ("house", "unit:510104")


def test_move_unit_refuses_what_the_tree_cannot_hold():
    assert refusal(move, "510104", "510104001") == "unit_move_inside"
    assert refusal(move, "510104", "510104") == "unit_move_inside"
    assert refusal(move, "510104", "5101-rsj") == "unit_parent_body"
    assert refusal(move, "510104", "510105") == "unit_level_order"
    assert refusal(move, "510104001", "510104") == "unit_move_same"
    assert refusal(move, "510104", "5103") == "forbidden"  # out of one's own subtree
    create(parent="510105", name="锦江区就业中心")
    assert refusal(move, "510104-jy", "510105") == "unit_name_twice"


def test_move_unit_refuses_paths_that_do_not_fit():
    deep, code = "510105", ""
    for number in range(8):
        code = f"5{number}".ljust(24, "0")
        create(parent=deep, name=f"科室{number}", code=code)
        deep = code
    assert len(get_unit(code).path) == 15 + 8 * 25
    create(parent="510104", name="长科室", code="9" * 32)
    create(parent="9" * 32, name="再下", code="8" * 9)
    assert refusal(move, "9" * 32, code) == "unit_too_deep"
    assert get_unit("8" * 9).path == f"51/5101/510104/{'9' * 32}/{'8' * 9}/"


def test_merge_unit_hands_its_children_over(heard):
    services.rename_unit(
        actor=CHENGDU, unit=get_unit("510104-jy"), name="东片就业中心", reason="并前更名", at=AT
    )
    assert merge("510104", "510105") == 2
    gone = get_unit("510104")
    assert (gone.state, gone.successor.code, gone.path) == ("closed", "510105", "51/5101/510104/")
    assert gone.closed_on == date(2022, 3, 20)
    assert paths("51/5101/510105/") == [
        "51/5101/510105/",
        "51/5101/510105/510104-jy/",
        "51/5101/510105/510104001/",
        "51/5101/510105/510105-jy/",
        "51/5101/510105/510105001/",
    ]
    assert get_unit("510104001").parent.code == "510105"
    assert heard[-1] == UnitMerged(gone.pk, get_unit("510105").pk, AT)
    assert refusal(rename, "510104", "旧锦江区") == "unit_closed"
    assert refusal(move, "510105001", "510104") == "unit_closed"


def test_merge_unit_refuses_what_does_not_fit():
    assert refusal(merge, "510104", "510104") == "unit_merge_itself"
    assert refusal(merge, "510104", "510105001") == "unit_merge_kind"
    assert refusal(merge, "510104-jy", "510105") == "unit_merge_kind"
    create(parent="510105", name="督院街街道", kind="place", code="510105002")
    assert refusal(merge, "510104", "510105") == "unit_name_twice"
    assert get_unit("510104").state == "open"


def test_whoever_hears_of_a_merger_may_refuse_it():
    def object_to(event):
        raise DomainError("forbidden")

    events.in_transaction(UnitMerged, object_to)
    try:
        assert refusal(merge, "510104-jy", "510105-jy") == "forbidden"
    finally:
        events._inside[UnitMerged].remove(object_to)
    assert get_unit("510104-jy").state == "open"


def test_close_and_reopen_unit(heard):
    assert refusal(close, "510104") == "unit_has_children"
    evening = datetime(2026, 5, 1, 17, tzinfo=UTC)  # the second of May in Chengdu
    close("510104-jy", at=evening)
    assert heard == [UnitClosing(get_unit("510104-jy").pk, evening)]
    assert get_unit("510104-jy").closed_on == date(2026, 5, 2)
    create(name="锦江区就业中心", code="510104-new")  # the name is free again
    reopen = {"actor": CHENGDU, "reason": "恢复", "at": AT}
    with pytest.raises(DomainError, match="unit_name_twice"):
        services.reopen_unit(unit=get_unit("510104-jy"), **reopen)
    close("510104-new")
    services.reopen_unit(unit=get_unit("510104-jy"), **reopen)
    unit = get_unit("510104-jy")
    assert (unit.state, unit.closed_on) == ("open", None)
    with pytest.raises(DomainError, match="unit_not_closed"):
        services.reopen_unit(unit=unit, **reopen)


def test_what_was_merged_away_is_not_reopened():
    merge("510104-jy", "510105-jy")
    with pytest.raises(DomainError, match="unit_merged_away"):
        services.reopen_unit(actor=CHENGDU, unit=get_unit("510104-jy"), reason="误", at=AT)


def test_every_change_asks_for_a_reason():
    with pytest.raises(DomainError, match="unit_reason_empty"):
        services.close_unit(actor=CHENGDU, unit=get_unit("510104-jy"), reason=" ", at=AT)


def test_a_stranger_changes_nothing():
    nobody = Actor("", "")
    assert refusal(create, nobody) == "forbidden"
    assert refusal(move, "510104001", "510105", nobody) == "forbidden"
    assert refusal(close, "510104-jy", nobody) == "forbidden"
