"""A table on the web: previewed, and exactly that imported."""

import io
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from leitai.kernel.errors import DomainError
from leitai.units import services
from leitai.units.enums import BodyKind, Level, UnitKind
from leitai.units.models import Unit, UnitChange, UnitImport
from leitai.units.selectors import get_unit
from tests.factories.units import AT, csv_file
from tests.rooms.units.test_views import client_of, text
from tests.rooms.units.trees import CHENGDU, plant

pytestmark = pytest.mark.django_db
HEAD = ["代码", "上级代码", "名称", "层级", "类别", "机构类型", "窗口单位"]
ROWS = [
    [510104, 5101, "锦江新区", "县（市、区）级", None, None, None],
    [510106, 5101, "金牛区", "县（市、区）级", "地区", None, None],
    ["510106-rs", 510106, "金牛区人社局", "县（市、区）级", "机构", "人社局", "是"],
    [510105, 5101, "青羊区", "县（市、区）级", None, None, None],
]


@pytest.fixture(autouse=True)
def _tree(db):
    plant()


def xlsx(rows):
    book = openpyxl.Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("单位.xlsx", out.getvalue())


def draft(rows, actor=CHENGDU):
    held = services.draft_import(actor=actor, source=xlsx(rows), name="单位.xlsx", at=AT)
    return held, services.preview_import(actor=actor, draft=held)


def confirm(held, digest, actor=CHENGDU):
    return services.confirm_import(actor=actor, draft=held, digest=digest, at=AT)


def codes(preview):
    return [(problem.place, problem.code) for problem in preview.problems]


def test_preview_tells_new_changed_and_same_rows_by_number():
    _, preview = draft(ROWS)
    assert [(number, node.code) for number, node in preview.added] == [
        (3, "510106"),
        (4, "510106-rs"),
    ]
    assert [(one.number, one.before.name, one.after.name) for one in preview.changed] == [
        (2, "锦江区", "锦江新区")
    ]
    assert (preview.unchanged, preview.following, preview.problems) == (1, 0, ())
    assert Unit.objects.filter(code="510106").count() == 0


@pytest.mark.parametrize(
    "words", [("县（市、区）级", "机构", "人社局"), ("county", "body", "bureau")]
)
def test_words_of_a_file_do_not_hang_on_the_language_of_the_page(words):
    level, kind, body_kind = words
    with translation.override("en"):
        _, preview = draft([["510104-rs", 510104, "锦江区人社局", level, kind, body_kind, None]])
    assert preview.problems == ()
    assert [(one.level, one.kind, one.body_kind) for _, one in preview.added] == [
        ("county", "body", "bureau")
    ]


def test_english_words_are_taken_where_the_page_is_english():
    with translation.override("en"):
        words = [str(one.label) for one in (Level.COUNTY, UnitKind.BODY, BodyKind.BUREAU)]
        _, preview = draft([["510104-rs", 510104, "锦江区人社局", *words, None]])
    assert words[0] != "县（市、区）级"
    assert [(one.level, one.kind, one.body_kind) for _, one in preview.added] == [
        ("county", "body", "bureau")
    ]


def test_confirmed_import_writes_what_was_previewed():
    held, preview = draft(ROWS)
    assert str(confirm(held, preview.digest)) == "新增2，变更1，未变1。"
    body = get_unit("510106-rs")
    assert (body.kind, body.body_kind, body.window) == ("body", "bureau", True)
    assert body.path == "51/5101/510106/510106-rs/"
    changes = UnitChange.objects.filter(reason="导入单位.xlsx").order_by("unit__code")
    assert list(changes.values_list("unit__code", "kind", "by")) == [
        ("510104", "renamed", "7"),
        ("510106", "created", "7"),
        ("510106-rs", "created", "7"),
    ]
    with pytest.raises(DomainError, match="unit_import_done"):
        confirm(held, preview.digest)


def test_a_tree_that_changed_since_the_preview_is_not_written_over():
    held, preview = draft(ROWS)
    services.rename_unit(
        actor=CHENGDU, unit=get_unit("510104"), name="锦江老区", reason="更名", at=AT
    )
    with pytest.raises(DomainError, match="unit_import_changed"):
        confirm(held, preview.digest)
    again = services.preview_import(actor=CHENGDU, draft=held)
    assert [one.before.name for one in again.changed] == ["锦江老区"]
    confirm(held, again.digest)
    assert get_unit("510104").name == "锦江新区"


def test_wrong_rows_are_named_and_nothing_is_imported():
    held, preview = draft(
        [
            ["510107", "5101", "武侯区", "县级", None, None, None],
            ["510108", "5101", "成华区", "县（市、区）级", "地区", "人社局", None],
            ["510109", "5101", "高新 区", "县（市、区）级", None, None, "也许"],
            ["510110", "5101", "青羊区", "县（市、区）级", None, None, None],
            ["510111", "5101", "#REF!", "县（市、区）级", None, None, None],
        ]
    )
    assert codes(preview) == [
        ("单位.xlsx 第6行", "sheet_error"),
        ("单位.xlsx 第2行", "unit_level_unknown"),
        ("单位.xlsx 第3行", "unit_body_kind_place"),
        ("单位.xlsx 第4行", "unit_name_unseen"),
        ("单位.xlsx 第4行", "unit_window_unknown"),
        ("单位.xlsx 第5行", "unit_name_twice"),
    ]
    with pytest.raises(DomainError, match="unit_import_problems"):
        confirm(held, preview.digest)


def test_a_manager_imports_only_below_the_own_unit():
    _, preview = draft(
        [
            ["510303", "5103", "贡井区", "县（市、区）级", None, None, None],
            ["5101", "51", "新成都市", "市（州）级", None, None, None],
            ["510302", "5101", "自流井区", "县（市、区）级", None, None, None],
            ["510104", "5103", "锦江区", "县（市、区）级", None, None, None],
            ["5103", "51", "自贡市", "市（州）级", None, None, None],  # as it is: no matter
        ]
    )
    assert sorted(codes(preview)) == [
        (f"单位.xlsx 第{row}行", "unit_outside") for row in (2, 3, 4, 5)
    ]


def test_closed_units_are_left_alone():
    services.merge_unit(
        actor=CHENGDU,
        unit=get_unit("510104-jy"),
        into=get_unit("510105-jy"),
        reason="合并",
        at=AT,
    )
    same = ["510104-jy", "510104", "锦江区就业中心", "县（市、区）级", "机构", None, None]
    _, preview = draft([same])
    assert (preview.unchanged, preview.problems) == (1, ())
    below = ["510104-jy-1", "510104-jy", "一科", "县（市、区）级", "机构", None, None]
    _, preview = draft([[*same[:2], "旧名", *same[3:]], below])
    assert [problem.code for problem in preview.problems] == ["unit_closed", "unit_parent_closed"]


def test_a_draft_is_its_owners_for_a_day():
    held, _ = draft(ROWS)
    assert services.get_draft(CHENGDU, held.pk, at=AT + timedelta(hours=23)) == held
    colleague = replace(CHENGDU, account="8")
    with pytest.raises(DomainError, match="unit_import_unknown"):
        services.get_draft(colleague, held.pk, at=AT)
    with pytest.raises(DomainError, match="unit_import_unknown"):
        services.get_draft(CHENGDU, held.pk, at=AT + timedelta(hours=25))
    services.draft_import(
        actor=CHENGDU, source=xlsx(ROWS), name="单位.xlsx", at=AT + timedelta(hours=25)
    )
    assert not UnitImport.objects.filter(pk=held.pk).exists()


def test_import_from_the_browser(django_assert_max_num_queries):
    manager = client_of()
    shown = manager.post("/units/import/", {"file": xlsx(ROWS)}, follow=True)
    assert "锦江区" in text(shown)
    assert "名称由锦江区改为锦江新区" in text(shown)
    with django_assert_max_num_queries(12):
        manager.get(shown.request["PATH_INFO"])
    stale = manager.post(shown.request["PATH_INFO"], {"digest": "0" * 64})
    assert stale.status_code == 422
    assert "预览之后单位已有变动" in text(stale)
    digest = shown.context["preview"].digest
    done = manager.post(shown.request["PATH_INFO"], {"digest": digest}, follow=True)
    assert "新增2，变更1，未变1。" in text(done)
    assert "这份文件已经导入" in text(manager.get(shown.request["PATH_INFO"]))


def test_an_unreadable_file_is_refused_on_its_field():
    refused = client_of().post(
        "/units/import/", {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}
    )
    assert refused.status_code == 422
    assert "打不开这个表格" in text(refused)
    assert not UnitImport.objects.exists()


def test_missing_columns_are_named_as_the_file_should_name_them():
    file = csv_file("代码,名称\n1,甲\n")
    refused = client_of().post("/units/import/", {"file": SimpleUploadedFile("a.csv", file.read())})
    assert "缺少列：上级代码、层级" in text(refused)
