from datetime import date

import pytest

from leitai.base.errors import text_of
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.rulebook.data import FactIn
from leitai.seasons import selectors, services
from leitai.seasons.models import Fact
from tests.factories import people
from tests.factories import seasons as make
from tests.factories.units import HOUSE, csv_file, load_packaged

pytestmark = pytest.mark.django_db
HEAD = "person,kind,key,value,from,to,source\n"


@pytest.fixture(autouse=True)
def _people():
    load_packaged()
    people.people("5101", 2)


def load(text, actor=HOUSE, **options):
    file = csv_file(HEAD + text, "facts.csv")
    return services.import_facts(actor=actor, source=file, at=make.AT, **options)


def said(text):
    with pytest.raises(Problems) as caught:
        load(text)
    return [
        (problem.place.removeprefix("facts.csv "), problem.code)
        for problem in caught.value.problems
    ]


def test_import_facts_adds_them_for_the_engine():
    report = load(
        "p-5101-1,title,日日学之星,,2022-05-31,2022-12-31,学习平台\n"
        "p-5101-1,points,周周练,1000.5,,,学习平台\n"
    )
    assert (report.added, report.unchanged, str(report)) == (2, 0, "新增2条，已有0条。")
    assert selectors.facts_of(["p-5101-1", "p-5101-2"]) == {
        "p-5101-1": (
            FactIn("p-5101-1", "points", "周周练", "1000.5", None, None, "学习平台"),
            FactIn(
                "p-5101-1",
                "title",
                "日日学之星",
                "",
                date(2022, 5, 31),
                date(2022, 12, 31),
                "学习平台",
            ),
        ),
        "p-5101-2": (),
    }


def test_import_facts_twice_changes_nothing():
    text = "p-5101-1,points,周周练,1000,,,学习平台\n"
    load(text)
    report = load(text)
    assert (report.added, report.unchanged, Fact.objects.count()) == (0, 1, 1)
    assert LedgerEntry.objects.filter(act="facts.imported").count() == 1


def test_import_facts_never_overwrites_what_a_source_said():
    load("p-5101-1,points,周周练,999,,,学习平台\n")
    assert said("p-5101-1,points,周周练,1000,,,学习平台\n") == [("第2行", "fact_differs")]
    assert load("p-5101-1,points,周周练,1000,,,学习平台更正函\n").added == 1


def test_import_facts_names_every_bad_row():
    assert said(
        "nobody,title,日日学之星,,,,学习平台\n"
        "p-5101-1,medal,日日学之星,,,,学习平台\n"
        "p-5101-1,title,,,,,\n"
        "p-5101-1,points,周周练,一千,,,学习平台\n"
        "p-5101-1,points,周周练,1e3,,,学习平台\n"
        "p-5101-1,title,甲,,2022-2-3,2022-02-30,学习平台\n"
        "p-5101-1,title,甲,,2022-06-02,2022-06-01,学习平台\n"
        "p-5101-2,title,甲,,,,学习平台\n"
        "p-5101-2,title,甲,,,,学习平台\n"
        f"p-5101-2,title,{'甲' * 65},,,,学习平台\n"
    ) == [
        ("第2行", "person_unknown"),
        ("第3行", "fact_kind_unknown"),
        ("第4行", "fact_empty"),
        ("第4行", "fact_empty"),
        ("第5行", "fact_number"),
        ("第6行", "fact_number"),
        ("第7行", "fact_date"),
        ("第7行", "fact_date"),
        ("第8行", "fact_backwards"),
        ("第10行", "fact_twice"),
        ("第11行", "fact_long"),
    ]
    assert Fact.objects.count() == 0


def test_import_facts_says_place_and_mend():
    with pytest.raises(Problems) as caught:
        load("p-5101-1,points,周周练,很多,,,学习平台\n")
    assert text_of(caught.value) == (
        "facts.csv 第2行：“很多”不是数字。积分请写成1000或1000.5这样的形式。"
    )


def test_import_facts_in_a_dry_run_writes_nothing():
    assert load("p-5101-1,title,甲,,,,平台\n", dry_run=True).added == 1
    bad = load("p-5101-1,title,,,,,平台\n", dry_run=True)
    assert str(bad) == "facts.csv 第2行：“key”一格是空的。请填写。"
    assert Fact.objects.count() == 0


def test_import_facts_is_for_the_office():
    with pytest.raises(DomainError, match="forbidden"):
        load("", actor=people.actor("unit_manager"))
    assert load("p-5101-1,title,甲,,,,平台\n", actor=make.OFFICE).added == 1
