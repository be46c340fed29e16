"""The annexes of a notice: as templates of its forms, filled, with numbers masked or true."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.paperwork import selectors, services
from leitai.paperwork.selectors.templates import checked
from tests.documents.test_docx import texts
from tests.factories import people as make
from tests.factories import registrations, seasons
from tests.factories.results import AT

pytestmark = pytest.mark.django_db


def test_the_annexes_of_a_notice_come_as_templates_of_its_forms():
    """The first seed's five, each marker of each known; a season without such forms sees none."""
    season = annexed()
    office = make.actor("office", season=season.code, unit="15/")
    made = services.install_packaged(actor=office, season=season, at=AT)
    assert [one.title for one in made] == [
        "附件2盟市级联络人员信息表",
        "附件3自治区赛参赛人员报名表",
        "附件4优秀就业服务项目参评表",
        "附件5优秀就业服务成果参评表",
        "附件6优秀就业服务案例参评表",
    ]
    assert [one.marker.name for each in made for one in checked(each).unknown] == []
    assert services.install_packaged(actor=office, season=season, at=AT) == []
    blank = services.start_filling(actor=office, template=made[2], row="blank", whole=False, at=AT)
    said = texts(selectors.file_of(blank).read_bytes())
    assert said[0] == "附件4"
    assert [one for one in said if one in {"政策文件", "照片", "其他"}] == [
        "政策文件",
        "照片",
        "其他",
    ]


def annexed():
    from leitai.seasons import services as opening
    from tests.factories.units import HOUSE, load_packaged

    load_packaged()
    return opening.create_season(actor=HOUSE, rulebook="inner-mongolia-2022", at=seasons.AT)


def test_a_registration_fills_its_annex_with_the_photograph_and_masked_numbers():
    season = registrations.opened()
    registrations.submitted(season)
    office = make.actor("office", season=season.code, unit="15/")
    (annex,) = [
        one
        for one in services.install_packaged(actor=office, season=season, at=AT)
        if one.form == "entry"
    ]
    rows = selectors.template_page(office, annex).rows
    assert [title for _, title in rows] == ["乌兰（呼和浩特市）", "空白表"]
    made = services.start_filling(actor=office, template=annex, row=rows[0][0], whole=False, at=AT)
    data = selectors.file_of(made).read_bytes()
    said = texts(data)
    assert "职业指导人员竞赛　（√）" in said
    assert "基层公共就业服务人员竞赛　（　）" in said
    assert "乌兰" in said
    number = registrations.PEOPLE["county"][2]
    assert number not in "".join(said)
    assert [one for one in said if one.startswith(number[:6])]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert any(name.startswith("word/media/") for name in archive.namelist())


def test_the_annex_to_be_sealed_has_the_true_number_once_for_a_reason_on_the_record():
    season = registrations.opened()
    registrations.submitted(season)
    office = make.actor("office", season=season.code, unit="15/")
    made = services.install_packaged(actor=office, season=season, at=AT)
    annex = next(one for one in made if one.form == "entry")
    assert checked(annex).personal
    key = selectors.template_page(office, annex).rows[0][0]
    ask = {"actor": office, "template": annex, "row": key, "at": AT}
    with pytest.raises(DomainError) as refused:
        services.fill_with_numbers(**ask, reason="")
    assert refused.value.code == "reveal_reason"
    number = registrations.PEOPLE["county"][2]
    said = "".join(texts(services.fill_with_numbers(**ask, reason="盖章报送").data))
    assert number in said
    assert "19900000001" in said
    entries = [json.loads(bytes(one.payload)) for one in LedgerEntry.objects.order_by("-pk")[:2]]
    assert [one["act"] for one in entries] == [
        "paperwork.numbers_printed",
        "personal.revealed_many",
    ]
    assert entries[1]["data"]["count"] == 1
    assert all(number not in json.dumps(one) for one in entries)
