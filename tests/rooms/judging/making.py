"""A final with six contestants of three teams, and judges, as the office sets them up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from leitai import rulebook
from leitai.base.actor import Actor, AppointmentRef
from leitai.judging import services
from leitai.judging.models import JudgedEvent, Seat, Sheet, Slot
from leitai.judging.services import Given, Plan
from leitai.people import services as people
from leitai.people.models import Person
from leitai.people.services import NewPerson
from leitai.results import services as results
from leitai.results.models import StageResult
from leitai.seasons import services as seasons
from leitai.seasons.models import Season, Stage
from leitai.units import services as units
from tests.factories import people as make
from tests.factories.units import HOUSE, load_packaged

TEXT = (Path(__file__).parent / "contest.yaml").read_text(encoding="utf-8")
CODE = "stage-contest"
HOMES = ("5101", "5103", "5104")
AT = datetime(2022, 7, 18, 1, 0, tzinfo=UTC)
NOUN = ("甲", "乙", "丙", "丁", "戊", "己", "庚")


def officer(role: str, account: str, unit: str = "51/", season: str = CODE) -> Actor:
    return Actor(account, f"{role}者", appointments=(AppointmentRef(role, unit, season),))


OFFICE = officer("office", "701")
STAGE = officer("host", "702")
TIMER = officer("timekeeper", "703")
CLERK = officer("tally_clerk", "704")
SECOND = officer("tally_clerk", "705")
THIRD = officer("tally_clerk", "708")
SUPERVISOR = officer("supervisor", "706")
EXAMS = officer("exam_officer", "707")


def judge(person: Person) -> Actor:
    """As a pass of the day lets somebody in."""
    held = AppointmentRef("judge", "51/", CODE)
    return Actor(f"acc-{person.code}", person.name, person.code, (held,))


@dataclass
class Day:
    season: Season
    stage: Stage
    judges: list[Person]
    event: JudgedEvent
    seats: list[Seat] = field(default_factory=list)
    minute: int = 0

    def at(self) -> datetime:
        """The next minute of the day."""
        self.minute += 1
        return AT + timedelta(minutes=self.minute)

    def slot(self, number: int) -> Slot:
        return self.event.slots.select_related("entry__person").get(order=number)

    def seat(self, number: int) -> Seat:
        return self.event.seats.select_related("person__unit", "event").get(judge=str(number))

    def move(self, number: int, state: str, **more: str) -> Slot:
        return services.move_slot(
            actor=STAGE, slot=self.slot(number), state=state, at=self.at(), **more
        )

    def play(self, number: int, seconds: str = "470") -> None:
        """On stage and away again, timed by hand."""
        self.move(number, "on-stage")
        self.move(number, "released")
        services.enter_seconds(actor=TIMER, slot=self.slot(number), seconds=seconds, at=self.at())

    def publish(self) -> StageResult:
        """The final's result, computed, confirmed and published."""
        at = self.at()
        made = results.compute_stage(actor=OFFICE, season=self.season, stage="final", at=at)
        results.confirm_result(actor=OFFICE, result=made, at=at)
        return results.publish_result(actor=OFFICE, result=made, at=at)

    def mark(self, number: int, seat: int, policy: str, manner: str = "18", **more: str) -> Sheet:
        """Both steps done: the sheet comes to policy + manner + 20."""
        given = Given(marks(policy, manner), **more)
        return services.submit_sheet(
            actor=judge(self.seat(seat).person), slot=self.slot(number), given=given, at=self.at()
        )


def marks(policy: str, manner: str = "18", check: str = "1", file: str = "1") -> dict[str, str]:
    return {"policy": policy, "manner": manner, "steps.check": check, "steps.file": file}


def open_final() -> Season:
    """Six contestants confirmed in the final."""
    load_packaged()
    season = seasons.create_season(actor=HOUSE, rulebook=TEXT, code=CODE, at=make.SINCE)
    law = rulebook.load(TEXT)
    units.make_delegations(actor=OFFICE, season_code=CODE, rulebook=law, at=make.SINCE)
    seasons.confirm_assumption(actor=OFFICE, season=season, key="ties", at=make.SINCE)
    for name in law.calendar:
        seasons.set_window(
            actor=OFFICE,
            season=season,
            name=name,
            opens_at=make.SINCE,
            closes_at=make.SINCE + timedelta(days=150),
            at=make.SINCE,
        )
    season = seasons.open_season(actor=OFFICE, season=season, at=make.SINCE)
    for home in HOMES:
        codes = [person.code for person in make.people(home, 2)]
        seasons.nominate(
            actor=OFFICE,
            season=season,
            stage="selection",
            delegation=home,
            people=codes,
            at=make.SINCE,
        )
    seasons.confirm_entries(actor=OFFICE, season=season, stage="selection", at=make.SINCE)
    result = results.compute_stage(actor=OFFICE, season=season, stage="selection", at=AT)
    results.confirm_result(actor=OFFICE, result=result, at=AT)
    results.publish_result(actor=OFFICE, result=result, at=AT)
    return season


def judges(count: int = 7) -> list[Person]:
    """The first serves with contestants of 成都, the others at the province."""
    made = people.create_people(
        actor=HOUSE,
        people=[
            NewPerson(f"judge-{number}", f"评委{NOUN[number - 1]}", "5101" if number == 1 else "51")
            for number in range(1, count + 1)
        ],
        at=make.SINCE,
    )
    return sorted(made, key=lambda one: one.code)


def plan(season: Season, **more: object) -> JudgedEvent:
    wanted = Plan("individual", "scene", AT, **more)  # type: ignore[arg-type]  # of one test
    return services.plan_event(
        actor=OFFICE, stage=season.stages.get(code="final"), plan=wanted, at=AT
    )


BUILT: list[tuple[Season, list[Person]]] = []  # once for a module (conftest)


def ground() -> tuple[Season, list[Person]]:
    season, people = BUILT[-1]
    return Season.objects.select_related("rulebook", "host").get(pk=season.pk), list(people)


def day(**more: object) -> Day:
    """Five judges (2 to 6; 2 is the chief), one reserve (7); judge 1 of 成都 comes where asked."""
    season, made = ground()
    event = plan(season, **more)
    held = Day(season, season.stages.get(code="final"), made, event)
    for number, person in enumerate(made[1:7], start=1):
        services.add_seat(
            actor=OFFICE,
            event=event,
            person=person,
            chief=number == 1,
            reserve=number == 6,
            at=AT,
        )
    return held


def called(**more: object) -> Day:
    held = day(**more)
    held.event = services.call_event(actor=STAGE, event=held.event, at=held.at())
    return held
