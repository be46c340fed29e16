"""From a slip's code to an account: what is kept, what is refused, what ends."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest
from django.db import connection

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.people import privacy, selectors, services
from leitai.people.models import Account, Person, Slip
from leitai.people.services import Choice
from leitai.units import selectors as units
from tests.factories import people as make
from tests.factories.slips import clerk, id_number
from tests.factories.units import HOUSE, load_packaged

pytestmark = pytest.mark.django_db
AT = make.SINCE
PASSWORD = "three-drums-9"
PEER = "192.0.2.7"


@pytest.fixture(autouse=True)
def _tree():
    load_packaged()


@pytest.fixture
def person():
    return clerk("c1", "路长歌", serial=11, phone="19900000001", staff_number="CD-88")


def issue(*people, at=AT):
    return [one.code for one in services.issue_slips(actor=HOUSE, people=people, at=at)]


def opened(code, at=AT):
    return services.open_slip(code=code, peer=PEER, at=at)


def activate(code, password=PASSWORD, username="", consent=privacy.VERSION, at=AT):
    found = opened(code, at)
    return services.activate(
        slip=found.slip,
        person=found.person,
        choice=Choice(password, username, consent),
        at=at,
    )


def refused(code, **more):
    with pytest.raises(DomainError) as error:
        activate(code, **more)
    return error.value.code


def test_a_code_is_kept_as_its_digest_only(person):
    (code,) = issue(person)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{16}", code)
    slip = Slip.objects.get()
    assert bytes(slip.digest) == hashlib.sha256(code.encode()).digest()
    assert slip.expires_at - slip.issued_at == timedelta(days=7)
    with connection.cursor() as cursor:
        cursor.execute("SELECT slip::text FROM people_slip AS slip")
        assert code not in cursor.fetchone()[0]


def test_the_record_names_the_people_and_never_the_code(person):
    (code,) = issue(person)
    entry = LedgerEntry.objects.get(act="slips.issued")
    payload = bytes(entry.payload).decode()
    assert '"people":["c1"]' in payload
    assert code not in payload


def test_a_slip_opens_the_account_of_its_person(person):
    (code,) = issue(person)
    found = opened(f" {code[:4].lower()}-{code[4:8]} {code[8:]}".replace("0", "o"))
    assert (found.name, found.unit, found.reset) == ("路长歌", "成都市", False)
    account = activate(code)
    assert Person.objects.get(code="c1").account == account
    assert (account.username, account.display_name) == ("c1", "路长歌")
    assert account.check_password(PASSWORD)
    assert (account.consent, account.consent_at) == (privacy.VERSION, AT)
    assert LedgerEntry.objects.get(act="account.activated").subject == f"account:{account.pk}"


def test_the_numbers_become_names_to_sign_in_with(person):
    account = activate(*issue(person))
    for name in (id_number(11), "199 0000 0001", "+86-19900000001", "cd-88", "CD－88", "C1"):
        assert selectors.find_by_login(name) == account, name
    for name in ("", "19900000002", id_number(12), "CD-89", "c11", "\x00"):
        assert selectors.find_by_login(name) is None, name


def test_an_own_login_name_is_taken_if_free_and_no_number(person):
    make.account("drummer")
    (code,) = issue(person)
    assert refused(code, username="drummer") == "account_taken"
    assert refused(code, username="DRUMMER") == "account_taken"
    assert refused(code, username="13800138000") == "account_name_number"
    assert refused(code, username="打鼓") == "account_name_form"
    assert activate(code, username="Long-Song").username == "Long-Song"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("199-0000-0041", "account_name_number"),
        ("000000-19900307-041x", "account_name_number"),
        ("xz0123", "account_taken"),
        ("XZ0123", "account_taken"),
        ("000000-19900307-0423", "account_name_number"),
    ],
)
def test_no_own_login_name_passes_for_the_number_of_another(person, name, code):
    clerk("c2", "言如玉", phone="19900000041", staff_number="XZ0123")
    (slip,) = issue(person)
    assert refused(slip, username=name) == code
    assert activate(slip, username="cd-88").username == "cd-88"  # one's own is


def test_a_name_made_of_the_code_is_no_number_of_another(person):
    clerk("c2", "言如玉", staff_number="C1")
    assert activate(*issue(person)).username == "c1-1"


def test_one_accounts_name_and_anothers_number_let_nobody_in(person):
    make.account("cd-88")
    account = activate(*issue(person))
    assert selectors.find_by_login("CD-88") is None
    assert selectors.find_by_login(id_number(11)) == account


@pytest.mark.parametrize(
    "password",
    ["short-1", "12345678", "password1", "19900000001", id_number(11), "x19900000001", "19900307"],
)
def test_a_password_that_others_can_guess_is_refused(person, password):
    (code,) = issue(person)
    assert refused(code, password=password) == "password_refused"
    assert Account.objects.count() == 0


def test_the_notice_must_be_agreed_to(person):
    (code,) = issue(person)
    assert refused(code, consent="") == "consent_missing"
    assert refused(code, consent="2020-01") == "consent_missing"


def test_a_slip_is_used_once(person):
    (code,) = issue(person)
    activate(code)
    assert refused(code) == "slip_used"


def test_a_newer_slip_ends_the_older(person):
    (older,) = issue(person)
    (newer,) = issue(person)
    assert refused(older) == "slip_withdrawn"
    activate(newer)


def test_a_slip_ends_after_seven_days(person):
    (code,) = issue(person)
    assert refused(code, at=AT + timedelta(days=7)) == "slip_expired"
    activate(code, at=AT + timedelta(days=7) - timedelta(seconds=1))


def test_an_unknown_code_is_refused_with_one_sentence():
    with pytest.raises(DomainError) as error:
        opened("0000-0000-0000-0000")
    assert text_of(error.value).startswith("没有这个启用码。")


def test_no_slip_is_printed_for_who_can_sign_in(person):
    activate(*issue(person))
    person = Person.objects.select_related("unit", "account").get(code="c1")
    with pytest.raises(DomainError) as error:
        issue(person)
    assert (error.value.code, error.value.data) == ("slip_done_some", {"names": "路长歌"})


def test_slips_are_the_own_units_managers(person):
    other = clerk("c2", "言如玉", unit="5103")
    manager = make.actor("unit_manager", unit="51/5101/")
    assert len(services.issue_slips(actor=manager, people=[person], at=AT)) == 1
    for stranger, whom in ((manager, other), (make.actor("judge"), person)):
        with pytest.raises(DomainError, match="forbidden"):
            services.issue_slips(actor=stranger, people=[whom], at=AT)


def test_a_manager_prints_no_slip_for_an_account_that_reaches_further(person):
    services.appoint(
        actor=HOUSE,
        account=services.account_of(person, at=AT),
        role="exam_officer",
        unit=units.get_unit("51"),
        since=AT,
        at=AT,
    )
    manager = make.actor("unit_manager", unit="51/5101/")
    with pytest.raises(DomainError, match="reset_bulk"):
        services.issue_slips(actor=manager, people=[person], at=AT)
    guard = make.actor("security_admin")
    assert len(services.issue_slips(actor=guard, people=[person], at=AT)) == 1


def test_an_account_that_stood_ready_gets_its_password(person):
    ready = services.account_of(person, at=AT)
    assert activate(*issue(Person.objects.select_related("unit", "account").get())) == ready


def unit_slip(unit="5101"):
    return services.issue_unit_slip(actor=HOUSE, unit=units.get_unit(unit), at=AT).code


def named(code, name, tail):
    found = opened(code)
    assert found.person is None
    return services.name_oneself(slip=found.slip, name=name, tail=tail, peer=PEER, at=AT)


def test_a_units_slip_lets_each_of_its_people_in_once(person):
    clerk("c2", "言如玉", serial=12)
    code = unit_slip()
    for serial, name in ((11, "路长歌"), (12, "言 如玉")):
        tail = id_number(serial)[-6:].lower()
        found = named(code, name, tail)
        services.activate(
            slip=found.slip,
            person=found.person,
            choice=Choice(PASSWORD, "", privacy.VERSION),
            at=AT,
        )
        with pytest.raises(DomainError, match="slip_done"):
            named(code, name, tail)
    assert Account.objects.count() == 2


def test_a_units_slip_knows_only_name_and_number_together_of_this_unit(person):
    clerk("c2", "言如玉", unit="5103", serial=12)
    code, right = unit_slip(), id_number(11)[-6:]
    for name, tail in (("路长歌", "000000"), ("言如玉", right), ("言如玉", id_number(12)[-6:])):
        with pytest.raises(DomainError, match="slip_nobody"):
            named(code, name, tail)


def test_two_people_who_look_the_same_are_refused_with_a_mend(person):
    twin = clerk("c2", "路长歌", serial=11 + 100)
    personal = twin.personal
    personal.id_tail = person.personal.id_tail
    personal.save()
    with pytest.raises(DomainError) as error:
        named(unit_slip(), "路长歌", id_number(11)[-6:])
    assert text_of(error.value) == "本单位不止一人与所填相符。请单位管理员为您单独打印启用单。"


def test_a_units_slip_does_not_open_an_account_that_was_reset(person):
    activate(*issue(person))
    person = Person.objects.select_related("unit", "account").get(code="c1")
    services.reset_password(actor=HOUSE, person=person, at=AT)
    with pytest.raises(DomainError, match="slip_done"):
        named(unit_slip(), "路长歌", id_number(11)[-6:])


def test_a_newer_unit_slip_ends_the_older():
    older = unit_slip()
    unit_slip()
    with pytest.raises(DomainError, match="slip_withdrawn"):
        opened(older)


def test_a_phone_of_two_people_is_no_login_name(person):
    account = activate(*issue(person))
    assert selectors.find_by_login("19900000001") == account
    other = clerk("c2", "言如玉", phone="19900000001")
    activate(*issue(other))
    assert selectors.find_by_login("19900000001") is None
    assert selectors.own_account(account).names[0].label == "身份证号码"
    assert selectors.find_by_login(id_number(11)) == account


def test_a_phone_comes_back_when_who_took_it_has_another(person):
    account = activate(*issue(person))
    other = clerk("c2", "言如玉", phone="19900000002")
    theirs = activate(*issue(other))
    other = Person.objects.get(code="c2")
    services.set_personal(other, phone="19900000001")
    assert selectors.find_by_login("19900000001") is None
    services.set_personal(other, phone="19900000002")
    assert selectors.find_by_login("19900000001") == account
    assert selectors.find_by_login("19900000002") == theirs
    labels = [name.label for name in selectors.own_account(account).names]
    assert labels[0] == "手机号码"


def test_a_phone_given_out_anew_is_no_longer_the_leavers(person):
    account = activate(*issue(person))
    Person.objects.filter(code="c1").update(left_on=AT.date())
    assert selectors.find_by_login("19900000001") == account
    theirs = activate(*issue(clerk("c2", "言如玉", phone="19900000001")))
    assert selectors.find_by_login("19900000001") == theirs


def test_a_phone_that_somebody_shares_without_an_account_lets_nobody_in(person):
    activate(*issue(person))
    clerk("c2", "言如玉", phone="19900000001")
    assert selectors.find_by_login("19900000001") is None


def test_a_changed_number_is_a_changed_login_name(person):
    account = activate(*issue(person))
    services.set_personal(Person.objects.get(code="c1"), phone="19900000009", staff_number="")
    assert selectors.find_by_login("19900000009") == account
    assert selectors.find_by_login("19900000001") is None
    assert selectors.find_by_login("CD-88") is None
