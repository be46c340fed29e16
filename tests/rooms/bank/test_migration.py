"""What was stored before there were live banks is sealed by the migration, and still opens."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from leitai.bank import sealed, selectors
from leitai.bank.models import Bank, ItemVersion, Paper, RepairRow
from leitai.interchange import question_digest

AT = datetime(2022, 4, 1, 1, 0, tzinfo=UTC)
OPTIONS = [["A", "一"], ["B", "二"]]


def migrate(name: str):
    executor = MigrationExecutor(connection)
    executor.migrate([("bank", name)])
    return executor.loader.project_state([("bank", name)]).apps


@pytest.fixture
def old_bank(transactional_db):
    return migrate("0001_initial")


def test_rows_of_before_are_sealed_and_compositions_leave_their_table(old_bank):
    model = lambda name: old_bank.get_model("bank", name).objects  # noqa: E731
    bank = model("Bank").create(code="rs", title="人社")
    versions = []
    for number in (1, 2):
        item = model("Item").create(bank=bank, number=number)
        stem = f"旧题{number}"
        versions.append(
            model("ItemVersion").create(
                item=item,
                type="single",
                module="甲",
                stem=stem,
                options=OPTIONS,
                key="B",
                explanation="旧解析",
                digest=question_digest(stem, OPTIONS),
            )
        )
    waiting = question_digest("旧待修", [])
    model("RepairRow").create(
        bank=bank,
        source="a.csv",
        row=3,
        code="key_empty",
        data={"problems": [["key_empty", "答案"]], "digest": waiting.hex()},
        raw={"题干": "旧待修"},
    )
    paper = model("Paper").create(
        code="p1", season="sc", title="旧卷", sealed=b"s", wrapped_key="w", plain_digest=b"d",
        made_at=AT,
    )  # fmt: skip
    for number, version in enumerate(reversed(versions), start=1):
        model("PaperItem").create(
            paper=paper, number=number, item_version=version, points=150, partial="none"
        )

    migrate("0004_one_way")

    assert Bank.objects.get().live
    with connection.cursor() as cursor:
        cursor.execute("SELECT json_agg(v)::text || (SELECT json_agg(r)::text FROM bank_repairrow r)"
                       " FROM bank_itemversion v")  # fmt: skip
        assert "旧" not in cursor.fetchone()[0]
    found = sealed.opened(ItemVersion.objects.order_by("pk"))
    assert [(it.stem, it.options, it.key, it.explanation) for it in found] == [
        ("旧题1", OPTIONS, "B", "旧解析"),
        ("旧题2", OPTIONS, "B", "旧解析"),
    ]
    assert [bytes(it.digest) for it in found] == [
        sealed.keyed(question_digest(it.stem, OPTIONS)) for it in found
    ]
    row = sealed.opened_repairs(RepairRow.objects.all())[0]
    assert (row.raw, row.data) == ({"题干": "旧待修"}, {"problems": [["key_empty", "答案"]]})
    assert bytes(row.digest) == sealed.keyed(waiting)
    kept = Paper.objects.get()
    assert kept.item_count == 2
    assert [it.item_version_id for it in selectors.composition_of(kept)] == [
        versions[1].pk,
        versions[0].pk,
    ]
    assert [it.points for it in selectors.key_of(kept)] == [Fraction(3, 2)] * 2
    assert "bank_paperitem" not in connection.introspection.table_names()
