"""The window staff of a city and some of its counties: bodies, people, rosters, a day's changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from leitai.base.actor import Actor
from leitai.people import numbers
from leitai.people import services as people
from leitai.people.enums import Staffing, Window
from leitai.people.models import Person
from leitai.people.services import NewPerson
from leitai.units import selectors as unit_reads
from leitai.units import services as units
from leitai.units.enums import BodyKind, UnitKind
from leitai.units.models import Unit
from leitai.units.services import NewUnit
from leitai.web.demonstration.cast import invent_name
from leitai.web.demonstration.chance import Chance

COUNTIES = 3
STAFF_OF_A_BODY = 15
CONFIRMED_DAYS_AGO = 14
SERVED_SINCE = date(2016, 3, 1)
REGION = "000000"  # no division of China has it: nobody's ID number begins so
CITY_BODIES = (
    ("就业服务中心", BodyKind.EMPLOYMENT),
    ("社会保险服务中心", BodyKind.INSURANCE),
)
COUNTY_BODIES = (
    ("人社综合服务大厅", BodyKind.HALL),
    ("基层人社服务站", BodyKind.STATION),
)
LINES = ("社会保险", "就业创业", "人事人才", "劳动关系", "社会保障卡")
POSTS = ("综合柜员", "受理岗", "审核岗", "咨询引导岗", "档案管理岗")


@dataclass(frozen=True, slots=True)
class Workforce:
    bodies: Sequence[Unit]
    staff: dict[str, list[Person]]  # by the body's code

    def of(self, number: int) -> list[Person]:
        return self.staff[self.bodies[number].code]


def stage_workforce(
    city: Unit, elsewhere: Unit, *, manager: Actor, office: Actor, chance: Chance, at: datetime
) -> Workforce:
    """Bodies with their people. The first has its roster, the second has changed since its own."""
    bodies = _bodies(city, manager, at)
    staff: dict[str, list[Person]] = {}
    for place, body in enumerate(bodies):
        new = [
            _somebody(body, place * STAFF_OF_A_BODY + number, chance.child(body.code, number), at)
            for number in range(STAFF_OF_A_BODY)
        ]
        staff[body.code] = people.create_people(actor=manager, people=new, at=at)
    workforce = Workforce(bodies, staff)
    day = at.date() - timedelta(days=CONFIRMED_DAYS_AGO)
    for body in bodies[:2]:
        people.confirm_roster(actor=manager, unit=body, day=day, at=at)
    local = chance.child("changes")
    _change(workforce, elsewhere, manager=manager, office=office, chance=local, at=at)
    return workforce


def _bodies(city: Unit, manager: Actor, at: datetime) -> list[Unit]:
    """The bodies that the tree has under the city itself, two more, and two in each county."""
    below = list(unit_reads.subtree(city))
    own = [unit for unit in below if unit.kind == UnitKind.BODY and unit.parent_id == city.pk]
    counties = [unit for unit in below if unit.kind == UnitKind.PLACE and unit.pk != city.pk]
    wanted = [(city, *body) for body in CITY_BODIES]
    wanted += [(county, *body) for county in counties[:COUNTIES] for body in COUNTY_BODIES]
    made = [
        units.create_unit(
            actor=manager,
            parent=parent,
            new=NewUnit(
                f"{parent.name}{name}",
                body_kind=kind,
                window=kind != BodyKind.TALENT,
                opened_on=SERVED_SINCE,
            ),
            at=at,
        )
        for parent, name, kind in wanted
    ]
    return [*made, *own[:1]]


def _somebody(body: Unit, number: int, chance: Chance, at: datetime) -> NewPerson:
    front = chance.permille(700)
    return NewPerson(
        code=f"W{number + 1:03d}",
        name=invent_name(chance),
        unit=body.code,
        window=Window.FRONT if front else Window.BACK,
        staffing=Staffing.CONTRACT if chance.permille(400) else Staffing.PERMANENT,
        line=chance.pick(LINES),
        post=chance.pick(POSTS),
        since=at.date() - timedelta(days=200 + chance.below(2000)),
        id_number=_id_number(number, chance),
        phone=f"1990000{number + 1:04d}",
        staff_number=f"WK{number + 1:04d}",
    )


def _id_number(number: int, chance: Chance) -> str:
    birth = date(1972, 1, 1) + timedelta(days=chance.below(10_000))
    first = f"{REGION}{birth:%Y%m%d}{number % 1000:03d}"
    return first + numbers.check_digit(first)


def _change(
    workforce: Workforce,
    elsewhere: Unit,
    *,
    manager: Actor,
    office: Actor,
    chance: Chance,
    at: datetime,
) -> None:
    """Since the second body's roster one left, one came, one changed desks; one shall move away."""
    body, theirs, today = workforce.bodies[1], workforce.of(1), at.date()
    people.leave(actor=manager, person=theirs[0], day=today - timedelta(days=6), at=at)
    other = Window.FRONT if theirs[1].window == Window.BACK else Window.BACK
    people.change_person(
        actor=manager,
        person=theirs[1],
        details={"window": other},
        changed_on=today - timedelta(days=4),
        at=at,
    )
    number = len(workforce.bodies) * STAFF_OF_A_BODY
    newcomer = replace(_somebody(body, number, chance, at), since=today - timedelta(days=3))
    people.create_people(actor=manager, people=[newcomer], at=at)
    people.file_transfer(
        actor=office,
        person=workforce.of(2)[0],
        unit=elsewhere,
        since=today,
        reason="工作调动，调令已发。",
        at=at,
    )
