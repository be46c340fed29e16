"""The bank's pages, through the real doors."""

import hashlib
import io

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from leitai.bank import services
from leitai.bank.models import Bank, ItemVersion
from leitai.base.actor import system
from leitai.people import privacy
from leitai.people.models import Appointment
from leitai.units.models import Unit
from tests.interchange.books import HEADINGS, MULTIPLE, SINGLE, changed, csv_bytes, xlsx

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def client_of(role: str = "") -> Client:
    account = get_user_model().objects.create_user(
        username=f"u-{role or 'nobody'}", consent=privacy.VERSION
    )
    if role:
        unit, _ = Unit.objects.get_or_create(code="51", name="四川省", level="province", path="51/")
        Appointment.objects.create(account=account, role=role, unit=unit, since=timezone.now())
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def writer() -> Client:
    return client_of("item_writer")


def post(client: Client, data: bytes, name: str = "题.xlsx", *, htmx: bool = True, **more: str):
    form = {"code": "rs", "title": "人社", "file": SimpleUploadedFile(name, data), **more}
    return client.post("/bank/import/", form, headers=HTMX if htmx else {})


def fill(rows: list) -> None:
    services.import_items(
        actor=system("tests"),
        bank_code="rs",
        title="人社",
        source=io.BytesIO(csv_bytes(rows)),
        name="题.csv",
        at=timezone.now(),
    )


def test_preview_writes_nothing_and_confirming_imports_what_was_previewed(writer: Client) -> None:
    data = xlsx([HEADINGS, SINGLE, changed(MULTIPLE, 答案="")])
    shown = post(writer, data)
    assert shown.status_code == 200
    assert not Bank.objects.exists()
    digest = hashlib.sha256(data).hexdigest()
    assert f'name="confirm" value="{digest}"' in shown.content.decode()
    assert "答案为空，该行进入待修清单。" in shown.content.decode()
    done = post(writer, data, confirm=digest)
    assert (done.status_code, done.headers["HX-Redirect"]) == (200, "/bank/rs/")
    assert ItemVersion.objects.count() == 1
    page = writer.get("/bank/rs/").content.decode()
    assert "新增1题，未变0题，修订0题，待修1行。" in page
    assert "参保登记应当在多少日内办结？" in page


def test_preview_of_a_bad_file_names_the_rows_and_offers_no_import(writer: Client) -> None:
    shown = post(writer, xlsx([HEADINGS, changed(SINGLE, 答案="F"), changed(MULTIPLE, 题干="")]))
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "答案“F”中的F没有对应的选项，本题选项只有ABCD。请更正答案或补上选项。" in text
    assert "题干为空。请补上题干，或删去整行。" in text
    assert 'name="confirm"' not in text


def test_another_file_than_the_previewed_one_is_not_imported(writer: Client) -> None:
    first = hashlib.sha256(xlsx([HEADINGS, SINGLE])).hexdigest()
    answer = post(writer, xlsx([HEADINGS, MULTIPLE]), confirm=first)
    assert answer.status_code == 422
    assert "确认时的文件与预览时的不同。请重新预览。" in answer.content.decode()
    assert not Bank.objects.exists()


def test_import_works_without_scripts(writer: Client) -> None:
    data = csv_bytes([HEADINGS, SINGLE])
    shown = post(writer, data, "题.csv", htmx=False)
    assert "<form" in shown.content.decode()
    done = post(writer, data, "题.csv", htmx=False, confirm=hashlib.sha256(data).hexdigest())
    assert (done.status_code, done.headers["Location"]) == (302, "/bank/rs/")


def test_form_without_a_file_or_with_a_bad_code_says_so(writer: Client) -> None:
    answer = writer.post("/bank/import/", {"code": "a/b", "title": "人社"}, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "不能含空格、斜杠、问号、井号和百分号。" in text
    assert text.count("<li>") == 2


@pytest.mark.parametrize("path", ["/bank/", "/bank/import/", "/bank/rs/", "/bank/rs/repairs/"])
def test_pages_are_for_item_writers_and_the_office(path: str) -> None:
    fill([HEADINGS, SINGLE, changed(MULTIPLE, 答案="")])
    assert Client().get(path).status_code == 302
    assert [
        client_of(role).get(path).status_code
        for role in ("item_writer", "office", "", "exam_officer", "unit_manager", "supervisor")
    ] == [200, 200, 403, 403, 403, 403]


def test_items_are_searched_by_stem_and_paged(writer: Client) -> None:
    fill([HEADINGS, *([n, "判断", "", f"第{n}题", "", "", "", "", "对", ""] for n in range(1, 61))])
    page = writer.get("/bank/rs/?page=2").content.decode()
    assert ("第51题" in page, "第50题" in page) == (True, False)
    found = writer.get("/bank/rs/", {"q": "第7题"}).content.decode()
    assert ("第7题" in found, "第8题" in found) == (True, False)
    assert (
        "没有题干包含「没有的词」的试题"
        in writer.get("/bank/rs/", {"q": "没有的词"}).content.decode()
    )


def test_repairs_show_what_the_row_lacks(writer: Client) -> None:
    fill([HEADINGS, SINGLE, changed(MULTIPLE, 题型="", 答案="")])
    text = writer.get("/bank/rs/repairs/").content.decode()
    assert "题型：题型为空，该行进入待修清单。" in text
    assert "答案：答案为空，该行进入待修清单。" in text
    assert "下列哪些属于就业服务？" in text


def test_bank_that_is_not_there_is_not_found(writer: Client) -> None:
    assert writer.get("/bank/none/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_items(
    writer: Client, count: int, django_assert_max_num_queries
) -> None:
    fill([HEADINGS, *([n, "判断", "", f"第{n}题", "", "", "", "", "对", ""] for n in range(count))])
    writer.get("/bank/rs/")
    with django_assert_max_num_queries(10):
        writer.get("/bank/rs/")


def test_items_are_found_by_type_and_module_and_the_choice_stays(writer: Client) -> None:
    fill([HEADINGS, SINGLE, MULTIPLE])
    text = writer.get("/bank/rs/", {"type": "multiple", "q": "就业"}).content.decode()
    assert ("招聘会" in text, "参保登记" in text) == (True, False)
    assert '<option value="multiple" selected>多项选择题</option>' in text
    text = writer.get("/bank/rs/", {"module": "社会保险"}).content.decode()
    assert ("招聘会" in text, "参保登记" in text) == (False, True)
    assert "没有这种试题" in writer.get("/bank/rs/", {"type": "blank"}).content.decode()


@pytest.mark.parametrize(("kind", "live"), [("live", True), ("practice", False), ("", True)])
def test_the_form_chooses_the_kind_of_a_new_bank(writer: Client, kind: str, live: bool) -> None:
    data = xlsx([HEADINGS, SINGLE])
    post(writer, data, kind=kind, confirm=hashlib.sha256(data).hexdigest())
    assert Bank.objects.get().live is live
    word = "竞赛题库" if live else "练习题库"
    assert word in writer.get("/bank/").content.decode()
    assert word in writer.get("/bank/rs/").content.decode()


def test_the_wrong_kind_is_a_sentence(writer: Client) -> None:
    fill([HEADINGS, SINGLE])
    answer = post(writer, xlsx([HEADINGS, MULTIPLE]), kind="practice")
    assert "题库“rs”是竞赛题库" in answer.content.decode()
