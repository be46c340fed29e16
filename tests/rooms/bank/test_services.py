"""Import and composition with a real database, real files and real keys."""

import io
import os
import threading
from collections import Counter
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection

from leitai.bank import sealed, selectors, services
from leitai.bank.models import Bank, Item, ItemVersion, Paper, RepairRow
from leitai.base.actor import NOBODY, Actor, AppointmentRef, system
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError, Problems
from leitai.kernel.suites import suite
from leitai.keyring import Keyring
from leitai.ledger.models import LedgerEntry
from leitai.rulebook.model import Event, PaperPart
from tests.interchange.books import HEADINGS, MULTIPLE, SINGLE, changed, csv_bytes, xlsx

pytestmark = pytest.mark.django_db

AT = datetime(2022, 4, 1, 1, 0, tzinfo=UTC)
WRITER = Actor("7", "命题人", appointments=(AppointmentRef("item_writer", "51/", "sc"),))
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "items" / "agieval" / "jec-qa.xlsx"


def take_in(rows: list, *, name: str = "题.xlsx", actor: Actor = WRITER, **more: object):
    data = csv_bytes(rows) if name.endswith(".csv") else xlsx(rows)
    return services.import_items(
        actor=actor, bank_code="rs", title="人社", source=io.BytesIO(data), name=name, at=AT, **more
    )


def counts(report: services.ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.unchanged, report.revised, report.repaired


def test_import_adds_items_in_the_order_of_the_file() -> None:
    assert counts(take_in([HEADINGS, SINGLE, MULTIPLE])) == (2, 0, 0, 0)
    assert Bank.objects.get().title == "人社"
    stored = [
        (it.item.number, it.version, it.type, it.module, it.stem, it.options, it.key, it.source)
        for it in sealed.opened(ItemVersion.objects.order_by("item__number"))
    ]
    assert stored == [
        (
            1,
            1,
            "single",
            "社会保险",
            "参保登记应当在多少日内办结？",
            [["A", "十日"], ["B", "二十日"], ["C", "三十日"], ["D", "六十日"]],
            "C",
            "自编",
        ),
        (
            2,
            1,
            "multiple",
            "就业创业",
            "下列哪些属于就业服务？",
            [["A", "招聘会"], ["B", "职业指导"], ["C", "婚姻登记"], ["D", "失业登记"]],
            "ABD",
            "自编",
        ),
    ]


def test_import_again_changes_nothing_and_adds_only_what_is_new() -> None:
    take_in([HEADINGS, SINGLE])
    assert counts(take_in([HEADINGS, SINGLE])) == (0, 1, 0, 0)
    assert counts(take_in([HEADINGS, MULTIPLE, SINGLE])) == (1, 1, 0, 0)
    assert list(Item.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    acts = LedgerEntry.objects.filter(chain="bank").values_list("act", "subject", "actor")
    assert list(acts) == [("items.imported", "bank:rs", "7")] * 2


def test_other_notes_make_a_new_version_and_keep_the_old_one() -> None:
    take_in([HEADINGS, SINGLE])
    assert counts(take_in([HEADINGS, changed(SINGLE, 模块="综合服务规范")])) == (0, 0, 1, 0)
    stored = ItemVersion.objects.order_by("version").values_list(
        "item__number", "version", "module"
    )
    assert list(stored) == [(1, 1, "社会保险"), (1, 2, "综合服务规范")]
    assert [it.module for it in selectors.latest_versions()] == ["综合服务规范"]


@pytest.mark.parametrize(
    ("cells", "differs"),
    [
        ({"答案": "A"}, "答案"),
        ({"题型": "多选"}, "题型"),
        ({"选项A": "三十日", "选项C": "十日"}, "选项顺序"),
    ],
)
def test_same_question_with_another_key_is_refused(cells: dict, differs: str) -> None:
    take_in([HEADINGS, SINGLE])
    with pytest.raises(Problems) as refused:
        take_in([HEADINGS, changed(SINGLE, **cells), MULTIPLE])
    assert [(it.place, it.code, dict(it.data)) for it in refused.value.problems] == [
        ("题.xlsx 第2行", "duplicate_in_bank", {"number": 1, "differs": differs})
    ]
    assert ItemVersion.objects.count() == 1


def test_bad_file_is_refused_whole_with_every_row_named() -> None:
    rows = [HEADINGS, SINGLE, changed(MULTIPLE, 题干=""), changed(SINGLE, 答案="F"), SINGLE]
    with pytest.raises(Problems) as refused:
        take_in(rows)
    assert [(it.place, it.code) for it in refused.value.problems] == [
        ("题.xlsx 第3行“题干”", "stem_empty"),
        ("题.xlsx 第4行“答案”", "key_letter_unknown"),
        ("题.xlsx 第4行“题干”", "duplicate_in_file"),
        ("题.xlsx 第5行“题干”", "duplicate_in_file"),
    ]
    assert not Bank.objects.exists()


def test_missing_columns_are_said_in_a_sentence() -> None:
    from leitai.base.errors import text_of

    with pytest.raises(Problems) as refused:
        take_in([["题型", "题干", "选项B"], ["单选", "题", "乙"]])
    assert text_of(refused.value) == (
        "题.xlsx 第1行：缺少列：答案、选项A。现有列：题型、题干、选项B。请在表头补上，或把列名改成题库格式的名称。"
    )


def test_dry_run_reports_and_writes_nothing() -> None:
    report = take_in([HEADINGS, SINGLE, changed(MULTIPLE, 答案="")], dry_run=True)
    assert counts(report) == (1, 0, 0, 1)
    assert not report.refused
    report = take_in([HEADINGS, SINGLE, SINGLE], dry_run=True)
    assert (report.refused, counts(report)) == (True, (0, 0, 0, 0))
    assert str(report) == (
        "题.xlsx 第3行“题干”：与第2行重复（题干和选项相同）。请删去其中一行。\n"
        "新增0题，未变0题，修订0题，待修0行。"
    )
    assert not Bank.objects.exists()


def test_incomplete_row_waits_until_it_is_mended() -> None:
    waiting = changed(MULTIPLE, 题型="", 答案="")
    assert counts(take_in([HEADINGS, SINGLE, waiting])) == (1, 0, 0, 1)
    row = sealed.opened_repairs(RepairRow.objects.all())[0]
    assert (row.source, row.row, row.code, row.raw["题干"]) == (
        "题.xlsx",
        3,
        "type_empty",
        "下列哪些属于就业服务？",
    )
    assert row.data["problems"] == [["type_empty", "题型"], ["key_empty", "答案"]]
    assert counts(take_in([HEADINGS, SINGLE, waiting])) == (0, 1, 0, 1)
    assert RepairRow.objects.count() == 1
    assert counts(take_in([HEADINGS, MULTIPLE], name="补.csv")) == (1, 0, 0, 0)
    assert not RepairRow.objects.exists()
    assert counts(take_in([HEADINGS, SINGLE, waiting])) == (0, 1, 0, 0)


def test_import_is_for_item_writers_the_office_and_the_house() -> None:
    for actor in (
        NOBODY,
        Actor("8", "考务", appointments=(AppointmentRef("exam_officer", "51/", ""),)),
    ):
        with pytest.raises(DomainError, match="forbidden"):
            take_in([HEADINGS, SINGLE], actor=actor)
    assert take_in([HEADINGS, SINGLE], actor=system("command-line")).added == 1


@pytest.mark.parametrize("code", ["", "import", "a/b", "a b", "x" * 65, ".."])
def test_bank_code_is_one_that_an_address_can_hold(code: str) -> None:
    with pytest.raises(DomainError, match="bank_code_form"):
        services.import_items(
            actor=WRITER, bank_code=code, title="", source=io.BytesIO(), name="题.csv", at=AT
        )


def test_real_bank_loads_1999_items_and_one_repair() -> None:
    if not REAL.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{REAL} is missing")
        pytest.skip(f"the real question bank is not there: {REAL}")
    report = services.import_items(
        actor=WRITER, bank_code="jec", title="法考", source=REAL, name=REAL.name, at=AT
    )
    assert counts(report) == (1999, 0, 0, 1)
    assert [(it.row, it.code) for it in report.problems] == [
        (213, "type_empty"),
        (213, "key_empty"),
        (404, "option_repeated"),
    ]
    again = services.import_items(
        actor=WRITER, bank_code="jec", title="法考", source=REAL, name=REAL.name, at=AT
    )
    assert counts(again) == (0, 1999, 0, 1)
    assert ItemVersion.objects.count() == 1999


# ---- papers -------------------------------------------------------------------------------------

EVENT = Event(
    title="统一在线比试",
    kind="exam",
    max=Fraction(10),
    decimals=2,
    minutes=90,
    paper=(
        PaperPart("single", 4, Fraction("1.5")),
        PaperPart("multiple", 2, Fraction(2)),
    ),
)
OFFICE = Actor("9", "办公室", appointments=(AppointmentRef("office", "51/", "sc"),))
MODULES = ["甲", "乙", "丙"]


def fill(single: int = 12, multiple: int = 6, code: str = "rs") -> None:
    options = ["一", "二", "三", "四"]
    rows: list = [HEADINGS]
    rows += [
        [n, "单选", MODULES[n % 3], f"{code}单选题{n}？", *options, "B", ""] for n in range(single)
    ]
    rows += [
        [n, "多选", MODULES[n % 3], f"{code}多选题{n}？", *options, "AD", ""]
        for n in range(multiple)
    ]
    services.import_items(
        actor=WRITER,
        bank_code=code,
        title=code,
        source=io.BytesIO(csv_bytes(rows)),
        name="题.csv",
        at=AT,
    )


def compose(seed: str = "s", codes: tuple = ("p1", "p2"), **more: object) -> tuple[Paper, ...]:
    arguments = {
        "actor": OFFICE,
        "season_code": "sc",
        "event": EVENT,
        "bank_codes": ["rs"],
        "codes": list(codes),
        "titles": [f"试卷{code}" for code in codes],
        "seed": seed,
        "at": AT,
    }
    return services.compose_papers(**(arguments | more))


def opened(paper: Paper) -> dict:
    """Open a paper as the lane does: unwrap the key, then the paper."""
    aad = f"paper:{paper.code}:{paper.version}".encode()
    key = Keyring.from_environment().unwrap("paper", paper.wrapped_key, aad)
    sealed = bytes(paper.sealed)
    plain = suite().open(key, sealed[:12], sealed[12:], aad)
    assert suite().digest(plain) == bytes(paper.plain_digest)
    return canonical.decode(plain)


def placed(paper: Paper) -> list[ItemVersion]:
    return selectors.items_of(paper)


def test_sealed_paper_opens_to_the_plain_form_without_keys() -> None:
    fill()
    paper = Paper.objects.get(pk=compose()[0].pk)
    plain = opened(paper)
    assert {key: plain[key] for key in ("id", "version", "title", "exam", "minutes")} == {
        "id": "p1",
        "version": 1,
        "title": "试卷p1",
        "exam": "统一在线比试",
        "minutes": 90,
    }
    assert plain["sections"] == [
        {
            "type": "single",
            "title": "单项选择题",
            "rule": "只有一个选项正确",
            "from": 1,
            "to": 4,
            "points": "1.5",
        },
        {
            "type": "multiple",
            "title": "多项选择题",
            "rule": "全部选对才得分，少选、多选、错选均不得分",
            "from": 5,
            "to": 6,
            "points": "2",
        },
    ]
    assert [item["n"] for item in plain["items"]] == [1, 2, 3, 4, 5, 6]
    assert set(plain["items"][0]) == {"n", "type", "stem", "options", "blanks"}
    assert plain["items"][0]["options"] == [["A", "一"], ["B", "二"], ["C", "三"], ["D", "四"]]
    assert [item["stem"] for item in plain["items"]] == [it.stem for it in placed(paper)]


def test_keys_of_a_paper_follow_its_items() -> None:
    fill()
    keys = selectors.key_of(compose()[0])
    assert [(it.number, it.type, it.key, it.points, it.partial) for it in keys] == [
        *[(n, "single", "B", Fraction(3, 2), "none") for n in (1, 2, 3, 4)],
        *[(n, "multiple", "AD", Fraction(2), "none") for n in (5, 6)],
    ]


def test_modules_are_spread_evenly_and_no_item_stands_in_two_papers() -> None:
    fill()
    papers = compose()
    for paper in papers:
        assert Counter(it.module for it in placed(paper)) == {"甲": 2, "乙": 2, "丙": 2}
    used = [it.item_id for paper in papers for it in placed(paper)]
    assert len(used) == len(set(used)) == 12


def test_same_seed_gives_the_same_items_under_new_keys() -> None:
    fill()
    one = compose()
    first = [opened(paper)["items"] for paper in one]
    sealed = {bytes(paper.sealed) for paper in one}
    Paper.objects.all().delete()
    two = compose()
    assert [opened(paper)["items"] for paper in two] == first
    assert sealed.isdisjoint(bytes(paper.sealed) for paper in two)
    Paper.objects.all().delete()
    assert [opened(paper)["items"] for paper in compose(seed="t")] != first


def test_later_paper_takes_what_the_season_has_not_used() -> None:
    fill()
    papers = compose(codes=("p1",)) + compose(codes=("p2",))
    assert len({it.item_id for paper in papers for it in placed(paper)}) == 12


def test_shortage_is_named_by_type_and_nothing_is_made() -> None:
    fill(single=7, multiple=3)
    with pytest.raises(Problems) as refused:
        compose()
    assert [dict(it.data) for it in refused.value.problems] == [
        {"type": "单项选择题", "needed": 8, "papers": 2, "available": 7},
        {"type": "多项选择题", "needed": 4, "papers": 2, "available": 3},
    ]
    assert not Paper.objects.exists()


def test_composition_is_recorded_without_anything_that_tells_the_paper() -> None:
    fill()
    paper = compose(codes=("p1",))[0]
    entry = LedgerEntry.objects.get(chain="sc")
    told = canonical.decode(bytes(entry.payload))["data"]
    assert (entry.act, entry.subject, entry.actor) == ("paper.sealed", "paper:p1", "9")
    assert told == {
        "by": "办公室",
        "version": 1,
        "title": "试卷p1",
        "banks": ["rs"],
        "items": 6,
        "sealed_digest": suite().digest(bytes(paper.sealed)).hex(),
        "key": Keyring.from_environment().current("paper").id,
    }


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"actor": WRITER}, "forbidden"),
        ({"season_code": "other"}, "forbidden"),
        ({"bank_codes": ["rs", "none"]}, "bank_unknown"),
        ({"codes": ("p1", "p1")}, "paper_codes"),
        ({"titles": ["一"]}, "paper_codes"),
        ({"event": Event("比", "exam", Fraction(1), 2)}, "paper_parts_missing"),
        (
            {
                "event": Event(
                    "比", "exam", Fraction(1), 3, paper=(PaperPart("single", 1, Fraction(1, 8)),)
                )
            },
            "points_too_fine",
        ),
    ],
)
def test_composition_refuses(more: dict, code: str) -> None:
    fill()
    with pytest.raises(DomainError) as refused:
        compose(**more)
    problems = getattr(refused.value, "problems", ())
    assert (problems[0].code if problems else refused.value.code) == code
    assert not Paper.objects.exists()


def test_code_of_a_paper_is_used_once() -> None:
    fill(24, 12)
    compose(codes=("p1",))
    with pytest.raises(DomainError, match="paper_exists"):
        compose(codes=("p2", "p1"))


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_take_each_question_once() -> None:
    rows = [HEADINGS, *([n, "判断", "", f"第{n}题", "", "", "", "", "对", ""] for n in range(200))]
    start = threading.Barrier(2)
    reports = []

    def run() -> None:
        start.wait()
        try:
            reports.append(counts(take_in(rows, name="题.csv")))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(reports) == [(0, 200, 0, 0), (200, 0, 0, 0)]
    assert Item.objects.count() == 200
