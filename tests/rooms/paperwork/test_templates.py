"""Templates of a season: fields checked, filled with real rows, exported; personal numbers apart."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from leitai.documents.packages import read_package
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.paperwork import selectors, services
from leitai.paperwork.models import Export, Template
from leitai.paperwork.selectors.templates import checked
from leitai.paperwork.services import NewTemplate
from leitai.people import services as people
from leitai.people.models import Person
from tests.documents.papers import docx_of, para, row, run, table, xlsx_of
from tests.documents.test_docx import texts
from tests.factories import people as make
from tests.factories.results import AT, CODE, OFFICE, at_final, held
from tests.planting import copied, once

pytestmark = pytest.mark.django_db
CARD = docx_of(
    para(run("{{代表"), run("队}}　{{"), run("姓名}}　第{{名次}}名　{{总分}}分　{{结果}}"))
    + para(run("身份证{{身份证号}}　电话{{手机}}　{{座右铭}}"))
)
TEAM = xlsx_of(
    [["{{代表队}}名单（{{人数}}人）"], ["序号", "姓名"], ["{{选手.序号}}", "{{选手.姓名}}"], ["完"]]
)


def plant():
    made = at_final()
    held(made, "final")
    return made


planted = once(plant)
season = copied


def added(season, data=CARD, subject="entry", stage="final", name="卡.docx", **more) -> Template:
    new = NewTemplate("参赛卡", subject, stage, more.get("form", ""), name, data)
    return services.add_template(actor=more.get("actor", OFFICE), season=season, new=new, at=AT)


def exported(template, row="", *, whole=False) -> Export:
    return services.start_filling(actor=OFFICE, template=template, row=row, whole=whole, at=AT)


def test_a_template_is_checked_filled_and_exported(season):
    template = added(season)
    told = {one.marker.name: (one.known, one.personal) for one in checked(template).fields}
    assert told == {
        "代表队": (True, False),
        "姓名": (True, False),
        "名次": (True, False),
        "总分": (True, False),
        "结果": (True, False),
        "身份证号": (True, True),
        "手机": (True, True),
        "座右铭": (False, False),
    }
    person = Person.objects.get(code="p-5103-1")
    people.set_personal(person, phone="19900000001")
    made = exported(template, "2022-5103-1")
    assert made.name == "选手1（自贡市）参赛卡.docx"
    assert made.missing == ["座右铭", "身份证号"]
    assert texts(selectors.file_of(made).read_bytes()) == [
        "自贡市　选手1　第1名　94.00分　人社知识通",
        "身份证　电话199****0001　",
    ]
    shown = selectors.preview_of(template, "2022-5103-1", at=AT)
    assert shown.pdf.startswith(b"%PDF")
    assert shown.missing == ("座右铭", "身份证号")
    assert {one.asked for one in shown.faces} == {"仿宋_GB2312"}

    everyone = exported(template)
    with zipfile.ZipFile(selectors.file_of(everyone)) as archive:
        names = archive.namelist()
        assert len(names) == everyone.total == 6
        assert names[0] == "001选手1（成都市）参赛卡.docx"
        assert texts(archive.read(names[0]))[0].startswith("成都市　选手1　第3名　88.00分")
    whole = exported(template, whole=True)
    said = [one for one in texts(selectors.file_of(whole).read_bytes()) if "名" in one]
    assert len(said) == 6
    assert read_package(selectors.file_of(whole).read_bytes(), kind="docx")


def test_a_list_of_each_delegation_repeats_its_rows(season):
    template = added(season, TEAM, "delegation", "heat", "名单.xlsx")
    with zipfile.ZipFile(selectors.file_of(exported(template))) as archive:
        books = {name: load_workbook(io.BytesIO(archive.read(name))) for name in archive.namelist()}
    assert sorted(name[3:] for name in books) == sorted(
        f"{name}参赛卡.xlsx" for name in ("成都市", "自贡市", "攀枝花市", "省本级")
    )
    first = books["001成都市参赛卡.xlsx"].active
    assert [tuple(r) for r in first.iter_rows(values_only=True)] == [
        ("成都市名单（3人）", None), ("序号", "姓名"), ("1", "选手1"), ("2", "选手2"), ("3", "选手3"),
        ("完", None),
    ]  # fmt: skip
    assert selectors.preview_of(template, "5101", at=AT).pdf.startswith(b"%PDF")


def test_the_whole_season_and_each_award(season):
    listed = docx_of(table(row(para(run("{{获奖.奖项}}")), para(run("{{获奖.获奖者}}")))))
    whole = added(season, listed, "season", "final", "总表.docx")
    said = texts(selectors.file_of(exported(whole)).read_bytes())
    assert said[:6] == ["一等奖", "自贡市", "二等奖", "成都市", "人社知识通", "选手1"]
    each = added(season, docx_of(para(run("{{获奖者}}：{{奖项}}"))), "award", "", "奖.docx")
    with zipfile.ZipFile(selectors.file_of(exported(each))) as archive:
        assert [texts(archive.read(one))[0] for one in archive.namelist()][:3] == [
            "自贡市：一等奖", "成都市：二等奖", "选手1：人社知识通",
        ]  # fmt: skip


def test_full_numbers_come_with_a_reason_once_and_are_kept_nowhere(season):
    template = added(season)
    person = Person.objects.get(code="p-5103-1")
    people.set_personal(person, phone="19900000001")
    with pytest.raises(DomainError) as refused:
        services.fill_with_numbers(
            actor=OFFICE, template=template, row="2022-5103-1", reason=" ", at=AT
        )
    assert refused.value.code == "reveal_reason"
    made = services.fill_with_numbers(
        actor=OFFICE, template=template, row="2022-5103-1", reason="制作参赛卡", at=AT
    )
    assert texts(made.data)[1] == "身份证　电话19900000001　"
    acts = [json.loads(bytes(one.payload)) for one in LedgerEntry.objects.order_by("-pk")[:2]]
    assert [one["act"] for one in acts] == ["paperwork.numbers_printed", "personal.revealed_many"]
    asked = {"by": "蒲清越", "count": 1, "fields": ["id_number", "phone"], "reason": "制作参赛卡"}
    assert acts[1]["data"] == asked
    assert all("19900000001" not in json.dumps(one) for one in acts)
    assert not Export.objects.exists()
    supervisor = make.actor("supervisor", season=CODE, unit="51/", account="8")
    with pytest.raises(DomainError) as refused:
        services.fill_with_numbers(
            actor=supervisor, template=template, row="", reason="看看", at=AT
        )
    assert refused.value.code == "forbidden"


def test_what_cannot_be_a_template_is_refused(season):
    for name, data, code in (
        ("a.docm", CARD, "template_file_macros"),
        ("a.doc", CARD, "paperwork_file_kind"),
        ("a.docx", docx_of(para(run("没有标记"))), "paperwork_no_fields"),
        ("a.xlsx", CARD, "template_file_broken"),
    ):
        with pytest.raises(DomainError) as refused:
            added(season, data, name=name)
        assert refused.value.code == code
    with pytest.raises(DomainError) as refused:
        added(season, stage="nowhere")
    assert refused.value.code == "paperwork_stage_needed"
    with pytest.raises(DomainError) as refused:
        added(season, subject="form", form="nothing")
    assert refused.value.code == "paperwork_form_needed"
    with pytest.raises(DomainError) as refused:
        added(season, actor=make.actor("supervisor", season=CODE))
    assert refused.value.code == "forbidden"
    with pytest.raises(DomainError) as refused:
        exported(added(season), "2022-9999-1")
    assert refused.value.code == "paperwork_row_gone"


def test_a_replaced_file_is_checked_anew_and_a_removed_one_is_gone(season):
    template = added(season)
    services.replace_template(
        actor=OFFICE, template=template, name="新.docx", data=docx_of(para(run("{{单位}}"))), at=AT
    )
    again = selectors.get_template(season, template.number)
    assert (again.version, [one.marker.name for one in checked(again).fields]) == (2, ["单位"])
    services.remove_template(actor=OFFICE, template=again, at=AT)
    with pytest.raises(DomainError):
        selectors.get_template(season, template.number)


def test_exports_of_a_dead_process_are_taken_up_and_old_files_go(season):
    template = added(season)
    made = exported(template, "2022-5103-1")
    Export.objects.filter(pk=made.pk).update(at=AT - timedelta(days=8))
    stuck = exported(template, "2022-5103-1")
    Export.objects.filter(pk=stuck.pk).update(
        state="running", tries=3, touched_at=AT - timedelta(hours=1)
    )
    services.resume_exports(at=AT)
    made.refresh_from_db()
    with pytest.raises(DomainError) as gone:
        selectors.file_of(made)
    assert gone.value.code == "paperwork_export_gone"
    services.run_export(stuck.pk, at=AT)
    stuck.refresh_from_db()
    assert (stuck.state, stuck.problem) == ("failed", "paperwork_export_failed")


def test_a_season_without_such_forms_sees_no_annexes(season):
    assert services.install_packaged(actor=OFFICE, season=season, at=AT) == []
