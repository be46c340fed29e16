"""Rules with a timed exam for both seasons, questions on the shelf, and an exam that stands open."""

from __future__ import annotations

from typing import Any

from leitai.kernel import canonical
from leitai.seasons.models import RulebookVersion, Season
from tests.factories import exams as make
from tests.factories import people, practice
from tests.factories.results import TEXT
from tests.world import AWAY, HOME, World


def things(world: World, place: str) -> dict[str, Any]:
    code = HOME if place == "own" else AWAY
    text = TEXT + make.PRACTICE
    version, _ = RulebookVersion.objects.get_or_create(
        hash=f"exams-{len(text)}",
        defaults={"text": text, "canonical": canonical.encode(text), "added_at": world.now},
    )
    Season.objects.filter(code=code).update(rulebook=version)
    practice.questions(16, season=code, code=f"drill-{place}")
    office = people.actor("office", season=code, account="900000009")
    return {"drill": make.set_exam(office, code, world.now).code}
