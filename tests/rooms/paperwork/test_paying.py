"""Lists of payments: sums to the cent, numbers only with a reason, who bears which cost."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.paperwork import services
from leitai.paperwork.material import payees
from leitai.paperwork.packs import get_pack
from leitai.paperwork.packs.kinds import Wanted
from leitai.paperwork.services import LABOUR, PRIZES, Terms
from leitai.people import services as people
from leitai.people.models import Person
from leitai.people.numbers import check_digit
from leitai.seasons import selectors as seasons
from tests.factories import people as make
from tests.factories import results
from tests.factories.results import AT, CODE, OFFICE, TEXT, held

pytestmark = pytest.mark.django_db
HONOURS = """honours:
  - {id: scholar-money, title: 人社知识通奖金, kind: money, awards: [scholar], amount: "800.00"}
  - {id: star-money, title: 岗位练兵明星奖金, kind: money, awards: [star]}
  - id: outside
    title: 五一劳动奖章
    kind: honour
    stage: final
    ranks: [1, 2]
    given_by: 省总工会
    source: 对总决赛个人成绩前2名且符合评选条件的选手，按程序申报
visibility:"""
ID = "00010119900101001" + check_digit("00010119900101001")


@pytest.fixture
def season(monkeypatch):
    monkeypatch.setattr(results, "TEXT", TEXT.replace("visibility:", HONOURS))
    made = results.at_final()
    held(made, "final")
    return made


def rows_of(data: bytes) -> list[tuple]:
    sheet = load_workbook(io.BytesIO(data)).active
    return [
        tuple("" if one is None else one for one in row)
        for row in sheet.iter_rows(values_only=True)
    ]


STAR = "岗位练兵明星奖金·获得“岗位练兵明星”"


def test_prizes_have_every_sum_and_add_up(season):
    """One scholar of 800 by the rules, four stars of 300.05 by the office: 2000.20; 20 % tax of each:
    160.00 and four times 60.01."""
    law = seasons.rulebook_of(season)
    sums = payees.sums_of(payees.winners(season, law))
    assert sums[0][:2] == ("人社知识通奖金", 1)
    star = sums[1][0]
    assert sums[1][1:] == (4, None)
    winner = Person.objects.get(code="p-5103-1")
    bank = {"bank_account": "6200000000000000000", "bank_name": "某某银行某某支行"}
    people.set_personal(winner, id_number=ID, **bank)
    services.set_costs(actor=OFFICE, season=season, text="奖金由主办单位承担。", at=AT)
    terms = Terms({star: Decimal("300.05")}, Decimal(20), "发放奖金")
    made = services.make_payments(
        actor=OFFICE, season=season, kind=PRIZES, roles=(), terms=terms, at=AT
    )
    rows = rows_of(made.data)
    assert rows[0][0] == "2022年度窗口业务练兵比武奖金发放表"
    assert rows[2] == (
        "序号", "姓名", "单位", "身份证号", "开户银行", "银行卡号", "应发金额", "代扣税款", "实发金额", "事由",
        "签收",
    )  # fmt: skip
    first = rows[3]
    assert first[:2] == (1, "选手1")
    assert first[3:6] == (ID, "某某银行某某支行", "6200000000000000000")
    assert [row[4] for row in rows[4:8]] == [""] * 4  # nothing is known of them
    assert first[6:9] == (800, 160, 640)
    assert [row[6:9] for row in rows[4:8]] == [(300.05, 60.01, 240.04)] * 4
    assert (rows[8][0], *rows[8][6:9]) == ("合计", 2000.2, 400.04, 1600.16)
    assert "经费承担：奖金由主办单位承担。" in [row[0] for row in rows]
    entries = [json.loads(bytes(one.payload)) for one in LedgerEntry.objects.order_by("-pk")[:2]]
    assert [one["act"] for one in entries] == ["paperwork.payments", "personal.revealed_many"]
    assert entries[0]["data"]["total"] == "2000.20"
    assert all(ID not in json.dumps(one, ensure_ascii=False) for one in entries)


def test_terms_that_cannot_be_are_refused_all_at_once(season):
    with pytest.raises(Problems) as refused:
        services.make_payments(
            actor=OFFICE,
            season=season,
            kind=PRIZES,
            roles=(),
            terms=Terms({"人社知识通奖金": Decimal("1.001")}, Decimal(101), "发放奖金"),
            at=AT,
        )
    assert [one.code for one in refused.value.problems] == [
        "paperwork_amount", "paperwork_amount_missing", "paperwork_tax",
    ]  # fmt: skip
    for actor, reason, code in (
        (make.actor("supervisor", season=CODE, unit="51/"), "看看", "forbidden"),
        (OFFICE, "", "reveal_reason"),
    ):
        star = payees.sums_of(payees.winners(season, seasons.rulebook_of(season)))[1][0]
        with pytest.raises(DomainError) as one:
            services.make_payments(
                actor=actor,
                season=season,
                kind=PRIZES,
                roles=(),
                terms=Terms({star: Decimal(1)}, Decimal(0), reason),
                at=AT,
            )
        assert one.value.code == code
    assert not LedgerEntry.objects.filter(act="personal.revealed_many").exists()


def test_labour_is_paid_by_duty(season):
    for name in ("judge-1", "judge-2"):
        make.account(name, "judge", season=CODE)
    make.account("host-1", "host", season=CODE)
    terms = Terms({"评委": Decimal(500)}, Decimal(0), "评审劳务费")
    made = services.make_payments(
        actor=OFFICE, season=season, kind=LABOUR, roles=("judge",), terms=terms, at=AT
    )
    rows = rows_of(made.data)
    assert [(row[1], row[6], row[9]) for row in rows[3:5]] == [("蒲清越", 500, "评委劳务")] * 2
    assert rows[5][6] == 1000
    with pytest.raises(DomainError) as refused:
        services.make_payments(
            actor=OFFICE, season=season, kind=LABOUR, roles=("patrol",), terms=terms, at=AT
        )
    assert refused.value.code == "paperwork_nothing_to_pay"


def test_honours_follow_what_was_confirmed_not_what_stands_since(season):
    """A mark that changed is no reason to pay somebody else before it is computed and confirmed."""
    results.score(season, "final", {"51-province-1": (9900, 3600, 3000)})
    with pytest.raises(DomainError) as refused:
        payees.honoured(season, seasons.rulebook_of(season))
    assert refused.value.code == "result_stale"


def test_outside_honours_stand_by_their_own_conditions(season):
    law = seasons.rulebook_of(season)
    groups = payees.honoured(season, law)
    assert [(one.holder, one.delegation) for one in groups["outside"]] == [
        ("选手1", "自贡市"), ("选手1", "省本级"),
    ]  # fmt: skip
    wanted = Wanted(season, law, "", "xlsx", OFFICE, AT)
    rows = rows_of(get_pack("honours").make(wanted).data)
    # Everybody's unit is the delegation here: one column for both.
    assert [row[1:4:2] for row in rows[2:9]].count(("五一劳动奖章", "自贡市")) == 1
