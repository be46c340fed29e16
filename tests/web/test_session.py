"""Signing in and out, forged forms, languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.world import HOME, PASSWORD


def sign_in_by_form(client, username="office", password=PASSWORD, **more):
    return client.post("/account/login/", {"login": username, "password": password, **more})


def test_signing_in_leads_to_the_first_screen(world):
    client = Client()
    response = sign_in_by_form(client)
    assert (response.status_code, response.url) == (302, "/home/")
    assert client.get("/home/").url == f"/office/{HOME}/"


def test_signing_in_leads_back_to_where_one_was_stopped(world):
    response = sign_in_by_form(Client(), next=f"/office/{HOME}/exams/")
    assert response.url == f"/office/{HOME}/exams/"


def test_signing_in_never_leads_out_of_the_house(world):
    response = sign_in_by_form(Client(), next="https://elsewhere.example/")
    assert response.url == "/home/"


def test_a_wrong_password_is_told_without_telling_which_part_was_wrong(world):
    wrong_password = sign_in_by_form(Client(), password="not-the-word")
    wrong_name = sign_in_by_form(Client(), username="nobody-here")
    assert wrong_password.status_code == wrong_name.status_code == 200

    def said(response):
        return [str(error) for error in response.context["form"].non_field_errors()]

    assert said(wrong_password) == said(wrong_name) != []


def test_the_session_ends_with_the_browser_and_scripts_cannot_read_it(world):
    client = Client()
    cookie = sign_in_by_form(client).cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""


def test_signing_in_changes_the_session(world):
    client = Client()
    client.get("/account/login/")
    session = client.session
    session["before"] = "1"
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    sign_in_by_form(client)
    assert client.session.session_key != before


def test_signing_out_takes_a_deliberate_act(world, sign_in):
    client = sign_in("office")
    assert client.get("/account/logout/").status_code == 200
    assert client.get("/home/").status_code == 302
    assert client.post("/account/logout/").url == "/"
    assert client.get("/home/").url.startswith("/account/login/")


def test_nobody_can_sign_up(world):
    response = Client().post(
        "/account/signup/", {"username": "intruder", "password1": "a-long-enough-word"}
    )
    assert response.status_code == 200
    assert not type(world.accounts["office"]).objects.filter(username="intruder").exists()


@pytest.mark.parametrize(
    "address",
    [
        "/account/confirm-email/",
        "/account/confirm-email/abc/",
        "/account/login/code/confirm/",
        "/account/password/reset/done/",
        "/account/password/reset/key/done/",
        "/account/password/reset/key/1-abc/",
    ],
)
def test_pages_that_speak_of_e_mail_do_not_exist(db, address):
    assert Client().get(address).status_code == 404


def test_a_closed_account_is_told_whom_to_ask(db):
    client = Client()
    assert "账号已停用" in client.get("/account/inactive/").content.decode()
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    assert "This account is closed" in client.get("/account/inactive/").content.decode()


def test_a_deactivated_account_is_nobody(world, sign_in):
    client = sign_in("office")
    account = world.accounts["office"]
    account.is_active = False
    account.save()
    assert client.get("/home/").url.startswith("/account/login/")


@pytest.mark.parametrize(
    "address",
    [
        "/account/login/",
        "/account/logout/",
        "/i18n/setlang/",
        f"/office/{HOME}/open/",
        f"/office/{HOME}/exams/{HOME}-final-exam-1/close/",
        f"/office/{HOME}/results/heat/compute/",
    ],
)
def test_a_forged_form_changes_nothing_and_is_told_so(world, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["office"])
    response = client.post(address, {"reason": "停电", "known": "on"})
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()


def test_a_form_with_its_token_is_accepted(world):
    client = Client(enforce_csrf_checks=True)
    client.get("/account/login/")
    token = client.cookies["csrftoken"].value
    response = sign_in_by_form(client, csrfmiddlewaretoken=token)
    assert response.url == "/home/"


def test_chinese_is_the_first_language_whatever_the_browser_prefers(world):
    response = Client(headers={"Accept-Language": "fr"}).get("/")
    assert '<html lang="zh-Hans"' in response.content.decode()


def test_the_switch_changes_the_language_and_stays_on_the_page(world):
    client = Client()
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/c/"})
    assert response.url == "/c/"
    assert '<html lang="en"' in client.get("/c/").content.decode()


def test_the_switch_never_leads_out_of_the_house(world):
    response = Client().post(
        "/i18n/setlang/", {"language": "en", "next": "https://elsewhere.example/"}
    )
    assert response.url == "/"


@pytest.fixture
def clock(monkeypatch):
    """The house's clock, which a test may push on."""

    class Clock:
        now = timezone.now()

        def pass_(self, **time: int) -> None:
            self.now += timedelta(**time)

    held = Clock()
    monkeypatch.setattr(timezone, "now", lambda: held.now)
    return held


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_a_quiet_office_is_signed_out_and_told_why_and_led_back(world, sign_in, clock):
    client = sign_in("office")
    clock.pass_(minutes=29)
    assert client.get(f"/office/{HOME}/").status_code == 200
    clock.pass_(minutes=30)
    answer = client.get(f"/office/{HOME}/exams/?x=1")
    assert answer.url == f"/account/login/?next=/office/{HOME}/exams/%3Fx%3D1"
    page = client.get(answer.url)
    assert messages_of(page) == [
        "您有30分钟没有操作，为了安全已自动退出。请重新登录，会回到刚才的页面。"
    ]
    back = sign_in_by_form(client, next=f"/office/{HOME}/exams/?x=1")
    assert back.url == f"/office/{HOME}/exams/?x=1"


def test_a_form_sent_too_late_leads_back_to_its_page(world, sign_in, clock):
    client = sign_in("office")
    clock.pass_(minutes=30)
    answer = client.post(
        f"/office/{HOME}/open/", headers={"Referer": f"http://testserver/office/{HOME}/?y=2"}
    )
    assert answer.url == f"/account/login/?next=%2Foffice%2F{HOME}%2F%3Fy%3D2"
    answer = sign_in("office").post(
        f"/office/{HOME}/open/", headers={"Referer": "https://elsewhere.example/"}
    )
    assert "elsewhere" not in answer.headers.get("Location", "")


def test_who_holds_no_office_may_be_quiet_for_longer(world, sign_in, clock):
    client = sign_in("contestant")
    clock.pass_(hours=11)
    assert client.get("/me/").status_code == 200
    clock.pass_(hours=1)
    answer = client.get("/me/")
    assert messages_of(client.get(answer.url)) == [
        "登录已满12小时，为了安全已自动退出。请重新登录，会回到刚才的页面。"
    ]


def test_no_session_outlives_twelve_hours_however_busy(world, sign_in, clock):
    client = sign_in("office")
    for _ in range(12 * 3 - 1):
        clock.pass_(minutes=20)
        assert client.get("/account/").status_code == 200
    clock.pass_(minutes=20)
    assert client.get("/account/").status_code == 302


def test_a_public_page_is_shown_to_who_was_quiet_as_to_a_stranger(world, sign_in, clock):
    client = sign_in("office")
    clock.pass_(minutes=31)
    answer = client.get("/c/")
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert messages_of(client.get("/account/login/")) == []


def test_the_minutes_are_a_setting(world, sign_in, clock, settings):
    settings.LEITAI_IDLE = 5
    client = sign_in("office")
    clock.pass_(minutes=5)
    assert client.get("/account/").status_code == 302


def test_a_page_writes_the_session_at_most_once_a_minute(world, sign_in, clock):
    client = sign_in("office")
    clock.pass_(minutes=1)
    for wanted in (1, 0, 0):
        with CaptureQueriesContext(connection) as asked:
            client.get("/account/")
        written = [one["sql"] for one in asked if 'UPDATE "django_session"' in one["sql"]]
        assert len(written) == wanted
        clock.pass_(seconds=29)


def test_the_sign_in_page_says_how_to_begin_and_whom_to_ask(db):
    page = Client().get("/account/login/").content.decode()
    assert "手机号码、身份证号码或工号" in page
    assert 'href="/activate/"' in page
    assert (
        "请找单位管理员或组委会办公室重设密码"
        in Client().get("/account/password/reset/").content.decode()
    )
