"""Signed lists of marks from outside, names for the level above, and what it answered."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from leitai.documents.pages import texts_of
from leitai.files.services import NewUpload, receive_whole
from leitai.kernel.errors import DomainError, Problems
from leitai.ledger import services as ledger
from leitai.results import attachments, booking, marksheet, printing, selectors, services
from leitai.results.models import ScoreList, StageResult
from leitai.results.services import AnswerSource, Reported, UpwardLine
from leitai.rulebook import editing
from leitai.seasons.models import Fact, Score
from tests.factories import people as make
from tests.factories import results as small
from tests.factories.results import AT, CODE, OFFICE, entry

pytestmark = pytest.mark.django_db
LEADER = make.actor("leader", season=CODE, account="8")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6300010000050001"
    "0d0a2db40000000049454e44ae426082"
)
HEAD = ["参赛编号", "姓名", "代表队", "成绩", "备注"]
DAY = AT.date()


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.LEITAI_FILES = tmp_path


def scan(actor=OFFICE):
    new = NewUpload(attachments.KIND, "", "签字成绩单.png", len(PNG))
    upload = receive_whole(
        actor=actor, holder=actor.account, new=new, read=io.BytesIO(PNG).read, at=AT
    )
    assert upload.state == "ready", upload.refusal
    return upload.token


def book(rows, head=HEAD):
    made = Workbook()
    for row in [head, *rows]:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(season, rows, head=HEAD, stage="heat"):
    return marksheet.read_marks(
        book(rows, head), name="成绩.xlsx", season=season, stage=stage,
        track="individual", event="exam",
    )  # fmt: skip


def take(season, sheet, **more):
    told = Reported("自治区就业服务中心", "", (scan(),))
    return services.take_list(
        actor=OFFICE, season=season, sheet=sheet, reported=more.get("reported", told), at=AT
    )


GOOD = [
    [entry("5101-1"), "选手1", "成都市", "95.5", ""],
    [entry("5101-2"), "", "", 90, ""],
    ["", "选手1", "自贡市", "88.25", ""],
    [entry("5104-1"), "选手1", "攀枝花市", "", "缺考"],
]


@pytest.fixture
def season():
    made = small.open_season()
    small.held(made, "selection")
    return made


def test_a_sheet_is_read_by_number_or_by_name(season):
    sheet = read(season, GOOD)
    assert sheet.problems == ()
    assert [(row.line, row.entry[5:], row.value, row.status) for row in sheet.rows] == [
        (2, "5101-1", 9550, "ok"),
        (3, "5101-2", 9000, "ok"),
        (4, "5103-1", 8825, "ok"),
        (5, "5104-1", 0, "absent"),
    ]
    assert len(sheet.missing) == 7


def test_every_bad_row_is_named_with_its_mend(season):
    sheet = read(
        season,
        [
            [entry("5101-1"), "选手1", "", "95.5", ""],
            [entry("5101-1"), "选手1", "", "95", ""],
            [entry("5101-9"), "", "", "80", ""],
            ["", "选手1", "", "80", ""],
            [entry("5103-1"), "", "", "100.01", ""],
            [entry("5103-2"), "", "", "八十", ""],
            [entry("5103-3"), "选手9", "", "70", ""],
            [entry("5104-1"), "", "", "60", "缺考"],
        ],
    )
    found = [(one.place.rpartition(" ")[2], one.code) for one in sheet.problems]
    assert sorted(found) == [
        ("第3行", "markrow_twice"),
        ("第4行", "markrow_unknown"),
        ("第5行", "markrow_name_twice"),
        ("第6行", "score_out_of_range"),
        ("第7行", "markrow_number"),
        ("第8行", "markrow_name_differs"),
        ("第9行", "markrow_absent_scored"),
    ]
    with pytest.raises(Problems):
        take(season, sheet)
    assert ScoreList.objects.count() == 0


def test_a_list_counts_when_a_second_person_has_compared_it(season):
    made = take(season, read(season, GOOD))
    assert (made.state, Score.objects.count()) == ("waiting", 0)
    assert [file.name for file in selectors.list_page(LEADER, CODE, made.pk).files] == [
        "签字成绩单.png"
    ]
    proposal = ledger_of(made)
    assert proposal.preview == [
        "晋级赛个人赛统一在线比试成绩单第1号，自治区就业服务中心报送，共4人。",
        "最高95.50分，最低88.25分，无成绩1人。",
        "还有7人没有这一科目的成绩：选手3（成都市）、选手2（自贡市）、选手3（自贡市）、选手2（攀枝花市）、选手3（攀枝花市）、选手1（省本级）、选手2（省本级）。缺考的须在成绩单上注明。",
    ]
    with pytest.raises(DomainError, match="proposal_own"):
        ledger.approve(actor=OFFICE, proposal=proposal, at=AT)
    ledger.approve(actor=LEADER, proposal=proposal, at=AT)
    made.refresh_from_db()
    assert (made.state, made.confirmed_name) == ("recorded", "蒲清越")
    scores = Score.objects.order_by("entry__code")
    assert [(s.entry.code[5:], s.value, s.status, s.source) for s in scores] == [
        ("5101-1", 9550, "ok", f"score-list:{made.pk}"),
        ("5101-2", 9000, "ok", f"score-list:{made.pk}"),
        ("5103-1", 8825, "ok", f"score-list:{made.pk}"),
        ("5104-1", 0, "absent", f"score-list:{made.pk}"),
    ]
    assert selectors.desk_page(OFFICE, CODE).lists == 0


def test_a_list_that_changes_a_mark_that_holds_revises_the_result():
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    sheet = read(
        season,
        [[entry("5103-3"), "选手3", "自贡市", "90.5", 20, 3000, ""]],
        head=[*HEAD[:4], "多项选择题得分", "答题用时", "备注"],
    )
    assert sheet.problems == ()
    proposal = ledger_of(take(season, sheet))
    assert proposal.preview[2] == "选手3已有成绩70.00分，将改为90.50分。"
    assert "选手3（自贡市）进入总决赛。" in proposal.preview
    ledger.approve(actor=LEADER, proposal=proposal, at=AT)
    assert StageResult.objects.filter(stage__code="heat").latest("version").version == 2


def test_a_list_needs_its_scan_and_waits_alone(season):
    with pytest.raises(DomainError, match="score_list_unsigned"):
        take(season, read(season, GOOD), reported=Reported("就业服务中心"))
    made = take(season, read(season, GOOD))
    with pytest.raises(DomainError, match="score_list_twice"):
        take(season, read(season, GOOD))
    services.drop_list(actor=OFFICE, score_list=made, at=AT)
    with pytest.raises(DomainError, match="score_list_closed"):
        ledger.approve(actor=LEADER, proposal=ledger_of(made), at=AT)
    assert take(season, read(season, GOOD)).number == 2


def test_the_template_has_everybody_and_the_further_figures(season):
    page = selectors.lists_page(OFFICE, CODE)
    sheet = load_workbook(io.BytesIO(booking.template(page, "heat/individual/exam"))).active
    rows = list(sheet.values)
    assert rows[0] == ("参赛编号", "姓名", "代表队", "成绩", "多项选择题得分", "答题用时", "备注")
    assert (len(rows), rows[1][1]) == (12, "选手1")


def ledger_of(made):
    from leitai.ledger.models import Proposal

    return Proposal.objects.get(pk=made.proposal)


# Upwards ---------------------------------------------------------------------------------------


@pytest.fixture
def upward(monkeypatch):
    """The first of the final is recommended; the list frozen."""
    text = editing.set_value(small.TEXT, "beyond", {"national": {"title": "全国赛"}})
    text = editing.set_value(
        text,
        "stages.final.advance",
        [{"to": "national", "as": "recommended", "top": 1, "guests": "include"}],
    )
    monkeypatch.setattr(small, "TEXT", text)
    season = small.at_final(publish=True)
    small.held(season, "final", publish=True)
    return services.begin_upward_list(
        actor=OFFICE, season=season, goal="national", title="全国赛选手名单",
        to="全国赛组委会", at=AT,
    )  # fmt: skip


def rows_of(upward):
    rows = upward.rows.select_related("entry")
    return [(r.position, r.entry.code[5:], r.kind, r.rank, r.total) for r in rows]


def test_a_list_begins_with_whom_the_rules_recommend(upward):
    assert rows_of(upward) == [(1, "5103-1", "recommended", 1, "94")]


def frozen(upward):
    final = StageResult.objects.get(stage__code="final")
    by = {row.entry.code[5:]: row.entry_id for row in final.standings.filter(board="main")}
    lines = [
        UpwardLine(by["51-province-1"], "own", "带队"),
        UpwardLine(by["5103-1"], "recommended"),
        UpwardLine(by["5101-1"], "selected"),
    ]
    services.write_upward_list(actor=OFFICE, upward=upward, lines=lines, at=AT)
    return services.freeze_upward_list(actor=OFFICE, upward=upward, at=AT)


def test_a_list_is_written_frozen_printed_and_sent_with_the_sealed_copy(upward):
    held = frozen(upward)
    assert rows_of(held) == [
        (1, "51-province-1", "own", 2, "90"),
        (2, "5103-1", "recommended", 1, "94"),
        (3, "5101-1", "selected", 3, "88"),
    ]
    with pytest.raises(DomainError, match="upward_state"):
        services.write_upward_list(actor=OFFICE, upward=held, lines=[], at=AT)
    page = selectors.upward_page(OFFICE, CODE, held.number)
    values = list(load_workbook(io.BytesIO(booking.upward_book(page))).active.values)
    assert values[0][0] == "全国赛选手名单"
    assert values[2][1:4] == ("个人赛", "选手1", "省本级")
    assert values[2][5:9] == ("自主确定", "2", "90", "带队")
    said = texts_of(printing.upward_document(page))
    assert (said[0], said[1], said[-1]) == (
        "全国赛选手名单",
        f"报送：{held.to}",
        f"名单指纹：{held.digest}",
    )
    assert [said.index(one) < said.index("带队") for one in ("自主确定", "90")] == [True, True]
    assert any(one.endswith("（盖章）") for one in said)
    assert printing.upward_pdf(page).startswith(b"%PDF")
    with pytest.raises(DomainError, match="upward_unsealed"):
        services.send_upward_list(actor=OFFICE, upward=held, uploads=[], at=AT)
    sent = services.send_upward_list(actor=OFFICE, upward=held, uploads=[scan()], at=AT)
    assert (sent.state, sent.sent_at) == ("sent", AT)


ANSWER = ["姓名", "单位", "是否入选", "名次", "称号"]


def answer(upward, rows, head=ANSWER):
    return services.take_answer(
        actor=OFFICE,
        upward=upward,
        file=book(rows, head),
        name="结果.xlsx",
        told=AnswerSource("全国组委会〔2022〕9号", "全国统一在线比试", DAY),
        at=AT,
    )


def test_the_answer_becomes_facts_and_a_doubtful_name_waits_for_a_person(upward):
    held = frozen(upward)
    made = answer(
        held,
        [
            ["选手1", "自贡市", "是", "6", "全国人社知识通"],  # three of that name are on the list
            ["选手2", "成都市", "否", "", ""],  # competes, but is not on the list
            ["卢不识", "", "是", "9", ""],  # nobody here
        ],
    )
    assert [(row.line, row.state) for row in made.rows.all()] == [
        (2, "doubtful"), (3, "doubtful"), (4, "foreign"),
    ]  # fmt: skip
    with pytest.raises(DomainError, match="upper_open"):
        services.record_answer(actor=OFFICE, answer=made, at=AT)
    first, second, third = made.rows.all()
    person = selectors.competitor(held.season, "p-5103-1")
    services.settle_row(actor=OFFICE, row=first, person=person, at=AT)
    with pytest.raises(DomainError, match="upper_other_name"):
        services.settle_row(actor=OFFICE, row=third, person=person, at=AT)
    for row in (second, third):
        services.settle_row(actor=OFFICE, row=row, person=None, at=AT)
    assert services.record_answer(actor=OFFICE, answer=made, at=AT) == 2
    facts = Fact.objects.filter(person__code="p-5103-1").order_by("kind")
    assert [(f.kind, f.key, f.value, f.since, f.source) for f in facts] == [
        ("contest", "全国统一在线比试", "6", DAY, "全国组委会〔2022〕9号"),
        ("title", "全国人社知识通", "", DAY, "全国组委会〔2022〕9号"),
    ]
    with pytest.raises(DomainError, match="upper_recorded"):
        services.record_answer(actor=OFFICE, answer=made, at=AT)


def test_one_of_that_name_on_the_list_is_matched_unless_the_unit_says_otherwise(upward):
    services.freeze_upward_list(actor=OFFICE, upward=upward, at=AT)
    made = answer(
        upward, [["选手1", "自贡市人社局", "是", "", ""], ["选手1", "成都市", "否", "", ""]]
    )
    rows = [(row.state, row.person.code if row.person else "") for row in made.rows.all()]
    assert rows == [("matched", "p-5103-1"), ("doubtful", "")]


def test_bad_rows_of_an_answer_are_named_and_nothing_is_kept(upward):
    services.freeze_upward_list(actor=OFFICE, upward=upward, at=AT)
    with pytest.raises(Problems) as refused:
        answer(
            upward,
            [["", "", "是", "", ""], ["选手1", "", "也许", "", ""], ["选手1", "", "是", "", ""]],
        )
    assert [one.code for one in refused.value.problems] == [
        "upper_nameless", "upper_yes_no", "upper_twice",
    ]  # fmt: skip
    assert upward.answers.count() == 0


def test_interventions_are_counted():
    season = small.at_heat()
    small.held(season, "heat", publish=True)
    counts = {one.title: one.count for one in selectors.interventions(season)}
    assert counts == {
        "更正成绩": 0, "取消成绩": 0, "递补": 0, "公布后更正的成绩": 0, "采用新版规则": 0,
    }  # fmt: skip
