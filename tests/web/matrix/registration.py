"""What the routes of registrations are asked with."""

from __future__ import annotations

from typing import Any

from leitai.people import services as people
from leitai.people.services import NewPerson
from leitai.registration import services
from leitai.registration.enums import LineState
from leitai.registration.models import Change, HistoryLine, Registration
from leitai.seasons.models import Entry
from leitai.units import selectors as units
from tests.factories.units import HOUSE
from tests.world import World

QUERIES = {
    "registration:new": {"stage": "selection", "track": "individual", "q": "选手"},
    "registration:ask": {"q": "选手"},
    "registration:many": {"stage": "selection", "track": "individual"},
}
FORMS = {
    "registration:new": {
        "stage": "selection",
        "track": "individual",
        "kind": "contestant",
        "route": "own",
        "person": "nobody",
    },
    "registration:ask": {"kind": "withdraw", "reason": "因病"},
    "registration:open": {"reason": "核对印章"},
    "registration:leave": {"reason": "调离"},
    "registration:pass": {"check": "0"},
    "registration:return": {"reason": "照片不清"},
    "registration:refuse": {"reason": "不在岗"},
    "registration:change": {"decline": "1", "note": "请补证明"},
    "registration:history": {"source": "旧名单"},
    "registration:doubt": {"person": "-", "note": "电话核实"},
}
NO_PAGE = {
    "/unit/<slug:season>/registration/<int:number>/form.pdf",
    "/office/<slug:season>/history/sample.xlsx",
}
TABLE = "姓名,单位,类别,项目,日期\n选手51011,外地某局,参赛经历,旧比武,2020-01-01\n"


def things(world: World, place: str) -> dict[str, Any]:
    held = world.home if place == "own" else world.away
    unit = "5101" if place == "own" else "5103"
    code = f"new-{place}"
    (person,) = people.create_people(
        actor=HOUSE, people=[NewPerson(code, "候星野", unit)], at=world.now
    )
    selection = held.season.stages.get(code="selection")
    sender = units.get_delegation(held.season.code, unit)
    made = Registration.objects.create(
        season=held.season,
        stage=selection,
        track="individual",
        delegation=sender,
        person=person,
        kind="contestant",
        route="own",
        since=world.now,
        begun_by="1",
        begun_name="贺知秋",
        begun_at=world.now,
    )
    first, second = Entry.objects.filter(stage=selection, delegation=sender).order_by("code")[:2]
    change = Change.objects.create(
        entry=second,
        season=held.season,
        kind="withdraw",
        reason="因病",
        asked_by="1",
        asked_name="贺知秋",
        asked_at=world.now,
    )
    listing, line = _history(world, held, person)
    return {
        "number": made.pk,
        "file": 1,
        "entry": first.pk,
        "change": change.pk,
        "listing": listing,
        "line": line,
    }


def _history(world: World, held: Any, person: Any) -> tuple[int, int]:
    """A list that waits to be confirmed, and a doubtful line of another."""
    given = {"actor": held.office, "season": held.season, "name": "旧名单.csv", "at": world.now}
    waiting = services.bring_history(data=TABLE.encode(), source="旧名单", **given)
    done = services.bring_history(data=TABLE.encode(), source="更旧的名单", **given)
    line = HistoryLine.objects.create(
        code=f"line-{held.season.code}"[:32],
        list=done,
        row=2,
        name=person.name,
        unit="外地某局",
        kind="contest",
        key="旧比武",
        state=LineState.DOUBTFUL,
        near=person,
        why="unit",
    )
    return waiting.pk, line.pk
