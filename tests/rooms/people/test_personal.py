from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.people import selectors, services
from leitai.people.models import LoginName, Person
from leitai.people.services import NewPerson
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged
from tests.rooms.people.numbers import id_number, phone

pytestmark = pytest.mark.django_db
MANAGER = make.actor("unit_manager", unit="51/5101/")


@pytest.fixture(autouse=True)
def _tree():
    load_packaged()


def somebody(unit="5101-rsj", name="贺知秋", **more):
    person = NewPerson(services.new_code(), name, unit, **more)
    return services.create_person(actor=HOUSE, person=person, at=make.SINCE)


def everything():
    """Every row of the room's tables, as a dump has them."""
    with connection.cursor() as cursor:
        texts = []
        for ask in (
            "SELECT row_to_json(t)::text || t::text FROM people_person t",
            "SELECT row_to_json(t)::text || t::text FROM people_personal t",
            "SELECT row_to_json(t)::text || t::text FROM people_loginname t",
            "SELECT row_to_json(t)::text || t::text FROM ledger_ledgerentry t",
        ):
            cursor.execute(ask)
            texts += [row[0] for row in cursor.fetchall()]
    return "\n".join(texts)


def test_numbers_are_sealed_and_a_dump_shows_none():
    person = somebody(id_number=id_number(), phone=phone(), staff_number="GH-20260001")
    bank = " 某某银行　某某支行 "
    services.set_personal(person, bank_account="6222 0000 1111 2222", bank_name=bank)
    dump = everything()
    assert "某某银行" not in dump
    assert selectors.masked(person).bank_name == "某某银行 某某支行"  # of a bank nothing is hidden
    assert "贺知秋" in dump
    for number in (id_number(), phone(), "GH-20260001", "6222000011112222"):
        assert number not in dump
        assert number.encode().hex() not in dump
    shown = selectors.masked(person)
    assert (shown.id_number, shown.phone) == ("000101************", "199****0001")
    assert (shown.staff_number, shown.bank_account) == ("*********01", "************2222")


def test_reveal_says_one_number_and_leaves_a_record_without_it():
    person = somebody(id_number=id_number(), phone=phone())
    said = services.reveal(
        actor=MANAGER, person=person, field="phone", reason="核对报名信息", at=make.SINCE
    )
    assert said == phone()
    entry = LedgerEntry.objects.get(act="personal.revealed")
    assert entry.subject == f"person:{person.code}"
    assert "核对报名信息".encode() in bytes(entry.payload)
    assert phone().encode() not in bytes(entry.payload)


@pytest.mark.parametrize(
    ("role", "unit", "reason", "field", "code"),
    [
        ("supervisor", "51/", "查看", "phone", "forbidden"),
        ("security_admin", "51/", "查看", "phone", "forbidden"),
        ("operator", "51/", "查看", "phone", "forbidden"),
        ("unit_manager", "51/5103/", "查看", "phone", "forbidden"),
        ("unit_manager", "51/5101/", " ", "phone", "reveal_reason"),
        ("unit_manager", "51/5101/", "查" * 201, "phone", "reveal_reason"),
        ("unit_manager", "51/5101/", "查看", "id_number", "personal_empty"),
        ("unit_manager", "51/5101/", "查看", "password", "not_found"),
    ],
)
def test_reveal_refuses_and_records_nothing(role, unit, reason, field, code):
    person = somebody(phone=phone())
    with pytest.raises(DomainError) as caught:
        services.reveal(
            actor=make.actor(role, unit=unit),
            person=person,
            field=field,
            reason=reason,
            at=make.SINCE,
        )
    assert caught.value.code == code
    assert not LedgerEntry.objects.filter(act="personal.revealed").exists()


def test_the_same_id_number_again_names_the_holder_only_to_who_may_see():
    somebody("5101-rsj", id_number=id_number())
    other = somebody("510104", "申时雨")
    stranger = somebody("5103-rsj", "申时雨")
    with pytest.raises(Problems) as caught:
        services.set_personal(other, id_number=id_number(), actor=MANAGER)
    assert text_of(caught.value) == (
        "身份证号码：已登记在成都市人力资源和社会保障局的贺知秋名下。"
        "同一人调动的，请办理调动；不是同一人的，请核对号码。"
    )
    with pytest.raises(Problems) as caught:
        services.set_personal(
            stranger, id_number=id_number(), actor=make.actor("unit_manager", unit="51/5103/")
        )
    assert [one.code for one in caught.value.problems] == ["personal_taken_elsewhere"]
    assert "贺知秋" not in text_of(caught.value)


def test_create_people_says_which_numbers_are_bad_taken_or_twice():
    somebody(staff_number="A-1")
    with pytest.raises(Problems) as caught:
        services.create_people(
            actor=HOUSE,
            people=[
                NewPerson("a", "甲", "5101", id_number=id_number()),
                NewPerson("b", "乙", "5101", id_number=id_number().lower()),
                NewPerson("c", "丙", "5101", phone="12345"),
                NewPerson("d", "丁", "5101", staff_number="a-1"),
                NewPerson("e", "戊", "5101", window="side"),
            ],
            at=make.SINCE,
        )
    assert [(one.place, one.code) for one in caught.value.problems] == [
        ("b", "personal_twice"),
        ("c", "phone_form"),
        ("d", "personal_taken"),
        ("e", "person_choice"),
    ]
    assert Person.objects.count() == 1


def test_numbers_that_change_change_the_names_to_sign_in_with():
    account = make.account("he")
    person = somebody(account="he", staff_number="GH-1", phone=phone(1))
    before = LoginName.objects.get(account=account, kind="staff_number")
    services.set_personal(person, staff_number="GH-2", phone=phone(2))
    assert bytes(LoginName.objects.get(account=account).digest) != bytes(before.digest)
    assert selectors.find_by_login(phone(1)) is None
    assert selectors.find_by_login(phone(2)) == account
    services.set_personal(person, staff_number="", phone="")
    assert selectors.find_by_login(phone(2)) is None
    assert not LoginName.objects.filter(account=account).exists()
    assert selectors.masked(person).phone == ""


def test_erase_takes_id_and_bank_data_and_of_leavers_phone_and_staff_number():
    stays = somebody(id_number=id_number(order=1), phone=phone(1), staff_number="A1")
    left = somebody(name="申时雨", id_number=id_number(order=2), phone=phone(2), staff_number="A2")
    never = somebody(name="路长歌", phone=phone(3))
    services.set_personal(stays, bank_account="6222000011112222")
    services.leave(actor=MANAGER, person=left, day=date(2022, 3, 1), at=make.SINCE)
    with pytest.raises(DomainError, match="forbidden"):
        services.erase_personal(actor=MANAGER, people=[stays.pk], why="s", at=make.SINCE)
    everybody = [stays.pk, left.pk, never.pk]
    assert services.erase_personal(actor=HOUSE, people=everybody, why="s", at=make.SINCE) == 2
    assert services.erase_personal(actor=HOUSE, people=everybody, why="s", at=make.SINCE) == 0

    def shown(person):
        found = selectors.masked(Person.objects.get(pk=person.pk))
        return found.id_number, found.phone, found.staff_number, found.bank_account

    assert shown(stays) == ("", "199****0001", "**", "")
    assert shown(left) == ("", "", "", "")
    assert shown(never) == ("", "199****0003", "", "")
    stays.personal.refresh_from_db()
    assert (stays.personal.id_digest, stays.personal.id_tail, stays.personal.birth_digest) == (
        None,
        None,
        None,
    )
    assert LedgerEntry.objects.filter(act="personal.erased").count() == 1


def test_the_same_id_number_may_be_registered_again_after_it_was_erased():
    person = somebody(id_number=id_number())
    services.erase_personal(actor=HOUSE, people=[person.pk], why="s", at=make.SINCE)
    services.set_personal(person, id_number=id_number())
    assert selectors.masked(person).erased_at is None
