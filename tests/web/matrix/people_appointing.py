"""A committee with a lead unit and one member of each season."""

from __future__ import annotations

from leitai.base.actor import system
from leitai.people import services
from leitai.people.models import Committee, CommitteeUnit, Person
from leitai.people.services import NewPerson
from leitai.units import selectors as units
from tests.world import AWAY, HOME, SINCE

HOUSE = system("tests")
FORMS = {
    "people:committee_new": {"kind": "exams", "title": "赛事考务组", "unit": "51"},
    "people:committee_member": {"person": "members-2", "position": "member"},
    "people:committee_unit": {"name": "四川省就业服务管理局", "part": "lead"},
    "people:committee_unit_remove": {"name": "牵头单位甲"},
    "people:duties": {
        "person": "managed-1",
        "role": "unit_manager",
        "unit": "510104",
        "season": HOME,
    },
    "people:second_step_reset": {"account": "expert", "reason": "手机遗失"},
    "people:duty_end": {"reason": "工作调整"},
    "people:role_end": {"reason": "工作调整"},
    "people:administrator": {"account": "expert", "role": "audit_admin", "reason": "轮岗"},
}


def things(world, place):
    season = HOME if place == "own" else AWAY
    one, _two, _managed = services.create_people(
        actor=HOUSE,
        people=[
            NewPerson("members-1", "甘为霖", "51"),
            NewPerson("members-2", "成于思", "51"),
            NewPerson("managed-1", "任可期", "5101"),
        ],
        at=SINCE,
    )
    office = _committee(season, "organising", "组织委员会")
    empty = _committee(season, "supervision", "监督仲裁组")
    CommitteeUnit.objects.create(committee=empty, name="牵头单位甲", part="lead")
    held = services.appoint_member(
        actor=HOUSE,
        committee=office,
        person=Person.objects.get(pk=one.pk),
        position="deputy",
        at=SINCE,
    )
    return {"committee": empty.pk, "appointment": held.pk}


def _committee(season: str, kind: str, title: str) -> Committee:
    kinds = {"organising": "committee", "supervision": "supervision"}
    return services.create_committee(
        actor=HOUSE,
        season=season,
        kind=kinds[kind],
        title=title,
        unit=units.get_unit("51"),
        at=SINCE,
    )
