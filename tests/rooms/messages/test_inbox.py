from __future__ import annotations

from datetime import timedelta

import pytest

from leitai.messages import selectors, services
from leitai.messages.models import Delivery, Preference


@pytest.fixture
def say(world):
    """A message to a role; the world's own messages were read long ago."""
    Delivery.objects.all().delete()

    def said(role: str = "office", *, minutes: int = 0, kind: str = "task", **more):
        told = {"title": f"事{minutes}", "body": "内容"} | more
        return services.tell(
            to=[world.accounts[role].pk],
            kind=kind,
            at=world.now + timedelta(minutes=minutes),
            **told,
        )

    return said


def unread(world, role: str = "office") -> int:
    return selectors.unread_count(str(world.accounts[role].pk))


def titles(response) -> list[str]:
    return [one.message.title for one in response.context["page"]]


def test_the_inbox_shows_what_is_unread_first_then_the_newest(say, sign_in, world):
    first, _second, _third = say(minutes=1), say(minutes=2), say(minutes=3)
    client = sign_in("office")
    assert titles(client.get("/inbox/")) == ["事3", "事2", "事1"]
    client.get(f"/inbox/{first.pk}/")
    say(minutes=4)
    client.post(f"/inbox/{_third.pk}/read/")
    assert titles(client.get("/inbox/")) == ["事4", "事2", "事3", "事1"]


def test_to_open_a_message_is_to_have_read_it(say, sign_in, world):
    message = say()
    assert unread(world) == 1
    page = sign_in("office").get(f"/inbox/{message.pk}/").content.decode()
    assert "内容" in page
    assert unread(world) == 0


@pytest.mark.parametrize(
    ("hours", "words"),
    [("22:00-08:00", "每天22:00至次日08:00"), ("12:00-14:00", "每天12:00至14:00统一")],
)
def test_quiet_hours_name_the_next_day_only_over_midnight(sign_in, settings, hours, words):
    settings.LEITAI_QUIET = hours
    assert words in sign_in("office").get("/inbox/settings/").content.decode()


def test_nobody_reads_anothers_message(say, sign_in, world):
    message = say("office")
    other = sign_in("supervisor")
    assert other.get(f"/inbox/{message.pk}/").status_code == 404
    other.post(f"/inbox/{message.pk}/read/")
    other.post("/inbox/read/")
    assert unread(world) == 1
    assert titles(other.get("/inbox/")) == []


def test_all_of_a_kind_are_marked_read_and_no_others(say, sign_in, world):
    say(), say(kind="result", minutes=1)
    client = sign_in("office")
    client.post("/inbox/read/", {"kind": "result"})
    assert unread(world) == 1
    client.post("/inbox/read/")
    assert unread(world) == 0


def test_the_list_can_be_narrowed_to_a_kind(say, sign_in):
    say(), say(kind="result", minutes=1)
    client = sign_in("office")
    assert titles(client.get("/inbox/?kind=result")) == ["事1"]
    assert titles(client.get("/inbox/?kind=nonsense")) == ["事1", "事0"]


def test_a_full_inbox_is_paged_in_few_queries(say, sign_in, django_assert_max_num_queries):
    for minutes in range(45):
        say(minutes=minutes)
    client = sign_in("office")
    client.get("/inbox/")
    with django_assert_max_num_queries(12):
        page = client.get("/inbox/")
    assert (len(titles(page)), page.context["page"].paginator.num_pages) == (20, 3)


def test_the_frame_shows_how_many_wait(say, sign_in, world):
    say(), say(minutes=1)
    page = sign_in("office").get("/inbox/").content.decode()
    assert '<b class="num">2</b>' in page
    assert "收件箱" not in sign_in("").get("/complain/").content.decode()


def test_choices_are_kept_and_shown_again(sign_in, world, settings):
    settings.LEITAI_SMS = "file:/dev/null"
    client = sign_in("office")
    chosen = {"sms": "on", "quiet_from": "12:00", "quiet_until": "14:00"}
    assert client.post("/inbox/settings/", chosen).status_code == 302
    wish = Preference.objects.get(account=world.accounts["office"])
    assert (wish.mail, wish.sms, wish.wechat) == (False, True, False)
    assert 'value="12:00"' in client.get("/inbox/settings/").content.decode()


def test_channels_that_the_house_lacks_are_not_offered(sign_in):
    page = sign_in("office").get("/inbox/settings/").content.decode()
    assert 'name="mail"' in page
    assert 'name="sms"' not in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"quiet_from": "12:00"}, "请同时填写"),
        ({"quiet_from": "08:00", "quiet_until": "22:00"}, "全天都不能发送"),
        ({"quiet_from": "12:00", "quiet_until": "12:00"}, "全天都不能发送"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_what_was_typed(sign_in, given, words):
    response = sign_in("office").post("/inbox/settings/", given)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert 'value="12:00"' in page or 'value="08:00"' in page


def test_a_task_can_be_passed_on_and_a_case_cannot(say, sign_in):
    client = sign_in("office")
    task = say(link="/s/home-2022/", title="核对名单")
    case = say(kind="complaint", link="/complaints/", minutes=1)
    page = client.get(f"/inbox/{task.pk}/").content.decode()
    assert "【核对名单】内容\nhttp://127.0.0.1:8000/g/" in page
    assert "data-share" not in client.get(f"/inbox/{case.pk}/").content.decode()
