"""Outside platforms' figures: whose they are, what stands, and who may be nominated after them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import Workbook

from leitai.kernel.errors import DomainError, Problems
from leitai.ledger.models import LedgerEntry
from leitai.people import services as people
from leitai.people.models import Person, Personal
from leitai.people.numbers import check_digit
from leitai.people.services import NewPerson
from leitai.practice.enums import DoubtState
from leitai.practice.models import Outside, OutsideDoubt, OutsideDraft
from leitai.practice.selectors.outside import outside_of, preview_of, queue_of
from leitai.practice.services import outside
from leitai.seasons import selectors as seasons_selectors
from leitai.seasons import services as seasons_services
from leitai.seasons.models import Fact, Season
from leitai.seasons.services import NewFact
from tests.factories import people as make_people
from tests.factories import practice as make
from tests.factories import seasons
from tests.factories.units import HOUSE

pytestmark = pytest.mark.django_db
AT = datetime(2022, 6, 6, 2, 0, tzinfo=UTC)
DAY = date(2022, 6, 5)
PLATFORM = "全国在线学习平台"
SOURCE = "全国在线学习平台（截至2022-06-05）"
HEADINGS = (
    "姓名",
    "身份证号",
    "手机号",
    "单位",
    "称号",
    "积分项目",
    "积分",
    "参赛经历",
    "参赛年份",
)
STAR, NATIONAL = "日日学之星", "全国人社知识通"
Row = Sequence[object]


def id_number(number: int) -> str:
    """Of a region that does not exist."""
    body = f"00010119900101{number:03d}"
    return body + check_digit(body)


def phone(number: int) -> str:
    return f"199000000{number:02d}"


def name(number: int) -> str:
    return f"练兵{'甲乙丙丁戊己庚辛壬癸'[number // 10]}{'甲乙丙丁戊己庚辛壬癸'[number % 10]}"


@pytest.fixture
def season() -> Season:
    return seasons.draft()


@pytest.fixture
def thirty(season: Season) -> dict[int, Person]:
    """Thirty people of two units, each with an ID number and a phone."""
    del season
    made = people.create_people(
        actor=HOUSE,
        people=[
            NewPerson(
                f"p{number}",
                name(number),
                "5101" if number <= 15 else "5103",
                id_number=id_number(number),
                phone=phone(number),
            )
            for number in range(1, 31)
        ],
        at=make_people.SINCE,
    )
    return dict(enumerate(made, start=1))


def xlsx(rows: Iterable[Row], headings: Sequence[str] = HEADINGS) -> io.BytesIO:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def start(
    rows: Iterable[Row], headings: Sequence[str] = HEADINGS, **changed: object
) -> OutsideDraft:
    told = {"source": PLATFORM, "as_of": DAY, "at": AT, "season": "sichuan-2022", **changed}
    return outside.start_outside(
        actor=seasons.OFFICE, file=xlsx(rows, headings), name="平台导出.xlsx", **told
    )


def confirm(draft: OutsideDraft) -> dict[str, int]:
    return outside.confirm_outside(
        actor=seasons.OFFICE, season="sichuan-2022", code=draft.code, at=AT
    )


def states(draft: OutsideDraft) -> dict[int, str]:
    return {row["number"]: row["state"] for row in draft.rows}


def exported(thirty: dict[int, Person]) -> list[Row]:
    """1 to 10 by ID, 11 to 20 by phone, the others by name and unit; 30 has another phone now."""
    rows: list[Row] = []
    for number, person in thirty.items():
        title, points, contest, year = STAR, 1000 + number, "", ""
        if number in (23, 24, 25):
            title = ""
        if number in (26, 27):
            points = 990
        if number == 28:
            contest, year = "练兵比武省际邀请赛", "2021"
        if number == 29:
            title = f"{STAR}、{NATIONAL}"
        who = id_number(number) if number <= 10 else ""
        called = phone(number) if 11 <= number <= 20 else ""
        if number == 30:
            called = "19900000199"
        unit = person.unit.name if number > 20 else ""
        rows.append((person.name, who, called, unit, title, "周周练", points, contest, year))
    return rows


def test_exactly_the_right_ones_may_be_nominated(season: Season, thirty: dict[int, Person]) -> None:
    """By hand: of thirty are out 23, 24, 25 (no title), 26, 27 (990 points), 28 (veteran), 29."""
    draft = start(exported(thirty))
    found = {row["number"] - 1: (row["state"], row["by"]) for row in draft.rows}
    assert [found[number] for number in (1, 10)] == [("new", "id")] * 2
    assert [found[number] for number in (11, 20)] == [("new", "phone")] * 2
    assert [found[number] for number in (21, 29)] == [("new", "name")] * 2
    assert found[30] == ("doubt", "")
    done = confirm(draft)
    assert (done["new"], done["doubt"], done["bad"], done["unknown"]) == (29, 1, 0, 0)

    def welcome() -> set[int]:
        barred = seasons_selectors.bars_for(season, "selection", "", list(thirty.values()), at=AT)
        return {number for number, person in thirty.items() if person.code not in barred}

    assert welcome() == set(range(1, 23))
    asked = queue_of(seasons.OFFICE, season.code, number=None).asked
    assert [(one.shown.line.why, one.shown.line.phone) for one in asked] == [
        ("phone", "199****0199")
    ]
    assert [(one.code, mask) for one, mask in asked[0].shown.people] == [("p30", "199****0030")]
    outside.decide_outside(
        actor=seasons.OFFICE, season=season.code, doubt=asked[0].doubt.pk, person="p30", at=AT
    )
    assert welcome() == {*range(1, 23), 30}
    # 27 have the star, one the national title too; 30 have points; one the contest.
    kinds = [Fact.objects.filter(kind=kind).count() for kind in ("title", "points", "contest")]
    assert kinds == [28, 30, 1]
    assert set(Fact.objects.exclude(kind="contest").values_list("source", flat=True)) == {SOURCE}
    assert Outside.objects.count() == 59


def test_the_same_file_again_changes_nothing(season: Season, thirty: dict[int, Person]) -> None:
    confirm(start(exported(thirty)))
    before = set(Fact.objects.values_list("pk", flat=True))
    again = start(exported(thirty))
    assert set(states(again).values()) == {"same", "asked"}
    done = confirm(again)
    assert (done["same"], done["asked"], done["new"]) == (29, 1, 0)
    assert set(Fact.objects.values_list("pk", flat=True)) == before
    assert OutsideDoubt.objects.filter(season=season.code).count() == 1


def test_another_value_of_the_same_day_is_refused_with_both(
    season: Season, thirty: dict[int, Person]
) -> None:
    row = (name(1), id_number(1), "", "", "", "周周练")
    confirm(start([(*row, 990, "", "")]))
    draft = start([(*row, "1,005.0", "", "")])
    (group,) = preview_of(seasons.OFFICE, season.code, draft.code).groups
    assert group.state == "bad"
    ((_column, words),) = group.lines[0].problems
    assert "“990”" in words
    assert "“1005”" in words
    confirm(draft)
    assert [one.value for one in Outside.objects.all()] == ["990"]
    assert states(start([(*row, "990.0", "", "")])) == {2: "same"}
    later = start([(*row, 1005, "", "")], as_of=date(2022, 6, 6))
    assert states(later) == {2: "new"}
    assert thirty[1].facts.get().value == "990"


def test_a_figure_recorded_since_the_preview_is_compared_again(
    season: Season, thirty: dict[int, Person]
) -> None:
    del thirty
    row = (name(1), id_number(1), "", "", "", "周周练")
    first, second = start([(*row, 990, "", "")]), start([(*row, 991, "", "")])
    confirm(first)
    assert confirm(second)["bad"] == 1
    assert Outside.objects.get(season=season.code).value == "990"


def test_outside_points_are_never_added_to_the_houses_own(
    season: Season, thirty: dict[int, Person]
) -> None:
    """600 here and 500 there are not 1000: the greatest figure counts."""
    own = NewFact("p1", "points", "周周练", "600", date(2022, 1, 1), date(2022, 12, 31))
    seasons_services.record_facts(actor=HOUSE, facts=[own], source="本平台", at=AT)
    confirm(start([(name(1), id_number(1), "", "", STAR, "周周练", 500, "", "")]))
    bars = seasons_selectors.bars_for(season, "selection", "", [thirty[1]], at=AT)
    assert [one.bar for one in bars["p1"]] == ["practice"]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (("", id_number(1), "", "", STAR), "姓名", "姓名"),
        ((name(1), "000101199001010010", "", "", STAR), "身份证号", "校验"),
        ((name(1), "", "123", "", STAR), "手机号", "手机"),
        ((name(1), "", "", "", STAR), "单位", "至少填写一项"),
        ((name(1), id_number(1), "", "", "学习标兵"), "称号", "没有用到称号“学习标兵”"),
        ((name(1), id_number(1), "", "", "", "天天练", 5), "积分项目", "天天练"),
        ((name(1), id_number(1), "", "", "", "", 5), "积分项目", "没有填写积分项目"),
        ((name(1), id_number(1), "", "", "", "周周练", ""), "积分", "没有填写积分"),
        ((name(1), id_number(1), "", "", "", "周周练", "很多"), "积分", "“很多”不是积分"),
        ((name(1), id_number(1), "", "", "", "", "", "练兵比武省际邀请赛", ""), "参赛年份", "四位"),
    ],
)
def test_a_bad_line_says_where_and_how_to_mend_it(
    season: Season, thirty: dict[int, Person], row: Row, column: str, words: str
) -> None:
    del thirty
    draft = start([(*row, *[""] * (len(HEADINGS) - len(row)))])
    (group,) = preview_of(seasons.OFFICE, season.code, draft.code).groups
    said = dict(group.lines[0].problems)
    assert group.state == "bad"
    assert words in said[column]


def test_the_doubtful_wait_and_the_unknown_are_said(
    season: Season, thirty: dict[int, Person]
) -> None:
    """By hand, each line another way to be unsure."""
    five = "周周练", 5, "", ""
    first, other = thirty[1].unit.name, thirty[16].unit.name
    draft = start(
        [
            ("旁人某某", id_number(1), "", "", STAR, *five),  # somebody else's ID number
            ("旁人某某", "", phone(2), "", STAR, *five),  # somebody else's phone
            (name(3), "", "", other, STAR, *five),  # serves in the other unit
            (name(4), id_number(99), "", first, STAR, *five),  # has another ID number: not this one
            ("旁人某某", "", "", first, STAR, *five),  # nobody
            (name(5), "", phone(5), "不存在的单位", "", "", "", "", ""),  # says nothing
            (name(6), "", phone(6), "不存在的单位", STAR, *five),  # the phone is enough
        ]
    )
    found = {row["number"]: (row["state"], row["why"], row["people"]) for row in draft.rows}
    assert found == {
        2: ("doubt", "name", ["p1"]),
        3: ("doubt", "name", ["p2"]),
        4: ("doubt", "unit", ["p3"]),
        5: ("unknown", "", []),
        6: ("unknown", "", []),
        7: ("nothing", "", []),
        8: ("new", "", []),
    }
    assert confirm(draft)["doubt"] == 3
    doubt = OutsideDoubt.objects.filter(season=season.code).order_by("pk")[0]

    def decide(person: str) -> None:
        outside.decide_outside(
            actor=seasons.OFFICE, season=season.code, doubt=doubt.pk, person=person, at=AT
        )

    with pytest.raises(DomainError, match="outside_person"):
        decide("p7")  # exists and was not among those
    decide("")
    doubt.refresh_from_db()
    assert (doubt.state, doubt.person, doubt.decided_by) == (DoubtState.NOBODY, None, "9")
    with pytest.raises(DomainError, match="outside_decided"):
        decide("p1")
    assert not Fact.objects.filter(person=thirty[1]).exists()


def test_no_number_is_kept_or_written_into_the_ledger(
    season: Season, thirty: dict[int, Person]
) -> None:
    draft = start([*exported(thirty), ("19900000007", "", "19900000007", "", STAR, *[""] * 4)])
    kept = json.dumps(draft.rows)
    confirm(draft)
    kept += json.dumps(list(OutsideDoubt.objects.values_list("row", "people")))
    kept += "".join(
        bytes(one.payload).decode() for one in LedgerEntry.objects.filter(chain=season.code)
    )
    assert "199000001" not in kept
    assert not [number for number in range(1, 31) if phone(number) in kept]
    assert not [number for number in range(1, 31) if id_number(number) in kept]
    assert not OutsideDraft.objects.exists()


def test_a_title_holds_as_long_as_the_rules_say(season: Season, thirty: dict[int, Person]) -> None:
    del season, thirty
    confirm(start([(name(1), id_number(1), "", "", f"“{STAR}”，{NATIONAL}", *[""] * 4)]))
    held = {one.key: (one.since, one.until) for one in Fact.objects.all()}
    assert held == {STAR: (DAY, date(2022, 12, 31)), NATIONAL: (DAY, None)}


def test_headings_are_known_by_other_names_and_a_line_may_have_its_own_day(
    season: Season, thirty: dict[int, Person]
) -> None:
    headings = ("学员姓名", "证件号码", "所在单位", "项目", "累计积分", "统计日期")
    row = (name(1), id_number(1), "", "周周练", 7)
    confirm(start([(*row, "2022年5月31日")], headings))
    learner = make.learner(thirty[1], season=season.code)
    shown = [(one.key, one.value, one.source, one.as_of) for one in outside_of(learner)]
    assert shown == [("周周练", "7", PLATFORM, date(2022, 5, 31))]
    assert states(start([(*row, "2022-06-07")], headings)) == {2: "bad"}  # tomorrow
    with pytest.raises(Problems):
        start([("甲",)], ("单位",))


def test_only_the_office_of_the_season_brings_figures_in(
    season: Season, thirty: dict[int, Person]
) -> None:
    del thirty
    for actor in (
        make_people.actor("unit-manager", season=season.code),
        make_people.actor("supervisor", season=season.code),
        make_people.actor("office", season="another"),
    ):
        with pytest.raises(DomainError, match="forbidden"):
            outside.start_outside(
                actor=actor,
                season=season.code,
                source=PLATFORM,
                as_of=DAY,
                file=xlsx([]),
                name="x.xlsx",
                at=AT,
            )


def test_lines_of_two_records_of_one_person_are_the_firsts(
    season: Season, thirty: dict[int, Person]
) -> None:
    """p1 and p2 become one: the line that waits for p2 may be p1's, and can be decided so."""
    confirm(start([("旁人某某", "", phone(2), "", STAR, *[""] * 4)]))
    Person.objects.filter(pk=thirty[2].pk).update(name=thirty[1].name)
    Personal.objects.filter(person=thirty[2]).delete()
    kept, gone = (Person.objects.get(pk=thirty[number].pk) for number in (1, 2))
    people.merge_people(actor=HOUSE, kept=kept, gone=gone, at=AT)
    (asked,) = queue_of(seasons.OFFICE, season.code, number=None).asked
    assert [one.code for one, _mask in asked.shown.people] == ["p1"]
    outside.decide_outside(
        actor=seasons.OFFICE, season=season.code, doubt=asked.doubt.pk, person="p1", at=AT
    )
    assert Outside.objects.get().person_id == kept.pk


def test_what_names_people_is_forgotten_with_the_season(
    season: Season, thirty: dict[int, Person]
) -> None:
    confirm(start(exported(thirty)))
    start(exported(thirty))
    outside.forget_outside(seasons=[season.code])
    assert not OutsideDraft.objects.exists()
    assert not OutsideDoubt.objects.exists()
    assert Outside.objects.exists()


def test_a_draft_is_kept_for_a_day(season: Season, thirty: dict[int, Person]) -> None:
    draft = start(exported(thirty))
    outside.drop_expired(at=AT + timedelta(hours=23, minutes=59))
    assert OutsideDraft.objects.exists()
    late = AT + timedelta(hours=24)
    with pytest.raises(DomainError, match="not_found"):
        outside.confirm_outside(actor=seasons.OFFICE, season=season.code, code=draft.code, at=late)
    outside.drop_expired(at=late)
    assert not OutsideDraft.objects.exists()
