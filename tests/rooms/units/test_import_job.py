"""A province's file: weighed and carried out by jobs that may die at any point."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.utils import translation
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.units import services, tasks
from leitai.units.enums import Level, UnitKind
from leitai.units.models import Unit, UnitChange, UnitImport, UnitImportLine
from leitai.units.selectors import import_page
from leitai.units.services import carrying, drafting, importing
from tests.factories.units import AT
from tests.rooms.units.test_views import client_of, text
from tests.rooms.units.trees import CHENGDU, plant

STATIONS = 1_500
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _tree(db, monkeypatch):
    plant()
    monkeypatch.setattr(importing, "PORTION", 400)  # several portions, as a province has
    monkeypatch.setattr("leitai.units.services.showing.PORTION", 400)


def province(ending: str = "站") -> bytes:
    rows = "".join(
        f"510104-{one:05d},510104,锦江区第{one}服务{ending},县（市、区）级,机构\n"
        for one in range(STATIONS)
    )
    return f"代码,上级代码,名称,层级,类别\n{rows}".encode()


def start(data: bytes | None = None, name: str = "单位.csv") -> UnitImport:
    file = SimpleUploadedFile(name, province() if data is None else data)
    return services.start_import(actor=CHENGDU, source=file, name=name, at=AT)


def planned(data: bytes | None = None) -> UnitImport:
    held = start(data)
    drafting.plan_import(held.pk, at=AT)
    held.refresh_from_db()
    return held


def confirm(held: UnitImport) -> UnitImport:
    return services.confirm_import(actor=CHENGDU, draft=held, digest=held.plan, at=AT)


def jobs(held: UnitImport) -> list[str]:
    mine = ProcrastinateJob.objects.filter(task_name__startswith="units.", args={"draft": held.pk})
    return list(mine.order_by("id").values_list("task_name", flat=True))


def stations() -> int:
    return Unit.objects.filter(code__startswith="510104-0").count()


def entries() -> list[str]:
    return list(LedgerEntry.objects.filter(act="units.imported", actor="7").values_list("subject"))


def test_a_large_file_is_weighed_and_carried_out_by_jobs():
    held = start()
    assert (held.state, jobs(held)) == ("reading", ["units.plan_import"])
    assert "锦江区" not in held.content  # sealed: it may be another file than was meant
    drafting.plan_import(held.pk, at=AT)
    held.refresh_from_db()
    assert (held.state, held.counts["created"], held.content) == ("ready", STATIONS, "")
    assert import_page(held, "").lines.count() == STATIONS
    confirm(held)
    assert jobs(held) == ["units.plan_import", "units.carry_import"]
    assert stations() == 0
    carrying.carry_import(held.pk, at=AT)
    held.refresh_from_db()
    assert (held.state, held.done, stations()) == ("done", STATIONS, STATIONS)
    assert len(entries()) == 1


def test_the_tasks_are_those_of_their_names():
    assert [tasks.plan_import.name, tasks.carry_import.name] == [drafting.PLAN, drafting.CARRY]


def test_a_small_file_needs_no_job():
    row = "510106,5101,金牛区,县（市、区）级,地区\n"
    held = start(f"代码,上级代码,名称,层级,类别\n{row}".encode())
    assert confirm(held).state == "done"
    assert jobs(held) == []


@pytest.mark.parametrize("at", ["_insert", "_update", "record"])
def test_a_death_in_the_middle_leaves_the_tree_and_the_next_round_carries_on(monkeypatch, at):
    first = planned(province("点"))
    confirm(first)
    carrying.carry_import(first.pk, at=AT)
    assert stations() == STATIONS
    held = planned(province("站") + "510104-0x,510104,新的服务站,县（市、区）级,机构\n".encode())
    assert (held.counts["renamed"], held.counts["created"]) == (STATIONS, 1)
    confirm(held)
    module = importing if at.startswith("_") else carrying
    with monkeypatch.context() as broken:
        broken.setattr(module, at, _dying(getattr(module, at)))
        with pytest.raises(KeyboardInterrupt):
            carrying.carry_import(held.pk, at=AT)
    held.refresh_from_db()
    assert (held.state, held.tries) == ("running", 1)
    assert not Unit.objects.filter(name__endswith="站", code__startswith="510104-0").exists()
    services.resume_imports(at=AT)
    held.refresh_from_db()
    assert held.state == "done"
    assert Unit.objects.filter(name__endswith="站", code__startswith="510104-0").count() == 1501
    assert UnitChange.objects.filter(kind="renamed").count() == STATIONS
    assert len(entries()) == 2
    carrying.carry_import(held.pk, at=AT)  # the job itself, if it still comes
    assert len(entries()) == 2


def test_a_death_while_weighing_is_made_good_by_the_next_round(monkeypatch):
    held = start()
    with monkeypatch.context() as broken:
        broken.setattr(drafting, "plan_digest", _dying(drafting.plan_digest))
        with pytest.raises(KeyboardInterrupt):
            drafting.plan_import(held.pk, at=AT)
    assert UnitImportLine.objects.count() == 0
    services.resume_imports(at=AT)
    held.refresh_from_db()
    assert (held.state, UnitImportLine.objects.count()) == ("ready", STATIONS)


def test_what_fails_again_and_again_is_given_up(monkeypatch):
    held = planned()
    confirm(held)
    with monkeypatch.context() as broken:
        broken.setattr(carrying, "record", _dying(carrying.record))
        for _ in range(drafting.TRIES):
            with pytest.raises(KeyboardInterrupt):
                services.resume_imports(at=AT)
    services.resume_imports(at=AT)
    held.refresh_from_db()
    assert (held.state, held.note, stations()) == ("failed", "unit_import_broken", 0)


def _dying(real):
    """As if the process had ended there: nothing catches this but the transaction."""

    def die(*args, **kwargs):
        real(*args, **kwargs)
        raise KeyboardInterrupt

    return die


def test_two_workers_never_carry_the_same_file():
    held = planned()
    confirm(held)
    beside = connections.create_connection("default")
    try:
        with beside.cursor() as cursor:
            key = f"units.import:{held.pk}"
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [key])
        carrying.carry_import(held.pk, at=AT)
        services.resume_imports(at=AT)
        held.refresh_from_db()
        assert (held.state, held.tries, stations()) == ("running", 0, 0)
        with beside.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        beside.close()
    carrying.carry_import(held.pk, at=AT)
    assert stations() == STATIONS


def test_progress_is_seen_from_outside_while_the_transaction_goes_on(monkeypatch):
    held, seen = planned(), []
    confirm(held)
    beside = connections.create_connection("default")
    real = importing._insert

    def look(*args):
        real(*args)
        with beside.cursor() as cursor:
            cursor.execute(
                "SELECT done, total, (SELECT count(*) FROM units_unit WHERE code LIKE '510104-0%%')"
                " FROM units_unitimport WHERE id = %s",
                [held.pk],
            )
            seen.append(cursor.fetchone())

    monkeypatch.setattr(importing, "_insert", look)
    carrying.carry_import(held.pk, at=AT)
    beside.close()
    assert seen == [(done, STATIONS, 0) for done in (0, 400, 800, 1200)]


def test_confirming_twice_defers_once():
    held = planned()
    confirm(held)
    with pytest.raises(DomainError, match="unit_import_running"):
        confirm(held)
    assert jobs(held) == ["units.plan_import", "units.carry_import"]


def test_an_unreadable_large_file_says_so_on_its_page():
    held = planned(b"PK\x03\x04" + b"x" * 100_000)
    assert (held.state, held.content) == ("failed", "")
    manager = client_of()
    UnitImport.objects.filter(pk=held.pk).update(by=manager.session["_auth_user_id"], at=now())
    page = text(manager.get(f"/units/import/{held.pk}/"))
    assert "未能读取这份文件" in page
    assert "打不开这个表格" in page


def test_the_job_speaks_the_language_of_whoever_uploaded():
    with translation.override("en"):
        level, kind = str(Level.COUNTY.label), str(UnitKind.BODY.label)
        english = province().decode().replace("县（市、区）级", f'"{level}"')
        english = english.replace("机构", kind)
        held = start(english.encode())
    assert level != "县（市、区）级"
    assert held.language == "en"
    drafting.plan_import(held.pk, at=AT)
    held.refresh_from_db()
    assert held.counts["wrong"] == 0


def test_progress_page_asks_again_by_itself_with_and_without_script():
    manager = client_of()
    sent = manager.post("/units/import/", {"file": SimpleUploadedFile("单位.csv", province())})
    address = sent.headers["Location"]
    page = text(manager.get(address))
    assert "正在核对" in page
    assert f'hx-get="{address}"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    held = UnitImport.objects.get()
    drafting.plan_import(held.pk, at=held.at)
    ready = manager.get(address)
    assert "hx-get" not in text(ready)
    assert 'http-equiv="refresh"' not in text(ready)
    manager.post(address, {"digest": ready.context["draft"].plan})
    UnitImport.objects.update(done=750)
    page = manager.get(address)
    assert "正在导入" in text(page)
    assert "750/1500行" in text(page)
    assert page.context["shown"].percent == 50
    assert manager.post(address, {"digest": ready.context["draft"].plan}).status_code == 422
    carrying.carry_import(held.pk, at=held.at)
    assert "导入已完成" in text(manager.get(address))
