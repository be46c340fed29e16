"""The organisation that the notice names: a leading group, five working groups, a city's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from leitai.base.actor import Actor
from leitai.people import services as people
from leitai.people.enums import CommitteeKind, Position, Role, UnitPart
from leitai.people.models import Committee, Person
from leitai.people.services import NewPerson
from leitai.units.models import Unit
from leitai.web.demonstration.cast import invent_name
from leitai.web.demonstration.chance import Chance

POSITIONS = (Position.DIRECTOR, Position.DEPUTY, Position.MEMBER, Position.MEMBER)


@dataclass(frozen=True, slots=True)
class Body:
    """Who leads and who joins, as section 六 of the notice has it."""

    kind: CommitteeKind
    title: str
    lead: Sequence[str]
    joint: Sequence[str]
    members: int


LEADING = Body(
    CommitteeKind.LEADING_GROUP,
    "练兵比武活动领导小组",
    ("厅人事处",),
    ("厅办公室", "法规处", "规财处", "表彰奖励处", "机关党办", "驻厅纪检监察组"),
    2,
)
GROUPS = (
    Body(
        CommitteeKind.COORDINATION,
        "统筹协调组",
        ("厅人事处",),
        ("厅办公室", "法规处", "规财处", "表彰奖励处", "省就业局", "省社保局"),
        3,
    ),
    Body(
        CommitteeKind.ITEMS,
        "试题命制组",
        ("省人事考试中心", "省人事人才考试测评基地"),
        ("厅属相关处室（单位）",),
        4,
    ),
    Body(
        CommitteeKind.EXAMS,
        "赛事考务组",
        ("省人事人才考试测评基地",),
        ("厅人事处", "法规处", "驻厅纪检监察组"),
        3,
    ),
    Body(
        CommitteeKind.PUBLICITY,
        "宣传报道组",
        ("厅宣传中心",),
        ("厅办公室", "厅人事处", "各市（州）人社局"),
        2,
    ),
    Body(
        CommitteeKind.SUPERVISION,
        "赛事监督组",
        ("驻厅纪检监察组",),
        ("厅机关纪委",),
        2,
    ),
)


def stage_committee(
    season: str, host: Unit, home: str, *, office: Actor, chance: Chance, at: datetime
) -> list[Person]:
    """The province's bodies; `home` is the unit of their members, who are given back."""
    count = LEADING.members + sum(body.members for body in GROUPS)
    staff = people.create_people(
        actor=office,
        people=[
            NewPerson(f"G{number:02d}", invent_name(chance.child(number)), home)
            for number in range(1, count + 1)
        ],
        at=at,
    )
    rest = iter(staff)
    top = _body(season, LEADING, host, rest, actor=office, at=at)
    for body in GROUPS:
        _body(season, body, host, rest, parent=top, actor=office, at=at)
    return staff


def stage_local_committee(
    season: str, city: Unit, members: Iterable[Person], *, cityoffice: Actor, at: datetime
) -> None:
    """What a city's own committee sets up within its city."""
    body = Body(
        CommitteeKind.LOCAL,
        f"{city.name}选拔赛组委会",
        (f"{city.name}人力资源和社会保障局",),
        (),
        2,
    )
    _body(season, body, city, iter(members), actor=cityoffice, at=at)


def _body(
    season: str,
    body: Body,
    unit: Unit,
    staff: Iterable[Person],
    *,
    parent: Committee | None = None,
    actor: Actor,
    at: datetime,
) -> Committee:
    made = people.create_committee(
        actor=actor,
        season=season,
        kind=body.kind,
        title=body.title,
        unit=unit,
        parent=parent,
        at=at,
    )
    for part, names in ((UnitPart.LEAD, body.lead), (UnitPart.JOINT, body.joint)):
        for name in names:
            people.name_unit(actor=actor, committee=made, name=name, part=part, at=at)
    for position, person in zip(POSITIONS[: body.members], staff, strict=False):
        reviews = body.kind == CommitteeKind.ITEMS and position == Position.MEMBER
        people.appoint_member(
            actor=actor,
            committee=made,
            person=person,
            position=position,
            role=Role.ITEM_REVIEWER if reviews else "",
            at=at,
        )
    return made
