"""A county signs in from one address; whoever guesses is locked out, and told for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leitai.kernel.errors import DomainError
from leitai.people import privacy, selectors, services, tasks, throttling
from leitai.people.models import Account
from tests.factories import people as make
from tests.factories.slips import clerk, id_number
from tests.factories.units import HOUSE, load_packaged

pytestmark = pytest.mark.django_db
COUNTY = "203.0.113.9"


def many(count):
    """Accounts whose one password is hashed once: what is measured here is no hash."""
    password = make_password(make.PASSWORD)
    Account.objects.bulk_create(
        Account(username=f"clerk-{n}", password=password, consent=privacy.VERSION)
        for n in range(count)
    )


def ask(name, password=make.PASSWORD, *, peer=COUNTY, client=None, **headers):
    client = client or Client()
    form = {"login": name, "password": password}
    return client.post("/account/login/", form, REMOTE_ADDR=peer, headers=headers)


def told(response):
    return [str(error) for error in response.context["form"].non_field_errors()]


def wrong(name, times, **more):
    return [told(ask(name, "not-the-word", **more)) for _ in range(times)]


def test_forty_people_of_one_address_sign_in_while_an_attacker_is_locked_out():
    many(41)
    heard = wrong("clerk-40", 10)
    assert heard == [["登录名或密码不正确。"]] * 10
    assert told(ask("clerk-40")) == ["尝试次数过多，请过15分钟再试。"]  # even with the right one
    for number in range(40):
        answer = ask(f"clerk-{number}")
        assert (answer.status_code, answer.get("Location")) == (302, "/home/")


def test_the_locked_page_says_that_nothing_is_wrong_with_the_password():
    many(1)
    wrong("clerk-0", 10)
    page = ask("clerk-0").content.decode()
    assert "这个登录名暂时锁定" in page
    assert "请检查登录名和密码" not in page


def test_a_name_that_nobody_has_is_locked_alike():
    many(1)
    assert wrong("nobody", 11) == wrong("clerk-0", 11)


def test_every_way_to_write_a_name_counts_as_one():
    many(1)
    for spelling in ("clerk-0", "CLERK-0", " clerk-0", "clerk－0", "c l e r k-0"):
        wrong(spelling, 2)
    assert told(ask("clerk-0")) == ["尝试次数过多，请过15分钟再试。"]


def test_signing_in_clears_no_other_account_of_a_name_alike():
    """`office-boss` and `officeboss` are two: the one's good sign-in gives no tries at the other."""
    for name in ("office-boss", "officeboss"):
        make.account(name)
    for _ in range(2):
        wrong("office-boss", 5)
        assert ask("officeboss").status_code == 302
    assert told(ask("office-boss")) == ["尝试次数过多，请过15分钟再试。"]


def test_the_names_of_an_account_share_its_tries():
    load_packaged()
    account = make.account("clerk")
    person = clerk("c1", "路长歌", serial=11, phone="19900000001")
    person.account = account
    person.save()
    services.sync_login_names(account, person)
    for name in ("clerk", "19900000001", id_number(11), "199 0000 0001", "CLERK"):
        wrong(name, 2)
    assert told(ask("clerk")) == ["尝试次数过多，请过15分钟再试。"]


def test_signing_in_asks_whose_name_it_is_once():
    many(1)
    with CaptureQueriesContext(connection) as asked:
        assert ask("clerk-0").status_code == 302
    names = [one for one in asked if "people_loginname" in one["sql"]]
    assert len(names) == 1


def test_signing_in_clears_the_name():
    many(1)
    for _ in range(3):
        wrong("clerk-0", 9)
        assert ask("clerk-0").status_code == 302


def test_the_lock_ends_with_its_window():
    many(1)
    wrong("clerk-0", 10)
    later = timezone.now() + timedelta(minutes=15, seconds=1)
    throttling.begin_sign_in("clerk-0", COUNTY, at=later)


def test_an_address_has_three_hundred_wrong_tries():
    at = timezone.now()
    for number in range(300):
        throttling.begin_sign_in(f"guess-{number}", COUNTY, at=at)
        throttling.end_sign_in(f"guess-{number}", COUNTY, right=False, at=at)
    many(1)
    assert told(ask("clerk-0")) == ["尝试次数过多，请过15分钟再试。"]
    assert ask("clerk-0", peer="203.0.113.10").status_code == 302


def test_asking_again_for_the_password_is_the_same_door():
    many(1)
    client = Client()
    client.force_login(Account.objects.get())
    for _ in range(10):
        client.post("/account/reauthenticate/", {"password": "not-the-word"})
    assert told(ask("clerk-0")) == ["尝试次数过多，请过15分钟再试。"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "peer"),
    [
        (0, "198.51.100.1", "192.0.2.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "8.8.8.8, 198.51.100.1", "198.51.100.1"),
        (2, "8.8.8.8, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "192.0.2.1"),
        (1, "<script>", "unknown"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_an_address_is_believed_only_of_our_own_proxies(settings, proxies, forwarded, peer):
    settings.LEITAI_PROXIES = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded}
    )
    assert throttling.peer_of(request) == peer


def code_asked(code, client=None, peer=COUNTY):
    return (client or Client()).post("/activate/", {"code": code}, REMOTE_ADDR=peer)


def test_twenty_wrong_codes_close_the_door_of_an_address():
    load_packaged()
    for number in range(20):
        answer = code_asked(f"0000-0000-0000-{number:04d}")
        assert answer.status_code == 422
        assert told(answer) == ["没有这个启用码。请核对纸条上的16位字母和数字后重新输入。"]
    person = clerk("c1", "路长歌", serial=11)
    (slip,) = services.issue_slips(actor=HOUSE, people=[person], at=timezone.now())
    answer = code_asked(slip.code)
    assert (answer.status_code, told(answer)) == (429, ["尝试次数过多，请过10分钟再试。"])
    assert code_asked(slip.code, peer="203.0.113.10").status_code == 302


def test_ten_wrong_numbers_end_a_units_slip_for_a_name(monkeypatch):
    load_packaged()
    person = clerk("c1", "路长歌", serial=11)
    clerk("c2", "言如玉", serial=12)
    at = timezone.now()
    slip = selectors.find_slip(
        services.issue_unit_slip(actor=HOUSE, unit=person.unit, at=at).code, at=at
    ).slip

    def named(name, tail, at):
        return services.name_oneself(slip=slip, name=name, tail=tail, peer=COUNTY, at=at)

    for number in range(10):  # one in a quarter of an hour: no other door closes
        with pytest.raises(DomainError, match="slip_nobody"):
            named("路长歌", f"00000{number}", at + number * throttling.QUARTER)
    later = at + timedelta(days=6)
    monkeypatch.setattr(timezone, "now", lambda: later)
    tasks.sweep_doors(0)
    with pytest.raises(DomainError, match="slip_name_spent"):
        named("路 长歌", id_number(11)[-6:], later)
    assert named("言如玉", id_number(12)[-6:], later).name == "言如玉"


def test_five_wrong_numbers_close_the_door_of_a_name_at_a_units_slip():
    load_packaged()
    person = clerk("c1", "路长歌", serial=11)
    clerk("c2", "言如玉", serial=12)
    slip = services.issue_unit_slip(actor=HOUSE, unit=person.unit, at=timezone.now())
    client = Client()
    code_asked(slip.code, client)

    def named(name, tail):
        return client.post("/activate/who/", {"name": name, "tail": tail}, REMOTE_ADDR=COUNTY)

    for number in range(5):
        assert "没有姓名与身份证号码" in told(named("路长歌", f"00000{number}"))[0]
    right = named("路 长歌", id_number(11)[-6:])
    assert (right.status_code, told(right)) == (429, ["尝试次数过多，请过10分钟再试。"])
    assert named("言如玉", id_number(12)[-6:]).url == "/activate/password/"
