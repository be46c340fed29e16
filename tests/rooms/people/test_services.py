from datetime import timedelta

import pytest

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.people import selectors, services
from leitai.people.models import Appointment, Person
from leitai.people.services import NewPerson
from leitai.units import selectors as units
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tree():
    load_packaged()


def test_create_account_hashes_with_argon2_at_the_minimum():
    account = make.account("clerk")
    assert account.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert account.check_password(make.PASSWORD)
    assert not account.check_password(make.PASSWORD + "x")


@pytest.mark.parametrize(
    ("username", "password", "code"),
    [
        ("clerk", "long-enough", "account_taken"),
        ("a b", "long-enough", "account_name_form"),
        ("a" * 65, "long-enough", "account_name_form"),
        ("", "long-enough", "account_name_form"),
        ("other", "short", "password_weak"),
    ],
)
def test_create_account_refuses(username, password, code):
    make.account("clerk")
    with pytest.raises(DomainError) as caught:
        services.create_account(
            actor=HOUSE, username=username, password=password, display_name="", at=make.SINCE
        )
    assert caught.value.code == code


def test_create_account_is_for_operators():
    with pytest.raises(DomainError, match="forbidden"):
        services.create_account(
            actor=make.actor("office"),
            username="x",
            password="long-enough",
            display_name="",
            at=make.SINCE,
        )


def test_create_people_registers_all_in_the_order_given():
    account = make.account("li")
    made = services.create_people(
        actor=make.actor("unit_manager", unit="51/5101/"),
        people=[
            NewPerson("b", "李 · 明", "5101-rsj", account="li"),
            NewPerson("a", "王明", "510104"),
        ],
        at=make.SINCE,
    )
    assert [(person.code, person.unit.code) for person in made] == [
        ("b", "5101-rsj"),
        ("a", "510104"),
    ]
    assert selectors.get_person("b").account == account


def test_create_people_again_changes_nothing():
    first = make.people("5101", 3)
    assert make.people("5101", 3) == first
    assert LedgerEntry.objects.filter(act="people.registered").count() == 1


def test_create_people_refuses_all_and_says_everything():
    make.people("5101", 1)
    with pytest.raises(Problems) as caught:
        services.create_people(
            actor=HOUSE,
            people=[
                NewPerson("p-5101-1", "另一人", "5101"),
                NewPerson("x", "", "5101"),
                NewPerson("x", "甲", "5101"),
                NewPerson("y y", "乙", "5101"),
                NewPerson("z", "丙" * 51, "5101", account="nobody"),
            ],
            at=make.SINCE,
        )
    assert [(problem.place, problem.code) for problem in caught.value.problems] == [
        ("p-5101-1", "person_code_twice"),
        ("x", "person_name_empty"),
        ("x", "person_code_twice"),
        ("y y", "person_code_form"),
        ("z", "person_name_long"),
        ("z", "account_unknown"),
    ]
    assert text_of(caught.value.problems[1]) == "x：x没有姓名。请填写姓名。"
    assert Person.objects.count() == 1


def test_create_people_refuses_an_account_of_somebody_else():
    make.account("li")
    services.create_person(actor=HOUSE, person=NewPerson("a", "李", "5101", "li"), at=make.SINCE)
    with pytest.raises(Problems) as caught:
        services.create_person(
            actor=HOUSE, person=NewPerson("b", "李", "5101", "li"), at=make.SINCE
        )
    assert [problem.code for problem in caught.value.problems] == ["person_account_taken"]


def test_create_people_stops_at_the_managers_own_subtree():
    manager = make.actor("unit_manager", unit="51/5101/")
    with pytest.raises(DomainError, match="forbidden"):
        services.create_person(actor=manager, person=NewPerson("a", "甲", "5103"), at=make.SINCE)


def test_appoint_gives_a_role_that_the_actor_carries_until_it_ends():
    account = make.account("office")
    services.appoint(
        actor=HOUSE,
        account=account,
        role="office",
        unit=units.get_unit("51"),
        season="s",
        since=make.SINCE,
        until=make.SINCE + timedelta(days=10),
        at=make.SINCE,
    )

    def held(days):
        actor = selectors.actor_of_account("office", at=make.SINCE + timedelta(days=days))
        return actor.has("office", season="s", unit_path="51/5101/")

    assert [held(-1), held(0), held(9), held(10)] == [False, True, True, False]
    actor = selectors.actor_of_account("office", at=make.SINCE)
    assert not actor.has("office", season="t")
    assert (actor.account, actor.name, actor.person) == (str(account.pk), "蒲清越", "")


def test_appoint_again_is_a_new_term_of_the_same_appointment():
    account = make.account("office", "office")
    services.appoint(
        actor=HOUSE,
        account=account,
        role="office",
        unit=units.get_unit("51"),
        since=make.SINCE,
        until=make.SINCE + timedelta(days=1),
        at=make.SINCE,
    )
    assert Appointment.objects.get(account=account).until == make.SINCE + timedelta(days=1)
    assert LedgerEntry.objects.filter(act="role.appointed").count() == 2


@pytest.mark.parametrize(
    ("role", "days", "code"),
    [("king", 1, "role_unknown"), ("office", 0, "appointment_backwards")],
)
def test_appoint_refuses(role, days, code):
    with pytest.raises(DomainError) as caught:
        services.appoint(
            actor=HOUSE,
            account=make.account("a"),
            role=role,
            unit=units.get_unit("51"),
            since=make.SINCE,
            until=make.SINCE + timedelta(days=days),
            at=make.SINCE,
        )
    assert caught.value.code == code


def test_appoint_is_for_the_office_over_the_unit():
    office = make.actor("office", unit="51/", season="s")
    for unit, season in (("51", "t"), ("51", "")):
        with pytest.raises(DomainError, match="forbidden"):
            services.appoint(
                actor=office,
                account=make.account(f"a{season}"),
                role="exam_officer",
                unit=units.get_unit(unit),
                season=season,
                since=make.SINCE,
                at=make.SINCE,
            )
