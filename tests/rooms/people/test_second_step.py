"""A second step for those who hold something in bulk: set up, asked for, not taken off by one."""

from __future__ import annotations

import base64
import hmac
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client

from leitai.base import sealing
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.people import selectors, services
from leitai.people.enums import BULK_HOLDERS, Role
from leitai.people.models import Account
from tests.factories import people as make
from tests.factories.units import load_packaged

AT = make.SINCE


@pytest.fixture(autouse=True)
def _house(db, settings):
    load_packaged()
    settings.LEITAI_SECOND_STEP = "required"


def code_now(secret: str, *, step: int = 0) -> str:
    """RFC 6238 with the usual half minute and six digits, written here apart from the library."""
    left = 30 - time.time() % 30
    if left < 2:  # the page must see the same half minute
        time.sleep(left)
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


def signed_in(username: str) -> Client:
    client = Client()
    answer = client.post("/account/login/", {"login": username, "password": make.PASSWORD})
    assert answer.status_code == 302
    return client


def signed_in_by_force(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def set_up(client: Client) -> str:
    """The password again, then the secret that the page shows, confirmed with its first code."""
    client.post("/account/reauthenticate/", {"password": make.PASSWORD})
    page = client.get("/account/two/totp/activate/").content.decode()
    secret = page.partition("<code>")[2].partition("</code>")[0].replace(" ", "")
    assert len(secret) == 32
    answer = client.post("/account/two/totp/activate/", {"code": code_now(secret)})
    assert answer.headers["Location"] == "/account/two/recovery-codes/"
    return secret


@pytest.mark.parametrize("role", [role for role in Role if role in BULK_HOLDERS])
def test_a_bulk_holder_is_led_to_the_second_step_before_anything_else(role):
    make.account("holder", role, season="")
    client = signed_in("holder")
    for address in ("/home/", "/me/", "/state/", "/bank/"):
        assert client.get(address).headers.get("Location") == "/account/two/totp/activate/"


@pytest.mark.parametrize("role", ["unit_manager", "team_leader", "expert"])
def test_others_come_in_with_their_password(role):
    make.account("other", role)
    assert signed_in("other").get("/me/").status_code == 200


def test_a_contest_for_the_own_unit_asks_for_no_second_step():
    """Its office is the unit's manager, who holds no more by it than before."""
    make.account("holder", "office", season="local-5103-20220718-1")
    assert signed_in("holder").get("/me/").status_code == 200
    make.account("committee", "office", season="home-2022")
    assert signed_in("committee").get("/me/").status_code == 302


def test_after_it_is_set_up_the_pages_open_and_the_door_asks_for_a_code():
    make.account("holder", "operator")
    client = signed_in("holder")
    secret = set_up(client)
    assert client.get("/state/").status_code == 200

    again = Client()
    answer = again.post("/account/login/", {"login": "holder", "password": make.PASSWORD})
    assert answer.headers["Location"].startswith("/account/two/authenticate/")
    assert again.get("/state/").headers["Location"].startswith("/account/login/")
    wrong = again.post("/account/two/authenticate/", {"code": "000000"})
    assert "验证码不对" in wrong.content.decode()
    right = again.post("/account/two/authenticate/", {"code": code_now(secret, step=0)})
    assert right.status_code == 302
    assert again.get("/state/").status_code == 200


def test_a_code_is_good_once_in_whatever_process_it_is_tried():
    make.account("holder", "operator")
    secret = set_up(signed_in("holder"))
    code = code_now(secret)
    answers = []
    for _ in range(2):
        client = Client()
        client.post("/account/login/", {"login": "holder", "password": make.PASSWORD})
        answers.append(client.post("/account/two/authenticate/", {"code": code}).status_code)
    assert answers == [302, 200]


def test_guessing_codes_locks_the_second_step():
    make.account("holder", "operator")
    secret = set_up(signed_in("holder"))
    client = Client()
    client.post("/account/login/", {"login": "holder", "password": make.PASSWORD})
    for number in range(10):
        client.post("/account/two/authenticate/", {"code": f"{number:06d}"})
    locked = client.post("/account/two/authenticate/", {"code": code_now(secret)})
    assert "尝试次数过多" in locked.content.decode()
    assert client.get("/state/").headers["Location"].startswith("/account/login/")


def test_a_recovery_code_opens_the_door_once():
    make.account("holder", "operator")
    first = signed_in("holder")
    set_up(first)
    page = first.get("/account/two/recovery-codes/").content.decode()
    codes = [part.partition("</code>")[0] for part in page.split("<code>")[1:]]
    assert len(codes) == 10
    answers = []
    for _ in range(2):
        client = Client()
        client.post("/account/login/", {"login": "holder", "password": make.PASSWORD})
        answers.append(client.post("/account/two/authenticate/", {"code": codes[0]}).status_code)
    assert answers == [302, 200]


def test_the_secret_is_sealed_at_rest():
    make.account("holder", "operator")
    secret = set_up(signed_in("holder"))
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert sealing.open_sealed(kept, place="second-step") == secret
    assert "mfa.totp.secret" not in Session.objects.latest("expire_date").get_decoded()


def test_a_bulk_holder_cannot_take_it_off():
    make.account("holder", "operator")
    client = signed_in("holder")
    set_up(client)
    page = client.get("/account/two/totp/deactivate/")
    assert "您的职责要求两步验证，不能关闭" in page.content.decode()
    client.post("/account/two/totp/deactivate/")
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_a_lost_phone_takes_two_officers():
    lost = make.account("holder", "office")
    found = signed_in("holder")  # the phone is lost, and a browser is open somewhere
    set_up(found)
    other = signed_in_by_force(make.account("other"))
    assert found.get("/home/").status_code in {200, 302}
    assert found.session["second_step"] is True
    security = selectors.actor_of(make.account("security", Role.SECURITY_ADMIN), at=AT)
    audit = selectors.actor_of(make.account("audit", Role.AUDIT_ADMIN), at=AT)
    proposal = services.propose_reset(actor=security, username="holder", reason="手机遗失", at=AT)
    with pytest.raises(DomainError):
        ledger.approve(actor=security, proposal=proposal, at=AT)
    assert Authenticator.objects.filter(user=lost).count() == 2
    ledger.approve(actor=audit, proposal=proposal, at=AT)
    assert Authenticator.objects.filter(user=lost).count() == 0
    assert found.get("/me/").headers["Location"].startswith("/account/login/")
    assert other.get("/me/").status_code == 200
    assert signed_in("holder").get("/home/").headers["Location"] == "/account/two/totp/activate/"


def test_a_reset_of_nothing_is_refused():
    make.account("holder")
    security = selectors.actor_of(make.account("security", Role.SECURITY_ADMIN), at=AT)
    with pytest.raises(DomainError) as caught:
        services.propose_reset(actor=security, username="holder", reason="无", at=AT)
    assert caught.value.code == "second_step_none"
    assert Account.objects.get(username="holder").is_active
