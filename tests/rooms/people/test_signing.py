"""The pages of signing in: from slip to home, the manager's desk, reset, notice, own account."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.test import Client

from leitai.base import events
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.people import privacy, services
from leitai.people.events import PasswordReset
from leitai.people.models import Account, Person
from leitai.units import selectors as units
from tests.factories import people as make
from tests.factories.slips import clerk, id_number
from tests.factories.units import HOUSE, load_packaged

pytestmark = pytest.mark.django_db
AT = make.SINCE
PASSWORD = "three-drums-9"
CODE = re.compile(r"data-slip-code>([0-9A-Z-]{19})<")


@pytest.fixture(autouse=True)
def _tree():
    load_packaged()


@pytest.fixture
def manager():
    client = Client()
    client.force_login(make.account("boss", "unit_manager", unit="5101"))
    return client


@pytest.fixture
def person():
    return clerk("c1", "路长歌", serial=11, phone="19900000001")


def fresh(code="c1"):
    return Person.objects.select_related("unit", "account").get(code=code)


def printed(client, **form):
    answer = client.post("/people/slips/", {"how": "page", **form})
    assert answer.status_code == 200, answer.content.decode()[-600:]
    return CODE.findall(answer.content.decode())


def walk_in(code, password=PASSWORD, **more):
    client = Client()
    assert client.post("/activate/", {"code": code}).status_code == 302
    form = {"password": password, "again": password, "agree": "on", **more}
    return client, client.post("/activate/password/", form)


def test_from_the_slip_to_the_first_screen_in_two_forms(manager, person):
    (code,) = printed(manager, make="chosen", people=["c1"])
    client = Client()
    assert client.post("/activate/", {"code": code}).url == "/activate/password/"
    page = client.get("/activate/password/").content.decode()
    assert "路长歌" in page
    assert "成都市" in page
    assert "保存多久" in page
    answer = client.post(
        "/activate/password/", {"password": PASSWORD, "again": PASSWORD, "agree": "on"}
    )
    assert answer.url == "/home/"
    assert client.get("/home/").status_code in {200, 302}
    assert client.session["_auth_user_id"] == str(fresh().account_id)
    again = Client().post("/account/login/", {"login": "199 0000 0001", "password": PASSWORD})
    assert again.url == "/home/"


def test_no_session_keeps_the_number_that_was_typed(inside):
    number = id_number(11)
    for name in (number, "199 0000 0001", "+86-199-0000-0001"):
        answer = Client().post("/account/login/", {"login": name, "password": PASSWORD})
        assert answer.url == "/home/"
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    assert len(kept) == 4 + 1  # three at the door, one by the slip, the manager's
    assert sum("'username': 'c1'" in one for one in kept) == 4
    typed = (number, "199 0000", "199-0000", "19900000001")
    assert not [one for one in kept for text in typed if text in one]


def test_a_password_page_without_a_code_leads_to_the_code(person):
    assert Client().get("/activate/password/").url == "/activate/"
    assert Client().get("/activate/who/").url == "/activate/"


def test_what_was_typed_stays_when_something_is_wrong(manager, person):
    (code,) = printed(manager, make="chosen", people=["c1"])
    client = Client()
    client.post("/activate/", {"code": code})
    answer = client.post(
        "/activate/password/",
        {"password": PASSWORD, "again": PASSWORD + "x", "username": "song"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="song"' in page
    assert "两次输入的密码不一样" in page
    assert PASSWORD not in page


def test_the_sheet_is_a_pdf_that_is_not_kept(manager, person, settings):
    answer = manager.post("/people/slips/", {"make": "chosen", "people": ["c1"], "how": "pdf"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert BytesIO(answer.content).read(5) == b"%PDF-"
    folder = settings.LEITAI_FILES
    assert not folder.exists() or list(folder.rglob("*.pdf")) == []


def test_the_desk_prints_everybody_who_cannot_sign_in_yet(manager, person):
    clerk("c2", "言如玉")
    clerk("c3", "时不移", unit="5103")
    assert len(printed(manager, make="all")) == 2
    (code,) = printed(manager, make="chosen", people=["c1", "c3"])
    walk_in(code)
    assert len(printed(manager, make="all")) == 1


def test_the_desk_prints_one_slip_for_the_unit(manager, person):
    (code,) = printed(manager, make="unit")
    client = Client()
    assert client.post("/activate/", {"code": code}).url == "/activate/who/"
    form = {"name": "路长歌", "tail": id_number(11)[-6:]}
    assert client.post("/activate/who/", form).url == "/activate/password/"


def test_nobody_chosen_is_said(manager, person):
    answer = manager.post("/people/slips/", {"make": "chosen", "how": "pdf"})
    assert answer.status_code == 422
    assert "没有选中需要启用账号的人员" in answer.content.decode()


def test_the_desk_is_for_those_who_keep_the_roster(manager, person):
    client = Client()
    assert client.get("/people/slips/").url.startswith("/account/login/")
    client.force_login(make.account("judge", "judge"))
    assert client.get("/people/slips/").status_code == 403
    assert manager.get("/people/slips/?unit=5103").status_code == 403
    assert manager.get("/people/slips/?unit=none").status_code == 404


def test_the_desk_asks_few_questions_however_many_people(manager, django_assert_max_num_queries):
    make.people("5101", 120)
    with django_assert_max_num_queries(12):
        page = manager.get("/people/slips/?page=2").content.decode()
    assert page.count('name="people"') == 50
    assert "选手51" in page or "p-5101-" in page
    assert manager.get("/people/slips/", {"q": "选手117"}).content.decode().count("p-5101-") > 0


def reset(client, code="c1"):
    return client.post(f"/people/reset/{code}/")


@pytest.fixture
def inside(manager, person):
    """The person's own browser, signed in."""
    (code,) = printed(manager, make="chosen", people=["c1"])
    return walk_in(code)[0]


def test_a_reset_ends_password_and_sessions_and_hands_out_a_code(manager, inside):
    assert inside.get("/account/").status_code == 200
    answer = reset(manager)
    (code,) = CODE.findall(answer.content.decode())
    assert inside.get("/account/").url.startswith("/account/login/")
    old = Client().post("/account/login/", {"login": "c1", "password": PASSWORD})
    assert old.status_code == 200
    _client, answer = walk_in(code, "four-drums-10")
    assert answer.url == "/home/"
    new = Client().post("/account/login/", {"login": "c1", "password": "four-drums-10"})
    assert new.url == "/home/"
    acts = list(LedgerEntry.objects.order_by("seq").values_list("act", flat=True))
    assert acts[-2:] == ["password.reset", "password.renewed"]
    assert not any(code in bytes(entry.payload).decode() for entry in LedgerEntry.objects.all())


def test_the_holder_hears_of_the_reset(inside):
    heard = []
    events.in_transaction(PasswordReset, heard.append)
    services.reset_password(actor=HOUSE, person=fresh(), at=AT)
    assert heard == [PasswordReset(fresh().account_id, HOUSE.account)]


def resetting(actor):
    with pytest.raises(DomainError) as error:
        services.reset_password(actor=actor, person=fresh(), at=AT)
    return error.value.code


def give(role, unit, **more):
    services.appoint(
        actor=HOUSE,
        account=fresh().account,
        role=role,
        unit=units.get_unit(unit),
        since=AT,
        at=AT,
        **more,
    )


def test_a_manager_resets_nobody_beyond_the_own_subtree(inside):
    assert resetting(make.actor("unit_manager", unit="51/5103/")) == "forbidden"
    assert resetting(make.actor("judge")) == "forbidden"
    give("team_leader", "5103")
    assert resetting(make.actor("unit_manager", unit="51/5101/")) == "reset_beyond"
    services.reset_password(actor=make.actor("office"), person=fresh(), at=AT)


def test_a_manager_resets_no_holder_of_bulk_data(inside):
    give("item_writer", "51")
    assert resetting(make.actor("unit_manager", unit="51/5101/")) == "reset_bulk"
    assert resetting(make.actor("office")) == "reset_bulk"
    services.reset_password(actor=make.actor("security_admin"), person=fresh(), at=AT)


def test_nobody_resets_an_administrator_on_the_web(inside):
    give("audit_admin", "51")
    assert resetting(make.actor("security_admin")) == "reset_administrator"
    account = fresh().account
    services.set_password(actor=HOUSE, account=account, password="given-by-hand", at=AT)
    assert fresh().account.check_password("given-by-hand")


def test_nobody_resets_themself(manager, inside):
    Person.objects.filter(code="c1").update(account=Account.objects.get(username="boss"))
    answer = reset(manager)
    assert answer.status_code == 422
    assert "不能重设自己的密码" in answer.content.decode()


def test_who_never_signed_in_gets_a_slip_and_no_reset(manager, person):
    assert "还没有启用账号" in reset(manager).content.decode()


def test_the_reset_button_says_what_it_does(manager, inside):
    page = manager.get("/people/slips/?state=done").content.decode()
    assert 'action="/people/reset/c1/"' in page
    assert "路长歌的旧密码立即失效" in page


def older_account():
    services.create_account(
        actor=HOUSE, username="old", password=make.PASSWORD, display_name="旧人", at=AT
    )
    client = Client()
    client.post("/account/login/", {"login": "old", "password": make.PASSWORD})
    return client


def test_who_never_agreed_is_asked_before_anything_else():
    client = older_account()
    asked = client.get("/me/?x=1")
    assert asked.url == "/account/consent/?next=%2Fme%2F%3Fx%3D1"
    page = client.get(asked.url).content.decode()
    assert "保存哪些信息" in page
    assert 'value="/me/?x=1"' in page
    without = client.post("/account/consent/", {"version": privacy.VERSION})
    assert without.status_code == 422
    form = {"version": privacy.VERSION, "agree": "on", "next": "/me/?x=1"}
    assert client.post("/account/consent/", form).url == "/me/?x=1"
    assert client.get("/me/").status_code == 200
    assert Account.objects.get(username="old").consent == privacy.VERSION
    assert LedgerEntry.objects.get(act="account.consented").payload


def test_agreeing_never_leads_out_of_the_house():
    form = {"version": privacy.VERSION, "agree": "on", "next": "https://elsewhere.example/"}
    assert older_account().post("/account/consent/", form).url == "/home/"


def test_nobody_agrees_to_a_text_that_is_no_longer_in_force():
    client = older_account()
    client.post("/account/consent/", {"version": "2020-01", "agree": "on"})
    assert Account.objects.get(username="old").consent == ""


def test_who_has_not_agreed_can_read_it_and_leave():
    client = older_account()
    assert client.get("/privacy/").status_code == 200
    assert client.post("/account/logout/").url == "/"


def test_a_new_notice_is_put_to_everybody(monkeypatch):
    client = Client()
    client.force_login(make.account("clerk"))
    assert client.get("/account/").status_code == 200
    monkeypatch.setattr(privacy, "VERSION", "2099-01")
    assert client.get("/account/").url.startswith("/account/consent/")


def test_the_own_account_shows_masked_names(inside):
    page = inside.get("/account/").content.decode()
    assert "199****0001" in page
    assert "19900000001" not in page
    assert id_number(11) not in page
    assert privacy.VERSION in page


def test_signing_out_elsewhere_takes_the_password_and_keeps_this_session(inside):
    other = Client()
    other.post("/account/login/", {"login": "c1", "password": PASSWORD})
    assert inside.post("/account/elsewhere/", {"password": "wrong-word"}).status_code == 422
    assert other.get("/account/").status_code == 200
    assert inside.post("/account/elsewhere/", {"password": PASSWORD}).url == "/account/"
    assert other.get("/account/").url.startswith("/account/login/")
    assert inside.get("/account/").status_code == 200


def test_a_new_password_is_judged_as_at_the_first(inside):
    form = {"oldpassword": PASSWORD, "password1": "19900000001", "password2": "19900000001"}
    answer = inside.post("/account/password/change/", form)
    assert answer.status_code == 200
    assert "密码不能用姓名" in answer.content.decode()
    form = {"oldpassword": PASSWORD, "password1": "four-drums-10", "password2": "four-drums-10"}
    assert inside.post("/account/password/change/", form).status_code == 302
    assert inside.get("/account/").status_code == 200


def test_the_house_uses_none_of_the_doors_that_count_by_process():
    assert django_settings.ACCOUNT_RATE_LIMITS is False
