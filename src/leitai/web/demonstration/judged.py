"""The first seed's final before its judges: one track told, the other with somebody on stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from leitai.base.actor import Actor, AppointmentRef
from leitai.judging import selectors
from leitai.judging import services as judging
from leitai.judging.models import JudgedEvent, Seat
from leitai.judging.services import Given, Plan
from leitai.people import services as people
from leitai.people.enums import Role
from leitai.people.models import Person
from leitai.people.services import NewPerson
from leitai.seasons.models import Season, Stage
from leitai.web.demonstration import northern, semifinal, staging
from leitai.web.demonstration.cast import invent_name
from leitai.web.demonstration.chance import Chance
from leitai.web.demonstration.staging import HOUSE, Staff

STAGE, EVENT = "final", "scenario"
TITLES = {
    northern.GUIDANCE: "职业指导人员情景再现",
    northern.GRASSROOTS: "基层公共就业服务人员情景再现",
}
PLACE = "自治区人力资源和社会保障厅一楼报告厅"
JUDGE = Staff("judge", "岑远帆", Role.JUDGE)
CHIEF = Staff("chief", "柏正衡", Role.JUDGE)
CREW = (
    Staff("overseer", "易观澜", Role.SUPERVISOR),
    Staff("host", "沈知韵", Role.HOST),
    Staff("tally", "纪明算", Role.TALLY_CLERK),
    Staff("stage", "段从容", Role.EXAM_OFFICER),
)
PANEL, RESERVE = 5, 1
PLAYED = {1: CHIEF, 2: JUDGE}  # by number: the chief judge, and an ordinary one
VISITORS_SEAT = 2  # the ordinary one's sheets are waited for
LEAST, SPREAD = 33, 12  # of the 45 points that the rules give
FIRST, TURN = timedelta(minutes=30), timedelta(minutes=12)
LATE = "3"


@dataclass(frozen=True, slots=True)
class Crew:
    """Who runs the day: the office beside those who have one duty."""

    office: Actor
    host: Actor
    clerk: Actor
    stage: Actor


def appoint_crew(officers: dict[Role, Actor], password: str, at: datetime) -> Crew:
    """The day's accounts, the judge's with a person; whoever is there already stays."""
    told = (northern.HOST, password, at)
    found = staging.appoint(CREW, *told, season=semifinal.SEASON)
    staging.appoint((JUDGE, CHIEF), *told, season=semifinal.SEASON)
    _people(at)
    return Crew(
        officers[Role.OFFICE],
        found[Role.HOST],
        found[Role.TALLY_CLERK],
        found[Role.EXAM_OFFICER],
    )


@transaction.atomic
def stage_judging(crew: Crew, at: datetime) -> None:
    """One event over and told since yesterday, one in which the visitor's sheet is waited for."""
    season = Season.objects.get(code=semifinal.SEASON)
    if JudgedEvent.objects.filter(stage__season=season).exists():
        return
    stage = season.stages.get(code=STAGE)
    _tell(_called(stage, northern.GUIDANCE, crew, staging.at_desk(at, -1)), crew)
    _begin(_called(stage, northern.GRASSROOTS, crew, at - FIRST), crew)


def _people(at: datetime) -> None:
    if Person.objects.filter(code=_code(1)).exists():
        return
    names = Chance("judges")
    people.create_people(
        actor=HOUSE,
        people=[
            NewPerson(_code(number), played.name, northern.HOST, played.username)
            if (played := PLAYED.get(number))
            else NewPerson(_code(number), invent_name(names.child(number)), northern.HOST)
            for number in range(1, PANEL + RESERVE + 1)
        ],
        at=at,
    )


def _code(number: int) -> str:
    return f"J{number:02d}"


def _called(stage: Stage, track: str, crew: Crew, begins: datetime) -> JudgedEvent:
    """Planned two hours before, in a drawn order, with its panel, and called."""
    at = begins - timedelta(hours=2)
    event = judging.plan_event(
        actor=crew.office,
        stage=stage,
        plan=Plan(track, EVENT, begins, title=TITLES[track], place=PLACE),
        at=at,
    )
    codes = list(event.slots.order_by("code").values_list("code", flat=True))
    drawn = Chance("scenario").child(track).sample(codes, len(codes))
    judging.order_by_hand(actor=crew.office, event=event, codes=drawn, at=at)
    for person in Person.objects.filter(code__in=_codes()).order_by("code"):
        judging.add_seat(
            actor=crew.office,
            event=event,
            person=person,
            chief=person.code == _code(1),
            reserve=person.code == _code(PANEL + 1),
            at=at,
        )
    return judging.call_event(actor=crew.stage, event=event, at=begins)


def _codes() -> list[str]:
    return [_code(number) for number in range(1, PANEL + RESERVE + 1)]


def _tell(event: JudgedEvent, crew: Crew) -> None:
    """Everybody shown and marked; tallied, checked by another, told."""
    seats = _seats(event)
    for order in range(1, event.slots.count() + 1):
        _show(event, order, crew)
        _mark(event, order, seats)
    at = _when(event, event.slots.count() + 1)
    judging.sign_tally(actor=crew.clerk, event=event, at=at)
    judging.check_tally(actor=crew.stage, event=event, at=at + timedelta(minutes=4))
    judging.announce_event(actor=crew.host, event=event, at=at + timedelta(minutes=6))


def _begin(event: JudgedEvent, crew: Crew) -> None:
    """The first is marked, the second stands on stage, one waits apart, one comes late."""
    seats = _seats(event)
    _show(event, 1, crew)
    _mark(event, 1, seats)
    _move(event, 2, "isolated", crew, phone=True)
    _move(event, 2, "on-stage", crew)
    _mark(event, 2, seats[VISITORS_SEAT:-1])
    _move(event, 3, "isolated", crew, phone=True)
    _move(event, 5, "late", crew, late=LATE)


def _show(event: JudgedEvent, order: int, crew: Crew) -> None:
    _move(event, order, "isolated", crew, phone=True)
    _move(event, order, "on-stage", crew)
    _move(event, order, "released", crew)


def _move(
    event: JudgedEvent, order: int, state: str, crew: Crew, *, phone: bool = False, late: str = ""
) -> None:
    steps = {"isolated": -2, "on-stage": 0, "released": 8}
    judging.move_slot(
        actor=crew.stage,
        slot=event.slots.get(order=order),
        state=state,
        phone=phone,
        late=late,
        at=event.starts_at if late else _when(event, order) + timedelta(minutes=steps[state]),
    )


def _mark(event: JudgedEvent, order: int, seats: Sequence[Seat]) -> None:
    """A sheet of each of these judges, who agree about how good somebody was."""
    slot = event.slots.get(order=order)
    chance = Chance("sheets").child(slot.code)
    good = LEAST + chance.below(SPREAD - 3)
    for seat in seats:
        [box] = selectors.boxes_of(event, seat)
        judging.submit_sheet(
            actor=_acting(seat.person),
            slot=slot,
            given=Given({box.name: str(good + chance.below(4))}),
            at=_when(event, order) + timedelta(minutes=9),
        )


def _seats(event: JudgedEvent) -> list[Seat]:
    """Those who mark: the reserve steps in for nobody."""
    found = event.seats.select_related("person").filter(reserve=False)
    return list(found.order_by("person__code"))


def _acting(person: Person) -> Actor:
    """As a pass of the day lets a judge in."""
    held = AppointmentRef(Role.JUDGE, f"{northern.HOST}/", semifinal.SEASON)
    account = str(person.account_id or f"demonstration:{person.code}")
    return Actor(account, person.name, person.code, (held,))


def _when(event: JudgedEvent, order: int) -> datetime:
    return event.starts_at + order * TURN - TURN
