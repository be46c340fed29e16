"""A learner a role, the contestant's case, the office's draft and a line that waits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from leitai.people.models import Person
from leitai.practice.models import OutsideDoubt, OutsideDraft, Suspicion
from leitai.practice.services.outside.lines import Line
from leitai.seasons.models import Season
from tests.factories import practice as make
from tests.web.matrix.practice import give_practice
from tests.world import AWAY, HOME, World

FORMS = {
    "practice:outside-decide": {"person": "-"},
    "practice:watch-case": {"do": "check", "on": "2022-04-08", "place": "二楼", "by": "宋监督"},
    "practice:watch-own": {"words": "补传"},
}
NO_PAGE = {"/office/<slug:season>/practice/outside/template/"}


def things(world: World, place: str) -> dict[str, Any]:
    season = HOME if place == "own" else AWAY
    give_practice(Season.objects.get(code=season))
    learners = {
        role: make.learner(season=season, account=str(account.pk))
        for role, account in world.accounts.items()
    }
    case = Suspicion.objects.create(
        learner=learners["contestant"],
        kind="flood",
        day=date(2022, 4, 4),
        evidence={"sets": 13, "minutes": 10, "day": 13},
        state="upheld",
        history=[["upheld", "0", world.now.isoformat(), "当场答不出"]],
        found_at=world.now,
    )
    draft = OutsideDraft.objects.create(
        code=f"draft-{place}",
        season=season,
        owner=str(world.accounts["office"].pk),
        name="导出.xlsx",
        source="学习平台",
        as_of=date(2022, 6, 5),
        rows=[Line(2, name="无此人", state="unknown").plain()],
        made_at=world.now,
        expires_at=world.now + timedelta(days=1),
    )
    person = Person.objects.order_by("pk")[0]
    doubt = OutsideDoubt.objects.create(
        season=season,
        source="学习平台",
        mark=place,
        row=Line(3, name=person.name, people=[person.code], state="doubt").plain(),
        people=[person.code],
        found_at=world.now,
    )
    return {"code": draft.code, "doubt": doubt.pk, "case": case.pk}
