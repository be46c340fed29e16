import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leitai.sittings import services
from tests.factories import sittings as hall
from tests.world import HOME


@pytest.fixture
def exam(world):
    return hall.start(world.home.ahead, world.now)


def at(name, exam, query=""):
    return reverse(f"sittings:{name}", args=(HOME, exam.code)) + query


def seen(response):
    return re.search(r"seen=([0-9a-f]{16})", response.content.decode()).group(1)


def test_exams_lists_each_with_its_state(sign_in, exam):
    html = sign_in("exam_officer").get(reverse("sittings:exams", args=(HOME,))).content.decode()
    assert html.index("晋级赛 统一在线比试") < html.index("总决赛 统一在线比试")
    assert html.count("已结束</span>") == 1
    assert html.count("进行中</span>") == 1


def test_console_shows_each_seat_with_shape_and_word(sign_in, exam):
    html = sign_in("exam_officer").get(at("console", exam)).content.decode()
    assert html.count('class="seat ') == 6
    assert html.count("未入场</span>") == 6
    assert "申时雨" in html


def test_console_answers_htmx_with_its_part_only(sign_in, exam):
    response = sign_in("exam_officer").get(at("console", exam), headers={"HX-Request": "true"})
    assert response.content.decode().strip().startswith('<div id="console"')
    assert "HX-Request" in response.headers["Vary"]
    assert "no-store" in response.headers["Cache-Control"]


def test_live_answers_204_while_nothing_differs(sign_in, exam):
    client = sign_in("exam_officer")
    page = client.get(at("console", exam))
    again = client.get(at("console-live", exam, f"?seen={seen(page)}"))
    assert (again.status_code, again.content) == (204, b"")


def test_live_answers_with_the_part_after_a_change(sign_in, world, exam):
    client = sign_in("exam_officer")
    page = client.get(at("console", exam))
    hall.enter(exam.sittings.order_by("pk")[0], world.now + timedelta(hours=1), answered=3)
    changed = client.get(at("console-live", exam, f"?seen={seen(page)}"))
    assert changed.status_code == 200
    assert "答题中</span>" in changed.content.decode()
    assert seen(changed) != seen(page)


def test_live_asks_no_more_once_everybody_has_ended(sign_in, exam):
    exam.sittings.update(state="closed")
    html = sign_in("exam_officer").get(at("console", exam)).content.decode()
    assert "hx-trigger" not in html


@pytest.mark.parametrize("seats", [0, 40])
def test_console_budget_does_not_grow_with_the_hall(
    sign_in, world, exam, django_assert_max_num_queries, seats
):
    if seats:
        hall.fill(exam, sites=22, seats=seats, now=world.now)
    chosen = exam.sittings.order_by("pk")[0].pk
    client = sign_in("exam_officer")
    client.get(at("console", exam))  # its short link is made once
    with django_assert_max_num_queries(14):  # with the inbox's count and the words for a group
        client.get(at("console", exam, f"?site=5101&seat={chosen}"))
    with django_assert_max_num_queries(12):
        client.get(at("console-live", exam, f"?site=5101&seat={chosen}"))


def test_live_part_of_880_seats_shows_one_page_of_them(sign_in, exam):
    hall.fill(exam, sites=22, seats=40, now=timezone.now())  # the world may be minutes old
    address = at("console-live", exam, "?state=open")
    assert sign_in("exam_officer").get(address).content.count(b'class="seat ') == 120


def test_supervisor_watches_but_sees_no_act(sign_in, exam):
    chosen = exam.sittings.order_by("pk")[0].pk
    html = sign_in("supervisor").get(at("console", exam, f"?seat={chosen}")).content.decode()
    assert "申时雨" in html
    assert "/extend/" not in html
    assert "/close/" not in html
    assert "/tickets/" not in html


def test_extend_asks_then_moves_the_deadline_and_goes_back_to_the_seat(sign_in, exam):
    one = exam.sittings.order_by("pk")[0]
    client = sign_in("exam_officer")
    asked = client.get(at("extend", exam, f"?site=5101&seat={one.pk}"))
    assert asked.status_code == 200
    assert "推迟申时雨一人的截止时间" in asked.content.decode()
    done = client.post(
        at("extend", exam),
        {"minutes": "7", "reason": "停电", "site": "5101", "seat": str(one.pk)},
    )
    assert (done.status_code, done.url) == (
        302,
        at("console", exam, f"?site=5101&seat={one.pk}"),
    )
    moved = exam.sittings.get(pk=one.pk)
    assert moved.deadline - one.deadline == timedelta(minutes=7)
    assert exam.incidents.get().recorded_by == str(client.session["_auth_user_id"])


def test_extend_without_a_seat_is_for_everybody(sign_in, exam):
    sign_in("exam_officer").post(at("extend", exam), {"minutes": "5", "reason": "全场停电"})
    late = exam.closes_at + timedelta(minutes=5)
    assert set(exam.sittings.values_list("deadline", flat=True)) == {late}


def test_extend_that_is_incomplete_comes_back_with_its_errors(sign_in, exam):
    response = sign_in("exam_officer").post(at("extend", exam), {"minutes": "500"})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"minutes", "reason"}
    assert not exam.incidents.exists()


def test_close_wants_to_be_confirmed_and_then_closes_only_that_seat(sign_in, exam):
    one = exam.sittings.order_by("pk")[0]
    client = sign_in("exam_officer")
    order = {"reason": "本人申请", "seat": str(one.pk)}
    assert client.post(at("close", exam), order).status_code == 422
    assert client.post(at("close", exam), {**order, "known": "on"}).status_code == 302
    deadlines = dict(exam.sittings.values_list("pk", "deadline"))
    assert deadlines.pop(one.pk) < exam.closes_at
    assert set(deadlines.values()) == {exam.closes_at}


def test_close_of_an_ended_seat_is_refused_with_a_sentence(sign_in, exam):
    one = exam.sittings.order_by("pk")[0]
    exam.sittings.filter(pk=one.pk).update(state="handed_in")
    response = sign_in("exam_officer").get(at("close", exam, f"?seat={one.pk}"))
    assert response.status_code == 422
    assert "所选答卷都已结束" in response.content.decode()


def test_tickets_show_the_code_in_letters_and_as_qr(sign_in, world, exam):
    html = sign_in("exam_officer").get(at("tickets", exam, "?site=5101")).content.decode()
    code = services.admission_code_of(world.home.sitting(world.home.ahead))
    assert html.count('<svg class="qr"') == 2
    assert "-".join(code[start : start + 4] for start in (0, 4, 8, 12)) in html
    assert "style=" not in html


def test_tickets_are_not_for_the_supervisor(sign_in, exam):
    assert sign_in("supervisor").get(at("tickets", exam, "?site=5101")).status_code == 403


def test_room_is_the_same_for_everybody(sign_in):
    pages = [sign_in(role).get("/exam/") for role in ("", "contestant", "office")]
    assert len({page.content for page in pages}) == 1
    assert not any(page.cookies for page in pages)
    assert "Cookie" not in pages[1].headers.get("Vary", "")
