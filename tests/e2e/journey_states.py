"""The first seed's season in the states that its journey starts from, made through services.

Who wins what is worked out by hand in the comments; the journey's pages have to say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO

from openpyxl import Workbook
from PIL import Image

from leitai import rulebook
from leitai.base.actor import Actor
from leitai.people import privacy
from leitai.people import selectors as accounts
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.people.services import NewPerson
from leitai.results import services as results
from leitai.results.models import StageResult
from leitai.seasons import selectors
from leitai.seasons import services as seasons
from leitai.seasons.models import Season
from leitai.seasons.services import NewScore
from leitai.units import selectors as units
from leitai.units import services as delegating
from tests.e2e.conftest import PASSWORD
from tests.e2e.states import upon
from tests.factories.units import HOUSE, csv_file

CODE = "inner-mongolia-2022"
GUIDANCE, GRASSROOTS = "guidance", "grassroots"
STAFF = (
    ("office", "蒲清越", Role.OFFICE, "15"),
    ("second", "梅知远", Role.OFFICE, "15"),
    ("leader", "厉慎行", Role.LEADER, "15"),
    ("supervisor", "尤见山", Role.SUPERVISOR, "15"),
    ("arbiter", "荀守正", Role.SUPERVISOR, "15"),
    ("hohhot", "贺知秋", Role.UNIT_MANAGER, "1501"),
    ("baotou", "于沐阳", Role.UNIT_MANAGER, "1502"),
)
LEAGUES = {
    "1501": ("呼和浩特市", "新城区", "海拉尔东路街道"),
    "1502": ("包头市", "昆都仑区", "沼潭街道"),
    "1503": ("乌海市", "海勃湾区", "新华街道"),
    "1504": ("赤峰市", "红山区", "站前街道"),
    "1505": ("通辽市", "科尔沁区", "明仁街道"),
    "1506": ("鄂尔多斯市", "东胜区", "交通街道"),
    "1507": ("呼伦贝尔市", "海拉尔区", "正阳街道"),
    "1508": ("巴彦淖尔市", "临河区", "团结街道"),
    "1509": ("乌兰察布市", "集宁区", "新体路街道"),
    "1522": ("兴安盟", "乌兰浩特市", "爱国街道"),
    "1525": ("锡林郭勒盟", "锡林浩特市", "希日塔拉街道"),
    "1529": ("阿拉善盟", "阿拉善左旗", "南环路街道"),
}
# 职业指导: 县区级机构的人；基层: 街道的人。
NAMES = {
    GUIDANCE: {
        "1501": "乌兰",
        "1502": "巴图",
        "1503": "娜仁",
        "1504": "苏日娜",
        "1505": "朝鲁",
        "1506": "格根",
        "1507": "阿木尔",
        "1508": "萨仁",
        "1509": "宝音",
    },
    GRASSROOTS: {
        "1501": "其其格",
        "1502": "哈斯",
        "1503": "图雅",
        "1504": "满都拉",
        "1505": "敖登",
        "1506": "特木尔",
        "1507": "呼和",
        "1508": "斯琴",
    },
}
# 「荣誉证书（具体事项另行通知）」: the supplementary notice that names the awards.
AWARDS = """
awards:
  - id: first
    title: 一等奖
    to: person
    stage: final
    ranks: [1, 1]
    tracks: [guidance, grassroots]
    source: 每个项目设一等奖1名
  - id: second
    title: 二等奖
    to: person
    stage: final
    ranks: [2, 3]
    tracks: [guidance, grassroots]
    source: 每个项目设二等奖2名
  - id: third
    title: 三等奖
    to: person
    stage: final
    ranks: [4, 7]
    tracks: [guidance, grassroots]
    source: 每个项目设三等奖4名，颁发荣誉证书
"""
SUPPLEMENT = rulebook.packaged(CODE).replace("\npublicity:\n", f"{AWARDS}\npublicity:\n", 1)
Marks = Mapping[str, tuple[str, str]]
# 理论、亮点展示，各占50%。职业指导: 91、90.5、89、88、86、85，然后阿木尔和萨仁同为82，宝音73。
TIED: Marks = {
    "1501": ("92.00", "90.00"),
    "1502": ("90.00", "91.00"),
    "1503": ("88.00", "90.00"),
    "1504": ("86.50", "89.50"),
    "1505": ("87.00", "85.00"),
    "1506": ("84.00", "86.00"),
    "1507": ("80.00", "84.00"),
    "1508": ("83.00", "81.00"),
    "1509": ("70.00", "76.00"),
}
PARTED: Marks = {**TIED, "1508": ("83.00", "80.00")}  # 萨仁81.5，没有同分
BELOW: Marks = {
    unit: (f"{90 - n}.00", f"{90 - n}.00") for n, unit in enumerate(NAMES[GRASSROOTS])
}  # the first seven of eight, without a tie
# 情景再现、抢答。加半决赛的40%：乌兰36.4+40+10=86.4，巴图36.2+42+11=89.2，娜仁35.6+38+12=85.6，
# 其余81.2、78.4、76、72.8。娜仁的情景再现评分表是43分，录成38分：应为90.6分，第1名。
FINAL: Marks = {
    "1501": ("40.00", "10"),
    "1502": ("42.00", "11"),
    "1503": ("38.00", "12"),
    "1504": ("37.00", "9"),
    "1505": ("36.00", "8"),
    "1506": ("35.00", "7"),
    "1507": ("34.00", "6"),
}
FINAL_BELOW: Marks = {unit: (f"{40 - n}.00", str(10 - n)) for n, unit in enumerate(FINAL)}
STAGES = {
    "semifinal": (("theory", 2), ("showcase", 2)),
    "final": (("scenario", 2), ("buzzer", 0)),
}


def entry(unit: str, track: str = GUIDANCE) -> str:
    """职业指导 is entered first: a delegation's numbers run through both tracks."""
    return f"2022-{unit}-{1 if track == GUIDANCE else 2}"


def person(unit: str, track: str) -> str:
    return f"{track[:2]}-{unit}"


def actor(username: str, at: datetime) -> Actor:
    return accounts.actor_of(accounts.get_account(username), at=at)


def plant(at: datetime) -> None:
    """Units, officers and the roster; no season yet."""
    rows = ["code,parent,name,level", "15,,内蒙古自治区,province"]
    for code, (league, county, street) in LEAGUES.items():
        rows.append(f"{code},15,{league},prefecture")
        rows.append(f"{code}02,{code},{county},county")
        rows.append(f"{code}02001,{code}02,{street},township")
    rows += ["150781,1507,满洲里市,county", "152501,1525,二连浩特市,county"]
    delegating.import_units(actor=HOUSE, source=csv_file("\n".join(rows)), at=at)
    appoint(STAFF, at)
    tails = {GUIDANCE: "02", GRASSROOTS: "02001"}
    news = [
        NewPerson(person(unit, track), name, f"{unit}{tails[track]}")
        for track, names in NAMES.items()
        for unit, name in names.items()
    ]
    people.create_people(actor=HOUSE, people=news, at=at)


def appoint(staff: Sequence[tuple[str, str, Role, str]], at: datetime) -> None:
    """An account for each, by which they sign in, with the role over a unit."""
    for username, name, role, unit in staff:
        account = people.create_account(
            actor=HOUSE,
            username=username,
            password=PASSWORD,
            display_name=name,
            consent=privacy.VERSION,
            at=at,
        )
        held = units.get_unit(unit)
        people.appoint(actor=HOUSE, account=account, role=role, unit=held, since=at, at=at)


@upon(plant)
def open_season(at: datetime) -> None:
    open_by_rules(CODE, at)


def open_by_rules(code: str, at: datetime) -> Season:
    """Open by its packaged rules, each window wide open."""
    office = actor("office", at)
    season = seasons.create_season(actor=HOUSE, rulebook=code, at=at)
    law = selectors.rulebook_of(season)
    delegating.make_delegations(actor=office, season_code=code, rulebook=law, at=at)
    for key in law.assumptions:
        seasons.confirm_assumption(actor=office, season=season, key=key, at=at)
    for name in law.calendar:
        seasons.set_window(
            actor=office,
            season=season,
            name=name,
            opens_at=at - timedelta(days=10),
            closes_at=at + timedelta(days=30),
            reason="按补充通知调整",
            at=at,
        )
    return seasons.open_season(actor=office, season=season, at=at)


def supplement(season: Season, at: datetime) -> Season:
    """The rules with awards, adopted as the supplementary notice says."""
    office = actor("office", at)
    draft = seasons.begin_draft(actor=office, season=season, at=at)
    draft = seasons.write_draft(
        actor=office, draft=draft, revision=draft.revision, text=SUPPLEMENT, uploaded=False, at=at
    )
    seasons.adopt_draft(
        actor=office, draft=draft, revision=draft.revision, reason="关于奖项设置的补充通知", at=at
    )
    return selectors.get_season(CODE)


def nominate(season: Season, at: datetime, *, but: tuple[str, ...] = ()) -> None:
    """Everybody is sent by their league, but those (by their codes)."""
    office = actor("office", at)
    for track, names in NAMES.items():
        for unit in names:
            if person(unit, track) not in but:
                seasons.nominate(
                    actor=office,
                    season=season,
                    stage="league",
                    delegation=unit,
                    people=[person(unit, track)],
                    track=track,
                    at=at,
                )


def enter(season: Season, at: datetime) -> None:
    """The lists are confirmed: everybody stands in the semifinal."""
    office = actor("office", at)
    seasons.confirm_entries(actor=office, season=season, stage="league", at=at)
    decide(season, "league", at)


def decide(season: Season, stage: str, at: datetime, *, publish: bool = False) -> StageResult:
    """Compute, let the committee confirm each list, confirm (and publish)."""
    office, leader = actor("office", at), actor("leader", at)
    result = results.compute_stage(actor=office, season=season, stage=stage, at=at)
    while result.blocked:
        result = results.resolve_by_decision(
            actor=leader, result=result, index=0, note="组委会会议确认", at=at
        )
    result = results.confirm_result(actor=office, result=result, at=at)
    return results.publish_result(actor=office, result=result, at=at) if publish else result


def record(season: Season, stage: str, track: str, marks: Marks, at: datetime) -> None:
    """As signed lists bring them, each approved by the second of the office."""
    second = actor("second", at)
    for place, (event, decimals) in enumerate(STAGES[stage]):
        scores = [
            NewScore(
                entry(unit, track),
                round(float(given[place]) * 10**decimals),
                decimals,
                f"score-list:{stage}",
            )
            for unit, given in marks.items()
        ]
        seasons.record_reported(
            actor=second,
            season=season,
            stage=stage,
            event=event,
            track=track,
            scores=scores,
            at=at,
        )


@upon(open_season)
def at_semifinal(at: datetime) -> None:
    season = supplement(selectors.get_season(CODE), at)
    nominate(season, at)
    enter(season, at)


@upon(at_semifinal)
def at_final(at: datetime) -> None:
    """The final is marked, with one mark keyed wrongly."""
    season = selectors.get_season(CODE)
    record(season, "semifinal", GUIDANCE, PARTED, at)
    record(season, "semifinal", GRASSROOTS, BELOW, at)
    decide(season, "semifinal", at, publish=True)
    record(season, "final", GUIDANCE, FINAL, at)
    record(season, "final", GRASSROOTS, FINAL_BELOW, at)


def picture(width: int = 600, height: int = 840) -> bytes:
    """A scan or a portrait."""
    out = BytesIO()
    Image.new("RGB", (width, height), "gray").save(out, "JPEG")
    return out.getvalue()


def marks_book(track: str, marks: Marks, place: int) -> bytes:
    """A list of marks as the jury hands it over."""
    head = ["参赛编号", "姓名", "盟市", "成绩", "备注"]
    rows = [
        [entry(unit, track), NAMES[track][unit], LEAGUES[unit][0], given[place], ""]
        for unit, given in marks.items()
    ]
    return book([head, *rows])


def book(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet."""
    made = Workbook()
    for row in rows:
        made.active.append(list(row))
    out = BytesIO()
    made.save(out)
    return out.getvalue()
