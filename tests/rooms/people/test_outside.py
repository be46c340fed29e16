"""Sign-in through an OpenID provider: real requests to a server on this machine."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.people import outside_settings, services
from leitai.people.models import Person
from tests.factories import people as make
from tests.factories.units import load_packaged
from tests.rooms.people import oidc

PHONE = "19900000017"


@pytest.fixture
def provider(db, settings, tmp_path):
    load_packaged()
    with oidc.running() as running:
        secret = tmp_path / "gov.secret"
        secret.write_text(oidc.SECRET + "\n")
        file = tmp_path / "outside.toml"
        file.write_text(text_of(running.origin, secret))
        settings.SOCIALACCOUNT_PROVIDERS = outside_settings.read(str(file))
        yield running


def text_of(server, secret, extra='phone = "phone_number"\nstaff_number = "employee_no"'):
    return f"""
[[provider]]
id = "gov"
name = "省统一身份认证平台"
server = "{server}"
client = "{oidc.CLIENT}"
secret_file = "{secret}"
{extra}
"""


def somebody(**numbers) -> Person:
    person = make.people("5101", 1)[0]
    services.set_personal(person, **numbers)
    return Person.objects.get(pk=person.pk)


def come(client: Client):
    """As a browser goes: our form, their page, and back."""
    there = client.post("/account/outside/oidc/gov/login/").headers["Location"]
    parts = urlsplit(there)
    connection = http.client.HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    back = urlsplit(connection.getresponse().headers["Location"])
    connection.close()
    return client.get(f"{back.path}?{back.query}")


def test_the_sign_in_page_offers_it_and_the_policy_lets_the_form_go_there(provider):
    page = Client().get("/account/login/")
    assert "用省统一身份认证平台登录" in page.content.decode()
    assert provider.origin in page.headers["Content-Security-Policy"]


def test_who_is_on_a_roster_comes_in_by_the_verified_phone(provider):
    person = somebody(phone=PHONE)
    provider.claims = {"sub": "u-7", "phone_number": PHONE, "phone_number_verified": True}
    client = Client()
    assert come(client).status_code == 302
    actor = client.get("/account/login/").wsgi_request.actor
    assert actor.person == person.code
    linked = SocialAccount.objects.get()
    assert (linked.uid, linked.extra_data) == ("u-7", {})
    entry = LedgerEntry.objects.filter(act="outside.linked").get()
    assert entry.subject == f"account:{actor.account}"


def test_the_next_time_the_subject_is_enough_and_nothing_more_is_kept(provider):
    person = somebody(staff_number="SC-0017")
    provider.claims = {"sub": "u-7", "employee_no": "SC-0017"}
    come(Client())
    provider.claims = {"sub": "u-7", "employee_no": "changed", "name": "某人"}
    client = Client()
    come(client)
    assert client.get("/account/login/").wsgi_request.actor.person == person.code
    assert list(SocialAccount.objects.values_list("extra_data", flat=True)) == [{}]


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "u-9"},
        {"sub": "u-9", "phone_number": "19900000018"},
        {"sub": "u-9", "phone_number": PHONE, "phone_number_verified": False},
    ],
)
def test_a_stranger_stays_outside_and_learns_what_to_do(provider, claims):
    somebody(phone=PHONE)
    provider.claims = claims
    client = Client()
    answer = come(client)
    assert answer.status_code == 403
    assert "没有与之对应的人员" in answer.content.decode()
    assert not client.get("/account/login/").wsgi_request.actor.known
    assert not SocialAccount.objects.exists()


def test_a_phone_that_two_people_share_names_neither(provider):
    for person in make.people("5101", 2):
        services.set_personal(person, phone=PHONE)
    provider.claims = {"sub": "u-7", "phone_number": PHONE}
    assert come(Client()).status_code == 403


def test_a_refusal_over_there_is_said_here(provider):
    provider.refuses = True
    answer = come(Client())
    shown = answer if answer.status_code == 200 else Client().get(answer.headers["Location"])
    assert "统一身份认证未完成" in shown.content.decode()


def test_an_answer_that_nobody_asked_for_is_refused(provider):
    somebody(phone=PHONE)
    provider.claims = {"sub": "u-7", "phone_number": PHONE}
    client = Client()
    answer = client.get("/account/outside/oidc/gov/login/callback/?code=stolen&state=forged")
    assert "统一身份认证未完成" in answer.content.decode()
    assert not client.get("/account/login/").wsgi_request.actor.known


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("id = ", "ident = "), "id"),
        (("http://id.example.gov.cn", "ftp://id.example.gov.cn"), "server"),
        (("http://id.example.gov.cn", "http://id.example.gov.cn"), "server"),
        (("[[provider]]", "[[provider"), "TOML"),
        (("secret_file", "secrets"), "secret_file"),
    ],
)
def test_an_incomplete_file_is_refused_by_its_key(tmp_path, change, key):
    secret = tmp_path / "secret"
    secret.write_text("x")
    file = tmp_path / "outside.toml"
    file.write_text(text_of("http://id.example.gov.cn", secret).replace(*change))
    with pytest.raises(DomainError) as caught:
        outside_settings.read(str(file))
    assert (caught.value.code, caught.value.data["key"]) == ("outside_settings", key)
