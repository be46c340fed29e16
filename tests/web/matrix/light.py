"""A contest of one's own and a calendar's address, for the routes of the wizard."""

from __future__ import annotations

from typing import Any

from leitai.people import selectors as people_reads
from leitai.seasons import services
from leitai.units import selectors as units
from tests.factories import people
from tests.world import World

FORMS = {
    "web:contests": {
        "title": "窗口业务练兵赛",
        "template": "written",
        "unit": "5101",
        "first": "1",
        "second": "2",
        "third": "3",
    },
    "web:contest-time": {"opens_at": "2022-07-15T09:30", "minutes": "30"},
}
NO_PAGE = {"/ical/<str:token>/calendar.ics", "/contests/questions.xlsx"}


def things(world: World, place: str) -> dict[str, Any]:
    """A contest in preparation: our office's own, or that of somebody who has no account here."""
    reader = people.actor("office", account=str(world.accounts["contestant"].pk))
    founder = people.actor("office", account="elsewhere")
    if place == "own":
        founder = people_reads.actor_of(world.accounts["office"], at=world.now)
    contest = services.found_contest(
        actor=founder,
        unit=units.get_unit("51"),
        template="written",
        title="窗口业务练兵赛",
        prizes=(1, 2, 3),
        at=world.now,
    )
    token = services.make_feed(actor=reader, at=world.now)
    return {"season": contest.season.code, "token": token}
