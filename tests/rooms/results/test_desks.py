"""The office's desks as a browser asks for them: corrections, decisions, lists, names upwards."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leitai.ledger.models import Proposal
from leitai.results import services
from leitai.results.models import ScoreList, StageResult, UpwardList
from leitai.rulebook import editing
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, Resolution
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE, entry
from tests.rooms.results.test_lists import GOOD, PNG, book

pytestmark = pytest.mark.django_db
DESK = f"/office/{CODE}"
MARK = f"{DESK}/correct/heat/individual/{entry('5103-3')}/exam/"
FORM = {"status": "ok", "value": "90.50", "key_multiple": "20", "key_seconds": "3000"}


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.LEITAI_FILES = tmp_path


def signed_in(username, role):
    browser = Client()
    browser.force_login(make.account(username, role, season=CODE))
    return browser


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def file(data, name):
    return SimpleUploadedFile(name, data)


def test_a_correction_from_the_search_to_the_other_officers_approval():
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    desk, lead = signed_in("office", "office"), signed_in("lead", "leader")
    found = desk.get(f"{DESK}/correct/heat/", {"q": "5103-3"})
    assert MARK in found.content.decode()
    shown = desk.post(MARK, FORM | {"reason": "漏登一题", "look": "1"})
    assert "选手3（自贡市）进入总决赛。" in words(shown)
    assert Proposal.objects.count() == 0
    asked = desk.post(
        MARK, FORM | {"reason": "漏登一题", "propose": "1", "uploads_file": file(PNG, "答卷.png")}
    )
    proposal = Proposal.objects.get()
    assert (asked.status_code, asked["Location"]) == (302, f"/acts/{proposal.pk}/")
    assert "有更正正在等待批准" in words(desk.get(f"{DESK}/correct/heat/"))
    lead.post(f"/acts/{proposal.pk}/approve/")
    assert StageResult.objects.filter(stage__code="heat").latest("version").state == "published"
    public = words(Client().get(f"/s/{CODE}/results/heat/", {"tab": "advancement"}))
    assert "第 2 版，已更正" in public


def test_a_wrong_figure_stays_in_its_box_with_the_sentence():
    season = small.at_heat()
    small.held(season, "heat")
    desk = signed_in("office", "office")
    refused = desk.post(MARK, FORM | {"value": "九十", "reason": "漏登", "look": "1"})
    assert (refused.status_code, "最多2位小数" in words(refused)) == (422, True)
    assert 'value="九十"' in refused.content.decode()
    same = desk.post(MARK, FORM | {"value": "70.00", "reason": "漏登", "look": "1"})
    assert "现有成绩相同" in words(same)


def test_the_lead_confirms_a_list_on_its_page(monkeypatch):
    text = editing.set_value(small.TEXT, "stages.heat.advance[1].confirm", "竞赛组委会")
    monkeypatch.setattr(small, "TEXT", text)
    services.compute_stage(actor=OFFICE, season=small.at_heat(), stage="heat", at=AT)
    lead = signed_in("lead", "leader")
    address = f"{DESK}/results/heat/1/decide/0/"
    assert address in lead.get(f"{DESK}/results/heat/").content.decode()
    page = words(lead.get(address))
    assert "名单共2名，须经竞赛组委会确认后生效" in page
    done = lead.post(address, {"note": "7月18日组委会会议", "uploads_file": file(PNG, "纪要.png")})
    assert done.status_code == 302
    assert Resolution.objects.get().order == [entry("51-province-1"), entry("51-province-2")]


def test_a_vote_is_keyed_with_places_and_witnesses(monkeypatch):
    text = editing.set_value(small.TEXT, "stages.heat.ranking.unbroken", "vote")
    monkeypatch.setattr(small, "TEXT", text)
    tied = {**small.HEAT, "5103-3": small.HEAT["5103-2"]}
    services.compute_stage(actor=OFFICE, season=small.at_heat(tied), stage="heat", at=AT)
    desk = signed_in("office", "office")
    address = f"{DESK}/results/heat/1/decide/0/"
    form = {"place_1": "1", "place_2": "1", "note": "表决", "witnesses": "岑雪桥 监督组"}
    assert "次序须写全" in words(desk.post(address, form))
    assert desk.post(address, form | {"place_1": "2"}).status_code == 302
    assert Resolution.objects.get().order == [entry("5103-3"), entry("5103-2")]


def test_a_withdrawal_is_followed_by_moving_up():
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    desk, lead = signed_in("office", "office"), signed_in("lead", "leader")
    assert "没有空出的名额" in words(desk.get(f"{DESK}/moving/"))
    row = Entry.objects.get(stage__code="final", code=entry("5103-2"))
    seasons.withdraw_entry(
        actor=OFFICE, season=season, stage="final", entry=row, reason="因病", at=AT
    )
    page = words(desk.get(f"{DESK}/moving/"))
    assert "选手2 （自贡市） 退赛 总决赛空出一个名额" in page
    desk.post(f"{DESK}/moving/up/", {"stage": "heat", "reason": "因病退赛"})
    lead.post(f"/acts/{Proposal.objects.get().pk}/approve/")
    assert Entry.objects.get(stage__code="final", code=entry("5103-3")).state == "confirmed"


def test_a_signed_list_is_taken_and_its_bad_rows_are_shown():
    season = small.open_season()
    small.held(season, "selection")
    desk = signed_in("office", "office")
    form = {"of": "heat/individual/exam", "by": "就业服务中心", "note": ""}
    bad = desk.post(
        f"{DESK}/marks/",
        form
        | {
            "file": file(book([["x-1", "", "", "9", ""]]), "成绩.xlsx"),
            "uploads_file": file(PNG, "签字.png"),
        },
    )
    assert "名单中没有“x-1”" in words(bad)
    unsigned = desk.post(f"{DESK}/marks/", form | {"file": file(book(GOOD), "成绩.xlsx")})
    assert "请上传签字的成绩单扫描件" in words(unsigned)
    taken = desk.post(
        f"{DESK}/marks/",
        form | {"file": file(book(GOOD), "成绩.xlsx"), "uploads_file": file(PNG, "签字.png")},
    )
    made = ScoreList.objects.get()
    assert taken["Location"] == f"{DESK}/marks/{made.pk}/"
    page = words(desk.get(taken["Location"]))
    assert "签字.png" in page
    assert "选手1 成都市 95.50分" in page
    template = desk.get(f"{DESK}/marks/template.xlsx", {"of": form["of"]})
    assert template.content[:2] == b"PK"


def test_names_go_upwards_and_the_answer_comes_back():
    season = small.at_final(publish=True)
    small.held(season, "final", publish=True)
    desk = signed_in("office", "office")
    begun = desk.post(f"{DESK}/upward/", {"goal": "", "title": "全国赛名单", "to": "全国组委会"})
    address = begun["Location"]
    codes = f"{entry('5103-1')}\n{entry('5101-1')}"
    assert desk.post(address, {"codes": codes, "kind": "own"}).status_code == 302
    first, second = UpwardList.objects.get().rows.all()
    moved = {f"place-{first.pk}": "2", f"place-{second.pk}": "1", f"kind-{first.pk}": "recommended"}
    desk.post(address, moved | {f"kind-{second.pk}": "own", "codes": "", "kind": "own"})
    rows = [(r.entry.code, r.kind) for r in UpwardList.objects.get().rows.all()]
    assert rows == [(entry("5101-1"), "own"), (entry("5103-1"), "recommended")]
    namesakes = desk.post(address, {"codes": "选手2", "kind": "own"})
    assert namesakes.status_code == 422
    assert f"“选手2”不止一人：{entry('5101-2')}（" in words(namesakes)
    unknown = desk.post(address, {"codes": "2022-9-9", "kind": "own"})
    assert (unknown.status_code, "2022-9-9" in words(unknown)) == (422, True)
    desk.post(f"{address}step/freeze/")
    printed = desk.get(f"{address}print/")
    assert (printed["Content-Type"], printed.content[:4]) == ("application/pdf", b"%PDF")
    desk.post(f"{address}step/send/", {"uploads_file": file(PNG, "盖章.png")})
    assert UpwardList.objects.get().state == "sent"
    head = ["姓名", "单位", "是否入选", "名次"]
    sheet = book([["选手1", "自贡市", "是", "3"]], head)
    told = {"source": "公布〔2022〕3号", "contest": "全国赛", "day": "2022-08-30"}
    taken = desk.post(f"{address}answer/", told | {"file": file(sheet, "结果.xlsx")})
    page = taken["Location"]
    assert "有 1 行不能确定是谁" in words(desk.get(page))
    line = UpwardList.objects.get().answers.get().rows.get()
    desk.post(f"{page}{line.pk}/", {"person": "p-5103-1"})
    done = desk.post(f"{page}record/", follow=True)
    assert "已登记，新增1条" in words(done)


def test_the_desk_leads_everywhere_and_counts_interventions():
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    desk = signed_in("office", "office")
    page = words(desk.get(f"{DESK}/results/"))
    assert "人工干预统计" in page
    assert desk.post(f"{DESK}/results/heat/1/final/").status_code == 302
    assert "已定稿" in words(Client().get(f"/s/{CODE}/results/heat/"))


def test_lists_that_the_public_may_not_see_are_not_even_linked():
    season = small.open_season()
    small.held(season, "selection", publish=True)
    small.score(season, "heat", small.HEAT)
    small.held(season, "heat", publish=True)
    page = Client().get(f"/s/{CODE}/results/heat/").content.decode()
    assert f"/s/{CODE}/results/selection/" not in page
    assert Client().get(f"/s/{CODE}/results/selection/1/standings.json").status_code == 404
    assert Client().get(f"/s/{CODE}/results/heat/1/standings.json").status_code == 200


def test_a_desk_of_many_asks_the_database_a_bounded_number_of_times(django_assert_max_num_queries):
    season = small.at_heat()
    small.more_people(season, 40)
    desk = signed_in("office", "office")
    with django_assert_max_num_queries(40):
        desk.get(f"{DESK}/correct/heat/")
