"""The pages as a unit and the office see them: sentences, places, portraits, what is hidden."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from leitai.base import events
from leitai.files.models import StoredFile
from leitai.people.events import PeopleMerging
from leitai.people.models import Person
from leitai.registration import services
from leitai.registration.enums import State
from leitai.registration.models import Registration
from leitai.seasons.models import CalendarWindow, Entry
from tests.factories import people
from tests.factories import registrations as make
from tests.planting import once

pytestmark = pytest.mark.django_db


planted = once(make.opened)


@pytest.fixture
def season(planted):
    now = timezone.now()
    CalendarWindow.objects.filter(season=planted).update(closes_at=now + timedelta(days=1))
    return deepcopy(planted)


@pytest.fixture
def manager(client, season):
    client.force_login(people.account("manager", "unit_manager", unit="1501", season=make.CODE))
    return client


@pytest.fixture
def office(client, season):
    client.force_login(people.account("office", "office", unit="15", season=make.CODE))
    return client


def text(response):
    body = re.sub(r"(?s)<(script|style|head).*?</\1>", " ", response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def where(name, *more):
    return reverse(f"registration:{name}", args=[make.CODE, *more])


def choose(person, track="guidance", kind="contestant"):
    return {
        "stage": "league",
        "track": track,
        "delegation": "1501",
        "person": person,
        "kind": kind,
        "route": "recommended",
        "q": "其其格",
    }


def test_the_refused_worker_reads_the_sentence_of_the_notice(manager):
    page = manager.post(where("new"), choose("street"))
    said = text(page)
    assert page.status_code == 422
    assert "其其格（海拉尔东路街道）不符合参赛条件，不能报名" in said
    assert "职业指导人员要求为县、区级及以上公共就业服务机构所属人员" in said
    assert "乡级" in said
    assert "单位信息：海拉尔东路街道" in said
    assert 'value="street"' in page.content.decode()  # what was chosen is still there


def test_the_list_tells_places_and_leads_to_the_form(manager):
    said = text(manager.get(where("unit")))
    assert "呼和浩特市报名" in said
    assert said.count("名额1，已用0，还剩1") == 2
    assert "还没有登记领队" in said
    started = manager.post(where("new"), choose("county"))
    made = Registration.objects.get()
    assert started["Location"] == where("one", made.pk)
    said = text(manager.get(where("unit")))
    assert "名额1，已用1，还剩0" in said
    assert "推荐" in said


def test_a_form_is_saved_wrong_and_says_what_is_wrong(manager):
    manager.post(where("new"), choose("county"))
    made = Registration.objects.get()
    page = manager.post(where("one", made.pk), {**make.answers(), "f-mobile": "123", "f-post": ""})
    assert page["Location"] == where("one", made.pk) + "?check=1"
    said = text(manager.get(page["Location"]))
    assert "“职务/职称”未填写。请填写。" in said
    assert "“一寸证件照”未填写。请填写。" in said
    refused = manager.post(where("submit", made.pk))
    assert refused.status_code == 422
    assert "报名表还有3处需要补正" in text(refused)


def test_a_portrait_is_cut_without_a_script_and_the_form_handed_in(manager):
    manager.post(where("new"), choose("county"))
    made = Registration.objects.get()
    form = {
        **make.answers(),
        "f-saved": "1",
        "f-photo_file": make.picture(1200, 900),
        "scan_file": make.picture(),
    }
    done = manager.post(where("submit", made.pk), form)
    assert done.status_code == 302
    made.refresh_from_db()
    assert made.state == State.SUBMITTED
    photo = StoredFile.objects.get(kind="registration")
    shown = manager.get(reverse("files:download", args=[photo.pk, photo.name]))
    assert Image.open(BytesIO(b"".join(shown.streaming_content))).size == (295, 413)
    page = manager.get(where("one", made.pk))
    assert make.PEOPLE["county"][2] not in page.content.decode()
    assert "199****0001" in text(page)
    paper = manager.get(where("paper", made.pk))
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")


def test_the_office_reads_the_number_and_decides(office, season):
    made = make.submitted(season)
    assert "乌兰" in text(office.get(where("desk")))
    page = office.get(where("one", made.pk))
    assert make.PEOPLE["county"][2] in page.content.decode()
    assert "逐项核对" in text(page)
    refused = office.post(where("pass", made.pk), {"check": ["0"]})
    assert refused.status_code == 422
    assert "还有4项没有核对" in text(refused)
    office.post(where("return", made.pk), {"reason": "照片不清，请换一张"})
    made.refresh_from_db()
    assert (made.state, made.note) == (State.RETURNED, "照片不清，请换一张")


def test_the_unit_reads_why_it_came_back(manager, season):
    made = make.submitted(season)
    services.return_registration(
        actor=make.OFFICE, registration=made, reason="照片不清，请换一张", at=make.AT
    )
    said = text(manager.get(where("one", made.pk)))
    assert "组委会办公室退回修改" in said
    assert "照片不清，请换一张" in said
    assert "提交审核" in said


def test_a_change_is_asked_on_the_page_and_answered_by_the_office(manager, season, client):
    made = make.submitted(season)
    Registration.objects.update(state=State.PASSED)
    asked = manager.post(
        where("ask", made.entry.pk),
        {"kind": "replace", "reason": "因病", "person": "other"},
    )
    assert asked["Location"] == where("entries", "league")
    assert "申请更换人员" in text(manager.get(asked["Location"]))
    change = made.entry.change_requests.get()
    client.force_login(people.account("office", "office", unit="15", season=make.CODE))
    said = text(client.get(where("changes")))
    assert "乌兰 → 苏和" in said
    client.post(where("change", change.pk), {"approve": "1"})
    said = text(client.get(where("entries", "league")))
    assert "2022-1501-2" in said
    assert "已替换" in said


def test_looking_for_a_successor_keeps_the_reason_and_the_office_finds_the_list(
    manager, season, client
):
    made = make.submitted(season)
    typed = {"kind": "replace", "reason": "因病住院", "q": "苏和", "find": "1"}
    page = manager.post(where("ask", made.entry.pk), typed)
    assert page.status_code == 200
    assert "因病住院</textarea>" in page.content.decode()
    assert 'value="other"' in page.content.decode()
    assert "请选择申请事项" not in text(page)
    assert not made.entry.change_requests.exists()
    client.force_login(people.account("office", "office", unit="15", season=make.CODE))
    desk = client.get(where("desk")).content.decode()
    assert where("unit") in desk
    assert where("entries", "league") in desk
    client.force_login(people.account("watch", "supervisor", unit="15", season=make.CODE))
    shown = client.get(where("entries", "league")).content.decode()
    assert "乌兰" in shown
    assert where("ask", made.entry.pk) not in shown


def test_a_history_list_goes_from_file_to_fact(office, season):
    file = BytesIO("姓名,单位,类别,项目,日期\n苏和,新城区,称号,往届能手,2020-01-01\n".encode())
    file.name = "旧名单.csv"
    came = office.post(where("history"), {"source": "旧名单", "file": file})
    assert came.status_code == 302
    said = text(office.get(came["Location"]))
    assert "往届能手" in said
    assert "已对上 新城区" in said
    office.post(came["Location"])
    assert "旧名单" in text(office.get(where("history")))
    assert office.get(where("history-sample")).content[:2] == b"PK"
    assert "没有要核对的记录" in text(office.get(where("doubts")))


def test_the_lists_need_few_queries(office, season, django_assert_max_num_queries):
    make.submitted(season)
    seasons_bound, unit_bound = 40, 60
    with django_assert_max_num_queries(seasons_bound):
        office.get(where("desk"))
    with django_assert_max_num_queries(unit_bound):
        office.get(where("unit"))


def test_a_county_manager_is_told_who_registers(client, season):
    county = people.account("county", "unit_manager", unit="150102", season=make.CODE)
    client.force_login(county)
    assert "报名由上级代表队统一办理" in text(client.get(where("unit")))
    assert client.get(where("new"), {"stage": "league"}).status_code == 403


def test_two_records_of_one_person_keep_one_registration(season):
    made = make.submitted(season)
    second, first = made.person, Person.objects.get(code="other")
    events.publish(PeopleMerging(second.pk, first.pk, make.OFFICE, make.AT))
    made.refresh_from_db()
    assert made.person == first
    assert made.entry.person == first


def test_the_office_confirms_a_reviewed_list_on_its_desk(client, season):
    made = make.submitted(season)
    client.force_login(people.account("desk", "office", unit="15", season=make.CODE))
    desk = reverse("registration:desk", args=(make.CODE,))
    confirm = reverse("registration:confirm", args=(make.CODE, "league"))
    page = client.get(desk).content.decode()
    assert "盟市赛名单：1人待确认" in page
    assert "其中1人的报名表还没有审核通过" in page
    assert confirm not in page
    refused = client.post(confirm)
    assert refused.status_code == 422
    assert "还有1人的报名表没有审核通过：乌兰" in refused.content.decode()
    services.pass_registration(
        actor=make.OFFICE, registration=made, ticked=range(9), at=timezone.now()
    )
    assert confirm in client.get(desk).content.decode()
    assert client.post(confirm).status_code == 302
    assert Entry.objects.get().state == "confirmed"
    assert "待确认" not in client.get(desk).content.decode()


def test_a_manager_confirms_no_list(manager):
    assert (
        manager.post(reverse("registration:confirm", args=(make.CODE, "league"))).status_code == 403
    )
