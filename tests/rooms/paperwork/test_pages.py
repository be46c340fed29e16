"""The desk in a browser: make, upload, see what was found, preview, take, pay."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from leitai.paperwork.models import Export, Template
from leitai.paperwork.packs import PACKS
from tests.documents.papers import docx_of, para, run
from tests.documents.test_docx import texts
from tests.factories import people as make
from tests.factories.results import CODE, at_final, held

pytestmark = pytest.mark.django_db
DESK = f"/office/{CODE}/papers/"


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make.account(f"a-{role}", role, season=CODE))
    return client


def body(response) -> str:
    return response.content.decode()


def upload(client: Client, data: bytes, name: str = "卡.docx", **told: str):
    form = {"title": "参赛卡", "subject": "entry", "stage": "final", "form": "", **told}
    return client.post(f"{DESK}templates/new/", {**form, "file": SimpleUploadedFile(name, data)})


def test_from_an_upload_to_a_filled_file(django_assert_max_num_queries):
    season = at_final()
    held(season, "final")
    client = signed_in("office")
    with django_assert_max_num_queries(40):
        shown = body(client.get(DESK))
    assert all(str(pack.title) in shown for pack in PACKS)
    assert "还没有模板" in shown

    refused = upload(client, b"no package")
    assert refused.status_code == 422
    assert "打不开这份文件" in body(refused)
    assert 'value="参赛卡"' in body(refused)
    assert upload(client, docx_of(para(run("{{姓名}}"))), stage="").status_code == 422

    made = upload(client, docx_of(para(run("{{姓名}}在{{代"), run("表队}}，{{绰号}}"))))
    assert made.status_code == 302
    page = body(client.get(made.url))
    assert "{{绰号}}" in page
    assert "不认识，导出时留空" in page
    preview = body(client.get(f"{made.url}preview/?row=2022-5103-1"))
    assert "仿宋_GB2312" in preview
    assert "Noto Serif SC" in preview
    assert "绰号" in preview
    pdf = client.get(f"{made.url}preview.pdf?row=2022-5103-1")
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Disposition"].startswith("inline")

    taken = client.post(f"{made.url}fill/", {"row": "2022-5103-1"}, follow=True)
    assert "绰号" in body(taken)
    export = Export.objects.get()
    file = b"".join(client.get(f"{DESK}made/{export.pk}/file/").streaming_content)
    assert texts(file) == ["选手1在自贡市，"]

    everyone = client.post(f"{made.url}fill/", {}, follow=True)
    assert "6份" in body(everyone)
    assert "已生成的材料" in body(client.get(f"{DESK}made/"))
    source = client.get(f"{made.url}source/")
    assert zipfile.is_zipfile(io.BytesIO(source.content))
    replaced = client.post(
        f"{made.url}replace/",
        {"file": SimpleUploadedFile("新.docx", docx_of(para(run("{{单位}}"))))},
    )
    assert replaced.status_code == 302
    assert client.post(f"{made.url}remove/").status_code == 302
    assert not Template.objects.filter(removed_at=None).exists()


def test_one_click_refusals_costs_and_payments():
    season = at_final()
    client, watching = signed_in("office"), signed_in("supervisor")
    make.account("judge-1", "judge", season=CODE)
    refused = client.post(f"{DESK}make/", {"pack": "award-list", "format": "docx"})
    assert refused.status_code == 422
    assert "奖项尚未确定，暂不能生成获奖名单。" in body(refused)
    assert not Export.objects.exists()
    held(season, "final")
    made = client.post(f"{DESK}make/", {"pack": "award-list", "format": "docx"}, follow=True)
    assert "获奖名单.docx" in body(made)

    assert client.post(f"{DESK}costs/", {"text": "由各市承担。"}).status_code == 302
    assert "由各市承担。" in body(watching.get(DESK))
    assert watching.get(f"{DESK}payments/").status_code == 403
    assert "评委，每人" in body(client.get(f"{DESK}payments/"))
    terms = {"labour-kind": "labour", "labour-tax": "0", "labour-sum-0": "", "labour-sum-1": ""}
    paid = {**terms, "labour-sum-2": "300"}  # the office, the supervisor, the judge
    page = client.post(f"{DESK}payments/", {**paid, "labour-reason": ""})
    assert page.status_code == 422
    assert 'value="300"' in body(page)
    answer = client.post(f"{DESK}payments/", {**paid, "labour-reason": "评审劳务"})
    assert "no-store" in answer["Cache-Control"]
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert (sheet["J4"].value, sheet["G4"].value, sheet["G5"].value) == ("评委劳务", 300, 300)
