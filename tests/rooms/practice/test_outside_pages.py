"""The office's pages of outside figures, and the learner's own page with source and date."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from leitai.people import privacy, services
from leitai.people.models import Appointment, Person
from leitai.people.services import NewPerson
from leitai.practice.models import Outside, OutsideDoubt, OutsideDraft
from leitai.seasons.models import Fact, Season
from leitai.units.models import Unit
from tests.factories import people, seasons
from tests.factories import practice as make
from tests.factories.units import HOUSE

pytestmark = pytest.mark.django_db
HOME = "/office/sichuan-2022/practice/outside/"
CSV = """姓名,手机号,单位,称号,积分项目,积分
江晚,19900000001,,日日学之星,周周练,990
江晚,19900000001,,学习标兵,,
柳岸,19900000077,{unit},日日学之星,,
无此人,,{unit},日日学之星,,
"""


def signed_in(name: str, role: str = "") -> Client:
    made = get_user_model().objects.create_user(username=name, consent=privacy.VERSION)
    if role:
        Appointment.objects.create(
            account=made, role=role, unit=Unit.objects.get(code="51"), since=timezone.now()
        )
    client = Client()
    client.force_login(made)
    return client


@pytest.fixture
def two() -> list[Person]:
    season = seasons.draft()
    Season.objects.filter(pk=season.pk).update(state="open")
    return services.create_people(
        actor=HOUSE,
        people=[
            NewPerson("jw", "江晚", "5101", phone="19900000001"),
            NewPerson("la", "柳岸", "5103", phone="19900000002"),
        ],
        at=people.SINCE,
    )


def upload(client: Client, text: str) -> str:
    file = io.BytesIO(text.encode())
    file.name = "导出.csv"
    told = {"source": "全国在线学习平台", "as_of": "2022-06-05", "file": file}
    answer = client.post(HOME, told)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def test_office_previews_confirms_and_decides(two: list[Person]) -> None:
    office = signed_in("office", "office")
    assert "还没有外部平台数据" in office.get(HOME).content.decode()
    place = upload(office, CSV.format(unit=two[1].unit.name))
    page = office.get(place).content.decode()
    for words in ("可以导入", "按手机号", "需要更正", "没有用到称号“学习标兵”", "待人工确认"):
        assert words in page
    assert "姓名和单位相同，手机号不同" in page
    assert "花名册中没有此人" in page
    assert "19900000077" not in page
    assert not Fact.objects.exists()  # looked at only
    assert office.post(place).headers["Location"] == f"{HOME}queue/"
    assert Fact.objects.filter(person=two[0]).count() == 2
    assert office.get(place).status_code == 404  # it is gone
    queue = office.get(f"{HOME}queue/").content.decode()
    assert "199****0077" in queue  # as the platform has it
    assert "199****0002" in queue  # as the roster has it
    doubt = OutsideDoubt.objects.get()
    bare = office.post(f"{HOME}queue/{doubt.pk}/", {})
    assert bare.status_code == 422
    assert "请从列出的人员中选择" in bare.content.decode()
    office.post(f"{HOME}queue/{doubt.pk}/", {"person": "la"})
    assert Fact.objects.get(person=two[1]).key == "日日学之星"
    assert "没有待确认的行" in office.get(f"{HOME}queue/").content.decode()
    assert "柳岸" in office.get(f"{HOME}queue/?done=1").content.decode()
    shown = office.get(HOME).content.decode()
    assert shown.count("2022-06-05") == 3


def test_a_file_that_cannot_be_read_says_why_and_keeps_what_was_typed(two: list[Person]) -> None:
    del two
    office = signed_in("office", "office")
    file = io.BytesIO("甲,乙\n1,2\n".encode())
    file.name = "x.csv"
    told = {"source": "某平台", "as_of": "2022-06-05", "file": file}
    answer = office.post(HOME, told)
    assert answer.status_code == 422
    assert "缺少列：姓名" in answer.content.decode()
    assert "某平台" in answer.content.decode()
    assert not OutsideDraft.objects.exists()


def test_the_blank_table_has_the_rules_own_names(two: list[Person]) -> None:
    del two
    answer = signed_in("office", "office").get(f"{HOME}template/")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert headings[:5] == ["姓名", "身份证号", "手机号", "单位", "称号"]
    assert headings[5:] == ["积分项目", "积分", "参赛经历", "参赛年份", "截止日期"]
    lists = [one.formula1 for one in sheet.data_validations.dataValidation]
    assert any("日日学之星" in one and "全国人社知识通" in one for one in lists)


def test_a_learner_sees_own_figures_with_source_and_date_and_no_others(two: list[Person]) -> None:
    for nth, person in enumerate(two):
        Outside.objects.create(
            season="sichuan-2022",
            person=person,
            kind="points",
            key="周周练",
            value=str(770 + nth),
            source="全国在线学习平台",
            as_of=date(2022, 6, 5),
            recorded_by="9",
            recorded_at=timezone.now(),
        )
    client = signed_in("jiangwan")
    account = get_user_model().objects.get(username="jiangwan")
    make.learner(two[0], account=str(account.pk))
    for name in ("points", "titles"):
        page = client.get(f"/practice/sichuan-2022/{name}/").content.decode()
        for words in ("770", "全国在线学习平台", "2022-06-05", "不与本平台积分相加"):
            assert words in page
        assert "771" not in page


def test_others_stay_outside(two: list[Person]) -> None:
    del two
    place = upload(signed_in("office", "office"), "姓名,手机号,称号\n江晚,19900000001,日日学之星\n")
    supervisor, anybody = signed_in("watcher", "supervisor"), signed_in("anybody")
    assert supervisor.get(HOME).status_code == 200
    assert supervisor.get(place).status_code == 404  # a draft is its owner's
    assert supervisor.post(place).status_code == 403
    assert supervisor.post(HOME, {}).status_code == 403
    assert anybody.get(HOME).status_code == 403
    assert anybody.get(f"{HOME}queue/").status_code == 403
    assert not Fact.objects.exists()
