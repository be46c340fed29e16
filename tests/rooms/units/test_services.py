import csv
import io

import pytest

from leitai.base.actor import Actor, AppointmentRef
from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.units import selectors, services
from leitai.units.models import Unit
from tests.factories.units import AT, HOUSE, csv_file, load_packaged

pytestmark = pytest.mark.django_db
HEAD = "code,parent,name,level\n"
TREE = HEAD + "51,,四川省,province\n5101,51,成都市,prefecture\n510104,5101,锦江区,county\n"


def load(text, **options):
    return services.import_units(actor=HOUSE, source=csv_file(text), at=AT, **options)


def rows():
    return list(Unit.objects.order_by("path").values_list("code", "parent__code", "name", "path"))


def test_import_units_builds_the_tree():
    report = load(TREE)
    assert (report.added, report.changed, report.unchanged) == (3, 0, 0)
    assert rows() == [
        ("51", None, "四川省", "51/"),
        ("5101", "51", "成都市", "51/5101/"),
        ("510104", "5101", "锦江区", "51/5101/510104/"),
    ]


def test_import_units_twice_changes_nothing():
    load(TREE)
    report = load(TREE)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 3)
    assert LedgerEntry.objects.filter(act="units.imported").count() == 1


def test_import_units_renames_and_moves_subtrees():
    load(TREE)
    load(HEAD + "50,,重庆市,province\n5101,50,新成都市,prefecture\n")
    assert rows() == [
        ("50", None, "重庆市", "50/"),
        ("5101", "50", "新成都市", "50/5101/"),
        ("510104", "5101", "锦江区", "50/5101/510104/"),
        ("51", None, "四川省", "51/"),
    ]


def test_import_units_takes_a_parent_from_the_database():
    load(TREE)
    report = load(HEAD + "510105,5101,青羊区,county\n")
    assert report.added == 1
    assert selectors.get_unit("510105").path == "51/5101/510105/"


def test_import_units_refuses_all_when_one_row_is_bad():
    with pytest.raises(Problems) as caught:
        load(HEAD + "51,,四川省,province\n5101,99,成都市,prefecture\n")
    assert text_of(caught.value) == (
        "units.csv 第3行：上级代码99既不在文件中，也不在系统中。请先补上这个上级，或更正代码。"
    )
    assert rows() == []


def test_import_units_counts_lines_as_a_spreadsheet_does():
    with pytest.raises(Problems) as caught:
        load(HEAD + "51,,四川省,province\n\n,,,\n5101,51,,prefecture\n")
    assert [problem.place for problem in caught.value.problems] == ["units.csv 第5行"] * 1


def test_import_units_in_a_dry_run_reports_and_writes_nothing():
    report = load(TREE, dry_run=True)
    assert (report.added, str(report), rows()) == (3, "新增3，变更0，未变0。", [])
    bad = load(HEAD + "51,,四川省,planet\n", dry_run=True)
    assert [problem.code for problem in bad.problems] == ["unit_level_unknown"]
    assert load("代码,名称\n51,四川省\n", dry_run=True).problems[0].place == "units.csv 第1行"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("code,parent,name\n51,,四川省\n", "table_columns_missing"),
        ("code,parent,name,level,colour\n51,,四川省,province,red\n", "table_columns_unknown"),
        ("code,code,parent,name,level\n", "table_column_twice"),
        (HEAD + "51,,四川省\n", "table_cells"),
        (HEAD + '51,,"四川省,province\n', "table_quotes"),
        (HEAD + "51,,四\x00川省,province\n", "table_control"),
        ("", "table_empty"),
    ],
)
def test_import_units_refuses_a_malformed_file(text, code):
    with pytest.raises(Problems) as caught:
        load(text)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_import_units_reads_what_chinese_spreadsheets_save():
    file = io.BytesIO((HEAD + "51,,四川省,province\n").encode("gb18030"))
    assert services.import_units(actor=HOUSE, source=file, at=AT).added == 1
    assert selectors.get_unit("51").name == "四川省"


def test_import_units_refuses_another_encoding():
    file = io.BytesIO((HEAD + "51,,四川省,province\n").encode("utf-16"))
    with pytest.raises(Problems) as caught:
        services.import_units(actor=HOUSE, source=file, at=AT)
    assert caught.value.problems[0].code == "table_encoding"


def test_import_units_reads_a_file_with_a_byte_order_mark():
    file = io.BytesIO(b"\xef\xbb\xbf" + TREE.encode())
    assert services.import_units(actor=HOUSE, source=file, at=AT).added == 3


def test_import_units_is_for_operators():
    clerk = Actor("7", "文员", appointments=(AppointmentRef("office", "51/", ""),))
    with pytest.raises(DomainError, match="forbidden"):
        services.import_units(actor=clerk, source=csv_file(TREE), at=AT)
    operator = Actor("8", "运维", appointments=(AppointmentRef("operator", "", ""),))
    assert services.import_units(actor=operator, source=csv_file(TREE), at=AT).added == 3


def test_packaged_tree_has_the_province_its_places_and_bodies():
    load_packaged()
    levels = Unit.objects.filter(kind="place").values_list("level", flat=True)
    assert {level: list(levels).count(level) for level in set(levels)} == {
        "province": 1,
        "prefecture": 21,
        "county": 183,
    }
    assert selectors.get_unit("51-province").name == "省本级"
    assert selectors.get_unit("5101-rsj").path == "51/5101/5101-rsj/"
    assert Unit.objects.filter(kind="body").count() == 22


def test_packaged_files_say_each_unit_once():
    for name in ("places.csv", "bodies.csv"):
        with services.data_path(name).open(encoding="utf-8") as opened:
            codes = [row["code"] for row in csv.DictReader(opened)]
        assert len(codes) == len(set(codes))
