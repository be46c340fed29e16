"""The first seed's region: its leagues, those who run its contest, and a season opened there."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from leitai.base.actor import Actor
from leitai.people import numbers
from leitai.people.enums import Role, Window
from leitai.people.services import NewPerson
from leitai.rulebook import packaged
from leitai.seasons import selectors as season_reads
from leitai.seasons import services as seasons
from leitai.seasons.models import Season
from leitai.units import selectors as unit_reads
from leitai.units import services as units
from leitai.web.demonstration import staging
from leitai.web.demonstration.cast import invent_name
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.staging import HOUSE, Staff

RULEBOOK = "inner-mongolia-2022"
HOST, FIRST = "15", "1501"
GUIDANCE, GRASSROOTS = "guidance", "grassroots"
OFFICERS = (
    Staff("northoffice", "宁致远", Role.OFFICE),
    Staff("northleader", "苗青禾", Role.LEADER),
)
MANAGER = Staff("northunit", "乔如松", Role.UNIT_MANAGER)
MOVED = "演示：日程移至今天前后。"
REGION = "000000"  # no division of China has it: nobody's ID number begins so
# league, county, street
LEAGUES = (
    ("1501", "呼和浩特市", "新城区", "海拉尔东路街道"),
    ("1502", "包头市", "昆都仑区", "沼潭街道"),
    ("1503", "乌海市", "海勃湾区", "新华街道"),
    ("1504", "赤峰市", "红山区", "站前街道"),
    ("1505", "通辽市", "科尔沁区", "明仁街道"),
    ("1506", "鄂尔多斯市", "东胜区", "交通街道"),
    ("1507", "呼伦贝尔市", "海拉尔区", "正阳街道"),
    ("1508", "巴彦淖尔市", "临河区", "团结街道"),
    ("1509", "乌兰察布市", "集宁区", "新体路街道"),
    ("1522", "兴安盟", "乌兰浩特市", "爱国街道"),
    ("1525", "锡林郭勒盟", "锡林浩特市", "希日塔拉街道"),
    ("1529", "阿拉善盟", "阿拉善左旗", "南环路街道"),
)
CARVED_OUT = ("150781,1507,满洲里市,county", "152501,1525,二连浩特市,county")


def plant(password: str, at: datetime) -> dict[Role, Actor]:
    """Units and officers; whoever is there already stays."""
    if unit_reads.find_unit(HOST) is None:
        units.import_units(actor=HOUSE, source=io.BytesIO("\n".join(_rows()).encode()), at=at)
    officers = staging.appoint(OFFICERS, HOST, password, at)
    return officers | staging.appoint((MANAGER,), FIRST, password, at)


def open_season(
    code: str, office: Actor, windows: Mapping[str, tuple[int, int]], at: datetime
) -> Season:
    """By its packaged rules; `windows` are by name the days from today that each is open."""
    season = seasons.create_season(actor=HOUSE, rulebook=packaged(RULEBOOK), code=code, at=at)
    law = season_reads.rulebook_of(season)
    units.make_delegations(actor=office, season_code=code, rulebook=law, at=at)
    for key in law.assumptions:
        seasons.confirm_assumption(actor=office, season=season, key=key, at=at)
    for name, (first, last) in windows.items():
        seasons.set_window(
            actor=office,
            season=season,
            name=name,
            opens_at=staging.at_desk(at, first),
            closes_at=staging.at_desk(at, last, 18),
            reason=MOVED,
            at=at,
        )
    return seasons.open_season(actor=office, season=season, at=at)


def contestants(
    prefix: str, first: int, chance: Chance, at: datetime
) -> Iterator[tuple[str, str, NewPerson]]:
    """For each league and track one person at the level that the rules ask for.

    `first` of 10,000 is their numbers' beginning, so that two casts never share one.
    """
    for place, (league, *_names) in enumerate(LEAGUES):
        for track, tail, post in ((GUIDANCE, "02", "职业指导员"), (GRASSROOTS, "02001", "专理员")):
            number = 2 * place + (track == GRASSROOTS)
            made = NewPerson(
                f"{prefix}{number + 1:02d}",
                invent_name(chance.child(league, track)),
                f"{league}{tail}",
                window=Window.FRONT,
                post=post,
                since=at.date() - timedelta(days=900),
                id_number=_id_number(first, number),
                phone=f"1990000{first + number:04d}",
            )
            yield league, track, made


def _id_number(first: int, number: int) -> str:
    head = f"{REGION}19{80 + number % 15}03{1 + number:02d}{first // 10:03d}"
    return head + numbers.check_digit(head)


def _rows() -> Iterator[str]:
    yield "code,parent,name,level"
    yield f"{HOST},,内蒙古自治区,province"
    for code, league, county, street in LEAGUES:
        yield f"{code},{HOST},{league},prefecture"
        yield f"{code}02,{code},{county},county"
        yield f"{code}02001,{code}02,{street},township"
    yield from CARVED_OUT
