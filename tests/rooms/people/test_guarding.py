"""Whose account a manager opens anew or ties to other numbers: nobody's with more than their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.people import privacy, selectors, services
from leitai.people.enums import ADMINISTRATORS, SEASON_ROLES
from leitai.people.models import Account, Person
from leitai.people.services import Choice
from leitai.units import selectors as units
from tests.factories import people as make
from tests.factories.slips import clerk, id_number
from tests.factories.units import HOUSE, load_packaged

pytestmark = pytest.mark.django_db
AT = make.SINCE
PASSWORD = "three-drums-9"
MANAGER = make.actor("unit_manager", unit="51/5101/", account="0")  # nobody's number
OLD = make.actor("unit_manager", unit="51/5101/", season="old-2019", account="0")


@pytest.fixture(autouse=True)
def _tree():
    load_packaged()


@pytest.fixture
def person():
    """Of the unit 5101, with an account that has been signed in to."""
    person = clerk("c1", "路长歌", serial=11, phone="19900000001")
    account = services.account_of(person, at=AT)
    account.set_password(PASSWORD)
    account.save()
    return fresh()


def fresh():
    return Person.objects.select_related("unit", "account").get(code="c1")


def give(role, *, season=""):
    unit = "51" if role in SEASON_ROLES or role in ADMINISTRATORS else "5101"
    services.appoint(
        actor=HOUSE,
        account=fresh().account,
        role=role,
        unit=units.get_unit(unit),
        season=season,
        since=AT,
        at=AT,
    )


def resetting(actor):
    """The code of the refusal, "" for a reset."""
    try:
        services.reset_password(actor=actor, person=fresh(), at=AT)
    except DomainError as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("role", ["local_office", "judge", "invigilator", "timekeeper"])
def test_a_manager_resets_nobody_with_a_duty_of_the_own_unit_that_they_cannot_give(person, role):
    give(role)
    assert resetting(MANAGER) == "reset_higher"
    assert resetting(make.actor("office", account="0")) == ""


@pytest.mark.parametrize("role", ["unit_manager", "team_leader"])
def test_managers_and_team_leaders_of_a_unit_are_let_in_again_by_its_manager(person, role):
    give(role)
    assert resetting(MANAGER) == ""


def test_a_manager_of_one_season_resets_none_of_another(person):
    give("unit_manager", season="new-2026")
    assert resetting(OLD) == "reset_higher"
    assert resetting(make.actor("office", season="new-2026", account="0")) == ""


def test_a_citys_committee_resets_whom_it_could_appoint(person):
    give("judge", season="new-2026")
    for season, answer in (("old-2019", "reset_higher"), ("new-2026", "")):
        city = make.actor("local_office", unit="51/5101/", season=season, account="0")
        assert resetting(city) == answer


def test_an_administrator_is_sent_to_the_machine_whoever_asks(person):
    give("audit_admin")
    for role in ("unit_manager", "office", "security_admin"):
        assert resetting(make.actor(role, account="0")) == "reset_administrator"


def test_no_slip_is_printed_beyond_what_a_manager_gives():
    ready = clerk("c1", "路长歌", serial=11)
    services.account_of(ready, at=AT)
    give("local_office")
    with pytest.raises(DomainError, match="reset_higher"):
        services.issue_slips(actor=MANAGER, people=[fresh()], at=AT)


def test_a_units_slip_opens_no_account_of_the_citys_committee():
    ready = clerk("c1", "路长歌", serial=11)
    services.account_of(ready, at=AT)
    give("local_office")
    issued = services.issue_unit_slip(actor=MANAGER, unit=ready.unit, at=AT)
    slip = selectors.find_slip(issued.code, at=AT).slip
    with pytest.raises(DomainError, match="slip_guarded"):
        use(slip)


def use(slip):
    choice = Choice(PASSWORD, "", privacy.VERSION)
    return services.activate(slip=slip, person=fresh().pk, choice=choice, at=AT)


def change(actor, **given):
    return services.change_person(
        actor=actor, person=fresh(), details={}, given=given, at=AT + timedelta(hours=1)
    )


@pytest.mark.parametrize("role", ["exam_officer", "local_office"])
@pytest.mark.parametrize(
    "given", [{"phone": "19900000009"}, {"id_number": id_number(12)}, {"staff_number": "A-1"}]
)
def test_a_manager_changes_no_login_number_of_who_is_beyond_them(person, role, given):
    give(role)
    with pytest.raises(DomainError) as caught:
        change(MANAGER, **given)
    assert caught.value.code == "numbers_guarded"
    assert "路长歌" in text_of(caught.value)
    assert selectors.find_by_login("19900000001") == person.account


def test_what_nobody_signs_in_with_a_manager_still_puts_right(person):
    give("exam_officer")
    change(MANAGER, bank_account="6222000011112222")
    services.change_person(
        actor=MANAGER, person=fresh(), details={"post": "综合窗口"}, at=AT + timedelta(hours=1)
    )
    assert fresh().post == "综合窗口"


def test_a_manager_changes_the_numbers_of_the_others(person):
    give("team_leader")
    change(MANAGER, phone="19900000009")
    assert selectors.find_by_login("19900000009") == person.account


def test_a_reset_slip_does_not_open_what_its_issuer_may_no_longer_open(person):
    boss = make.account("boss", "unit_manager", unit="5101")
    issued = services.reset_password(actor=selectors.actor_of(boss, at=AT), person=person, at=AT)
    slip = selectors.find_slip(issued.code, at=AT).slip
    give("exam_officer")
    with pytest.raises(DomainError) as caught:
        use(slip)
    assert caught.value.code == "slip_outgrown"
    assert not Account.objects.get(pk=person.account_id).has_usable_password()


def test_an_activation_slip_does_not_open_who_was_appointed_since():
    ready = clerk("c1", "路长歌", serial=11)
    services.account_of(ready, at=AT)
    boss = make.account("boss", "unit_manager", unit="5101")
    (issued,) = services.issue_slips(actor=selectors.actor_of(boss, at=AT), people=[fresh()], at=AT)
    slip = selectors.find_slip(issued.code, at=AT).slip
    give("local_office")
    with pytest.raises(DomainError, match="slip_outgrown"):
        use(slip)


def test_a_slip_opens_what_its_issuer_may_open_today(person):
    guard = make.account("guard", "security_admin")
    issued = services.reset_password(actor=selectors.actor_of(guard, at=AT), person=person, at=AT)
    give("exam_officer")
    assert use(selectors.find_slip(issued.code, at=AT).slip) == person.account
