"""People registered twice: what is found, and that the database keeps what finds them."""

from __future__ import annotations

import pytest
from django.db.models import F

from leitai.kernel.errors import DomainError
from leitai.people import selectors, services
from leitai.people.models import Person, Personal
from leitai.people.selectors import duplicates
from leitai.people.services import NewPerson
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged
from tests.rooms.people.numbers import id_number, phone

pytestmark = pytest.mark.django_db
BODY, OTHER = "5101-rsj", "5103-rsj"
CHENGDU = make.actor("unit_manager", unit="51/5101/", account="1")


@pytest.fixture(autouse=True)
def _tree():
    load_packaged()


@pytest.fixture(params=["few", "many"])
def _size(request, monkeypatch):
    """A subtree grouped by itself, and one too large for that."""
    if request.param == "many":
        monkeypatch.setattr(duplicates, "FEW", 0)


def somebody(code, unit=BODY, name="贺知秋", **more):
    person = NewPerson(code, name, unit, since=make.SINCE.date(), **more)
    return services.create_person(actor=HOUSE, person=person, at=make.SINCE)


def twins(*names):
    """Of one name and day of birth, in two units."""
    for order, (code, name) in enumerate(zip("cd", names, strict=True), start=1):
        somebody(code, ["510104", BODY][order % 2], name, id_number=id_number("19900307", order))


def found():
    groups = selectors.list_duplicates(CHENGDU).groups
    return [(group.by, [one.code for one in group.people]) for group in groups]


@pytest.mark.usefixtures("_size")
def test_duplicates_are_same_phones_and_same_names_born_the_same_day():
    somebody("a", phone=phone(1))
    somebody("b", "510104", "申时雨", phone=phone(1))
    twins("路长歌", "路长歌")
    somebody("e", "510104", "路长歌", id_number=id_number("19900308", 3))
    somebody("f", name="程守一", id_number=id_number("19900307", 4))
    somebody("z", OTHER, "路长歌", phone=phone(1))
    assert found() == [("phone", ["b", "a"]), ("birth", ["c", "d"])]


@pytest.mark.usefixtures("_size")
def test_one_of_mine_and_one_of_anothers_are_no_group_of_mine():
    somebody("a", phone=phone(1), id_number=id_number(order=1))
    somebody("z", OTHER, phone=phone(1), id_number=id_number(order=2))
    assert found() == []


def test_whoever_shares_phone_and_birth_stands_once():
    for order, code in enumerate("ab", start=1):
        somebody(code, phone=phone(1), id_number=id_number(order=order))
    assert found() == [("phone", ["a", "b"])]


def test_a_name_put_right_makes_twins_or_none():
    twins("路长哥", "路长歌")
    assert found() == []
    Person.objects.filter(code="c").update(name="路长歌")
    assert found() == [("birth", ["c", "d"])]
    person = Person.objects.get(code="d")
    person.name = "程守一"
    person.save()
    assert found() == []


def test_a_number_put_right_or_erased_leaves_no_twin():
    twins("路长歌", "路长歌")
    assert found() == [("birth", ["c", "d"])]
    person = Person.objects.get(code="d")
    services.set_personal(person, id_number=id_number("19910307", 2), actor=HOUSE)
    assert found() == []
    services.set_personal(person, id_number=id_number("19900307", 2), actor=HOUSE)
    assert found() == [("birth", ["c", "d"])]
    services.erase_personal(actor=HOUSE, people=[person.pk], why="测试", at=make.SINCE)
    assert found() == []
    assert Personal.objects.get(person=person).twin_digest is None


def test_new_digests_of_the_day_bring_new_ones_of_the_twins():
    """As `leitai keys rotate index` writes them: in bulk, and knowing nothing of twins."""
    twins("路长歌", "路长歌")
    old = set(map(bytes, Personal.objects.values_list("twin_digest", flat=True)))
    rows = list(Personal.objects.all())
    for row in rows:
        row.birth_digest, row.twin_digest = b"n" * 32, b"stale"
    Personal.objects.bulk_update(rows, ["birth_digest"])
    new = set(map(bytes, Personal.objects.values_list("twin_digest", flat=True)))
    assert len(old) == len(new) == 1
    assert old != new
    Personal.objects.update(twin_digest=F("id_tail"))  # nothing else writes it
    assert set(map(bytes, Personal.objects.values_list("twin_digest", flat=True))) == new


@pytest.mark.usefixtures("_size")
def test_groups_come_by_pages_each_once(monkeypatch):
    monkeypatch.setattr(duplicates, "GROUPS", 2)
    for order in range(10):
        somebody(f"p{order}", name=f"选手{order}", phone=phone(order // 2))
    pages = [selectors.list_duplicates(CHENGDU, page) for page in (1, 2, 3, 4)]
    assert [(len(page.groups), page.more) for page in pages] == [
        (2, True), (2, True), (1, False), (0, False),
    ]  # fmt: skip
    codes = [one.code for page in pages for group in page.groups for one in group.people]
    assert sorted(codes) == [f"p{order}" for order in range(10)]


@pytest.mark.usefixtures("_size")
def test_so_many_of_a_group_are_shown_and_the_rest_is_told(monkeypatch):
    monkeypatch.setattr(duplicates, "MEMBERS", 2)
    for order in range(3):
        somebody(f"p{order}", name=f"选手{order}", phone=phone(1))
    (group,) = selectors.list_duplicates(CHENGDU).groups
    assert (len(group.people), group.more) == (2, 1)


def test_the_pages_lead_to_one_another_and_tell_what_they_leave_out(client, monkeypatch):
    monkeypatch.setattr(duplicates, "GROUPS", 1)
    monkeypatch.setattr(duplicates, "MEMBERS", 2)
    for order in range(3):
        somebody(f"p{order}", phone=phone(1), id_number=id_number(order=1) if not order else "")
        somebody(f"q{order}", phone=phone(2), name="申时雨")
    client.force_login(make.account("he", "unit_manager", unit="5101"))
    first, second = (
        client.get(f"/people/duplicates/?page={page}").content.decode() for page in ("1", "2")
    )
    assert ("?page=2" in first, "?page=1" in second) == (True, True)
    assert "另有1人未显示" in first
    for nonsense in ("0", "x", "9" * 30, "-1"):
        assert client.get(f"/people/duplicates/?page={nonsense}").content.decode().count("?page=2")
    assert client.get("/people/duplicates/?page=3").url == "/people/duplicates/"


def test_duplicates_are_for_who_keeps_a_roster():
    with pytest.raises(DomainError, match="forbidden"):
        selectors.list_duplicates(make.actor("supervisor"))
