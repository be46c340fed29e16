"""A platform's large file: read and taken in by jobs that tell how far they are, by portions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.people.models import Account
from leitai.practice.models import Outside, OutsideDoubt, OutsideDraft
from leitai.practice.services import outside
from leitai.practice.services.outside import drafting, taking, working
from leitai.seasons.models import Fact
from tests.factories import people as make_people
from tests.rooms.practice.test_outside import AT, DAY, PLATFORM, id_number, name, phone, xlsx
from tests.rooms.practice.test_outside import season as season  # noqa: PLC0414  (a fixture)
from tests.rooms.practice.test_outside import thirty as thirty  # noqa: PLC0414

pytestmark = pytest.mark.django_db
CODE = "sichuan-2022"
DESK = f"/office/{CODE}/practice/outside/"
HEADINGS = ("姓名", "身份证号", "手机号", "单位", "积分项目", "积分")


@pytest.fixture
def office(thirty) -> Actor:
    """Two thousand lines are many here: three."""
    account = make_people.account("importer", "office", season=CODE)
    return make_people.actor("office", season=CODE, account=str(account.pk))


@pytest.fixture(autouse=True)
def small_house(monkeypatch):
    monkeypatch.setattr(drafting, "AT_ONCE", 3)
    monkeypatch.setattr(taking, "AT_ONCE", 3)
    monkeypatch.setattr(drafting, "PORTION", 2)
    monkeypatch.setattr(working, "PORTION", 2)


def rows(*numbers: int) -> list[tuple[object, ...]]:
    return [(name(n), id_number(n), phone(n), "成都市", "日日学", str(900 + n)) for n in numbers]


def start(office: Actor, lines: list[tuple[object, ...]]) -> OutsideDraft:
    return outside.start_outside(
        actor=office,
        season=CODE,
        source=PLATFORM,
        as_of=DAY,
        file=xlsx(lines, HEADINGS),
        name="平台导出.xlsx",
        at=AT,
    )


def confirm(office: Actor, draft: OutsideDraft) -> dict[str, int] | None:
    return outside.confirm_outside(actor=office, season=CODE, code=draft.code, at=AT)


def jobs(name_: str) -> list[dict[str, object]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=name_)]


def standing(draft: OutsideDraft) -> OutsideDraft:
    return OutsideDraft.objects.get(pk=draft.pk)


def test_a_large_file_is_kept_sealed_read_by_a_job_and_taken_in_by_another(office, thirty):
    stranger = (name(31), id_number(31), phone(31), "成都市", "日日学", "931")
    doubtful = ("别名", "", phone(9), "成都市", "日日学", "909")
    draft = start(office, [*rows(1, 2, 3, 4, 5), stranger, doubtful])
    assert (draft.state, draft.rows, draft.total) == ("reading", [], 7)
    assert id_number(1) not in draft.content
    assert draft.content
    assert jobs("practice.outside_read") == [{"draft": draft.code}]
    with pytest.raises(DomainError, match="outside_running"):
        confirm(office, draft)

    outside.read_draft(draft.code, at=AT)
    held = standing(draft)
    assert (held.state, held.content, held.done, held.total) == ("ready", "", 7, 7)
    assert [row["state"] for row in held.rows] == ["new"] * 5 + ["unknown", "doubt"]
    assert not Outside.objects.exists()

    assert confirm(office, held) is None
    assert jobs("practice.outside_take") == [{"draft": draft.code}]
    outside.take_draft(draft.code, at=AT)
    held = standing(draft)
    assert (held.state, held.done, held.rows) == ("done", 7, [])
    assert (held.counts["new"], held.counts["unknown"], held.counts["doubt"]) == (5, 1, 1)
    values = Outside.objects.order_by("value").values_list("value", flat=True)
    assert list(values) == ["901", "902", "903", "904", "905"]
    assert Fact.objects.filter(source__startswith=PLATFORM).count() == 5
    assert OutsideDoubt.objects.count() == 1
    assert LedgerEntry.objects.filter(act="practice.outside_imported").count() == 1


def test_a_process_that_dies_leaves_whole_portions_and_the_next_goes_on(
    office, thirty, monkeypatch
):
    draft = start(office, rows(1, 2, 3, 4, 5))
    outside.read_draft(draft.code, at=AT)
    confirm(office, draft)
    real, calls = working.take_lines, []

    def dies(*told):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*told)

    monkeypatch.setattr(working, "take_lines", dies)
    with pytest.raises(KeyboardInterrupt):
        outside.take_draft(draft.code, at=AT)
    assert (standing(draft).done, Outside.objects.count()) == (2, 2)
    monkeypatch.setattr(working, "take_lines", real)
    now = datetime.now(UTC)
    outside.resume_drafts(at=now)  # it spoke just now
    assert standing(draft).done == 2
    outside.resume_drafts(at=now + timedelta(minutes=4))
    assert (standing(draft).state, Outside.objects.count()) == ("done", 5)
    assert standing(draft).counts["new"] == 5


def test_two_values_of_one_person_and_day_are_refused_across_portions(office, thirty):
    twice = (name(1), id_number(1), phone(1), "成都市", "日日学", "999")
    draft = start(office, [*rows(1, 2, 3, 4), twice])
    outside.read_draft(draft.code, at=AT)
    assert [row["state"] for row in standing(draft).rows][-1] == "bad"
    confirm(office, draft)
    outside.take_draft(draft.code, at=AT)
    assert Outside.objects.get(person__code="p1").value == "901"


def test_a_file_of_which_processes_die_is_given_up_with_a_sentence(office, thirty):
    draft = start(office, rows(1, 2, 3, 4))
    OutsideDraft.objects.filter(pk=draft.pk).update(tries=3, told_at=AT - timedelta(hours=1))
    outside.resume_drafts(at=AT)
    held = standing(draft)
    assert (held.state, held.content) == ("failed", "")
    assert held.note.startswith("读取或登记时程序多次中断")


def test_the_page_shows_how_far_it_is_and_then_the_preview(office, thirty):
    client = Client()
    client.force_login(Account.objects.get(pk=office.account))
    file = xlsx(rows(1, 2, 3, 4), HEADINGS)
    file.name = "平台导出.xlsx"
    sent = client.post(DESK, {"source": PLATFORM, "as_of": "2022-06-05", "file": file})
    draft = OutsideDraft.objects.get()
    assert sent["Location"] == f"{DESK}drafts/{draft.code}/"
    page = client.get(sent["Location"]).content.decode()
    assert "正在读取、对应人员" in page
    assert "确认导入" not in page
    outside.read_draft(draft.code, at=datetime.now(UTC))
    page = client.get(sent["Location"]).content.decode()
    assert "确认导入" in page
    assert "可以导入" in page
    again = client.post(sent["Location"])
    assert again["Location"] == sent["Location"]
    assert "正在登记" in client.get(sent["Location"]).content.decode()
    outside.take_draft(draft.code, at=datetime.now(UTC))
    assert "已导入4行" in client.get(sent["Location"]).content.decode()
    assert "已登记" in client.get(DESK).content.decode()
