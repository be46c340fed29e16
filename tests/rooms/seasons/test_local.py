"""Stages that each delegation holds for itself: plans, reports, recommending, and the board."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leitai.base.errors import text_of
from leitai.files.models import StoredFile
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.seasons import selectors, services
from leitai.seasons.enums import LocalState
from leitai.seasons.selectors.local import local_board, local_row
from tests.factories import people
from tests.factories import seasons as make
from tests.factories.units import csv_file

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OPENS = make.AT + 10 * DAY
CLOSES = OPENS + timedelta(hours=2)
ZIGONG = people.actor("local_office", season=make.CODE, unit="51/5103/", account="33")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SHEET = "名次,姓名,单位,成绩\n1,左清扬,自贡市就业服务局,91.5\n2,江未晚,自贡市社保局,88\n"


def refused(code, call, /, **named):
    with pytest.raises(DomainError) as caught:
        call(**named)
    assert caught.value.code == code
    return text_of(caught.value)


def plan(season, **more):
    return services.plan_local(
        **{
            "actor": ZIGONG,
            "season": season,
            "stage": "selection",
            "delegation": "5103",
            "how": "reported",
            "opens_at": OPENS,
            "closes_at": CLOSES,
            "at": make.AT,
        }
        | more
    )


def report(season, text=SHEET, *, at=CLOSES, **more):
    rows = services.read_results(csv_file(text, "results.csv"), "results.csv")
    return services.report_local(
        **{
            "actor": ZIGONG,
            "season": season,
            "stage": "selection",
            "delegation": "5103",
            "rows": rows,
            "at": at,
        }
        | more
    )


def states(at, actor=make.OFFICE):
    board = local_board(actor, make.CODE, "selection", at=at)
    return {row.delegation.unit.code: row.state for row in board.rows}


def test_the_board_follows_each_delegation_by_its_plan_and_the_clock():
    season = make.opened()
    assert set(states(make.AT).values()) == {LocalState.UNSET}
    plan(season)
    assert states(make.AT)["5103"] == LocalState.DATED
    assert states(OPENS)["5103"] == LocalState.RUNNING
    assert states(CLOSES)["5103"] == LocalState.HELD
    report(season)
    assert states(CLOSES)["5103"] == LocalState.REPORTED
    assert states(CLOSES)["5101"] == LocalState.UNSET


def test_the_board_counts_and_says_who_is_late():
    season = make.opened()
    plan(season)
    make.nominated(season, "5101", 2)
    after = make.WINDOWS["selection"][1]
    board = local_board(make.OFFICE, make.CODE, "selection", at=after)
    assert {str(state): count for state, _shape, count in board.counts} == {
        "unset": 21,
        "dated": 0,
        "running": 0,
        "held": 1,
        "reported": 0,
        "recommends": 0,
    }
    assert (len(board.rows), board.handed_in) == (22, 1)
    chengdu = next(row for row in board.rows if row.delegation.unit.code == "5101")
    zigong = next(row for row in board.rows if row.delegation.unit.code == "5103")
    assert (chengdu.tally.entries, chengdu.wanted, chengdu.late) == (2, 40, False)
    assert (zigong.late, zigong.shape) == (True, "late")


def test_a_delegations_own_people_see_their_own_row_alone():
    make.opened()
    assert list(states(make.AT, ZIGONG)) == ["5103"]
    stranger = people.actor("exam_officer", season=make.CODE)
    refused("forbidden", lambda: states(make.AT, stranger))
    refused(
        "forbidden",
        lambda: local_row(ZIGONG, make.CODE, "selection", "5101", at=make.AT),
    )


def test_a_contest_needs_its_time_and_foreign_delegations_are_closed():
    season = make.opened()
    assert refused("local_time", plan, season=season, opens_at=None).startswith(
        "请填写市（州）选拔赛的开始和结束时间"
    )
    refused("window_backwards", plan, season=season, closes_at=OPENS)
    refused("forbidden", plan, season=season, delegation="5101")
    refused("local_stage_unknown", plan, season=season, stage="final")
    refused("local_how", plan, season=season, how="vote")


def test_recommending_is_for_rulebooks_that_leave_the_way_to_the_hosts(tmp_path):
    season = make.opened()
    assert refused("local_must_hold", plan, season=season, how="recommended", note="x") == (
        "竞赛规则要求举办市（州）选拔赛，不能直接推荐。请填写举办时间。"
    )
    free = selectors.rulebook_of(season).text.replace(
        "    hosts: delegations\n", "    hosts: delegations\n    rules: hosts\n", 1
    )
    draft = services.begin_draft(actor=make.OFFICE, season=season, text=free, at=make.AT)
    services.adopt_draft(
        actor=make.OFFICE, draft=draft, revision=draft.revision, reason="补充通知", at=make.AT
    )
    season = selectors.get_season(make.CODE)
    assert refused("local_reason", plan, season=season, how="recommended").startswith("不办")
    plan(season, how="recommended", note="防疫要求，按平时积分推荐")
    assert states(make.AT)["5103"] == LocalState.RECOMMENDS
    refused("local_no_contest", lambda: report(season))


def test_results_come_as_a_list_and_stand_in_the_record_by_digest():
    season = make.opened()
    plan(season)
    refused("local_early", lambda: report(season, at=OPENS - DAY))
    held = report(season)
    assert held.results == [
        ["1", "左清扬", "自贡市就业服务局", "91.5"],
        ["2", "江未晚", "自贡市社保局", "88"],
    ]
    entry = LedgerEntry.objects.get(chain=make.CODE, act="local.reported")
    assert "左清扬" not in bytes(entry.payload).decode()
    refused("local_reported", plan, season=season)
    report(season, "姓名,成绩\n左清扬,92\n")
    assert LedgerEntry.objects.filter(chain=make.CODE, act="local.corrected").count() == 1


def test_a_bad_list_names_each_row_and_is_not_taken():
    with pytest.raises(Problems) as caught:
        services.read_results(
            io.BytesIO("名次,姓名,成绩\n一,左清扬,91\n2,,88\n3,江未晚,八十\n".encode()), "r.csv"
        )
    assert [(one.place, one.code) for one in caught.value.problems] == [
        ("第2行", "local_results_rank"),
        ("第3行", "local_results_name"),
        ("第4行", "local_results_score"),
    ]


def test_a_report_that_is_due_is_a_duty_until_it_is_there():
    season = make.opened()
    plan(season)
    due = make.WINDOWS["selection"][1]
    keys = [one.key for one in selectors.list_duties(season, at=due)]
    assert "report:selection:5103" in keys
    report(season)
    assert "report:selection:5103" not in [one.key for one in selectors.list_duties(season, at=due)]


def test_pages_of_the_board(client, settings, tmp_path):
    settings.LEITAI_FILES = tmp_path
    season = make.opened()
    manager = people.account("zigong", "local_office", unit="5103", season=make.CODE)
    client.force_login(manager)
    address = f"/office/{make.CODE}/local/selection/5103/"
    form = {"how": "reported", "opens_at": "2022-05-10T09:00", "closes_at": "2022-05-10T08:00"}
    bad = client.post(address, form)
    assert bad.status_code == 422
    assert "2022-05-10T08:00" in bad.content.decode()
    good = client.post(address, form | {"closes_at": "2022-05-10T11:00", "place": "自贡会展中心"})
    assert good.status_code == 302
    assert "自贡会展中心" in client.get(f"/office/{make.CODE}/local/selection/").content.decode()
    file = csv_file("姓名,成绩\n左清扬,九十\n", "r.csv")
    wrong = client.post(f"{address}results/", {"file": file})
    assert wrong.status_code == 422
    assert "成绩“九十”不是数字" in wrong.content.decode()
    scan = SimpleUploadedFile("盖章成绩单.pdf", PDF, content_type="application/pdf")
    told = {"file": csv_file(SHEET, "r.csv"), "signed_file": scan}
    assert client.post(f"{address}results/", told).status_code == 302
    own = client.get(address).content.decode()
    assert "左清扬" in own
    assert "盖章成绩单.pdf" in own
    [kept] = StoredFile.objects.filter(kind="local-result")
    assert client.get(f"/files/{kept.pk}/{kept.name}").status_code == 200
    client.force_login(people.account("other", "local_office", unit="5101", season=make.CODE))
    assert client.get(f"/files/{kept.pk}/{kept.name}").status_code == 404
    client.force_login(manager)
    assert client.get(f"/office/{make.CODE}/local/selection/5101/").status_code == 403
    assert season.code == make.CODE
