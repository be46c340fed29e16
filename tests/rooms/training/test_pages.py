"""The pages as browsers ask for them: the office makes a group, a leader marks, a trainee asks."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from leitai.design.moments import SHANGHAI
from leitai.training.models import Attendance, Group, Leave
from tests.factories import people as make
from tests.rooms.training.camp import CODE, open_season, trainee

pytestmark = pytest.mark.django_db
DESK, MINE = f"/office/{CODE}/training/", f"/practice/{CODE}/training/"


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def season():
    return open_season()


@pytest.fixture
def office(season):
    return signed_in(make.account("office", "office", season=CODE))


@pytest.fixture
def people(season):
    return {code: trainee(code) for code in ("p-5101-1", "p-5101-2", "p-5103-1")}


def day(shift=0):
    return (timezone.now().astimezone(SHANGHAI).date() + timedelta(days=shift)).isoformat()


def made(office, **more):
    """A group of two, led by a third, opened, as the office does it on its pages."""
    frame = {"title": "国赛集训班", "starts": day(), "ends": day(3), "place": "培训中心", **more}
    path = office.post(f"{DESK}new/", frame).url
    form = {"from": "stage:selection", "person": ["p-5101-1", "p-5101-2"]}
    office.post(f"{path}roster/", form)
    office.post(f"{path}leaders/", {"name": "p-5103-1"})
    part = {"begins": "09:00", "ends": "11:30", "topic": "失业保险", "links": "讲义 /files/1/a.pdf"}
    for shift in (0, 1):
        office.post(f"{path}plan/new/", {**part, "day": day(shift)})
    office.post(f"{path}open/")
    return path, Group.objects.get()


def test_from_the_desk_to_the_trainees_page(office, people):
    assert "还没有集训班" in words(office.get(DESK))
    path, group = made(office)
    page = words(office.get(path))
    assert "selection" not in page
    assert "参赛名单" in page
    assert "国赛集训班" in words(office.get(DESK))
    first = signed_in(people["p-5101-1"].account)
    assert "国赛集训班" in words(first.get(MINE))
    seen = first.get(f"{MINE}{group.pk}/")
    assert "今天和接下来" in words(seen)
    assert 'href="/files/1/a.pdf"' in seen.content.decode()
    assert "登记考勤" not in words(seen)
    assert "培训中心" in words(first.get(f"{MINE}{group.pk}/plan/"))


def test_what_is_refused_keeps_what_was_typed(office, people):
    frame = {"title": "国赛集训班", "starts": day(3), "ends": day()}
    answer = office.post(f"{DESK}new/", frame)
    assert (answer.status_code, "结束日期早于开始日期" in words(answer)) == (422, True)
    assert 'value="国赛集训班"' in answer.content.decode()
    path, _group = made(office)
    late = {"day": day(9), "begins": "09:00", "ends": "10:00", "topic": "答疑"}
    answer = office.post(f"{path}plan/new/", late)
    assert (answer.status_code, "不在集训期内" in words(answer)) == (422, True)
    answer = office.post(f"{path}leaders/", {"name": "选手1"})
    assert (answer.status_code, "同名的不止一人" in words(answer)) == (422, True)
    answer = office.post(f"{path}mocks/", {"title": "练习", "day": day(9)})
    assert (answer.status_code, "不在集训期内" in words(answer)) == (422, True)


def test_the_leader_marks_with_one_tap_a_person(office, people):
    _path, group = made(office)
    leader = signed_in(people["p-5103-1"].account)
    session = group.sessions.order_by("day")[0]
    roll = f"{MINE}{group.pk}/roll/{session.pk}/"
    assert "还有2人没有登记" in words(leader.get(roll))
    member = group.members.order_by("pk")[0]
    after = leader.post(roll, {"member": member.pk, "presence": "late"}, follow=True)
    assert "还有1人没有登记" in words(after)
    assert Attendance.objects.get().presence == "late"
    leader.post(f"{roll}rest/")
    assert "全部登记完了" in words(leader.get(roll))
    first = signed_in(people["p-5101-1"].account)
    assert first.get(roll).status_code == 403
    assert "迟到" in words(first.get(f"{MINE}{group.pk}/"))
    assert "考勤表" in words(leader.get(f"{MINE}{group.pk}/attendance/"))
    assert leader.get(f"{MINE}{group.pk}/attendance.xlsx").status_code == 200


def test_a_trainee_asks_for_leave_and_reads_the_answer(office, people):
    _path, group = made(office)
    first, leader = (signed_in(people[code].account) for code in ("p-5101-1", "p-5103-1"))
    home = f"{MINE}{group.pk}/"
    wrong = first.post(home, {"first": day(2), "last": day(1), "reason": "就医"})
    assert (wrong.status_code, "就医" in words(wrong)) == (422, True)
    first.post(home, {"first": day(1), "last": day(2), "reason": "就医"})
    leave = Leave.objects.get()
    assert "就医" in words(leader.get(f"{home}leaves/"))
    second = signed_in(people["p-5101-2"].account)
    assert second.get(f"{home}leaves/").status_code == 403
    assert second.post(f"{home}leaves/{leave.pk}/withdraw/").status_code == 404
    leader.post(f"{home}leaves/{leave.pk}/decide/", {"decision": "grant", "answer": "早日康复"})
    assert "早日康复" in words(first.get(home))


def test_the_board_is_off_unless_the_office_asks_for_it(office, people):
    path, group = made(office)
    first = signed_in(people["p-5101-1"].account)
    marks = f"{MINE}{group.pk}/marks/"
    office.post(f"{path}mocks/", {"title": "第一天练习", "day": day()})
    page = words(first.get(marks))
    assert "这里只有您自己的成绩" in page
    assert "选手2" not in page
    frame = {"title": "国赛集训班", "starts": day(), "ends": day(3), "board": "on"}
    office.post(f"{path}edit/", frame)
    assert "选手2" in words(first.get(marks))
    stranger = signed_in(make.account("stranger"))
    assert stranger.get(marks).status_code == 404


def test_empty_reports_say_what_comes_next(office, people):
    _path, group = made(office)
    leader = signed_in(people["p-5103-1"].account)
    home = f"{MINE}{group.pk}/"
    assert "还没有模拟卷" in words(leader.get(f"{home}marks/"))
    assert "还没有练习" in words(leader.get(f"{home}weak/"))
    assert "没有人请假" in words(leader.get(f"{home}leaves/"))
    stranger = signed_in(make.account("stranger"))
    assert "没有您参加的集训" in words(stranger.get(MINE))


def test_pages_ask_as_often_for_two_as_for_many(office, people, django_assert_max_num_queries):
    path, group = made(office)
    form = {"from": "stage:selection", "person": [f"p-510{n}-{k}" for n in (3, 4) for k in (1, 2)]}
    office.post(f"{path}roster/", form)
    leader = signed_in(people["p-5103-1"].account)
    session = group.sessions.order_by("day")[0]
    home = f"{MINE}{group.pk}/"
    bounds = {
        home: 16,
        f"{home}roll/{session.pk}/": 16,
        f"{home}attendance/": 16,
        f"{home}marks/": 16,
        f"{home}weak/": 16,
        f"{home}leaves/": 16,
        MINE: 14,
    }
    for address, most in bounds.items():
        with django_assert_max_num_queries(most):
            assert leader.get(address).status_code == 200
    for address, most in ((path, 26), (f"{path}roster/?from=stage:selection", 20), (DESK, 18)):
        with django_assert_max_num_queries(most):
            assert office.get(address).status_code == 200
