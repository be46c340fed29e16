"""One-click documents of a small season that is worked out by hand in tests/factories/results.py."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from openpyxl import load_workbook

from leitai.certificates import services as certificates
from leitai.documents import docx_showing
from leitai.documents.pages import Para, Table
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.notices.models import Notice
from leitai.paperwork import selectors, services
from leitai.paperwork.material import records
from leitai.paperwork.packs import PACKS, Heading
from leitai.units.models import Unit
from tests.factories import people as make
from tests.factories import results
from tests.factories.results import AT, CODE, OFFICE, at_final, held
from tests.planting import copied, once

pytestmark = pytest.mark.django_db
SUPERVISOR = make.actor("supervisor", season=CODE, unit="51/", account="8")


def plant():
    season = at_final()
    held(season, "final")
    return season


planted = once(plant)
done = copied


def made(season, pack: str, ending: str, stage: str = "", actor=OFFICE) -> bytes:
    export = services.start_pack(
        actor=actor, season=season, pack=pack, stage=stage, ending=ending, at=AT
    )
    assert export.state == "done"
    return selectors.file_of(export).read_bytes()


def sheet_rows(data: bytes, sheet: int = 0) -> list[tuple]:
    rows = load_workbook(io.BytesIO(data)).worksheets[sheet].iter_rows(values_only=True)
    return [tuple("" if cell is None else cell for cell in row) for row in rows]


def words_of(data: bytes) -> str:
    """Everything that a docx says, tables cell by cell."""
    said = []
    for block in docx_showing.show(data).blocks:
        if isinstance(block, Para):
            said.append("".join(run.text for run in block.runs))
        elif isinstance(block, Table):
            said += [
                "|".join(
                    "".join(run.text for para in cell.paras for run in para.runs) for cell in row
                )
                for row in block.rows
            ]
    return "\n".join(said)


# The final: 5103-1 94.00, 51-province-1 90.00, 5101-1 88.00, 5101-2 86.00, 5103-2 85.00,
# 51-province-2 70.00. Teams of two: 自贡 179.00, 成都 174.00. The scholar is 5103-1; the stars are the
# first of each delegation in the heat: 成都 5101-1, 自贡 5103-1 (has the scholar: its second, 5103-2),
# 攀枝花 5104-1, 省本级 51-province-1.
HOLDERS = [
    ("一等奖", "自贡市", "自贡市"),
    ("二等奖", "成都市", "成都市"),
    ("人社知识通", "选手1", "自贡市"),
    ("岗位练兵明星", "选手1", "成都市"),
    ("岗位练兵明星", "选手2", "自贡市"),
    ("岗位练兵明星", "选手1", "攀枝花市"),
    ("岗位练兵明星", "选手1", "省本级"),
]


def test_the_award_list_has_the_holders_worked_out_by_hand(done):
    rows = sheet_rows(made(done, "award-list", "xlsx"))
    assert rows[1][:5] == ("奖项", "获奖者", "代表队", "依据", "证书编号")
    assert [row[:3] for row in rows[2:] if row[0]] == HOLDERS


def test_a_unit_that_is_called_otherwise_than_its_team_has_a_column(done):
    Unit.objects.filter(code="5101").update(name="成都市人社局")
    rows = sheet_rows(made(done, "award-list", "xlsx"))
    assert rows[1] == ("奖项", "获奖者", "单位", "代表队", "依据", "证书编号")
    assert ("岗位练兵明星", "选手1", "成都市人社局", "成都市") in [row[:4] for row in rows]
    said = words_of(made(done, "award-list", "docx"))
    assert "序号|姓名|代表队|单位\n1|选手1|成都市|成都市人社局" in said
    book = sheet_rows(made(done, "score-book", "xlsx", "final"), 1)
    assert book[2][:4] == ("名次", "姓名", "代表队", "单位")


def test_the_printed_award_list_says_the_same(done):
    said = words_of(made(done, "award-list", "docx"))
    assert (
        "关于公布2022年度窗口业务技能练兵比武获奖名单的通知" not in said
    )  # the season's own title
    assert "关于公布2022年度窗口业务\n练兵比武获奖名单的通知" in said
    assert "共评出一等奖1个、二等奖1个、人社知识通1个、岗位练兵明星4个。" in said
    assert "一、一等奖（1个）\n自贡市" in said
    assert "四、岗位练兵明星（4名）\n序号|姓名|代表队\n1|选手1|成都市\n" in said
    assert said.rstrip().endswith("比武活动办公室\n2022年7月18日")


def test_the_office_adds_the_parts_of_an_official_document(done):
    head = Heading(
        "某某局文件", "某人社发〔2022〕12号", "各县（区）人社局", "省总工会", "此件主动公开"
    )
    for ending in ("docx", "pdf"):
        export = services.start_pack(
            actor=OFFICE,
            season=done,
            pack="award-list",
            stage="",
            ending=ending,
            at=AT,
            heading=head,
        )
        data = selectors.file_of(export).read_bytes()
        if ending == "docx":
            said = words_of(data)
            for words in (
                "某某局文件", "某人社发〔2022〕12号", "各县（区）人社局：", "抄送：省总工会。",
                "比武活动办公室　2022年7月18日印发", "（此件主动公开）",
            ):  # fmt: skip
                assert words in said
        else:
            assert data.startswith(b"%PDF")


def test_the_score_book_has_teams_and_people_in_order(done):
    data = made(done, "score-book", "xlsx", "final")
    teams = [row[:3] for row in sheet_rows(data, 0)[3:]]
    assert teams == [(1, "自贡市", "179.00"), (2, "成都市", "174.00")]
    people = [(row[0], row[1], row[2], row[4]) for row in sheet_rows(data, 1)[3:]]
    assert people == [
        (1, "选手1", "自贡市", "94.00"),
        (2, "选手1", "省本级", "90.00"),
        (3, "选手1", "成都市", "88.00"),
        (4, "选手2", "成都市", "86.00"),
        (5, "选手2", "自贡市", "85.00"),
        (6, "选手2", "省本级", "70.00"),
    ]


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_score_book_comes_on_paper_too(done, ending):
    assert made(done, "score-book", ending, "heat")[:4] in {b"%PDF", b"PK\x03\x04"}


def test_the_programme_names_every_team_and_its_people(done):
    data = made(done, "programme", "docx", "heat")
    blocks = docx_showing.show(data).blocks
    said = words_of(data)
    texts = ["".join(run.text for run in one.runs) for one in blocks if isinstance(one, Para)]
    teams = next(at for at, one in enumerate(texts) if one.endswith("、各代表队名单"))
    assert texts[teams + 1] == "（一）成都市"  # no page between the heading and what it heads
    assert "一、竞赛概况\n竞赛名称：2022年度窗口业务练兵比武" in said
    assert "统一在线比试|100分|90分钟|" in said
    for name, count in (("成都市", 3), ("自贡市", 3), ("攀枝花市", 3), ("省本级", 2)):
        part = said.split(f"）{name}\n")[1].split("\n（")[0].splitlines()
        assert part[0] == "序号|姓名|单位|参赛编号"
        assert len([line for line in part[1:] if "|" in line]) == count


def start(season, office, stage: str) -> bytes:
    export = services.start_pack(
        actor=office, season=season, pack="contestant-cards", stage=stage, ending="pdf", at=AT
    )
    return selectors.file_of(export).read_bytes()


def test_cards_of_contestants_and_staff_are_sheets(done):
    make.account("judge-1", "judge", season=CODE)
    assert made(done, "contestant-cards", "pdf", "heat").startswith(b"%PDF")
    assert made(done, "staff-cards", "pdf").startswith(b"%PDF")


def test_the_summary_is_a_draft_with_its_figures(done):
    services.set_costs(actor=OFFICE, season=done, text="选拔赛费用由各市承担。", at=AT)
    said = words_of(made(done, "summary", "docx"))
    assert "共有4支代表队、11人报名参赛。" in said
    assert "总决赛团体成绩前2名依次为自贡市、成都市。" in said
    assert "选拔赛费用由各市承担。" in said
    assert "（请补充：" in said


def test_the_archive_lists_a_true_checksum_of_each_file(done):
    Notice.objects.create(
        season=done, number=1, kind="period", title="获奖公示", text="现予公示。",
        columns=["姓名", "代表队"], rows=[["选手1", "自贡市"]], made_at=AT, opens_at=AT, closes_at=AT,
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(archived(done))) as archive:
        notice = archive.read("4公示公告/01获奖公示.txt").decode().splitlines()
        assert notice[0] == "获奖公示"
        assert notice[-2:] == ["姓名\t代表队", "选手1\t自贡市"]
        sums = archive.read("SHA256SUMS.txt").decode().splitlines()
        named = {line.split("  ", 1)[1]: line.split("  ", 1)[0] for line in sums}
        assert set(named) == set(archive.namelist()) - {"SHA256SUMS.txt"}
        assert all(hashlib.sha256(archive.read(one)).hexdigest() == named[one] for one in named)
        folders = {name.split("/")[0] for name in named if "/" in name}
        assert {"1竞赛规则", "2成绩", "3奖项", "5操作留痕", "6总结"} <= folders
        chain = archive.read(f"5操作留痕/ledger-{CODE}.jsonl").decode().splitlines()
        assert json.loads(chain[0])["seq"] == 1
        about = archive.read("说明.txt").decode()
    assert "未收入的材料" not in about


def archived(season) -> bytes:
    """As the job makes it: the request only defers it."""
    export = services.start_pack(
        actor=OFFICE, season=season, pack="archive", stage="", ending="zip", at=AT
    )
    assert export.state == "waiting"
    services.run_export(export.pk, at=AT)
    export.refresh_from_db()
    assert (export.state, export.done) == ("done", export.total)
    return selectors.file_of(export).read_bytes()


def test_every_export_is_in_the_record_with_its_checksum(done):
    data = made(done, "award-list", "xlsx", actor=SUPERVISOR)
    entry = LedgerEntry.objects.filter(chain=CODE).order_by("-seq").first()
    payload = json.loads(bytes(entry.payload))
    assert payload["act"] == "paperwork.exported"
    assert payload["data"]["sha256"] == hashlib.sha256(data).hexdigest()


def test_whoever_does_not_see_the_office_makes_nothing(done):
    for role in ("unit_manager", "exam_officer", "judge"):
        with pytest.raises(DomainError) as refused:
            made(done, "award-list", "xlsx", actor=make.actor(role, season=CODE))
        assert refused.value.code == "forbidden"


def test_a_pack_comes_in_its_own_formats_only(done):
    with pytest.raises(DomainError):
        made(done, "staff-cards", "docx")
    assert len({pack.code for pack in PACKS}) == len(PACKS) == 8


def test_the_award_list_knows_certificates_that_were_issued_before_a_correction(done):
    """70.00 becomes 71.00, which changes no award: the numbers of the first version hold."""
    certificates.issue_certificates(actor=OFFICE, season=done, at=AT)
    results.score(done, "final", {"51-province-2": (7100, 2000, 3000)})
    assert held(done, "final").version == 2
    rows = sheet_rows(made(done, "award-list", "xlsx"))
    numbers = [row[4] for row in rows[2:] if row[0]]
    assert [number.rpartition("-")[2] for number in numbers] == [
        "0001", "0001", "0001", "0002", "0003", "0004", "0001",
    ]  # fmt: skip


def test_who_serves_in_every_season_has_a_duty_in_this_one(done):
    """Appointed at the province without naming a season."""
    make.account("standing", "exam_officer", unit="51")
    (one,) = records.staff_of(done)
    assert (one.duty, one.unit) == ("考务", "四川省")
