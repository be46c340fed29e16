"""优秀组织奖: figures of practice, selection, lists and news, worked out by hand; points by hand."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from leitai.insight import selectors, services
from leitai.insight.counting import Figures
from leitai.insight.models import FrozenRubric, HandPoints
from leitai.insight.selectors import organising
from leitai.insight.services import rolling
from leitai.insight.services.freezing import digest_of
from leitai.kernel.errors import DomainError
from leitai.ledger.models import LedgerEntry
from leitai.newsroom.models import Item
from leitai.orders.models import HandIn, Order, Recipient, Thing
from leitai.people.enums import Role
from leitai.results.services.decisions import decide_award
from leitai.rulebook.model.rubric import RubricLine
from leitai.seasons.models import Entry, Fact, LocalStage
from leitai.seasons.selectors import window_of
from leitai.sittings.models import Incident
from leitai.units.models import Delegation, Unit
from tests.factories import people as make
from tests.factories import seasons
from tests.rooms.insight.land import SEASON, learner, roster, studied
from tests.rooms.marking.halls import Hall

AT = datetime(2022, 7, 1, 1, 0, tzinfo=UTC)
OFFICE = make.actor("office", season=SEASON, account="9")
AWARD = "organisation"


def _team(code: str) -> Delegation:
    return Delegation.objects.get(season=SEASON, unit__code=code)


def _practise() -> None:
    """成都 3 of 4 took part, 30 points, 4 of 8 right; 自贡 1 of 1, 8 points, 3 of 4 right."""
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=("5101-rsj", "5103-rsj"))}
    roster(units["5101-rsj"], date(2022, 4, 1), [("front", "permanent", "就业")] * 4)
    roster(units["5103-rsj"], date(2022, 4, 1), [("front", "permanent", "就业")])
    for number, code, answers, right, points in (
        (1, "5101-rsj", 4, 2, "20"),
        (2, "5101-rsj", 2, 1, "10"),
        (3, "5101-rsj", 2, 1, "0"),
        (4, "5103-rsj", 4, 3, "8"),
    ):
        one = learner(units[code], number)
        studied(one, date(2022, 4, 5), answers=answers, right=right, points={"weekly": points})
    rolling.roll_up()


def _select(season) -> None:
    """成都 reported three days late, 自贡 in time; 成都's list covers one level."""
    stage = season.stages.get(code="selection")
    for code, late in (("5101", 3), ("5103", -1)):
        team = _team(code)
        window = window_of(season, "selection", team)
        assert window is not None
        LocalStage.objects.create(
            stage=stage,
            delegation=team,
            how="reported",
            results=[["1", "甲", "", "90"], ["2", "乙", "", "80"]],
            reported_at=window.closes_at + timedelta(days=late),
            recorded_by="9",
            recorded_at=AT,
        )
    (person,) = make.people("5101-rsj", 1)
    Entry.objects.create(
        stage=stage,
        track="individual",
        code="A1",
        person=person,
        delegation=_team("5101"),
        state="nominated",
        entered_at=AT,
    )


def _hand_in(season) -> None:
    """Two things were due: 成都 gave both, one of them late; 自贡 one in time, the other never."""
    order = Order.objects.create(
        season=season,
        issuer=season.host,
        title="报送名单",
        state="sent",
        made_by="9",
        made_name="省厅",
        made_at=AT,
    )
    due = AT - timedelta(days=9)
    things = [
        Thing.objects.create(order=order, position=nth, title=f"材料{nth}", kind="text", due_at=due)
        for nth in (1, 2)
    ]
    # neither what is not due yet nor what may be left out counts
    Thing.objects.create(
        order=order, position=3, title="总结", kind="text", due_at=AT + timedelta(days=9)
    )
    Thing.objects.create(
        order=order, position=4, title="照片", kind="text", due_at=due, required=False
    )
    for code, marks in (("5101", (False, True)), ("5103", (False,))):
        unit = Unit.objects.get(code=code)
        recipient = Recipient.objects.create(order=order, unit=unit, name=unit.name)
        for thing, late in zip(things, marks, strict=False):
            HandIn.objects.create(
                thing=thing,
                recipient=recipient,
                version=1,
                late=late,
                by="9",
                by_name="甲",
                at=AT,
            )


def _adopt(season) -> None:
    """成都 one item, 自贡 four, and one that was not adopted."""
    for code, adopted in (("5101-rsj", True), *([("5103-rsj", True)] * 4), ("5103-rsj", False)):
        unit = Unit.objects.get(code=code)
        at = AT - timedelta(days=20)
        Item.objects.create(
            season=season,
            unit=unit,
            unit_name=unit.name,
            kind="news",
            made_at=at,
            handed_in_at=at,
            adopted_at=at if adopted else None,
        )


@pytest.fixture
def season():
    held = seasons.opened()
    _practise()
    _select(held)
    _hand_in(held)
    _adopt(held)
    return held


def _give(season, *, points="4.5", reason="动员会开到乡镇", unit="5101", actor=OFFICE, at=AT):
    return services.give_points(
        actor=actor,
        season=season,
        award=AWARD,
        line="publicity",
        unit=unit,
        points=Decimal(points),
        reason=reason,
        at=at,
    )


@pytest.mark.django_db
def test_units_are_compared_by_what_they_did(season):
    _give(season)
    page = selectors.rubric_page(OFFICE, SEASON, AWARD, at=AT)

    rows = {row.delegation.unit.code: row for row in page.rows}
    # 成都: 75% × 0.2; 10 of 自贡's… the best mean is 10 itself; 50% × 0.05; held; 10 − 3×2;
    # one level × 2; 1 of 2 in time; nothing amiss; 1 of 4 items; by hand
    assert rows["5101"].cells == [
        "15.00", "15.00", "2.50", "10.00", "4.00", "2.00", "5.00", "5.00", "2.50", "4.50",
    ]  # fmt: skip
    # 自贡: 100%; 8 of 10 × 15; 75% × 0.05; held in time, no list, one of two, all items
    assert rows["5103"].cells == [
        "20.00", "12.00", "3.75", "10.00", "10.00", "0.00", "5.00", "5.00", "10.00", "—",
    ]  # fmt: skip
    assert [(row.score.rank, row.delegation.unit.code, row.total) for row in page.rows[:2]] == [
        (1, "5103", "75.75"),
        (2, "5101", "65.50"),
    ]
    assert len(page.rows) == 21  # the province's own team is a guest
    assert "51-province" not in rows
    assert rows["5104"].cells[0] == "—"
    assert (page.full, page.open) == ("100", 20)  # of 成都 nothing is missing


@pytest.mark.django_db
def test_points_by_hand_are_given_with_a_reason_and_on_record(season):
    _give(season, points="2", reason="初评", at=AT - timedelta(hours=1))
    _give(season)
    why = selectors.why_page(OFFICE, SEASON, AWARD, "5101", at=AT)

    (line,) = [one for one in why.lines if one.by_hand]
    assert (line.shown, line.sentence) == ("4.50", "由人工评定，得4.50分。")
    assert [(str(one.points), one.reason) for one in line.history] == [
        ("4.500000000", "动员会开到乡镇"),
        ("2.000000000", "初评"),
    ]
    late = next(one for one in why.lines if one.name == "late")
    assert late.sentence == "3天；基础10分，每1天扣2分，0至10分，得4.00分。"
    entry = LedgerEntry.objects.filter(chain=SEASON, act="insight.points_given").latest("pk")
    told = json.loads(bytes(entry.payload))["data"]
    assert told.pop("by") == OFFICE.name
    assert told == {
        "award": "优秀组织奖",
        "line": "组织发动",
        "unit": _team("5101").name,
        "points": "4.50",
        "reason": "动员会开到乡镇",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"points": "5.01"}, "insight_points_range"),
        ({"points": "-1"}, "insight_points_range"),
        ({"points": "1.005"}, "insight_points_range"),
        ({"reason": "  "}, "insight_points_reason"),
        ({"unit": "51-province"}, "not_found"),
        ({"actor": make.actor(Role.SUPERVISOR, season=SEASON)}, "forbidden"),
    ],
)
def test_points_that_may_not_be_given_are_refused(season, other, code):
    with pytest.raises(DomainError, match=code):
        _give(season, **other)
    assert not HandPoints.objects.exists()


@pytest.mark.django_db
def test_only_what_went_amiss_in_the_unit_is_an_incident():
    hall = Hall()
    sitting = hall.sit()
    for kind, of in (
        ("close", sitting),
        ("late", sitting),
        ("extension", sitting),
        ("take_over", sitting),
        ("close", None),
    ):
        Incident.objects.create(
            exam=hall.exam, sitting=of, kind=kind, reason="", recorded_by="9", at=AT
        )
    line = RubricLine(title="考风考纪", of="incidents", max=Fraction(5), each=Fraction(-1))

    assert organising.organised(line, hall.season, [hall.delegation], at=AT) == {
        hall.delegation.pk: Fraction(2)
    }


@pytest.mark.django_db
def test_entrants_works_and_a_contest_that_never_came(season):
    teams = [_team(code) for code in ("5101", "5103", "5104")]

    def found(**other):
        line = RubricLine(title="项", max=Fraction(9), each=Fraction(1), **other)
        values = organising.organised(line, season, teams, at=AT)
        return [None if values[one.pk] is None else str(values[one.pk]) for one in teams]

    assert found(of="entrants", stage="selection") == ["2", "2", "0"]
    # no result by 1 July of what closed on a day of June: late by every day since
    window = window_of(season, "selection", teams[2])
    assert window is not None
    days = (date(2022, 7, 1) - window.closes_at.date()).days
    assert found(of="late", stage="selection") == ["3", "0", str(days)]
    person = Entry.objects.get(code="A1").person
    for key, source in (("微视频", "a"), ("微视频", "b"), ("征文", "c")):
        Fact.objects.create(
            person=person, kind="contest", key=key, source=source, recorded_by="9", recorded_at=AT
        )
    Fact.objects.create(
        person=person, kind="contest", key="微视频", source="d", recorded_by="9", recorded_at=AT,
        since=date(2021, 5, 1),
    )  # fmt: skip
    assert found(of="facts", kind="contest", key="微视频") == ["2", "0", "0"]
    assert found(of="facts", kind="contest") == ["3", "0", "0"]


@pytest.mark.django_db
def test_who_is_not_of_the_committee_sees_no_rubric(season):
    with pytest.raises(DomainError, match="forbidden"):
        selectors.rubric_page(make.actor(Role.UNIT_MANAGER, season=SEASON), SEASON, AWARD, at=AT)
    with pytest.raises(DomainError, match="not_found"):
        selectors.rubric_page(OFFICE, SEASON, "special", at=AT)


@pytest.mark.django_db
def test_the_pages_from_the_table_to_the_sheet(season):
    client = Client()
    client.force_login(make.account("office", "office", season=SEASON))
    listed = client.get(reverse("insight:reports", args=[SEASON])).content.decode()
    table = reverse("insight:rubric", args=[SEASON, AWARD])
    assert table in listed
    shown = client.get(table).content.decode()
    assert "优秀组织奖评分表" in shown
    assert reverse("results:award", args=[SEASON, AWARD]) in shown
    why = reverse("insight:rubric-why", args=[SEASON, AWARD, "5101"])
    assert why in shown
    refused = client.post(why, {"line": "publicity", "points": "6", "reason": "好"})
    assert refused.status_code == 422
    assert "得分须在0至5分之间" in refused.content.decode()
    client.post(why, {"line": "publicity", "points": "4.5", "reason": "动员会开到乡镇"})
    assert "动员会开到乡镇" in client.get(why).content.decode()
    kept = client.get(reverse("insight:rubric-sheet", args=[SEASON, AWARD]))
    book = load_workbook(io.BytesIO(kept.content))
    rows = {row[1]: row for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert rows[_team("5101").name][11] == "4.50"
    told = [row[2] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)]
    assert "由人工评定，得4.50分。" in told


def _decide(season, at=AT + timedelta(days=1)):
    return decide_award(actor=OFFICE, season=season, award=AWARD, holders=["5103"], at=at)


@pytest.mark.django_db
def test_what_was_decided_stands_on_the_figures_of_that_moment(season):
    _give(season)
    decision = _decide(season)
    # afterwards: news for 成都, a day of practice, other points by hand
    unit = Unit.objects.get(code="5101-rsj")
    for _nth in range(9):
        Item.objects.create(
            season=season, unit=unit, unit_name=unit.name, kind="news",
            made_at=AT, handed_in_at=AT, adopted_at=AT,
        )  # fmt: skip
    studied(learner(unit, 9), date(2022, 4, 6), answers=4, right=4, points={"weekly": "99"})
    rolling.roll_up()
    _give(season, points="0", reason="改评", unit="5103", at=AT + timedelta(days=2))

    later = AT + timedelta(days=3)
    page = selectors.rubric_page(OFFICE, SEASON, AWARD, at=later)

    assert page.frozen
    assert [(row.score.rank, row.delegation.unit.code, row.total) for row in page.rows[:2]] == [
        (1, "5103", "75.75"),
        (2, "5101", "65.50"),
    ]
    assert (page.span.last, len(page.rows)) == (date(2022, 7, 2), 21)
    (line,) = [
        one
        for one in selectors.why_page(OFFICE, SEASON, AWARD, "5103", at=later).lines
        if one.by_hand
    ]
    assert (line.shown, line.history) == ("—", ())
    now = selectors.rubric_page(OFFICE, SEASON, AWARD, at=later, now=True)
    assert not now.frozen
    assert {row.delegation.unit.code: row.cells[8] for row in now.rows}["5101"] == "10.00"
    held = FrozenRubric.objects.get()
    assert (held.resolution_id, held.digest) == (decision.pk, digest_of(held))
    assert held.standing[:2] == [["5103", 1, "75.75"], ["5101", 2, "65.5"]]
    entry = LedgerEntry.objects.filter(chain=SEASON, act="insight.rubric_frozen").get()
    assert held.digest in bytes(entry.payload).decode()


@pytest.mark.django_db
def test_a_further_decision_freezes_its_own_table_and_the_first_stays(season):
    _decide(season)
    _give(season, at=AT + timedelta(days=2))
    _decide(season, at=AT + timedelta(days=3))

    page = selectors.rubric_page(OFFICE, SEASON, AWARD, at=AT + timedelta(days=4))

    assert {row.delegation.unit.code: row.cells[9] for row in page.rows}["5101"] == "4.50"
    first, second = FrozenRubric.objects.order_by("at")
    assert (first.figures["5101"]["publicity"], second.figures["5101"]["publicity"]) == (
        None,
        "9/2",
    )


@pytest.mark.django_db
def test_the_page_says_which_table_it_is(season):
    _give(season)
    _decide(season)
    client = Client()
    client.force_login(make.account("office", "office", season=SEASON))
    table = reverse("insight:rubric", args=[SEASON, AWARD])
    why = reverse("insight:rubric-why", args=[SEASON, AWARD, "5101"])

    decided = client.get(table).content.decode()
    assert "这是评定时的评分表" in decided
    assert FrozenRubric.objects.get().digest in decided
    assert 'name="points"' not in client.get(why).content.decode()
    current = client.get(f"{table}?now=1").content.decode()
    assert "按最新数据计算，与已作出的评定无关" in current
    assert f"{why}?now=1" in current
    given = client.post(f"{why}?now=1", {"line": "publicity", "points": "1", "reason": "改评"})
    assert (given.status_code, given.url) == (302, f"{why}?now=1")


def test_the_share_of_a_rubric_leaves_out_who_serves_where_no_roster_is_confirmed():
    """17 took part, 5 of them where no roster is: 12 of 24."""
    line = RubricLine(title="参学率", of="ratio", max=Fraction(20), each=Fraction("0.2"))
    assert organising.practised(line, Figures(due=24, persons=17, outside=5), "") == 50
    assert organising.practised(line, Figures(persons=3, outside=3), "") is None
