"""The first seed's season, open for nominations, with people of every level in 呼和浩特."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

from leitai.people import services as people
from leitai.people.models import Person
from leitai.people.numbers import check_digit
from leitai.people.services import NewPerson
from leitai.registration import services
from leitai.registration.models import Registration
from leitai.registration.services import Begun, Wanted
from leitai.seasons import selectors
from leitai.seasons import services as seasons
from leitai.seasons.models import Season
from leitai.units import services as units
from tests.factories.people import actor
from tests.factories.units import HOUSE, csv_file

CODE = "inner-mongolia-2022"
AT = datetime(2022, 3, 18, 2, 0, tzinfo=UTC)
OFFICE = actor("office", season=CODE, unit="15/", account="91")
MANAGER = actor("unit_manager", season=CODE, unit="15/1501/", account="92")
FOREIGN = actor("unit_manager", season=CODE, unit="15/1502/", account="93")
_LEAGUES = ("1501", "1502", "1503", "1504", "1505", "1506", "1507", "1508", "1509")
_NAMES = ("呼和浩特市", "包头市", "乌海市", "赤峰市", "通辽市", "鄂尔多斯市", "呼伦贝尔市")
_MORE = ("巴彦淖尔市", "乌兰察布市")
_UNITS = (
    "code,parent,name,level\n"
    "15,,内蒙古自治区,province\n"
    + "".join(
        f"{code},15,{name},prefecture\n"
        for code, name in zip(_LEAGUES, _NAMES + _MORE, strict=True)
    )
    + "1522,15,兴安盟,prefecture\n1525,15,锡林郭勒盟,prefecture\n1529,15,阿拉善盟,prefecture\n"
    "150781,1507,满洲里市,county\n152501,1525,二连浩特市,county\n"
    "150102,1501,新城区,county\n150102001,150102,海拉尔东路街道,township\n"
)


def id_number(tail: str) -> str:
    """An impossible region, a real day, a true check digit."""
    seventeen = f"00000019900307{tail}"
    return seventeen + check_digit(seventeen)


PEOPLE = {
    "county": ("乌兰", "150102", id_number("001")),
    "street": ("其其格", "150102001", id_number("002")),
    "league": ("巴特尔", "1501", id_number("003")),
    "other": ("苏和", "150102", id_number("005")),
    "lead": ("那仁", "1501", id_number("007")),
    "far": ("塔娜", "1502", id_number("008")),
}


def opened(rulebook: str = CODE) -> Season:
    """Every assumption confirmed, every window wide open; `rulebook` may be another text."""
    units.import_units(actor=HOUSE, source=csv_file(_UNITS), at=AT)
    season = seasons.create_season(actor=HOUSE, rulebook=rulebook, code=CODE, at=AT)
    law = selectors.rulebook_of(season)
    units.make_delegations(actor=HOUSE, season_code=season.code, rulebook=law, at=AT)
    for key in law.assumptions:
        seasons.confirm_assumption(actor=OFFICE, season=season, key=key, at=AT)
    for name in law.calendar:
        seasons.set_window(
            actor=OFFICE,
            season=season,
            name=name,
            opens_at=datetime(2022, 3, 16, tzinfo=UTC),
            closes_at=datetime(2022, 3, 31, 10, 0, tzinfo=UTC),
            at=AT,
            reason="测试",
        )
    people.create_people(
        actor=HOUSE,
        people=[NewPerson(code, name, unit) for code, (name, unit, _) in PEOPLE.items()],
        at=AT,
    )
    for code, (_name, _unit, number) in PEOPLE.items():
        people.set_personal(Person.objects.get(code=code), id_number=number)
    return seasons.open_season(actor=OFFICE, season=season, at=AT)


def wanted(person: str, track: str = "guidance", kind: str = "contestant") -> Wanted:
    return Wanted("league", track, "1501", person, kind, "own")


def begin(season: Season, person: str, **more: str) -> Begun:
    return services.begin_registration(
        actor=MANAGER, season=season, wanted=wanted(person, **more), at=AT
    )


def picture(width: int = 600, height: int = 840) -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (width, height), "gray").save(out, "JPEG")
    out.seek(0)
    out.name = "我.jpg"
    return out


def answers() -> dict[str, str]:
    """What a manager types beside what is filled in already."""
    return {
        "f-league": "呼和浩特市",
        "f-filled-on": "2022-03-18",
        "f-track": "职业指导人员竞赛",
        "f-name": "乌兰",
        "f-sex": "女",
        "f-born": "1990-03-07",
        "f-ethnic": "蒙古族",
        "f-id-number": PEOPLE["county"][2],
        "f-politics": "群众",
        "f-unit": "新城区就业服务中心",
        "f-post": "科员",
        "f-mobile": "19900000001",
        "f-opinion": "同意推荐。",
    }


def submitted(season: Season, person: str = "county") -> Registration:
    """Filled in, with a portrait and the sealed paper, and handed in."""
    made = begin(season, person).registration
    assert made is not None
    save(made)
    return services.submit_registration(actor=MANAGER, registration=made, at=AT)


def save(made: Registration, **changed: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    post = QueryDict(mutable=True)
    post.update({**answers(), "f-name": made.person.name, **changed})
    photo = SimpleUploadedFile("me.jpg", picture().read(), "image/jpeg")
    scan = SimpleUploadedFile("scan.jpg", picture(700, 900).read(), "image/jpeg")
    posted = MultiValueDict({"f-photo_file": [photo], "scan_file": [scan]})
    services.save_registration(actor=MANAGER, registration=made, post=post, posted=posted, at=AT)
