"""Large files of people: kept by portions, planned and taken by jobs that may die."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from procrastinate.contrib.django.models import ProcrastinateJob

from leitai.ledger.models import LedgerEntry
from leitai.people import selectors, services, workbook
from leitai.people.models import Account, ImportDraft, ImportPart, Person, Personal
from leitai.people.services import NewPerson, importing, parts, taking
from leitai.people.services.planning import HEADINGS
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged
from tests.rooms.people.numbers import id_number

pytestmark = pytest.mark.django_db
BODY = "5101-rsj"
AT = make.SINCE + timedelta(days=60)
LATER = AT + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _large(monkeypatch):
    """Three rows are a portion, and more than one a large file."""
    load_packaged()
    monkeypatch.setattr(importing, "BATCH", 3)


@pytest.fixture
def manager():
    make.account("he", "unit_manager", unit="5101")
    return selectors.actor_of_account("he", at=AT)


def file(names, wrong=()):
    """A CSV of so many people; the ID numbers of some are cut short."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["姓名", "身份证号码", "单位代码"])
    for order, name in enumerate(names, start=1):
        number = id_number(order=order)
        writer.writerow([name, number[:17] if name in wrong else number, BODY])
    return io.BytesIO(text.getvalue().encode())


def names(count):
    return [f"选手{'甲乙丙丁戊己庚辛'[n]}" for n in range(count)]


def start(actor, rows, wrong=()):
    return services.start_import(actor=actor, source=file(rows, wrong), name="people.csv", at=AT)


def ready(actor, rows, wrong=()):
    draft = start(actor, rows, wrong)
    importing.plan_import(draft, at=AT)
    draft.refresh_from_db()
    assert draft.state == "ready"
    return draft


def confirmed(actor, rows, wrong=(), said=()):
    draft = ready(actor, rows, wrong)
    return services.confirm_import(actor=actor, draft=draft, said=dict(said), at=AT)


def jobs():
    return sorted(ProcrastinateJob.objects.values_list("task_name", flat=True))


def silent():
    """As of a job that died."""
    ImportDraft.objects.update(told_at=AT)


def test_a_large_file_is_planned_and_taken_by_jobs_in_portions(manager):
    draft = start(manager, names(8))
    assert (draft.state, jobs()) == ("reading", ["people.plan_import"])
    importing.plan_import(draft, at=AT)
    assert (draft.state, draft.counts["new"], draft.total) == ("ready", 8, 8)
    assert list(draft.parts.order_by("number").values_list("size", flat=True)) == [3, 3, 2]
    running = services.confirm_import(actor=manager, draft=draft, said={}, at=AT)
    assert (running.state, Person.objects.count()) == ("running", 0)
    assert jobs() == ["people.carry_import", "people.plan_import"]
    importing.carry_import(running, at=AT)
    assert (running.state, running.counts["new"], running.done) == ("done", 8, 8)
    assert Person.objects.count() == 8
    assert LedgerEntry.objects.filter(act="people.imported").count() == 3
    importing.carry_import(running, at=AT)
    assert Person.objects.count() == 8


def test_a_large_file_that_cannot_be_read_says_so(manager, monkeypatch):
    monkeypatch.setattr(importing, "SMALL", 0)
    source = io.BytesIO("名字\n贺知秋\n".encode())
    draft = services.start_import(actor=manager, source=source, name="people.csv", at=AT)
    importing.plan_import(draft, at=AT)
    assert draft.state == "failed"
    assert "缺少列：姓名" in draft.note
    assert draft.content == ""


def test_what_is_wrong_comes_back_from_every_portion_and_nothing_else(manager):
    wrong = ["选手乙", "选手戊", "选手辛"]
    draft = ready(manager, names(8), wrong)
    assert [row["cells"]["name"] for row in parts.rows_to_mend(draft)] == wrong
    done = services.confirm_import(actor=manager, draft=draft, said={}, at=AT)
    importing.carry_import(done, at=AT)
    assert (done.counts["new"], done.counts["back"], parts.count_back(done)) == (5, 3, 3)
    assert [(number, cells["name"]) for number, cells, _why in parts.rows_back(done)] == [
        (3, "选手乙"), (6, "选手戊"), (9, "选手辛"),
    ]  # fmt: skip
    assert [row["number"] for row in parts.shown_rows(done)["wrong"]] == [3, 6, 9]
    assert set(ImportPart.objects.values_list("content", flat=True)) == {""}


def test_rows_in_doubt_are_answered_in_whatever_portion_they_stand(manager):
    for code, name in (("d", "选手丁"), ("f", "选手己")):
        person = NewPerson(code, name, BODY)
        services.create_person(actor=HOUSE, person=person, at=make.SINCE)
    done = confirmed(manager, names(8), said={5: "d"})
    importing.carry_import(done, at=AT)
    assert (done.counts["new"], done.counts["changed"], done.counts["back"]) == (6, 1, 1)
    assert [row["cells"]["name"] for row in parts.rows_to_mend(done)] == ["选手己"]
    assert Personal.objects.get(person__code="d").id_number


def test_the_whole_file_stands_nowhere_readable(manager):
    confirmed(manager, names(8), ["选手乙"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT json_agg(d) FROM people_importdraft d)::text"
            " || (SELECT json_agg(p) FROM people_importpart p)::text"
        )
        (dump,) = cursor.fetchone()
    for secret in (id_number(order=1), id_number(order=2)[:17], "选手甲"):
        assert secret not in dump


def test_a_job_that_died_while_reading_is_begun_anew(manager, monkeypatch):
    draft = start(manager, names(8))
    keep = parts.keep_part

    def die(draft, number, rows):
        if number == 2:
            raise MemoryError
        keep(draft, number, rows)

    monkeypatch.setattr(parts, "keep_part", die)
    with pytest.raises(MemoryError):
        importing.plan_import(draft, at=AT)
    monkeypatch.setattr(parts, "keep_part", keep)
    silent()
    importing.resume_imports(at=LATER)
    draft.refresh_from_db()
    assert (draft.state, draft.counts["new"], draft.tries) == ("ready", 8, 0)
    assert list(draft.parts.order_by("number").values_list("size", flat=True)) == [3, 3, 2]


def test_a_job_that_died_while_taking_goes_on_with_the_next_portion(manager, monkeypatch):
    draft = confirmed(manager, names(8), ["选手乙"])
    take, seen = taking.take, []

    def die(*args, **more):
        seen.append(1)
        if len(seen) == 2:
            raise MemoryError
        return take(*args, **more)

    monkeypatch.setattr(taking, "take", die)
    with pytest.raises(MemoryError):
        importing.carry_import(draft, at=AT)
    draft.refresh_from_db()
    assert (draft.state, draft.done, Person.objects.count()) == ("running", 3, 2)
    importing.resume_imports(at=LATER)  # told just now: nobody is dead
    assert Person.objects.count() == 2
    silent()
    importing.resume_imports(at=LATER)
    draft.refresh_from_db()
    assert (draft.state, draft.done, draft.counts["new"], draft.counts["back"]) == (
        "done", 8, 7, 1,
    )  # fmt: skip
    assert len(seen) == 4
    assert Person.objects.count() == 7


def test_a_file_that_everybody_dies_of_is_given_up(client, manager):
    draft = confirmed(manager, names(8))
    ImportDraft.objects.update(tries=importing.TRIES)
    silent()
    importing.resume_imports(at=LATER)
    draft.refresh_from_db()
    assert (draft.state, draft.content, draft.parts.count()) == ("failed", "", 0)
    client.force_login(Account.objects.get(username="he"))
    ImportDraft.objects.update(expires_at=F("expires_at") + timedelta(days=10_000))
    page = client.get(f"/people/import/{draft.code}/").content.decode()
    assert "导入多次中断" in page
    assert "未能读取这份文件" not in page


def test_each_resumption_is_counted(manager, monkeypatch):
    draft = confirmed(manager, names(8))
    monkeypatch.setattr(taking, "take", lambda *_args, **_more: 1 / 0)
    for tries in (1, 2, 3):
        silent()
        with pytest.raises(ZeroDivisionError):
            importing.resume_imports(at=LATER)
        draft.refresh_from_db()
        assert (draft.state, draft.tries) == ("running", tries)
    silent()
    importing.resume_imports(at=LATER)
    draft.refresh_from_db()
    assert draft.state == "failed"


def test_a_file_taken_away_while_it_is_read_stays_away(manager):
    draft = start(manager, names(8))
    found = ImportDraft.objects.get()
    services.drop_import(actor=manager, draft=draft)
    importing.plan_import(found, at=AT)
    assert not ImportDraft.objects.exists()
    assert not ImportPart.objects.exists()


def test_many_rows_come_back_as_csv_and_go_in_when_mended(client, manager, monkeypatch):
    monkeypatch.setattr(workbook, "MOST", 2)
    client.force_login(Account.objects.get(username="he"))
    wrong = ["选手乙", "选手戊", "选手辛"]
    draft = ready(manager, names(8), wrong)
    ImportDraft.objects.update(expires_at=F("expires_at") + timedelta(days=10_000))
    answer = client.get(f"/people/import/{draft.code}/rest/")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    data = b"".join(answer.streaming_content)
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert head == [*HEADINGS.values(), "原因"]
    assert [row[0] for row in rows] == wrong
    assert all("应为18位" in row[-1] for row in rows)
    again = data.decode("utf-8-sig")
    for order in (2, 5, 8):
        again = again.replace(f"{id_number(order=order)[:17]},", f"{id_number(order=order)},")
    monkeypatch.setattr(importing, "BATCH", 100)
    mended = services.start_import(
        actor=manager, source=io.BytesIO(again.encode()), name="rest.csv", at=AT
    )
    assert (mended.counts["new"], mended.counts["wrong"]) == (3, 0)


def test_a_page_that_waits_does_not_read_the_file(client, manager):
    draft = confirmed(manager, names(8))
    ImportDraft.objects.update(
        expires_at=F("expires_at") + timedelta(days=10_000), content="x", shown="x"
    )
    client.force_login(Account.objects.get(username="he"))
    page = client.get(f"/people/import/{draft.code}/").content.decode()
    assert "0/8行" in page
