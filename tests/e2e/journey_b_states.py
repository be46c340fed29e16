"""The second seed's season in the states that its journey starts from, made through services.

Who goes on and who wins what is worked out by hand in the comments; the pages have to say the same.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime

from leitai.people import privacy
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.people.models import Person
from leitai.people.numbers import check_digit
from leitai.people.services import NewPerson
from leitai.results import services as results
from leitai.seasons import selectors
from leitai.seasons import services as seasons
from leitai.seasons.models import Entry, Season
from leitai.seasons.services import NewScore
from leitai.units import services as delegating
from tests.e2e import journey_states as states
from tests.e2e.conftest import PASSWORD
from tests.e2e.journey_states import actor
from tests.e2e.states import upon
from tests.factories.units import HOUSE

CODE = "sichuan-2022"
STAFF = (
    ("office", "蒲清越", Role.OFFICE, "51"),
    ("leader", "厉慎行", Role.LEADER, "51"),
    ("supervisor", "尤见山", Role.SUPERVISOR, "51"),
    ("exam", "岳望舒", Role.EXAM_OFFICER, "51"),
    ("writer", "邰知微", Role.ITEM_WRITER, "51"),
    ("chengdu", "贺知秋", Role.UNIT_MANAGER, "5101"),
    ("zigong", "于沐阳", Role.UNIT_MANAGER, "5103"),
)
CONTESTANT = "5101-1"
# Two of each delegation; the other cities hold no contest of their own and send nobody.
TEAMS: Mapping[str, tuple[str, str]] = {
    "5101": ("申时雨", "白露晴"),
    "5103": ("盐小井", "灯如昼"),
    "5104": ("金沙江", "凤凰木"),
    "5105": ("江阳春", "泸水秋"),
    "5106": ("旌湖月", "绵竹青"),
    "5107": ("涪城雪", "剑南雨"),
    "5108": ("利州风", "昭化云"),
    "5109": ("船山石", "观音湖"),
    "5110": ("甜城柳", "沱江帆"),
    "5111": ("嘉定梅", "峨眉松"),
    "5113": ("果州桔", "阆中桥"),
    "51-province": ("锦水东", "文翁石"),
}
Marks = Mapping[str, tuple[str, str]]
# 晋级赛。两人相加：成都188.50、自贡186、攀枝花184、泸州183、德阳181、绵阳178、广元176、遂宁173、
# 内江170，省本级166（第10，不参加总决赛团体），乐山和南充同为165.50，逐人也相同：晋级的最后一个名额须抽签。
HEAT: Marks = {
    "5101": ("95.00", "93.50"),
    "5103": ("94.00", "92.00"),
    "5104": ("93.00", "91.00"),
    "5105": ("92.50", "90.50"),
    "5106": ("91.50", "89.50"),
    "5107": ("90.00", "88.00"),
    "5108": ("89.00", "87.00"),
    "5109": ("88.50", "84.50"),
    "5110": ("86.00", "84.00"),
    "5111": ("85.50", "80.00"),
    "5113": ("85.50", "80.00"),
    "51-province": ("96.00", "70.00"),
}
# 总决赛：二十四人按上面的次序从98.00分起，每人少半分。前15名（到船山石）是“人社知识通”；其余9人是
# 各队晋级赛前3名中没有得“人社知识通”的，都是“岗位练兵明星”。十支队的团体名次就是上面的次序。
TOP, STEP = 9800, 50
_BORN = "00000019880412"


def person(unit: str, place: int) -> str:
    return f"{unit}-{place}"


def entry(unit: str, place: int) -> str:
    return f"2022-{unit}-{place:02d}"


def id_number(number: int) -> str:
    """Somebody's number that nobody has: its region begins with 00."""
    body = f"{_BORN}{number:03d}"
    return body + check_digit(body)


def phone(number: int) -> str:
    return f"1990000{number:04d}"


def plant(at: datetime) -> None:
    """The package's units, officers and everybody who may be sent; no season yet."""
    for name in ("places.csv", "bodies.csv"):
        delegating.import_units(actor=HOUSE, source=delegating.data_path(name), at=at)
    states.appoint(STAFF, at)
    people.create_account(
        actor=HOUSE,
        username="contestant",
        password=PASSWORD,
        display_name=TEAMS["5101"][0],
        consent=privacy.VERSION,
        at=at,
    )
    news = [
        NewPerson(
            person(unit, place),
            name,
            unit,
            account="contestant" if person(unit, place) == CONTESTANT else "",
        )
        for unit, names in TEAMS.items()
        for place, name in enumerate(names, start=1)
    ]
    people.create_people(actor=HOUSE, people=news, at=at)
    for number, one in enumerate(Person.objects.order_by("pk")):
        people.set_personal(one, id_number=id_number(number), phone=phone(number))


@upon(plant)
def open_season(at: datetime) -> None:
    states.open_by_rules(CODE, at)


def practised(codes: Iterable[str], at: datetime) -> None:
    """What the ministry's platform says of people: the title and the points that the notice asks."""
    rows = ["person,kind,key,value,from,to,source"]
    for code in codes:
        rows.append(f"{code},title,日日学之星,,2022-05-31,,全国在线学习平台")
        rows.append(f"{code},points,周周练,1250,2022-05-31,,全国在线学习平台")
    file = io.BytesIO("\n".join(rows).encode())
    seasons.import_facts(actor=actor("office", at), source=file, at=at)


def sent(season: Season, at: datetime, *units: str) -> None:
    """These delegations have handed in their lists."""
    practised([person(unit, place) for unit in units for place in (1, 2)], at)
    for unit in units:
        seasons.nominate(
            actor=actor("office", at),
            season=season,
            stage="selection",
            delegation=unit,
            people=[person(unit, 1), person(unit, 2)],
            at=at,
        )


@upon(open_season)
def at_advancement(at: datetime) -> None:
    """The lists are confirmed: everybody stands in the province's first stage."""
    season = selectors.get_season(CODE)
    sent(season, at, *TEAMS)
    seasons.confirm_entries(actor=actor("office", at), season=season, stage="selection", at=at)
    states.decide(season, "selection", at)


def record(season: Season, stage: str, marks: Mapping[str, int], at: datetime) -> None:
    """What marking writes after the exam, without two who tie in every key by chance."""
    seasons.record_scores(
        actor=HOUSE,
        season=season,
        stage=stage,
        event="exam",
        scores=[
            NewScore(code, value, 2, f"test:{code}", {"multiple": value // 5 * 2, "seconds": 3000})
            for code, value in marks.items()
        ],
        at=at,
    )


@upon(at_advancement)
def at_tie(at: datetime) -> None:
    """The heat is marked: 乐山 and 南充 tie for the last place."""
    season = selectors.get_season(CODE)
    marks = {
        entry(unit, place): int(given.replace(".", ""))
        for unit, both in HEAT.items()
        for place, given in enumerate(both, start=1)
    }
    record(season, "advancement", marks, at)


@upon(at_tie)
def at_final(at: datetime) -> None:
    """The final is marked; dice threw who of the two went on as a team."""
    season, office = selectors.get_season(CODE), actor("office", at)
    result = results.compute_stage(actor=office, season=season, stage="advancement", at=at)
    result = results.resolve_by_draw(
        actor=office, result=result, index=0, numbers=[3, 5, 1], note="尤见山", at=at
    )
    result = results.confirm_result(actor=office, result=result, at=at)
    results.publish_result(actor=office, result=result, at=at)
    order = [entry(unit, place) for unit in TEAMS for place in (1, 2)]
    there = set(Entry.objects.filter(stage__code="final").values_list("code", flat=True))
    assert there == set(order)
    record(season, "final", {code: TOP - STEP * n for n, code in enumerate(order)}, at)


@upon(at_final)
def ended(at: datetime) -> None:
    """The final is published."""
    states.decide(selectors.get_season(CODE), "final", at, publish=True)
