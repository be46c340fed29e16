"""An event under way in each season; the judge is its chief judge. The law is the event's own."""

from __future__ import annotations

from typing import Any

from leitai import rulebook
from leitai.files.models import StoredFile
from leitai.judging.models import Change, JudgedEvent, Material, Scenario, Seat, Sheet, Slot
from leitai.people import services as people
from leitai.people.models import Person
from leitai.people.services import NewPerson
from leitai.seasons.models import RulebookVersion
from tests.factories.people import SINCE
from tests.factories.results import TEXT
from tests.factories.units import HOUSE
from tests.world import AWAY, HOME, World

SCENE = """  scene:
    title: 情景再现
    kind: judged
    max: "100.00"
    judging:
      band: {min: "0", max: "100"}
      penalties: {name: {title: 透露姓名, each: "2"}}
"""
LAW = (
    TEXT.replace("stages:\n  selection:", f"{SCENE}stages:\n  selection:", 1)
    .replace("    events: [exam]\n", "    events: [exam, scene]\n")
    .replace("    total: {sum: [exam]}\n", "    total: {sum: [exam, scene]}\n")
)
NO_PAGE = {
    "/office/<slug:season>/judging/<int:event>/sheets.pdf",
    "/office/<slug:season>/judging/<int:event>/tally.pdf",
    "/office/<slug:season>/judging/<int:event>/tables.zip",
    "/office/<slug:season>/judging/<int:event>/materials/<int:material>/<int:page>.webp",
}
FORMS: dict[str, dict[str, str]] = {
    "judging:act": {"act": "tally"},
    "judging:panel": {"person": "无此人"},
    "judging:cards": {"code": "S1", "title": "来访"},
    "judging:sheet": {"act": "draft", "score": "80"},
    "judging:recuse": {"relation": "kinship"},
    **{
        f"judging:{name}": dict[str, str]()  # filled in by `things`
        for name in (
            "seat", "change", "stage", "clock", "tally", "reopen", "paper", "materials", "chief",
            "own",
        )
    },
}  # fmt: skip


def things(world: World, place: str) -> dict[str, Any]:
    """The first was marked by all, the second is on stage."""
    code = HOME if place == "own" else AWAY
    held = world.home if place == "own" else world.away
    stage = held.season.stages.get(code="final")
    law = RulebookVersion.objects.create(
        hash=f"{code:0<64}", text=LAW, canonical=b"", added_at=world.now
    )
    event = JudgedEvent.objects.create(
        stage=stage, track="individual", event="scene", title="情景再现", starts_at=world.now,
        state="running", law=law, called_at=world.now,
    )  # fmt: skip
    entries = stage.entries.select_related("person", "delegation").order_by("code")[:3]
    slots = [
        Slot.objects.create(
            event=event, entry=one, code=one.code, name=one.person.name, order=place_at,
            team=one.delegation.name, number=f"{place_at:02}", state=state,
        )
        for place_at, (one, state) in enumerate(
            zip(entries, ("released", "on-stage", "isolated"), strict=True), start=1
        )
    ]  # fmt: skip
    Scenario.objects.create(
        event=event, code="S0", title="欠薪", script="先抱怨", reveals=[["问到工资时", "拖欠两个月"]],
        edited_at=world.now,
    )  # fmt: skip
    seats = [
        Seat.objects.create(event=event, person=one, judge=str(at), chief=at == 1, reserve=at == 3)
        for at, one in enumerate(_judges(code), start=1)
    ]
    for seat in seats[:2]:
        sheet = Sheet.objects.create(
            slot=slots[0], seat=seat, source="screen", by="1", submitted_at=world.now
        )
        sheet.marks.create(line="score", value="80")
    change = Change.objects.create(
        out=seats[1], into=seats[2], slot=slots[2], reason="临时有事", asked_by="900000077",
        asked_name="某", asked_at=world.now,
    )  # fmt: skip
    material = _material(world, slots[0])
    _ask(slots, seats, change, material)
    return {"event": event.pk, "slot": slots[1].pk, "material": material.pk, "page": 1}


def _judges(code: str) -> list[Person]:
    """The judge who can sign in is the first, at home."""
    names = [
        NewPerson(
            f"{code}-judge-{at}", f"评委{at}", "51", "judge" if at == 1 and code == HOME else ""
        )
        for at in (1, 2, 3)
    ]
    return sorted(
        people.create_people(actor=HOUSE, people=names, at=SINCE), key=lambda one: one.code
    )


def _material(world: World, slot: Slot) -> Material:
    stored = StoredFile.objects.create(
        kind="judging-material", owner=slot.owner, name="亮点.pdf", type="pdf", size=9,
        sha256="ab" * 32, holder="1", at=world.now,
    )  # fmt: skip
    made = Material.objects.create(
        slot=slot, file=stored, state="frozen", sha256=stored.sha256, handed_at=world.now,
        frozen_at=world.now, pages=1,
    )  # fmt: skip
    made.pictures.create(number=1, picture=b"RIFF")
    return made


def _ask(slots: list[Slot], seats: list[Seat], change: Change, material: Material) -> None:
    """Forms that name the records that were made."""
    first, second = str(slots[0].pk), str(slots[1].pk)
    other = str(seats[1].pk)
    for name, form in {
        "seat": {"act": "leave", "seat": other, "reason": "出差"},
        "change": {"change": str(change.pk), "agree": "yes"},
        "stage": {"slot": second, "state": "released"},
        "clock": {"slot": first, "act": "hand", "seconds": "300"},
        "tally": {"slot": second, "line": "penalty:name", "value": "1", "reason": "报姓名"},
        "reopen": {"slot": first, "seat": str(seats[0].pk), "reason": "笔误"},
        "paper": {"slot": second, "seat": other},
        "materials": {"act": "check", "material": str(material.pk), "sound": "yes"},
        "chief": {"act": "reopen", "slot": first, "seat": other, "reason": "笔误"},
    }.items():
        FORMS[f"judging:{name}"].update(form)


rulebook.load(LAW)  # a law that cannot be read is a fault of this file
