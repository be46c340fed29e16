"""A draft of rules with one change, that the office could adopt, for the routes of seasons."""

from __future__ import annotations

from typing import Any

from leitai.seasons import services
from tests.factories import people
from tests.world import World

CHANGED = {"revision": "2"}
FORMS = {
    "seasons:rules-office": {"how": "version"},
    "seasons:rules-edit": CHANGED | {"path": "", "f-theme": "以练促学"},
    "seasons:rules-item": CHANGED | {"path": "awards[0]", "act": "down"},
    "seasons:rules-step": CHANGED | {"act": "undo"},
    "seasons:rules-text": CHANGED | {"text": "rulebook: 1\ntitle: 一\n"},
    "seasons:rules-adopt": CHANGED | {"reason": "补充通知"},
    "seasons:rules-rebase": CHANGED,
    "seasons:rules-drop": CHANGED,
    "seasons:reminders": {"days": "5"},
    "seasons:begin": {"rulebook": "sichuan-2022", "host": "51", "code": "new-2022"},
}
NO_PAGE = {
    "/office/<slug:season>/rules/<int:draft>/rulebook.yaml",
    "/s/<slug:season>/calendar.ics",
}


def things(world: World, place: str) -> dict[str, Any]:
    """The draft's number; the season's only version is compared with itself."""
    held = world.home if place == "own" else world.away
    office = people.actor("office", season=held.season.code, account="77")
    draft = services.begin_draft(actor=office, season=held.season, at=world.now)
    services.save_sheet(
        actor=office,
        draft=draft,
        revision=1,
        path="",
        changes={"short_title": "练兵比武"},
        at=world.now,
    )
    return {"draft": draft.number, "number": 1, "old": 1, "new": 1}
