"""情况通报: the paper's words worked out by hand, issued for every city, filed with a number."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from leitai.documents.docx_showing import show
from leitai.documents.pages import texts_of
from leitai.insight import selectors, services, wording
from leitai.insight.counting import Figures, Held, Topic
from leitai.insight.models import Copy, Report
from leitai.insight.services import rolling
from leitai.insight.wording import Known, Row
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.people.enums import Role
from leitai.units.models import Unit
from tests.factories import people as make
from tests.factories import seasons
from tests.rooms.insight.land import SEASON, learner, roster, studied

AT = datetime(2022, 4, 11, 1, 0, tzinfo=UTC)
OFFICE = make.actor("office", season=SEASON, account="9")
FIRST, LAST = date(2022, 4, 4), date(2022, 4, 10)


def _known(**other):
    rows = [
        Row("甲县", Figures(due=10, persons=5, times=7, answers=10, correct=9)),
        Row("乙县", Figures(due=10, persons=9, times=9)),
        Row("丙县", Figures(persons=1, times=1)),
        Row("丁县", Figures(due=4, persons=2)),
    ]
    now = Figures(
        due=24, registered=20, persons=17, days=30, times=17, answers=10, correct=9,
        points={"weekly": Decimal("14.50")}, titles={"star": Held(2, 3)},
    )  # fmt: skip
    values = {
        "activity": "技能练兵",
        "unit": "某市",
        "first": FIRST,
        "last": LAST,
        "now": now,
        "before": Figures(due=20, persons=15),
        "rows": rows,
        "topics": [Topic("社会保险", 10, 6), Topic("劳动关系", 8, 6), Topic("", 9, 9)],
        "ledgers": {"daily": "日日学", "weekly": "周周练"},
        "titles": {"star": "日日学之星"},
        "ranked": True,
    } | other
    return Known(**values)


def test_fields_say_figures_comparison_and_who_stands_where():
    values = wording.values_of(_known())
    assert set(values) | {wording.TABLE} == {*wording.FIELDS, wording.NUMBER}
    # 17 of 24 is 70.83…, 15 of 20 is 75
    assert {name: values[name] for name in wording.FIELDS[2:-1]} == {
        "时段": "2022年4月4日至10日",
        "截止日": "2022年4月10日",
        "应参学人数": "24",
        "已注册人数": "20",
        "参学人数": "17",
        "参学率": "70.8%",
        "参学人数变化": "较上一同等时段增加2人",
        "参学率变化": "较上一同等时段下降4.2个百分点",
        "人次": "17",
        "人天": "30",
        "正确率": "90.0%",
        "积分情况": "周周练14.5分",
        "称号情况": "获“日日学之星”2人",
        "高于平均的单位": "乙县",
        "低于平均的单位": "甲县、丁县",
        "未确认花名册的单位": "丙县",
        "薄弱模块": "社会保险（正确率60.0%）、劳动关系（正确率75.0%）",
    }


def test_the_table_ranks_only_where_the_rules_have_a_board():
    ranked = wording.table_of(_known())
    assert ranked[0][:3] == ["名次", "单位", "应参学人数"]
    assert [row[:2] + row[4:5] for row in ranked[1:]] == [
        ["1", "乙县", "90.0%"],
        ["2", "甲县", "50.0%"],
        ["2", "丁县", "50.0%"],
        ["—", "丙县", "—"],
        ["", "合计", "70.8%"],
    ]
    plain = wording.table_of(_known(ranked=False))
    assert [row[:2] for row in plain] == [
        ["序号", "单位"], ["1", "甲县"], ["2", "乙县"], ["3", "丙县"], ["4", "丁县"], ["", "合计"],
    ]  # fmt: skip


def test_a_paper_says_who_took_part_outside_the_rosters():
    """17 took part, 5 of them where no roster is: 12 of 24."""
    now = Figures(due=24, persons=17, outside=5)
    [head, table, note] = wording.parts_of("参学率{{参学率}}\n{{各单位情况表}}", _known(now=now))
    assert head[1] == "参学率50.0%"
    assert table[1][-1][2:5] == ["24", "17", "50.0%"]
    assert note == ["text", "注：参学人数中有5人所在单位尚未确认花名册，不计入参学率。"]
    whole = wording.parts_of("{{各单位情况表}}", _known())
    assert [kind for kind, _content in whole] == ["table"]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2022, 4, 4), date(2022, 4, 4), "2022年4月4日"),
        (date(2022, 4, 4), date(2022, 5, 1), "2022年4月4日至5月1日"),
        (date(2022, 12, 26), date(2023, 1, 1), "2022年12月26日至2023年1月1日"),
    ],
)
def test_days_are_written_once(first, last, words):
    assert wording.span_words(first, last) == words


def test_the_packaged_wording_fills_completely():
    wording.demand_known(wording.packaged())
    parts = wording.parts_of(wording.packaged(), _known())
    told = "".join(content for kind, content in parts if kind != "table")
    assert "{" not in told
    assert [content for kind, content in parts if kind == "heading"] == [
        "一、总体情况", "二、各单位情况", "三、表扬单位", "四、存在问题", "五、下一步工作要求",
    ]  # fmt: skip
    with pytest.raises(DomainError, match="insight_field_unknown"):
        wording.demand_known("参学{{人数}}人")


@pytest.fixture
def season():
    """成都 2 of 4, 自贡 1 of 1; nobody in the week before."""
    held = seasons.opened()
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=("5101-rsj", "5103-rsj"))}
    roster(units["5101-rsj"], date(2022, 4, 1), [("front", "permanent", "就业")] * 4)
    roster(units["5103-rsj"], date(2022, 4, 1), [("front", "permanent", "就业")])
    for number, code in enumerate(("5101-rsj", "5101-rsj", "5103-rsj")):
        one = learner(units[code], number)
        studied(one, date(2022, 4, 5), answers=4, right=3, acts={"daily": 1})
    rolling.roll_up()
    return held


def _draft(**other):
    values = {
        "title": "关于{{单位}}{{时段}}参学情况的通报",
        "number": "川练通〔2022〕{{序号}}号",
        "to": "{{单位}}各单位",
        "wording": "参学{{参学人数}}人，参学率{{参学率}}。\n一、各单位情况\n{{各单位情况表}}",
        "signer": "四川省人力资源和社会保障厅",
        "dated": date(2022, 4, 11),
        "first": FIRST,
        "last": LAST,
        "each": True,
    } | other
    return services.Draft(**values)


@pytest.mark.django_db
def test_one_go_makes_a_paper_for_every_city_and_files_it(season):
    report = services.draft_report(actor=OFFICE, season=season, draft=_draft(), at=AT)
    services.issue_report(actor=OFFICE, report=report, at=AT)
    report.refresh_from_db()
    assert (report.state, report.total) == ("making", 22)  # the province and its 21 cities
    services.make_report(report.pk, at=AT)
    report.refresh_from_db()
    assert (report.state, report.done, report.issued_at) == ("issued", 22, AT)
    assert report.shown_number == "川练通〔2022〕×号"  # in lists; each copy has its own
    chengdu = report.copies.get(unit__code="5101")
    assert chengdu.title == "关于成都市2022年4月4日至10日参学情况的通报"
    assert (chengdu.number, chengdu.to) == ("川练通〔2022〕2号", "成都市各单位")
    assert chengdu.parts[0] == ["text", "参学2人，参学率50.0%。"]
    table = dict(map(tuple, chengdu.parts))["table"]
    assert table[1] == ["1", "成都市人力资源和社会保障局", "4", "2", "50.0%", "2", "75.0%"]
    province = report.copies.get(position=1)
    assert province.parts[0] == ["text", "参学3人，参学率60.0%。"]
    # ranked by the board of ratios: 自贡 before 成都
    ranked = dict(map(tuple, province.parts))["table"]
    assert [row[:2] for row in ranked[1:3]] == [["1", "自贡市"], ["2", "成都市"]]
    with zipfile.ZipFile(selectors.file_of(report)) as archive:
        names = archive.namelist()
        assert len(names) == 44
        [docx] = [name for name in names if "成都市" in name and name.endswith("docx")]
        told = texts_of(show(archive.read(docx), title=""))
        [pdf] = [name for name in names if "成都市" in name and name.endswith("pdf")]
        assert archive.read(pdf).startswith(b"%PDF")
    assert "川练通〔2022〕2号" in told
    assert "2022年4月11日" in told
    entry = LedgerEntry.objects.get(chain=SEASON, act="insight.report_issued")
    told = json.loads(bytes(entry.payload))["data"]
    assert (told["number"], told["count"]) == ("川练通〔2022〕1号", 22)
    # a second run of the same job changes nothing; what was issued stays as it is
    services.make_report(report.pk, at=AT)
    assert Copy.objects.filter(report=report).count() == 22
    with pytest.raises(DomainError, match="insight_report_issued"):
        services.save_report(actor=OFFICE, report=report, draft=_draft(), at=AT)
    with pytest.raises(DomainError, match="insight_report_issued"):
        services.drop_report(actor=OFFICE, report=report)


@pytest.mark.django_db
def test_a_number_is_given_once_and_never_forgotten(season):
    one = services.draft_report(actor=OFFICE, season=season, draft=_draft(each=False), at=AT)
    other = services.draft_report(actor=OFFICE, season=season, draft=_draft(each=False), at=AT)
    services.issue_report(actor=OFFICE, report=one, at=AT)
    with pytest.raises(DomainError, match="insight_number_taken"):
        services.issue_report(actor=OFFICE, report=other, at=AT)
    blank = _draft(number=" ", each=False)
    services.save_report(actor=OFFICE, report=other, draft=blank, at=AT)
    with pytest.raises(DomainError, match="insight_number_missing"):
        services.issue_report(actor=OFFICE, report=other, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"wording": "{{人数}}"}, "insight_field_unknown"),
        ({"title": "{{参学率}}"}, "insight_field_unknown"),
        ({"first": date(2022, 4, 11)}, "insight_days_order"),
    ],
)
def test_what_cannot_be_filled_is_refused(season, other, code):
    with pytest.raises(DomainError, match=code):
        services.draft_report(actor=OFFICE, season=season, draft=_draft(**other), at=AT)
    assert not Report.objects.exists()


@pytest.mark.django_db
def test_only_the_office_writes_and_the_committee_reads(season):
    supervisor = make.actor("supervisor", season=SEASON)
    with pytest.raises(DomainError, match="forbidden"):
        services.draft_report(actor=supervisor, season=season, draft=_draft(), at=AT)
    assert not selectors.reports_page(supervisor, SEASON, "1").writes
    with pytest.raises(DomainError, match="forbidden"):
        selectors.reports_page(make.actor(Role.UNIT_MANAGER, season=SEASON), SEASON, "1")


@pytest.mark.django_db
def test_the_pages_from_draft_to_paper(season):
    client = Client()
    client.force_login(make.account("office", "office", season=SEASON))
    new = reverse("insight:report-new", args=[SEASON])
    given = client.get(new).context["form"].initial
    assert given["wording"] == wording.packaged()
    form = {
        "first": "2022-04-04", "last": "2022-04-10", "title": "参学情况通报", "number": "练通1号",
        "to": "各单位", "signer": "四川省人力资源和社会保障厅", "dated": "2022-04-11",
    }  # fmt: skip
    refused = client.post(new, form | {"wording": "参学{{人数}}人"})
    assert refused.status_code == 422
    assert "没有“人数”这个字段" in refused.content.decode()
    made = client.post(new, form | {"wording": given["wording"]})
    report = Report.objects.get()
    page = reverse("insight:report", args=[SEASON, report.pk])
    assert made.headers["Location"] == page
    shown = client.get(page).content.decode()
    assert "应参学5人，已注册3人" in shown
    assert "参学人数较上一同等时段增加3人" in shown
    edit = reverse("insight:report-edit", args=[SEASON, report.pk])
    client.post(edit, form | {"wording": "参学{{参学人数}}人，成绩可喜。"})
    assert "参学3人，成绩可喜。" in client.get(page).content.decode()
    client.post(reverse("insight:report-issue", args=[SEASON, report.pk]))
    assert "正在生成" in client.get(page).content.decode()
    services.make_report(report.pk, at=AT)
    assert "已印发1份" in client.get(page).content.decode()
    for ending, head in (("docx", b"PK"), ("pdf", b"%PDF")):
        paper = client.get(reverse("insight:report-paper", args=[SEASON, report.pk, 1, ending]))
        assert paper.content.startswith(head)
    archive = client.get(reverse("insight:report-archive", args=[SEASON, report.pk]))
    data = b"".join(archive.streaming_content)
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == 2


@pytest.mark.django_db
def test_a_city_reads_its_own_paper_and_no_other(season):
    report = services.draft_report(actor=OFFICE, season=season, draft=_draft(), at=AT)
    services.issue_report(actor=OFFICE, report=report, at=AT)
    services.make_report(report.pk, at=AT)
    client = Client()
    client.force_login(make.account("city", "local_office", unit="5101", season=SEASON))
    listed = client.get(reverse("insight:unit-reports", args=[SEASON, "5101"]))
    assert [copy.unit_name for copy in listed.context["page"]] == ["成都市"]
    own, other = (report.copies.get(unit__code=code).pk for code in ("5101", "5103"))
    paper = client.get(reverse("insight:unit-paper", args=[SEASON, "5101", own, "docx"]))
    assert "参学2人，参学率50.0%。" in texts_of(show(paper.content, title=""))
    for unit, issued, status in (("5101", other, 404), ("5103", other, 403)):
        asked = client.get(reverse("insight:unit-paper", args=[SEASON, unit, issued, "docx"]))
        assert asked.status_code == status
