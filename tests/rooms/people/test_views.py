import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from leitai.base.actor import NOBODY
from leitai.people.middleware import ActorMiddleware
from leitai.people.services import NewPerson, create_person
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tree():
    load_packaged()


def seen_by(user, asks):
    """What a page behind the door sees of `request.actor`."""
    seen = []
    request = RequestFactory().get("/")
    request.user = user

    def page(request):
        seen.append(asks(request.actor))
        return HttpResponse()

    ActorMiddleware(page)(request)
    return seen[0]


def test_door_makes_an_actor_of_the_account():
    account = make.account("office", "office", season="s")
    create_person(actor=HOUSE, person=NewPerson("p1", "蒲清越", "51", "office"), at=make.SINCE)

    def asks(actor):
        return actor.name, actor.person, actor.has("office", season="s"), actor.known

    assert seen_by(account, asks) == ("蒲清越", "p1", True, True)


def test_door_lets_strangers_and_closed_accounts_be_nobody():
    account = make.account("office", "office")
    account.is_active = False
    for user in (AnonymousUser(), account):
        assert seen_by(user, lambda actor: actor == NOBODY)


def test_door_asks_the_database_only_for_pages_that_ask(django_assert_num_queries):
    account = make.account("office", "office")
    with django_assert_num_queries(0):
        seen_by(account, type)
    with django_assert_num_queries(2):
        seen_by(account, lambda actor: actor.known and actor.has("office"))


def test_sign_in_with_name_and_password_leads_home(client):
    make.account("office")
    answer = client.post("/account/login/", {"login": "office", "password": make.PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/home/")


def test_sign_in_page_is_ours_and_says_who_helps(client):
    make.account("office")
    page = client.get("/account/login/").content.decode()
    assert "手机号码、身份证号码或工号" in page
    answer = client.post("/account/login/", {"login": "office", "password": "wrong-password"})
    assert "忘记密码请找单位管理员" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/account/signup/", "不开放注册"),
        ("/account/password/reset/", "请找单位管理员或组委会办公室重设密码"),
    ],
)
def test_account_pages_without_mail(client, address, words):
    assert words in client.get(address).content.decode()


def test_sign_up_by_post_makes_no_account(client, django_user_model):
    client.post("/account/signup/", {"username": "eve", "password1": "long-enough-1"})
    assert not django_user_model.objects.filter(username="eve").exists()


def test_sign_out_asks_first(client):
    client.force_login(make.account("office"))
    assert "确定要退出吗" in client.get("/account/logout/").content.decode()
    assert client.post("/account/logout/").status_code == 302
    assert "_auth_user_id" not in client.session
