"""What people see when something cannot be done."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from leitai.base.actor import NOBODY
from leitai.kernel.errors import DomainError, Problem, Problems
from leitai.web import views
from leitai.web.middleware import ErrorMiddleware
from tests.world import HOME


def text(response):
    return response.content.decode()


def refuse(request, error):
    request.actor = NOBODY
    request.user = type("User", (), {"is_authenticated": True})()
    return ErrorMiddleware(lambda _: None).process_exception(request, error)


def test_an_unknown_address_says_so_in_our_look(db):
    response = Client().get("/nothing/")
    assert response.status_code == 404
    assert "没有这个页面" in text(response)
    assert "Content-Security-Policy" in response.headers


def test_too_many_sign_ins_are_told_so_in_our_look(db):
    client = Client()
    for _ in range(11):  # ten wrong ones of a name are answered
        response = client.post("/account/login/", {"login": "nobody", "password": "not-the-word"})
    assert "尝试次数过多，请过15分钟再试。" in text(response)
    assert "Content-Security-Policy" in response.headers


def test_a_door_that_is_closed_answers_429(db, rf):
    assert refuse(rf.post("/"), DomainError("too_many_tries", minutes=3)).status_code == 429


def test_a_fault_of_ours_says_that_nothing_is_lost(db, monkeypatch):
    def broken(*_):
        raise RuntimeError

    monkeypatch.setattr(views.portal, "public_seasons", broken)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "系统出了差错" in text(response)


def test_a_request_that_django_refuses_says_what_to_do(db):
    response = Client(headers={"Host": "elsewhere.example"}).get("/")
    assert response.status_code == 400
    assert "请求有误" in text(response)


def test_a_missing_season_is_a_missing_page(db):
    response = Client().get("/s/nothing-1999/")
    assert response.status_code == 404


def test_a_stranger_is_sent_to_sign_in_and_back(world):
    address = reverse("sittings:exams", args=(HOME,))
    response = Client().get(address)
    assert response.url == f"/account/login/?next={address}"


def test_a_refusal_of_several_things_lists_each_with_its_place(db):
    problems = Problems(
        [Problem("a.csv 第2行", "table_control", {"column": "姓名"}), Problem("", "forbidden")]
    )
    response = refuse(RequestFactory().post("/x/"), problems)
    assert response.status_code == 422
    assert text(response).count("<li>") == 2
    assert "a.csv 第2行：“姓名”一格含有不可见的控制字符" in text(response)


@pytest.mark.parametrize(
    ("method", "code", "status"),
    [
        ("get", "not_found", 404),
        ("get", "season_unknown", 404),
        ("post", "season_unknown", 422),
        ("get", "forbidden", 403),
        ("post", "forbidden", 403),
        ("get", "exam_running", 422),
    ],
)
def test_a_refusal_has_the_status_of_what_it_means(db, method, code, status):
    request = getattr(RequestFactory(), method)("/x/")
    assert refuse(request, DomainError(code, season="x")).status_code == status


def test_a_refusal_of_a_part_is_a_part(db):
    request = RequestFactory().post("/x/", headers={"HX-Request": "true"})
    response = refuse(request, DomainError("exam_running"))
    assert "<html" not in text(response)
    assert "考试已经开始，不能再编排座位。" in text(response)


@pytest.mark.parametrize(
    "address",
    ["/g/%00", "/people/?q=%00", "/people/%00/", "/rosters/%00/", "/units/?q=%00", "/?a%00=b"],
)
def test_a_nul_in_an_address_is_a_missing_page(world, sign_in, address):
    for client in (Client(), sign_in("unit_manager")):
        response = client.get(address)
        assert response.status_code == 404
        assert "没有这个页面" in text(response)


@pytest.mark.parametrize("content_type", ["multipart", "urlencoded"])
def test_a_nul_in_a_form_is_refused_before_any_view(db, content_type):
    client = Client()
    if content_type == "multipart":
        response = client.post("/account/login/", {"login": "a\x00b", "password": "x"})
    else:
        form = "application/x-www-form-urlencoded"
        response = client.post("/account/login/", "login=a%00b&password=x", content_type=form)
    assert response.status_code == 422
    assert "不可见的控制字符" in text(response)
    assert "Content-Security-Policy" in response.headers


def test_a_percent_sign_that_is_no_nul_is_read(world):
    assert Client().get("/?q=%2500").status_code == 200


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/office/", 'href="http://testserver/office/"'),
        ("http://elsewhere.example/", 'href="/"'),
        ("javascript:alert(1)", 'href="/"'),
        ("", 'href="/"'),
    ],
)
def test_the_way_back_leads_only_to_our_own_pages(db, referer, back):
    request = RequestFactory().get("/x/", headers={"Referer": referer} if referer else {})
    assert f'<a class="btn" {back}>' in text(refuse(request, DomainError("exam_running")))


def test_other_faults_are_not_dressed_as_refusals(db):
    middleware = ErrorMiddleware(lambda _: None)
    assert middleware.process_exception(RequestFactory().get("/"), RuntimeError()) is None
