"""A table on the web: previewed, and exactly that imported."""

import io
import json
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.units import services
from leitai.units.enums import BodyKind, Level, UnitKind
from leitai.units.models import Unit, UnitChange, UnitImport, UnitImportLine
from leitai.units.selectors import get_import_for, get_unit, import_page
from tests.factories.units import AT, HOUSE, csv_file
from tests.rooms.units.test_views import client_of, text
from tests.rooms.units.trees import CHENGDU, PROVINCE, plant

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
    held = services.start_import(actor=actor, source=xlsx(rows), name="单位.xlsx", at=AT)
    assert held.state == "ready"
    return held


def confirm(held, actor=CHENGDU, digest=None):
    digest = held.plan if digest is None else digest
    return services.confirm_import(actor=actor, draft=held, digest=digest, at=AT)


def lines(held, kind):
    return [(line.number, line.data) for line in import_page(held, kind).lines]


def codes(held):
    return [(row, [code for code, _ in data["problems"]]) for row, data in lines(held, "wrong")]


def created(held):
    return [(data["level"], data["kind"], data["body_kind"]) for _, data in lines(held, "created")]


def test_preview_tells_new_changed_and_same_rows_by_number():
    held = draft(ROWS)
    assert [(number, data["code"]) for number, data in lines(held, "created")] == [
        (3, "510106"),
        (4, "510106-rs"),
    ]
    ((number, renamed),) = lines(held, "renamed")
    assert (number, renamed["before"], renamed["after"]) == (
        2, {"name": "锦江区"}, {"name": "锦江新区"},
    )  # fmt: skip
    assert (held.counts["rows"], held.counts["same"], held.counts["wrong"]) == (4, 1, 0)
    assert Unit.objects.filter(code="510106").count() == 0


def test_preview_tells_where_a_unit_goes_and_how_many_go_along():
    held = draft([["510302", "5101", "自流井区", "县（市、区）级", None, None, None],
                  ["510104", "5103", "锦江区", "县（市、区）级", None, None, None]], PROVINCE)  # fmt: skip
    sides = [(one["before"], one["after"]) for _, one in lines(held, "moved")]
    assert sides[1] == (
        {"parent": "5101", "parent_name": "成都市"},
        {"parent": "5103", "parent_name": "自贡市"},
    )
    assert held.counts["following"] == 2


@pytest.mark.parametrize(
    "words", [("县（市、区）级", "机构", "人社局"), ("county", "body", "bureau")]
)
def test_words_of_a_file_do_not_hang_on_the_language_of_the_page(words):
    level, kind, body_kind = words
    with translation.override("en"):
        held = draft([["510104-rs", 510104, "锦江区人社局", level, kind, body_kind, None]])
    assert created(held) == [("county", "body", "bureau")]


def test_english_words_are_taken_where_the_page_is_english():
    with translation.override("en"):
        words = [str(one.label) for one in (Level.COUNTY, UnitKind.BODY, BodyKind.BUREAU)]
        held = draft([["510104-rs", 510104, "锦江区人社局", *words, None]])
    assert words[0] != "县（市、区）级"
    assert created(held) == [("county", "body", "bureau")]


def test_confirmed_import_writes_what_was_previewed():
    held = draft(ROWS)
    done = confirm(held)
    assert (done.state, done.counts["created"], done.counts["renamed"]) == ("done", 2, 1)
    body = get_unit("510106-rs")
    assert (body.kind, body.body_kind, body.window) == ("body", "bureau", True)
    assert body.path == "51/5101/510106/510106-rs/"
    changes = UnitChange.objects.filter(reason="导入单位.xlsx").order_by("unit__code")
    assert list(changes.values_list("unit__code", "kind", "by", "by_name")) == [
        ("510104", "renamed", "7", "贺知秋"),
        ("510106", "created", "7", "贺知秋"),
        ("510106-rs", "created", "7", "贺知秋"),
    ]
    entry = LedgerEntry.objects.filter(act="units.imported").latest("seq")
    told = {"added": 2, "by": "贺知秋", "changed": 1, "unchanged": 1}
    assert (entry.subject, json.loads(entry.payload)["data"]) == ("file:单位.xlsx", told)


def test_nothing_is_confirmed_twice():
    held = draft(ROWS)
    confirm(held)
    with pytest.raises(DomainError, match="unit_import_done"):
        confirm(held)
    assert LedgerEntry.objects.filter(act="units.imported", actor="7").count() == 1


def test_a_tree_that_changed_since_the_preview_is_not_written_over():
    held = draft(ROWS)
    services.rename_unit(
        actor=CHENGDU, unit=get_unit("510104"), name="锦江老区", reason="更名", at=AT
    )
    again = confirm(held)
    assert (again.state, again.note) == ("ready", "unit_import_changed")
    assert lines(again, "renamed")[0][1]["before"] == {"name": "锦江老区"}
    assert get_unit("510104").name == "锦江老区"
    with pytest.raises(DomainError, match="unit_import_changed"):
        confirm(again, digest=held.plan)
    assert confirm(again).state == "done"
    assert get_unit("510104").name == "锦江新区"


def test_a_tree_in_which_a_row_became_wrong_takes_nothing():
    held = draft(ROWS)
    twin = csv_file("code,parent,name,level\n510199,5101,金牛区,county\n")
    services.import_units(actor=HOUSE, source=twin, at=AT)
    again = confirm(held)
    assert (again.state, again.note) == ("ready", "unit_import_changed")
    assert codes(again) == [(3, ["unit_name_twice"])]
    assert not Unit.objects.filter(code="510106").exists()
    with pytest.raises(DomainError, match="unit_import_problems"):
        confirm(again)


def test_wrong_rows_are_named_and_nothing_is_imported():
    held = draft(
        [
            ["510107", "5101", "武侯区", "县级", None, None, None],
            ["510108", "5101", "成华区", "县（市、区）级", "地区", "人社局", None],
            ["510109", "5101", "高新 区", "县（市、区）级", None, None, "也许"],
            ["510110", "5101", "青羊区", "县（市、区）级", None, None, None],
            ["510111", "5101", "#REF!", "县（市、区）级", None, None, None],
        ]
    )
    assert codes(held) == [
        (2, ["unit_level_unknown"]),
        (3, ["unit_body_kind_place"]),
        (4, ["unit_name_unseen", "unit_window_unknown"]),
        (5, ["unit_name_twice"]),
        (6, ["sheet_error"]),
    ]
    assert (held.counts["rows"], held.counts["wrong"]) == (5, 5)
    with pytest.raises(DomainError, match="unit_import_problems"):
        confirm(held)


def test_a_manager_imports_only_below_the_own_unit():
    held = draft(
        [
            ["510303", "5103", "贡井区", "县（市、区）级", None, None, None],
            ["5101", "51", "新成都市", "市（州）级", None, None, None],
            ["510302", "5101", "自流井区", "县（市、区）级", None, None, None],
            ["510104", "5103", "锦江区", "县（市、区）级", None, None, None],
            ["5103", "51", "自贡市", "市（州）级", None, None, None],  # as it is: no matter
        ]
    )
    assert codes(held) == [(row, ["unit_outside"]) for row in (2, 3, 4, 5)]


def test_closed_units_are_left_alone():
    services.merge_unit(
        actor=CHENGDU,
        unit=get_unit("510104-jy"),
        into=get_unit("510105-jy"),
        reason="合并",
        at=AT,
    )
    same = ["510104-jy", "510104", "锦江区就业中心", "县（市、区）级", "机构", None, None]
    held = draft([same])
    assert (held.counts["same"], held.counts["wrong"]) == (1, 0)
    below = ["510104-jy-1", "510104-jy", "一科", "县（市、区）级", "机构", None, None]
    held = draft([[*same[:2], "旧名", *same[3:]], below])
    assert codes(held) == [(2, ["unit_closed"]), (3, ["unit_parent_closed"])]


def test_a_draft_is_its_owners_for_a_day():
    held = draft(ROWS)
    assert get_import_for(CHENGDU, held.pk, at=AT + timedelta(hours=23)) == held
    colleague = replace(CHENGDU, account="8")
    for viewer, hours in ((colleague, 0), (CHENGDU, 25)):
        with pytest.raises(DomainError, match="unit_import_unknown"):
            get_import_for(viewer, held.pk, at=AT + timedelta(hours=hours))
    with pytest.raises(DomainError, match="unit_import_unknown"):
        confirm(held, colleague)
    services.resume_imports(at=AT + timedelta(hours=25))
    assert not UnitImport.objects.exists()
    assert not UnitImportLine.objects.exists()


def test_import_from_the_browser(django_assert_max_num_queries):
    manager = client_of()
    shown = manager.post("/units/import/", {"file": xlsx(ROWS)}, follow=True)
    address = shown.request["PATH_INFO"]
    assert "名称由锦江区改为锦江新区" in text(shown)
    assert "金牛区人社局" in text(manager.get(address, {"kind": "created"}))
    with django_assert_max_num_queries(12):
        manager.get(address)
    stale = manager.post(address, {"digest": "0" * 64})
    assert stale.status_code == 422
    assert "预览之后单位已有变动" in text(stale)
    digest = shown.context["draft"].plan
    done = manager.post(address, {"digest": digest}, follow=True)
    assert done.request["PATH_INFO"] == address
    assert "导入已完成" in text(done)
    assert [(one.kind, one.count) for one in done.context["shown"].counts] == [
        ("renamed", 1),
        ("created", 2),
        ("same", 1),
    ]
    again = manager.post(address, {"digest": digest})
    assert again.status_code == 422
    assert "这份文件已经导入" in text(again)
    assert "单位.xlsx" in text(manager.get("/units/import/"))


def test_a_preview_is_paged():
    rows = [
        [f"510104-{one:03d}", "510104", f"第{one}服务站", "县（市、区）级", "机构", None, None]
        for one in range(60)
    ]
    shown = client_of().post("/units/import/", {"file": xlsx(rows)}, follow=True)
    assert "第0服务站" in text(shown)
    assert "第59服务站" not in text(shown)
    later = shown.client.get(shown.request["PATH_INFO"], {"kind": "created", "page": "2"})
    assert "第59服务站" in text(later)


def test_a_language_is_the_readers_also_in_what_is_wrong():
    rows = [["510107", "5101", "武侯区", "县级", None, None, None]]
    manager = client_of()
    shown = manager.post("/units/import/", {"file": xlsx(rows)}, follow=True)
    assert "不认识的层级“县级”" in text(shown)
    english = manager.get(shown.request["PATH_INFO"], headers={"accept-language": "en"})
    assert "县级" in text(english)
    assert "不认识的层级" not in text(english)


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
